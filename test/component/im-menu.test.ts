import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing'
import { emulateMedia, resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands'
import '../../components/im-menu/im-menu.define.js'
import type { IMMenu, MenuItem } from '../../components/im-menu/im-menu.js'
import { expectNothingLeftBehind } from '../support/leaves-nothing-behind.js'

const labels = ['Pin', 'Mute', 'Delete', 'Details']

describe('<im-menu>', () => {
  let chosen: string[]

  beforeEach(() => {
    chosen = []
  })

  const items = (...names: string[]): MenuItem[] =>
    names.map((label) => ({ id: label, label, select: () => chosen.push(label) }))

  const create = async () => {
    const page = await fixture<HTMLElement>(html`
      <div style="block-size: 150vh">
        <button>Before</button>
        <im-menu label="Conversation" .items=${items(...labels)}></im-menu>
      </div>
    `)
    const button = page.querySelector('button')!
    const menu = page.querySelector('im-menu')!
    button.focus()
    return { button, menu }
  }

  const box = (menu: IMMenu) => menu.shadowRoot!.querySelector<HTMLElement>('[role=menu]')!
  const isShown = (menu: IMMenu) => box(menu).matches(':popover-open')
  const focused = (menu: IMMenu) => menu.shadowRoot!.activeElement?.textContent?.trim()

  it('opens at the pointer with its first item focused', async () => {
    const { menu } = await create()
    await menu.show({ x: 40, y: 50 })

    expect(isShown(menu)).to.be.true
    expect(menu.open).to.be.true
    expect(focused(menu)).to.equal('Pin')
    const { left, top } = box(menu).getBoundingClientRect()
    expect([left, top]).to.deep.equal([40, 50])
  })

  it('stays within the window', async () => {
    const { menu } = await create()
    await menu.show({ x: innerWidth - 1, y: innerHeight - 1 })

    const { right, bottom } = box(menu).getBoundingClientRect()
    expect(right).to.be.at.most(innerWidth)
    expect(bottom).to.be.at.most(innerHeight)
  })

  it('stays within the window when more can be chosen while it is open', async () => {
    const { menu } = await create()
    menu.items = items('Pin')
    await menu.show({ x: 10, y: innerHeight - 60 })
    const { top } = box(menu).getBoundingClientRect()
    menu.items = items(...labels)
    await waitUntil(() => box(menu).getBoundingClientRect().top < top)
    expect(box(menu).getBoundingClientRect().bottom).to.be.at.most(innerHeight)
  })

  it('opens beside an element, on the side where its text starts', async () => {
    const { button, menu } = await create()
    await menu.show(button)
    expect(box(menu).getBoundingClientRect().left).to.equal(button.getBoundingClientRect().left)
    menu.hide()

    menu.parentElement!.dir = 'rtl'
    await menu.show(button)
    expect(box(menu).getBoundingClientRect().right).to.be.closeTo(
      button.getBoundingClientRect().right,
      1,
    )
  })

  it('has a row of symbols above the lines, through which one goes sideways', async () => {
    const { menu } = await create()
    const symbols = ['👍', '🎉', '🙏'].map((symbol) => ({
      id: symbol,
      label: `React with ${symbol}`,
      symbol,
      isChecked: symbol === '🎉',
      select: () => chosen.push(symbol),
    }))
    menu.items = [...symbols, ...items('Copy')]
    await menu.show({ x: 40, y: 50 })
    expect(focused(menu)).to.equal('Copy')
    await sendKeys({ press: 'ArrowUp' })
    expect(focused(menu)).to.equal('🙏')
    await sendKeys({ press: 'ArrowRight' })
    expect(focused(menu)).to.equal('👍')
    await sendKeys({ press: 'ArrowLeft' })
    await sendKeys({ press: 'ArrowLeft' })
    expect(focused(menu)).to.equal('🎉')
    expect(menu.shadowRoot!.activeElement!.ariaChecked).to.equal('true')
    await sendKeys({ press: 'Enter' })
    expect(chosen).to.deep.equal(['🎉'])
  })

  it('has one tab stop, and arrows, Home and End to move', async () => {
    const { menu } = await create()
    await menu.show({ x: 0, y: 0 })
    const stops = () => menu.shadowRoot!.querySelectorAll('[tabindex="0"]').length

    await sendKeys({ press: 'ArrowDown' })
    expect(focused(menu)).to.equal('Mute')
    expect(stops()).to.equal(1)
    await sendKeys({ press: 'End' })
    expect(focused(menu)).to.equal('Details')
    await sendKeys({ press: 'ArrowDown' })
    expect(focused(menu)).to.equal('Pin')
    await sendKeys({ press: 'ArrowUp' })
    expect(focused(menu)).to.equal('Details')
    await sendKeys({ press: 'Home' })
    expect(focused(menu)).to.equal('Pin')
  })

  it('goes to what is typed', async () => {
    const { menu } = await create()
    await menu.show({ x: 0, y: 0 })

    await sendKeys({ press: 'd' })
    expect(focused(menu)).to.equal('Delete')
    await sendKeys({ press: 'e' })
    await sendKeys({ press: 't' })
    expect(focused(menu)).to.equal('Details')
  })

  it('calls what is chosen by Enter, closed and with the focus where it was', async () => {
    const { button, menu } = await create()
    let hadFocusBack = false
    const select = () => (hadFocusBack = document.activeElement === button)
    menu.items = [{ id: 'one', label: 'One', select }]
    await menu.show({ x: 0, y: 0 })

    const closed = oneEvent(menu, 'im-menu-close')
    await sendKeys({ press: 'Enter' })
    expect((await closed).detail).to.deep.equal({ id: 'one' })
    expect(isShown(menu)).to.be.false
    expect(hadFocusBack).to.be.true
  })

  it('calls what is clicked, once', async () => {
    const { menu } = await create()
    await menu.show({ x: 0, y: 0 })
    menu.shadowRoot!.querySelectorAll<HTMLElement>('[role=menuitem]')[1]!.click()
    expect(chosen).to.deep.equal(['Mute'])
  })

  it('does nothing for a disabled item and stays open', async () => {
    const { menu } = await create()
    menu.items = [{ ...items('One')[0]!, isDisabled: true }]
    await menu.show({ x: 0, y: 0 })
    await sendKeys({ press: 'Enter' })
    expect(chosen).to.deep.equal([])
    expect(isShown(menu)).to.be.true
  })

  for (const key of ['Escape', 'Tab']) {
    it(`closes by ${key} without a choice and gives the focus back`, async () => {
      const { button, menu } = await create()
      await menu.show({ x: 0, y: 0 })
      await sendKeys({ press: key })
      expect(isShown(menu)).to.be.false
      expect(document.activeElement).to.equal(button)
      expect(chosen).to.deep.equal([])
    })
  }

  it('closes by a press outside and leaves the focus where that put it', async () => {
    const { menu } = await create()
    const elsewhere = document.createElement('button')
    elsewhere.textContent = 'Elsewhere'
    menu.before(elsewhere)
    await menu.show({ x: 300, y: 300 })

    const { x, y } = elsewhere.getBoundingClientRect()
    await sendMouse({ type: 'click', position: [Math.round(x + 4), Math.round(y + 4)] })
    await resetMouse()
    expect(isShown(menu)).to.be.false
    expect(document.activeElement).to.equal(elsewhere)
  })

  it('closes when the page scrolls', async () => {
    const { menu } = await create()
    await menu.show({ x: 0, y: 0 })
    const closed = oneEvent(menu, 'im-menu-close')
    scrollTo(0, 50)
    await closed
    scrollTo(0, 0)
    expect(isShown(menu)).to.be.false
  })

  it('stays for what was scrolled before it opened and is told of after', async () => {
    const { menu } = await create()
    const scrolled = oneEvent(document, 'scroll')
    scrollTo(0, 50)
    await menu.show({ x: 10, y: 10 })
    expect(isShown(menu)).to.be.true
    await scrolled
    expect(isShown(menu)).to.be.true
    scrollTo(0, 0)
  })

  it('stays when something else scrolls', async () => {
    const { menu } = await create()
    const other = document.createElement('div')
    Object.assign(other.style, { blockSize: '50px', inlineSize: '50px', overflow: 'auto' })
    other.append(Object.assign(document.createElement('p'), { style: 'block-size: 500px' }))
    menu.before(other)
    await menu.show({ x: 300, y: 300 })
    const scrolled = oneEvent(other, 'scroll')
    other.scrollTop = 100
    await scrolled
    expect(isShown(menu)).to.be.true
  })

  it('moves to where it is opened next', async () => {
    const { menu } = await create()
    await menu.show({ x: 10, y: 10 })
    await menu.show({ x: 60, y: 70 })
    const { left, top } = box(menu).getBoundingClientRect()
    expect([left, top]).to.deep.equal([60, 70])
  })

  it('keeps the focus in its place when the focused item goes', async () => {
    const { menu } = await create()
    await menu.show({ x: 0, y: 0 })
    await sendKeys({ press: 'ArrowDown' })
    menu.items = items('Pin', 'Delete', 'Details')
    await menu.updateComplete
    expect(focused(menu)).to.equal('Delete')
  })

  it('closes when no item is left', async () => {
    const { menu } = await create()
    await menu.show({ x: 0, y: 0 })
    menu.items = []
    await menu.updateComplete
    expect(isShown(menu)).to.be.false
  })

  it('does not open without items or off the page', async () => {
    const { menu } = await create()
    menu.items = []
    await menu.show({ x: 0, y: 0 })
    expect(menu.open).to.be.false

    menu.items = items('One')
    menu.remove()
    await menu.show({ x: 0, y: 0 })
    expect(menu.open).to.be.false
  })

  it('shows a label as the text it is', async () => {
    const { menu } = await create()
    menu.items = items('<img src=x onerror=alert(1)>')
    await menu.show({ x: 0, y: 0 })
    expect(focused(menu)).to.equal('<img src=x onerror=alert(1)>')
    expect(menu.shadowRoot!.querySelector('img')).to.equal(null)
  })

  it('is closed after it was moved, and opens again', async () => {
    const { menu } = await create()
    await menu.show({ x: 0, y: 0 })
    document.querySelector('im-menu')!.parentElement!.prepend(menu)
    expect(menu.open).to.be.false
    await menu.updateComplete
    await menu.show({ x: 0, y: 0 })
    expect(isShown(menu)).to.be.true
  })

  it('is accessible, in dark and in forced colours too', async () => {
    const { menu } = await create()
    await menu.show({ x: 20, y: 20 })
    await expect(menu).to.be.accessible()

    menu.parentElement!.style.colorScheme = 'dark'
    await expect(menu).to.be.accessible()
    menu.parentElement!.style.colorScheme = ''

    await emulateMedia({ forcedColors: 'active' })
    try {
      await expect(menu).to.be.accessible()
      expect(getComputedStyle(box(menu)).borderTopStyle).to.equal('solid')
    } finally {
      await emulateMedia({ forcedColors: 'none' })
    }
  })

  it('leaves nothing behind', async () => {
    await expectNothingLeftBehind(async (place) => {
      const menu = document.createElement('im-menu')
      menu.items = items(...labels)
      place.append(menu)
      await menu.updateComplete
      await menu.show({ x: 0, y: 0 })
      return menu
    })
  }).timeout(60_000)
})
