/**
 * Draws of a long list only the rows on screen and some around them.
 *
 * The drawn rows stand in the flow, one below the other, between two paddings as high as the rows
 * that are not drawn are or are thought to be. So what is on screen is laid out by the browser and
 * never by an estimate: a row of any height, one that grows or is selected across is like any other.
 * Where the estimates were wrong, `ScrollAnchor` sees a shift like all others and takes it back.
 *
 * While the reader scrolls, small shifts are taken out of the upper padding and not out of the
 * scroll offset, which would put an end to a wheel's or a finger's momentum; the difference, the
 * *drift*, is settled when scrolling has ended.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { RowSizes } from './row-sizes.js'

export interface Listed {
  readonly key: string
}

/** Where the reader is: at the end, or with some rows at some heights of the screen, in pixels. */
export interface Reader {
  readonly isFollowing: boolean
  places(): readonly { key: string; top: number }[]
}

export interface VirtualRowsOptions<Entry extends Listed> {
  /** The scrolling box, as soon as there is one. */
  scroller(): HTMLElement | null
  /** What holds the drawn rows and nothing else: its children are the rows, in order. */
  rows(): HTMLElement | null
  /** The height an entry will have, in pixels, as far as that can be told without drawing it. */
  estimate(entry: Entry): number
  reader(): Reader
  /** Rows that stay although they are out of sight: one that has the focus, say. */
  kept(): readonly (string | undefined)[]
  /** Lets a row draw itself now if it means to do so a step later: its height is wanted. */
  flush(row: Element): void
}

/** An entry to be drawn. */
export interface Drawn<Entry> {
  entry: Entry
  /** Its place among all of them. */
  index: number
  /** It is out of sight and only kept: it takes no room. */
  isApart: boolean
}

/** Drawn beyond both edges of the screen, as a part of its height. */
const OVERSCAN = 0.5
/** Of what is drawn beyond an edge, this part may be used up before more is drawn. */
const RESERVE = 0.5
/** Drawn ahead of a reader who scrolls fast: what they moved last, so many times, up to a limit. */
const LEAD = 2
const MOST_LEAD = 2600
/** Pixels; before anything was drawn. */
const UNKNOWN_HEIGHT = 600
/** More drift than this is settled although the reader is still scrolling. */
const MOST_DRIFT = 4000

