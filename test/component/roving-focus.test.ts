import { expect, fixture, html, nextFrame } from '@open-wc/testing'
import { sendKeys } from '@web/test-runner-commands'
import { LitElement } from 'lit'
import { property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { RovingFocus, type RovingFocusOptions } from '../../components/internal/roving-focus.js'
import { eventually } from '../support/eventually.js'

class RovingList extends LitElement {
  @property({ attribute: false }) keys = ['a', 'b', 'c']
  options: Partial<RovingFocusOptions> = {}

  readonly roving: RovingFocus = new RovingFocus(this, {
    items: () => Array.from(this.renderRoot.querySelectorAll('button')),
    initialKey: () => this.options.initialKey?.(),
    get orientation() {
      return current.options.orientation
    },
    get isWrapping() {
      return current.options.isWrapping
    },
    get reach() {
      return current.options.reach
    },
  })

  override render() {
    const { onFocusIn, onFocusOut, onKeyDown } = this.roving
    return html`<div @focusin=${onFocusIn} @focusout=${onFocusOut} @keydown=${onKeyDown}>
      ${repeat(
        this.keys,
        (key) => key,
        (key) => html`<button data-key=${key}>${key}</button>`,
      )}
    </div>`
  }
}
customElements.define('roving-list', RovingList)

let current: RovingList

const focused = () => current.shadowRoot!.activeElement?.textContent
const stops = () =>
  [...current.shadowRoot!.querySelectorAll<HTMLElement>('[tabindex="0"]')].map(
    (item) => item.textContent,
  )
const press = (...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => sendKeys({ press: key })), Promise.resolve())

const create = async (options: Partial<RovingFocusOptions> = {}, dir = 'ltr') => {
  const page = await fixture(html`<div dir=${dir}></div>`)
  current = Object.assign(document.createElement('roving-list') as RovingList, { options })
  page.append(current)
  await current.updateComplete
}

describe('roving focus', () => {
  it('has one tab stop, at first the first item', async () => {
    await create()
    expect(stops()).to.deep.equal(['a'])
  })

  it('starts where it is told to', async () => {
    await create({ initialKey: () => 'b' })
    expect(stops()).to.deep.equal(['b'])
  })

  it('moves up and down and stops at the ends', async () => {
    await create()
    current.roving.focus('b')
    await press('ArrowDown', 'ArrowDown')
    expect(focused()).to.equal('c')
    await press('ArrowLeft', 'ArrowRight')
    expect(focused()).to.equal('c')
    await press('Home', 'ArrowUp')
    expect(focused()).to.equal('a')
    await press('End')
    expect(focused()).to.equal('c')
    expect(stops()).to.deep.equal(['c'])
  })

  it('goes round if it is to', async () => {
    await create({ isWrapping: true })
    current.roving.focus('a')
    await press('ArrowUp')
    expect(focused()).to.equal('c')
    await press('ArrowDown')
    expect(focused()).to.equal('a')
  })

  it('moves to the sides as the text runs', async () => {
    await create({ orientation: 'horizontal' })
    current.roving.focus('b')
    await press('ArrowDown')
    expect(focused()).to.equal('b')
    await press('ArrowRight')
    expect(focused()).to.equal('c')

    await create({ orientation: 'horizontal' }, 'rtl')
    current.roving.focus('b')
    await press('ArrowRight')
    expect(focused()).to.equal('a')
  })

  it('leaves keys with modifiers alone', async () => {
    await create()
    current.roving.focus('a')
    await press('Control+ArrowDown')
    expect(focused()).to.equal('a')
  })

  it('follows a click', async () => {
    await create()
    current.shadowRoot!.querySelectorAll('button')[2]!.focus()
    expect(stops()).to.deep.equal(['c'])
  })

  it('stays with its item when that moves, and goes to the next when it goes', async () => {
    await create()
    current.roving.focus('c')
    current.keys = ['c', 'a', 'b']
    await current.updateComplete
    expect(focused()).to.equal('c')

    current.keys = ['a', 'b']
    await current.updateComplete
    expect(focused()).to.equal('a')
    expect(stops()).to.deep.equal(['a'])
  })

  it('does not take back a focus that was elsewhere when its item went', async () => {
    await create()
    const outside = document.createElement('button')
    current.after(outside)
    current.roving.focus('c')
    outside.focus()
    current.keys = ['a', 'b']
    await current.updateComplete
    expect(document.activeElement === outside).to.be.true
    expect(stops()).to.deep.equal(['b'])
  })

  describe('in a list that draws only some of its items', () => {
    const all = [...'abcdefghij']
    /** Draws three items from where a motion leads; pages are of three. */
    const drawnAt = (index: number) => {
      const at = Math.max(0, Math.min(index, all.length - 1))
      current.keys = all.slice(Math.min(at, all.length - 3)).slice(0, 3)
      return all[at]!
    }
    const reach: RovingFocusOptions['reach'] = (motion, fromKey) => {
      const from = all.indexOf(fromKey!)
      const last = all.length - 1
      const [next, previous] = [from + 1, from - 1]
      const pages = { 'page-next': from + 3, 'page-previous': from - 3 }
      return drawnAt({ first: 0, last, next, previous, ...pages }[motion])
    }

    const walks: [string[], string][] = [
      [['ArrowDown'], 'b'],
      [['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp'], 'c'],
      [['ArrowUp'], 'a'],
      [['End'], 'j'],
      [['End', 'ArrowDown'], 'j'],
      [['End', 'ArrowUp', 'Home'], 'a'],
      [['PageDown'], 'd'],
      [['PageDown', 'PageDown', 'PageUp'], 'd'],
      [['PageDown', 'PageDown', 'PageDown', 'PageDown'], 'j'],
    ]
    for (const [keys, expected] of walks) {
      it(`goes with ${keys.join(', ')} to ${expected}`, async () => {
        await create({ reach })
        current.roving.focus('a')
        await press(...keys)
        await current.updateComplete
        expect(focused()).to.equal(expected)
        expect(stops()).to.deep.equal([expected])
      })
    }

    it('goes on from an item that is on its way, when keys come faster', async () => {
      const from: (string | undefined)[] = []
      const arrivals: (() => void)[] = []
      await create({
        reach: async (motion, fromKey) => {
          from.push(fromKey)
          await new Promise<void>((arrive) => arrivals.push(arrive))
          return reach(motion, fromKey)
        },
      })
      current.roving.focus('a')
      await press('ArrowDown', 'ArrowDown')
      expect(from).to.deep.equal(['a'])
      arrivals[0]!()
      await eventually(() => from.length === 2)
      expect(focused()).to.equal('b')
      arrivals[1]!()
      await eventually(() => focused() === 'c')
      expect(from).to.deep.equal(['a', 'b'])
    })

    it('does not fetch back a focus that has left meanwhile', async () => {
      let arrive!: (key: string) => void
      await create({ reach: () => new Promise<string>((resolve) => (arrive = resolve)) })
      const outside = document.createElement('button')
      current.after(outside)
      current.roving.focus('a')
      await press('ArrowDown')
      outside.focus()
      arrive('b')
      await current.updateComplete
      await nextFrame()
      expect(document.activeElement === outside).to.be.true
    })

    it('stays where it is when there is nothing to reach', async () => {
      await create({ reach: () => undefined })
      current.roving.focus('b')
      await press('ArrowDown', 'End')
      expect(focused()).to.equal('b')
    })
  })
})
