import { expect, fixture, html } from '@open-wc/testing'
import { LitElement, css, html as template } from 'lit'
import { property, query } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { ScrollAnchor } from '../../components/message-list/scroll-anchor.js'
import { eventually } from '../support/eventually.js'

interface Row {
  key: string
  height: number
}

class TallRow extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
  `

  @property({ type: Number }) height = 0

  override render() {
    const box = document.createElement('div')
    box.style.height = `${this.height}px`
    return box
  }
}

/** A list of nothing but heights; its rows render a step later than itself, as real ones do. */
class TallList extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    #scroller {
      height: 300px;
      overflow: auto;
      overflow-anchor: none;
    }
  `

  @property({ attribute: false }) rows: Row[] = []
  @property({ type: Boolean }) reachesNewest = true
  @query('#scroller') scroller!: HTMLElement
  @query('#content') content!: HTMLElement
  moves = 0

  readonly anchor = new ScrollAnchor(this, {
    scroller: () => this.renderRoot?.querySelector<HTMLElement>('#scroller') ?? null,
    content: () => this.renderRoot?.querySelector<HTMLElement>('#content') ?? null,
    canFollow: () => this.reachesNewest,
    onMove: () => this.moves++,
  })

  override render() {
    return template`<div id="scroller"><div id="content">
      ${repeat(
        this.rows,
        (row) => row.key,
        (row) => template`<tall-row data-anchor=${row.key} .height=${row.height}></tall-row>`,
      )}
    </div></div>`
  }

  row(key: string): TallRow {
    return this.renderRoot.querySelector<TallRow>(`[data-anchor="${key}"]`)!
  }

  /** How far below the upper edge of the scroller a row stands. */
  top(key: string): number {
    return this.row(key).getBoundingClientRect().top - this.scroller.getBoundingClientRect().top
  }

  get distanceToEnd(): number {
    return this.scroller.scrollHeight - this.scroller.clientHeight - this.scroller.scrollTop
  }
}

customElements.define('tall-row', TallRow)
customElements.define('tall-list', TallList)

const rows = (from: number, to: number, height = 47.3): Row[] =>
  Array.from({ length: to - from }, (_, index) => ({ key: `row ${from + index}`, height }))

const nextFrame = () =>
  new Promise<void>((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => resolve())),
  )

async function listOf(shown: Row[]): Promise<TallList> {
  const list = await fixture<TallList>(html`<tall-list .rows=${shown}></tall-list>`)
  await nextFrame()
  return list
}

async function scrollTo(list: TallList, offset: number): Promise<void> {
  const scrolled = new Promise((resolve) =>
    list.scroller.addEventListener('scroll', resolve, { once: true }),
  )
  list.scroller.scrollTop = offset
  await scrolled
  await nextFrame()
}

async function show(list: TallList, shown: Row[]): Promise<void> {
  list.rows = shown
  await list.updateComplete
  await nextFrame()
}

