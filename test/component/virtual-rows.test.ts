import { expect, fixture, html } from '@open-wc/testing'
import { LitElement, css, html as template } from 'lit'
import { property, query } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { inlineStyle } from '../../components/internal/inline-style.js'
import { ScrollAnchor } from '../../components/message-list/scroll-anchor.js'
import { VirtualRows } from '../../components/message-list/virtual-rows.js'

interface Entry {
  key: string
  height: number
}

/** Thought to be so high before it is drawn. */
const ESTIMATE = 60

/** A list of nothing but heights, with what the message list is made of. */
class VirtualList extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    #scroller {
      height: 300px;
      overflow: auto;
      overflow-anchor: none;
    }
    [data-apart] {
      position: absolute;
    }
  `

  @property({ attribute: false }) entries: readonly Entry[] = []
  @property({ attribute: false }) focusedKey?: string
  @query('#scroller') scroller!: HTMLElement
  updates = 0

  readonly rows = new VirtualRows<Entry>(this, {
    scroller: () => this.#find('#scroller'),
    rows: () => this.#find('#rows'),
    estimate: () => ESTIMATE,
    reader: () => this.anchor,
    kept: () => [this.focusedKey],
    flush: () => undefined,
  })
  readonly anchor: ScrollAnchor = new ScrollAnchor(this, {
    scroller: () => this.#find('#scroller'),
    content: () => this.#find('#content'),
    parts: () => this.#find('#rows')?.children ?? [],
    isListed: (key) => this.rows.has(key),
    absorb: (shift) => this.rows.absorb(shift),
    canFollow: () => true,
    onResize: () => this.rows.measure(),
    onScroll: (pixels) => {
      this.rows.moved(pixels)
      if (pixels === 0) this.rows.settleDrift()
    },
    onMove: () => queueMicrotask(() => this.rows.look()),
  })

  override render() {
    this.updates += 1
    return template`<div id="scroller"><div id="content"><div id="rows">${repeat(
      this.rows.draw(this.entries),
      ({ entry }) => entry.key,
      ({ entry, isApart }) =>
        template`<div data-anchor=${entry.key} ?data-apart=${isApart} ${inlineStyle({ height: `${entry.height}px` })}></div>`,
    )}</div></div></div>`
  }

  get drawn(): string[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[data-anchor]')].map(
      (row) => row.dataset.anchor!,
    )
  }

  row(key: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-anchor="${key}"]`)
  }

  top(key: string): number {
    return this.row(key)!.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top
  }

  #find(selector: string): HTMLElement | null {
    return this.renderRoot?.querySelector<HTMLElement>(selector) ?? null
  }
}

customElements.define('virtual-list', VirtualList)

/** Rows none of which is as high as it is thought to be. */
const entries = (from: number, to: number): Entry[] =>
  Array.from({ length: to - from }, (_, index) => ({
    key: `row ${from + index}`,
    height: 30 + (((from + index) * 37) % 90),
  }))

const frames = () =>
  new Promise<void>((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => resolve())),
  )

async function listOf(shown: readonly Entry[]): Promise<VirtualList> {
  const list = await fixture<VirtualList>(html`<virtual-list .entries=${shown}></virtual-list>`)
  await frames()
  return list
}

async function scrollTo(list: VirtualList, offset: number): Promise<void> {
  list.scroller.scrollTop = offset
  await frames()
}

/** The drawn rows cover the screen. */
function expectNoHole(list: VirtualList): void {
  const view = list.scroller.getBoundingClientRect()
  const rows = list.drawn.map((key) => list.row(key)!.getBoundingClientRect())
  expect(rows[0]!.top).to.be.at.most(Math.max(view.top, view.top - list.scroller.scrollTop + 0.5))
  expect(rows.at(-1)!.bottom).to.be.at.least(view.bottom - 0.5)
}

describe('VirtualRows', () => {
  it('draws the end of a long list and little else', async () => {
    const list = await listOf(entries(0, 2000))
    expect(list.drawn.at(-1)).to.equal('row 1999')
    expect(list.drawn.length).to.be.within(5, 30)
    const { scrollTop, scrollHeight, clientHeight } = list.scroller
    expect(scrollHeight - clientHeight - scrollTop).to.be.lessThan(1)
    expect(scrollHeight).to.be.within(80_000, 180_000)
  })

  it('draws what comes into view, wherever one scrolls', async () => {
    const list = await listOf(entries(0, 2000))
    for (const part of [0.5, 0.1, 0, 0.9, 0.3, 1]) {
      await scrollTo(list, list.scroller.scrollHeight * part)
      expectNoHole(list)
      expect(list.drawn.length).to.be.lessThan(80)
    }
  })

  it('reaches the first row exactly, though all heights were guessed wrong', async () => {
    const list = await listOf(entries(0, 300))
    for (let step = 0; list.scroller.scrollTop > 0; step++) {
      expect(step).to.be.lessThan(400)
      await scrollTo(list, list.scroller.scrollTop - 250)
      expectNoHole(list)
    }
    expect(list.drawn[0]).to.equal('row 0')
    expect(list.top('row 0')).to.be.closeTo(0, 1)
  })

  it('keeps the row being read in place while rows of unknown height are drawn above it', async () => {
    const list = await listOf(entries(0, 500))
    await scrollTo(list, list.scroller.scrollHeight / 2)
    for (let step = 0; step < 40; step++) {
      const key = list.drawn.find((key) => list.top(key) >= 0)!
      const top = list.top(key)
      await scrollTo(list, list.scroller.scrollTop - 60)
      expect(list.top(key)).to.be.closeTo(top + 60, 1)
    }
  })

  it('keeps it in place when many rows come before it, and when they go again', async () => {
    const list = await listOf(entries(300, 500))
    await scrollTo(list, 2000)
    const key = list.drawn.find((key) => list.top(key) >= 0)!
    const top = list.top(key)
    list.entries = entries(0, 500)
    await list.updateComplete
    await frames()
    expect(list.top(key)).to.be.closeTo(top, 1)
    list.entries = entries(310, 500)
    await list.updateComplete
    await frames()
    expect(list.top(key)).to.be.closeTo(top, 1)
  })

  it('goes to a row that is not drawn', async () => {
    const list = await listOf(entries(0, 2000))
    expect(list.anchor.hold({ key: 'row 700', top: 100 })).to.equal(true)
    await list.updateComplete
    await frames()
    expect(list.top('row 700')).to.be.closeTo(100, 1)
    expect(list.rows.sideOf('row 3')).to.equal('above')
    expect(list.rows.sideOf('row 1990')).to.equal('below')
    expect(list.anchor.hold({ key: 'no such row', top: 0 })).to.equal(false)
  })

  it('keeps a row with the focus in the document when it is scrolled away', async () => {
    const list = await listOf(entries(0, 2000))
    const row = list.row('row 1999')
    list.focusedKey = 'row 1999'
    await scrollTo(list, 0)
    expectNoHole(list)
    expect(list.row('row 1999')).to.equal(row)
    expect(row!.hasAttribute('data-apart')).to.equal(true)
    await scrollTo(list, list.scroller.scrollHeight)
    expect(list.row('row 1999')).to.equal(row)
    expect(row!.hasAttribute('data-apart')).to.equal(false)
  })

  it('draws nothing anew while nothing moves', async () => {
    const list = await listOf(entries(0, 500))
    const { updates } = list
    await frames()
    await frames()
    expect(list.updates).to.equal(updates)
    await scrollTo(list, list.scroller.scrollTop - 20)
    expect(list.updates, 'a step within what is drawn').to.equal(updates)
  })
})
