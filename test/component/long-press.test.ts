import { expect, fixture, html } from '@open-wc/testing'
import { LitElement } from 'lit'
import { LongPress } from '../../components/internal/long-press.js'
import { expectNothingLeftBehind } from '../support/leaves-nothing-behind.js'

/** Runs when the test says that the time has come. */
let due: (() => void) | undefined
const schedule = (run: () => void) => {
  due = run
  return () => (due = undefined)
}

class PressTarget extends LitElement {
  pressed: { x: number; y: number }[] = []
  readonly #press = new LongPress(this, (_, point) => this.pressed.push(point), schedule)

  override render() {
    return html`<button @pointerdown=${this.#press.onPointerDown}>Press</button>`
  }
}
customElements.define('press-target', PressTarget)

describe('a long press', () => {
  let target: PressTarget
  let clicks: number

  const button = () => target.shadowRoot!.querySelector('button')!
  const pointer = (type: string, init: PointerEventInit = {}) =>
    button().dispatchEvent(
      new PointerEvent(type, {
        pointerType: 'touch',
        isPrimary: true,
        bubbles: true,
        composed: true,
        clientX: 10,
        clientY: 20,
        ...init,
      }),
    )

  beforeEach(async () => {
    due = undefined
    clicks = 0
    target = await fixture<PressTarget>(html`<press-target></press-target>`)
    target.addEventListener('click', () => clicks++)
  })

  it('is a finger that rests', () => {
    pointer('pointerdown')
    due!()
    expect(target.pressed).to.deep.equal([{ x: 10, y: 20 }])
  })

  for (const type of ['pointerup', 'pointercancel', 'contextmenu', 'scroll']) {
    it(`ends without effect by ${type}`, () => {
      pointer('pointerdown')
      pointer(type)
      expect(due).to.equal(undefined)
    })
  }

  it('ends when the finger moves far, and only then', () => {
    pointer('pointerdown')
    pointer('pointermove', { clientX: 15 })
    expect(due).not.to.equal(undefined)
    pointer('pointermove', { clientX: 40 })
    expect(due).to.equal(undefined)
  })

  it('is nothing a mouse or a second finger does', () => {
    pointer('pointerdown', { pointerType: 'mouse' })
    pointer('pointerdown', { isPrimary: false })
    expect(due).to.equal(undefined)
  })

  it('swallows the click of the finger that is lifted, and no later one', () => {
    pointer('pointerdown')
    due!()
    pointer('pointerup')
    button().click()
    expect(clicks).to.equal(0)

    pointer('pointerdown')
    pointer('pointerup')
    button().click()
    expect(clicks).to.equal(1)
  })

  it('swallows nothing when the finger is lifted elsewhere', () => {
    pointer('pointerdown')
    due!()
    pointer('pointerdown', { pointerType: 'mouse' })
    button().click()
    expect(clicks).to.equal(1)
  })

  it('leaves nothing behind, not even in the middle of one', async () => {
    await expectNothingLeftBehind(async (place) => {
      target = document.createElement('press-target') as PressTarget
      place.append(target)
      await target.updateComplete
      pointer('pointerdown')
      const element = target
      return element
    })
  }).timeout(60_000)
})