describe('ScrollAnchor', () => {
  it('opens at the end', async () => {
    const list = await listOf(rows(0, 40))
    expect(list.distanceToEnd).to.be.lessThan(1)
    expect(list.anchor.isFollowing).to.equal(true)
  })

  it('keeps the row being read in place when older ones come in', async () => {
    const list = await listOf(rows(100, 140))
    await scrollTo(list, 250)
    const before = list.top('row 108')
    await show(list, [...rows(50, 100), ...rows(100, 140)])
    expect(list.top('row 108')).to.be.closeTo(before, 1)
  })

  it('does not add up rounding over fifty prepends', async () => {
    const list = await listOf(rows(1000, 1040))
    await scrollTo(list, 251)
    const before = list.top('row 1008')
    for (let from = 999; from >= 950; from--) {
      list.rows = [{ key: `row ${from}`, height: 33.37 }, ...list.rows]
      await list.updateComplete
    }
    await nextFrame()
    expect(list.top('row 1008')).to.be.closeTo(before, 1)
  })

  it('keeps it in place when rows above grow later, as images do', async () => {
    const list = await listOf(rows(100, 140))
    await scrollTo(list, 250)
    const before = list.top('row 108')
    await show(list, [...rows(90, 100), ...rows(100, 140)])
    for (const key of ['row 91', 'row 95', 'row 99', 'row 101']) list.row(key).height = 180
    await nextFrame()
    expect(list.top('row 108')).to.be.closeTo(before, 1)
  })

  it('keeps it in place when rows grow in the very frame in which one scrolls', async () => {
    const list = await listOf(rows(0, 60))
    await scrollTo(list, 1000)
    const before = list.top('row 25')
    list.row('row 3').height += 120
    await list.row('row 3').updateComplete
    list.scroller.scrollTop += 30
    await nextFrame()
    expect(list.top('row 25')).to.be.closeTo(before - 30, 1)
  })

  it('holds on to the next row when the one it marked is taken away', async () => {
    const list = await listOf(rows(0, 60))
    await scrollTo(list, 1000)
    const before = list.top('row 23')
    await show(
      list,
      list.rows.filter(({ key }) => key !== 'row 22' && key !== 'row 4'),
    )
    expect(list.top('row 23')).to.be.closeTo(before, 1)
  })

  it('follows what is appended while the end is on screen', async () => {
    const list = await listOf(rows(0, 40))
    await show(list, rows(0, 45))
    expect(list.distanceToEnd).to.be.lessThan(1)
  })

  it('does not follow what is appended while one reads further up', async () => {
    const list = await listOf(rows(0, 40))
    await scrollTo(list, 500)
    const before = list.top('row 12')
    await show(list, rows(0, 60))
    expect(list.top('row 12')).to.be.closeTo(before, 1)
    expect(list.anchor.isFollowing).to.equal(false)
    expect(list.anchor.isAtEnd).to.equal(false)
  })

  it('stays at the end while the last row grows', async () => {
    const list = await listOf(rows(0, 40))
    for (let step = 0; step < 10; step++) {
      list.row('row 39').height += 37
      await nextFrame()
      expect(list.distanceToEnd).to.be.lessThan(1)
    }
  })

  it('lets go of the end at the first step up, also while the last row grows', async () => {
    const list = await listOf(rows(0, 40))
    await scrollTo(list, list.scroller.scrollTop - 8)
    const before = list.top('row 37')
    list.row('row 39').height += 100
    await nextFrame()
    expect(list.top('row 37')).to.be.closeTo(before, 1)
  })

  it('follows again once one has scrolled back to the end', async () => {
    const list = await listOf(rows(0, 40))
    await scrollTo(list, 100)
    await scrollTo(list, list.scroller.scrollHeight)
    await show(list, rows(0, 50))
    expect(list.distanceToEnd).to.be.lessThan(1)
  })

  it('does not follow at the end of what is loaded if the conversation goes on', async () => {
    const list = await listOf(rows(0, 40))
    list.reachesNewest = false
    await scrollTo(list, 100)
    await scrollTo(list, list.scroller.scrollHeight)
    const before = list.top('row 36')
    await show(list, rows(0, 60))
    expect(list.top('row 36')).to.be.closeTo(before, 1)
  })

  it('keeps the end on screen when the room shrinks, as with a keyboard', async () => {
    const list = await listOf(rows(0, 40))
    list.scroller.style.height = '120px'
    await nextFrame()
    expect(list.distanceToEnd).to.be.lessThan(1)
    list.scroller.style.height = '300px'
    await nextFrame()
    expect(list.distanceToEnd).to.be.lessThan(1)
  })

  it('reveals a row in the middle and keeps it there while rows above it grow', async () => {
    const list = await listOf(rows(0, 60))
    expect(list.anchor.reveal('row 20')).to.equal(true)
    await nextFrame()
    const middle = list.top('row 20') + 47.3 / 2
    expect(middle).to.be.closeTo(150, 1)
    list.row('row 10').height = 300
    await nextFrame()
    expect(list.top('row 20') + 47.3 / 2).to.be.closeTo(150, 1)
    expect(list.anchor.reveal('no such row')).to.equal(false)
  })

  it('holds a row at a height that can only be reached when more has come', async () => {
    const list = await listOf(rows(0, 12))
    list.anchor.hold({ key: 'row 11', top: 20 })
    await nextFrame()
    expect(list.top('row 11')).to.be.greaterThan(200)
    await show(list, rows(0, 40))
    expect(list.top('row 11')).to.be.closeTo(20, 1)
  })

  it('gives a place one can come back to', async () => {
    const list = await listOf(rows(0, 60))
    expect(list.anchor.places()).to.deep.equal([])
    await scrollTo(list, 777)
    const before = list.top('row 20')
    const place = list.anchor.places()[0]!
    list.anchor.forget()
    await show(list, rows(500, 560))
    expect(list.distanceToEnd).to.be.lessThan(1)
    await show(list, rows(0, 60))
    expect(list.anchor.hold(place)).to.equal(true)
    expect(list.top('row 20')).to.be.closeTo(before, 1)
  })

  it('is where it was after it has been taken out of the page and put back', async () => {
    const list = await listOf(rows(0, 60))
    await scrollTo(list, 777)
    const before = list.top('row 20')
    const parent = list.parentElement!
    list.remove()
    await nextFrame()
    parent.append(list)
    await eventually(() => Math.abs(list.top('row 20') - before) <= 1)
  })

  it('is at the end after it has been hidden while messages came', async () => {
    const list = await listOf(rows(0, 60))
    list.style.display = 'none'
    await show(list, rows(0, 90))
    list.style.display = ''
    await nextFrame()
    expect(list.distanceToEnd).to.be.lessThan(1)
  })

  it('is at the row it held after it has been hidden while older messages came', async () => {
    const list = await listOf(rows(100, 160))
    await scrollTo(list, 777)
    const before = list.top('row 120')
    list.style.display = 'none'
    await show(list, [...rows(0, 100), ...rows(100, 160)])
    list.style.display = ''
    await nextFrame()
    expect(list.top('row 120')).to.be.closeTo(before, 1)
  })

  it('stands still at the end while something lies over it, and follows again afterwards', async () => {
    const list = await listOf(rows(0, 40))
    const before = list.top('row 39')
    const goOn = list.anchor.standStill()
    await show(list, rows(0, 45))
    expect(list.top('row 39')).to.be.closeTo(before, 1)
    goOn()
    expect(list.distanceToEnd).to.be.lessThan(1)
  })

  it('says where a row is', async () => {
    const list = await listOf(rows(0, 60))
    await scrollTo(list, 1000)
    expect(list.anchor.whereIs('row 0')).to.equal('above')
    expect(list.anchor.whereIs('row 23')).to.equal('visible')
    expect(list.anchor.whereIs('row 59')).to.equal('below')
    expect(list.anchor.whereIs('row 60')).to.equal(undefined)
  })

  it('leaves no listener behind', async () => {
    const list = await listOf(rows(0, 60))
    const { scroller } = list
    list.remove()
    const moves = list.moves
    document.body.append(scroller)
    await (async () => {
      const scrolled = new Promise((resolve) =>
        scroller.addEventListener('scroll', resolve, { once: true }),
      )
      scroller.style.height = '100px'
      scroller.style.overflow = 'auto'
      scroller.scrollTop = 0
      scroller.scrollTop = 50
      await scrolled
    })()
    expect(list.moves).to.equal(moves)
    scroller.remove()
  })
})