export class VirtualRows<Entry extends Listed> implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #options: VirtualRowsOptions<Entry>
  readonly #sizes = new RowSizes()
  #entries: readonly Entry[] = []
  #drawn: readonly Drawn<Entry>[] = []
  /** The drawn stretch. */
  #first = 0
  #end = 0
  /** How much lower the drawn rows ought to stand than they do. */
  #drift = 0
  /** Pixels the reader moved last; negative: up. */
  #speed = 0
  /** Of the scroller, as last measured: to ask for it in between would lay out the page again. */
  #height = 0
  /** Other rows than before are listed: what shifts by that is a matter of scrolling. */
  #isRelisted = false

  constructor(host: ReactiveControllerHost, options: VirtualRowsOptions<Entry>) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  /** To be called while the host draws: those of the entries that are to be drawn, in order. */
  draw(entries: readonly Entry[]): readonly Drawn<Entry>[] {
    if (entries !== this.#entries) this.#list(entries)
    const { top, height } = this.#view()
    const before = height * OVERSCAN + this.#lead(-1)
    const after = height * OVERSCAN + this.#lead(1)
    this.#first = this.#sizes.indexAt(top - before)
    this.#end = Math.min(entries.length, this.#sizes.indexAt(top + height + after) + 1)
    this.#drawn = this.#withKept(entries)
    // Until the rows are drawn there is room enough for any offset: none is cut meanwhile.
    this.#makeRoom(this.#sizes.total)
    return this.#drawn
  }

  hostDisconnected(): void {
    this.#height = 0
  }

  hostUpdated(): void {
    const rows = this.#options.rows()
    if (!rows) return
    if (this.#first === 0) this.#drift = 0
    this.#makeRoom()
    for (const row of rows.children) this.#options.flush(row)
    this.measure()
  }

  /** Takes the heights of what is drawn. */
  measure(): void {
    const rows = this.#options.rows()
    if (!rows) return
    this.#drawn.forEach(({ entry, isApart }, index) => {
      const row = rows.children[index]
      const height = row && !isApart ? row.getBoundingClientRect().height : 0
      if (height > 0) this.#sizes.measured(entry.key, height)
    })
    this.#height = this.#options.scroller()?.clientHeight ?? 0
  }

  /** Draws more where the reader comes near the end of what is drawn. */
  look(): void {
    this.#isRelisted = false
    if (this.#height === 0 || !this.#options.rows()) return
    const { top, height } = this.#view()
    const reserve = height * OVERSCAN * RESERVE
    const isShortAbove = this.#first > 0 && this.#sizes.offset(this.#first) > top - reserve
    const isShortBelow =
      this.#end < this.#entries.length && this.#sizes.offset(this.#end) < top + height + reserve
    if (isShortAbove || isShortBelow) this.#host.requestUpdate()
  }

  /** Another list is to be drawn. */
  forget(): void {
    this.#entries = []
    this.#drawn = []
    this.#first = 0
    this.#end = 0
    this.#drift = 0
    this.#speed = 0
    this.#sizes.forget()
  }

  /** The reader has scrolled by so many pixels; 0: they have come to rest. */
  moved(pixels: number): void {
    this.#speed = pixels
  }

  /** Pixels of the screen; 0 while the list is hidden. */
  get height(): number {
    return this.#height
  }

  /** Rows that fill the screen, going by those that are drawn. */
  get perPage(): number {
    const drawn = this.#sizes.offset(this.#end) - this.#sizes.offset(this.#first)
    const average = drawn / Math.max(1, this.#end - this.#first)
    return Math.max(1, Math.floor(this.#height / Math.max(1, average)))
  }

  has(key: string): boolean {
    return this.#sizes.indexOf(key) !== undefined
  }

  /** Where a row is that is not drawn, seen from those that are. */
  sideOf(key: string): 'above' | 'below' | undefined {
    const index = this.#sizes.indexOf(key)
    if (index === undefined || (index >= this.#first && index < this.#end)) return undefined
    return index < this.#first ? 'above' : 'below'
  }

  /** Pixels of all that is listed above and below the screen, drawn or not. */
  beyond(): { above: number; below: number } {
    const { top, height } = this.#view()
    return { above: top, below: this.#sizes.total - top - height }
  }

  /**
   * Moves the drawn rows up by so many pixels without scrolling, as far as there is room for that.
   * Gives what is left to be done by scrolling.
   */
  absorb(shift: number): number {
    if (this.#isRelisted || this.#first === 0) return shift
    if (Math.abs(this.#drift + shift) > MOST_DRIFT) return shift
    const taken = Math.min(shift, this.#sizes.offset(this.#first) - this.#drift)
    this.#drift += taken
    this.#makeRoom()
    return shift - taken
  }

  /** Puts the rows where they ought to be; what was on screen is to be scrolled back there. */
  settleDrift(): void {
    if (this.#drift === 0) return
    this.#drift = 0
    this.#makeRoom()
  }

  #list(entries: readonly Entry[]): void {
    this.#entries = entries
    this.#isRelisted = true
    this.#sizes.list(
      entries.map(({ key }) => key),
      (index) => this.#options.estimate(entries[index]!),
    )
  }

  /** What is on screen, as pixels of the list of all rows. */
  #view(): { top: number; height: number } {
    const height = this.#height || UNKNOWN_HEIGHT
    const reader = this.#options.reader()
    if (reader.isFollowing) return { top: Math.max(0, this.#sizes.total - height), height }
    for (const place of reader.places()) {
      const index = this.#sizes.indexOf(place.key)
      if (index !== undefined) return { top: this.#sizes.offset(index) - place.top, height }
    }
    return { top: this.#scrolledTo(), height }
  }

  /** By the scroll offset alone: nothing that was drawn is on screen. */
  #scrolledTo(): number {
    const scroller = this.#options.scroller()
    const rows = this.#options.rows()
    if (!scroller || !rows) return 0
    return scroller.getBoundingClientRect().top - rows.getBoundingClientRect().top + this.#drift
  }

  #lead(direction: 1 | -1): number {
    return Math.min(MOST_LEAD, Math.max(0, this.#speed * direction * LEAD))
  }

  #withKept(entries: readonly Entry[]): Drawn<Entry>[] {
    const indexes = new Set<number>()
    for (const key of this.#options.kept()) {
      const index = key === undefined ? undefined : this.#sizes.indexOf(key)
      if (index !== undefined) indexes.add(index)
    }
    const drawn: Drawn<Entry>[] = []
    for (let index = this.#first; index < this.#end; index++) {
      drawn.push({ entry: entries[index]!, index, isApart: false })
      indexes.delete(index)
    }
    const apart = [...indexes].map((index) => ({ entry: entries[index]!, index, isApart: true }))
    return apart.length ? [...drawn, ...apart].sort((one, other) => one.index - other.index) : drawn
  }

  #makeRoom(below = this.#sizes.total - this.#sizes.offset(this.#end)): void {
    const rows = this.#options.rows()
    if (!rows) return
    const above = Math.max(0, this.#sizes.offset(this.#first) - this.#drift)
    rows.style.paddingBlock = `${above}px ${below}px`
  }
}
