import type { ReactiveController, ReactiveControllerHost } from 'lit'

export interface UniformRowsOptions {
  /** The box that scrolls; it has to leave scroll anchoring to this controller. */
  scroller(): HTMLElement | null
  /** What the rows lie in: a grid whose gap lies between them. */
  list(): HTMLElement | null
  /** A row, to be measured. */
  sample(): Element | null
}

/** Rows from `first` on, up to the one before `last`. */
export interface Range {
  first: number
  last: number
}

/** Pixels drawn above and below what is in view. */
const around = 600
/** Fewer pixels than this left around the view: it is time to draw anew. */
const least = 300
/** Fast scrolling draws ahead as far as so many more steps of the same length lead, at most so far. */
const stepsAhead = 8
const farthest = 1800
/** Until a row has been measured. Pixels. */
const assumedSize = 70

/**
 * Draws of a long list of rows of one height only those in view and some around. Since all are of
 * one height, the place of each is known without measuring it. The height itself is measured, and
 * followed when it changes: by zoom, by another font size.
 */
export class UniformRows implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #options: UniformRowsOptions
  #observer: ResizeObserver | undefined
  #observed: (Element | null)[] = []
  #scrollTop = 0
  /** How far the last scroll event led, with its direction. */
  #step = 0
  #viewSize = 0
  #rowSize = assumedSize
  #isMeasured = false
  /** What lies above the first row. Pixels. */
  #above = 0
  #count = 0
  #drawn: Range = { first: 0, last: 0 }
  /** Rows by which what is in view has moved since it was drawn. */
  #moved = 0
  /** Once it is drawn, it is to be scrolled to where `#scrollTop` says. */
  #isToScroll = false

  constructor(host: ReactiveControllerHost, options: UniformRowsOptions) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  /** From one row's beginning to the next one's. Pixels. */
  get rowSize(): number {
    return this.#rowSize
  }

  /** Before, nobody knows where a row stands. */
  get isMeasured(): boolean {
    return this.#isMeasured && this.#viewSize > 0
  }

  get isAtTop(): boolean {
    return this.#scrollTop < this.#rowSize / 2
  }

  /** The rows of which something is to be seen. */
  get inView(): Range {
    return {
      first: Math.floor(this.#scrollTop / this.#rowSize),
      last: Math.ceil((this.#scrollTop + this.#viewSize) / this.#rowSize),
    }
  }

  /** Whole rows in view, for PageUp and PageDown. */
  get perPage(): number {
    return Math.max(1, Math.floor(this.#viewSize / this.#rowSize) - 1)
  }

  /** What to draw now of so many rows. */
  range(count: number): Range {
    const ahead = Math.abs(this.#step) > this.#viewSize ? 0 : this.#step * stepsAhead
    const above = Math.min(Math.max(around, -ahead), farthest)
    const below = Math.min(Math.max(around, ahead), farthest)
    const first = Math.max(0, Math.floor((this.#scrollTop - above) / this.#rowSize))
    const end = this.#scrollTop + this.#viewSize + below
    const last = Math.min(count, Math.ceil(end / this.#rowSize))
    this.#count = count
    this.#drawn = { first: Math.min(first, last), last }
    return this.#drawn
  }

  /** To be called before drawing: what is in view stands so many rows farther down than before. */
  move(rows: number): void {
    this.#moved += rows
    this.#scrollTop = Math.max(0, this.#scrollTop + rows * this.#rowSize)
  }

  /**
   * Scrolls as little as it takes to have a row in view, with the next update; called before one
   * draws, with that. The page stays where its reader is.
   */
  reveal(index: number): void {
    const top = this.#above + index * this.#rowSize
    const highest = top + this.#rowSize - this.#viewSize
    this.#step = 0
    if (top >= this.#scrollTop && highest <= this.#scrollTop) return
    this.#scrollTo(top < this.#scrollTop ? top : highest)
  }

  /** A scroller that was taken out of the page has forgotten its place. */
  hostConnected(): void {
    if (this.#scrollTop > 0) this.#scrollTo(this.#scrollTop)
  }

  hostDisconnected(): void {
    this.#observer?.disconnect()
    this.#observer = undefined
    this.#observed = []
  }

  hostUpdated(): void {
    const scroller = this.#options.scroller()
    if (!scroller) return
    const sample = this.#observed[1]
    this.#observe([scroller, sample?.isConnected ? sample : this.#options.sample()])
    if (this.#isToScroll) scroller.scrollTop = this.#scrollTop
    else if (this.#moved) scroller.scrollTop += this.#moved * this.#rowSize
    this.#isToScroll = false
    this.#moved = 0
  }

  /** To be called for `scroll` on the scroller. */
  readonly onScroll = (event: Event): void => {
    const { scrollTop } = event.currentTarget as HTMLElement
    this.#step = scrollTop - this.#scrollTop
    this.#scrollTop = scrollTop
    const { first, last } = this.#drawn
    const isShort =
      (first > 0 && scrollTop - first * this.#rowSize < least) ||
      (last < this.#count && last * this.#rowSize - scrollTop - this.#viewSize < least)
    if (isShort) this.#host.requestUpdate()
  }

  #scrollTo(scrollTop: number): void {
    this.#scrollTop = scrollTop
    this.#isToScroll = true
    this.#host.requestUpdate()
  }

  #observe(elements: (Element | null)[]): void {
    if (elements.every((element, index) => element === this.#observed[index])) return
    this.#observer?.disconnect()
    this.#observer = new ResizeObserver(() => this.#measure())
    for (const element of elements) if (element) this.#observer.observe(element)
    this.#observed = elements
  }

  #measure(): void {
    const [scroller, sample] = this.#observed as [HTMLElement, HTMLElement | null]
    const list = this.#options.list()
    const viewSize = scroller.clientHeight
    const wasMeasured = this.isMeasured
    let [rowSize, above] = [this.#rowSize, this.#above]
    // Not shown at all just now: what was measured before holds.
    if (sample && list && sample.offsetHeight > 0) {
      const size = parseFloat(getComputedStyle(sample).blockSize)
      rowSize = size + (parseFloat(getComputedStyle(list).rowGap) || 0)
      above = list.offsetTop
      this.#isMeasured = true
    }
    const isSame =
      rowSize === this.#rowSize && viewSize === this.#viewSize && wasMeasured === this.isMeasured
    if (isSame) return
    const place = (this.#scrollTop - (wasMeasured ? this.#above : above)) / this.#rowSize
    this.#rowSize = rowSize
    this.#viewSize = viewSize
    this.#above = above
    // A browser that zooms leaves a scroller at what may be another place now.
    if (place > 0) this.#scrollTo(above + place * rowSize)
    else this.#host.requestUpdate()
  }
}
