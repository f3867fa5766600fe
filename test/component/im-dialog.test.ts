import { expect, fixture, html, oneEvent } from '@open-wc/testing'
import { emulateMedia, resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands'
import '../../components/im-dialog/im-dialog.define.js'
import '../../components/im-spinner/im-spinner.define.js'
import type { IMDialog } from '../../components/im-dialog/im-dialog.js'
import type { IMSpinner } from '../../components/im-spinner/im-spinner.js'
import { expectNothingLeftBehind } from '../support/leaves-nothing-behind.js'

const box = (dialog: IMDialog) => dialog.shadowRoot!.querySelector('dialog')!
const partOf = (dialog: IMDialog, name: string) =>
  dialog.shadowRoot!.querySelector<HTMLElement>(`[part=${name}]`)!

describe('<im-dialog>', () => {
  const create = async (isOpen = false) => {
    const page = await fixture<HTMLElement>(html`
      <div>
        <button>Outside</button>
        <im-dialog label="Forward to" ?open=${isOpen}>
          <input aria-label="Search" />
          <button slot="footer">Send</button>
        </im-dialog>
      </div>
    `)
    const dialog = page.querySelector('im-dialog')!
    await dialog.updateComplete
    return { page, dialog, outside: page.querySelector('button')! }
  }

  it('is modal while it is open', async () => {
    const { dialog } = await create(true)
    expect(box(dialog).matches(':modal')).to.be.true
    dialog.open = false
    await dialog.updateComplete
    expect(box(dialog).open).to.be.false
  })

  it('closes by Escape, tells so, and gives the focus back', async () => {
    const { dialog, outside } = await create()
    outside.focus()
    dialog.open = true
    await dialog.updateComplete
    dialog.querySelector('input')!.focus()
    const closed = oneEvent(dialog, 'im-dialog-close')
    await sendKeys({ press: 'Escape' })
    await closed
    expect(dialog.open).to.be.false
    expect(document.activeElement === outside).to.be.true
  })

  it('closes by its button, which has a name', async () => {
    const { dialog } = await create(true)
    const closed = oneEvent(dialog, 'im-dialog-close')
    expect(partOf(dialog, 'close').ariaLabel).not.to.equal('')
    partOf(dialog, 'close').click()
    await closed
    expect(dialog.open).to.be.false
  })

  it('closes by a click beside it, and not by one inside', async () => {
    const { dialog } = await create(true)
    const { left, top } = box(dialog).getBoundingClientRect()
    const at = (x: number, y: number): [number, number] => [
      Math.round(left + x),
      Math.round(top + y),
    ]
    await sendMouse({ type: 'click', position: at(30, 8) })
    expect(dialog.open).to.be.true
    const closed = oneEvent(dialog, 'im-dialog-close')
    await sendMouse({ type: 'click', position: at(-10, -10) })
    await closed
    await resetMouse()
  })

  it('keeps the focus inside', async () => {
    const { dialog, outside } = await create(true)
    for (let count = 0; count < 6; count++) {
      await sendKeys({ press: 'Tab' })
      expect(document.activeElement === outside).to.be.false
    }
    expect(dialog.open).to.be.true
  })

  it('has a row of buttons only if there are some', async () => {
    const { dialog } = await create(true)
    const display = () => getComputedStyle(partOf(dialog, 'footer')).display
    expect(display()).to.equal('flex')
    dialog.querySelector('[slot=footer]')!.remove()
    await oneEvent(dialog.shadowRoot!, 'slotchange')
    await dialog.updateComplete
    expect(display()).to.equal('none')
  })

  it('is still open after it was moved', async () => {
    const { page, dialog } = await create(true)
    page.prepend(dialog)
    await dialog.updateComplete
    expect(box(dialog).matches(':modal')).to.be.true
  })

  it('is accessible, from right to left, in dark and in forced colours too', async () => {
    const { page, dialog } = await create(true)
    await expect(dialog).to.be.accessible()
    page.dir = 'rtl'
    page.style.colorScheme = 'dark'
    await expect(dialog).to.be.accessible()
    await emulateMedia({ forcedColors: 'active' })
    try {
      await expect(dialog).to.be.accessible()
    } finally {
      await emulateMedia({ forcedColors: 'none' })
    }
  })

  it('leaves nothing behind, closed or open', async () => {
    await expectNothingLeftBehind(async (place) => {
      const dialog = Object.assign(document.createElement('im-dialog'), { label: 'Hi', open: true })
      place.append(dialog)
      await dialog.updateComplete
      return dialog
    })
  }).timeout(60_000)
})

describe('<im-spinner>', () => {
  it('is decoration without a label and an image with one', async () => {
    const spinner = await fixture<IMSpinner>(html`<im-spinner></im-spinner>`)
    const drawing = spinner.shadowRoot!.querySelector('svg')!
    expect(drawing.getAttribute('aria-hidden')).to.equal('true')
    spinner.label = 'Loading'
    await spinner.updateComplete
    expect(drawing.getAttribute('role')).to.equal('img')
    expect(drawing.getAttribute('aria-label')).to.equal('Loading')
    await expect(spinner).to.be.accessible()
  })

  it('stands still where less motion is asked for, and still shows', async () => {
    const spinner = await fixture<IMSpinner>(html`<im-spinner></im-spinner>`)
    const animation = () =>
      getComputedStyle(spinner.shadowRoot!.querySelector('svg')!).animationName
    expect(animation()).to.equal('turn')
    await emulateMedia({ reducedMotion: 'reduce' })
    try {
      expect(animation()).to.equal('none')
    } finally {
      await emulateMedia({ reducedMotion: 'no-preference' })
    }
  })
})
