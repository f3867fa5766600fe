/**
 * Keeps what is being read where it is, whatever is added, removed, loaded or resized around it.
 *
 * Two modes. *Following*: the end of the list is on screen and stays there. *Holding*: some rows are
 * marked with the height at which they stand, and every change of the layout is answered by the
 * scroll offset that puts the first of them back. The marks stay as they are until the reader
 * scrolls, so nothing adds up over many changes, and a place that can't be reached yet (rows that
 * are still empty) is reached as soon as it can be.
 *
 * The browser's own anchoring is to be switched off (`overflow-anchor: none`): Safari has none, and
 * where there is one it would correct the same shift a second time.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** A row and the height at which its upper edge stands, in pixels below that of the scroller. */
export interface Place {
  key: string
  top: number
}

export interface ScrollAnchorOptions {
  /** The scrolling box, as soon as there is one. */
  scroller(): HTMLElement | null
  /** What scrolls in it. Rows are the elements in it that carry `data-anchor="<key>"`, in order. */
  content(): HTMLElement | null
  /** Whether the end of the content is the end of the conversation. False: never follow. */
  canFollow(): boolean
  /** Called after each scroll and each correction, and when the list is hidden. */
  onMove(): void
}

/** Closer to the end than this counts as at the end when one scrolls towards it. */
const NEAR_END = 40
/** Farther from the end than this, by scrolling up, means to leave it. */
const OFF_END = 4

export class ScrollAnchor implements ReactiveController {
  readonly #options: ScrollAnchorOptions
  readonly #observer = new ResizeObserver(() => this.#settle())
  #observed: HTMLElement | null = null
  #marks: Place[] = []
  #isFollowing = true
  /** The scroll offset we know of; another one means that the reader has scrolled. */
  #offset = 0
  #lastExtent = 0
  /** It has been out of the page or hidden: what the browser did to the offset means nothing. */
  #wasAway = true

  constructor(host: ReactiveControllerHost, options: ScrollAnchorOptions) {
    this.#options = options
    host.addController(this)
  }

  /** Added again: there is nothing to update, but there is a place to go back to. */
  hostConnected(): void {
    this.#observe()
  }

  hostDisconnected(): void {
    this.#observer.disconnect()
    this.#observed?.removeEventListener('scroll', this.#onScroll)
    this.#observed = null
    this.#wasAway = true
  }

  hostUpdated(): void {
    this.#observe()
    this.#settle()
  }

  get isFollowing(): boolean {
    return this.#isFollowing
  }

  /** The end of the conversation is on screen. */
  get isAtEnd(): boolean {
    if (this.#isFollowing) return true
    return this.#options.canFollow() && this.#distanceToEnd() <= NEAR_END
  }

  /** Goes to the end and stays there. */
  follow(): void {
    this.#isFollowing = true
    this.#marks = []
    this.#settle()
  }

  /** Puts a row at a height of the screen and keeps it there. False: there is no such row. */
  hold(place: Place): boolean {
    if (!this.#row(place.key)) return false
    this.#isFollowing = false
    this.#marks = [place]
    this.#restore()
    return true
  }

  /** Puts a row in the middle of the screen, or near its upper edge if it is taller than the half. */
  reveal(key: string): boolean {
    const row = this.#row(key)
    const scroller = this.#options.scroller()
    if (!row || !scroller) return false
    const height = row.getBoundingClientRect().height
    const margin = scroller.clientHeight * 0.1
    return this.hold({ key, top: Math.max(margin, (scroller.clientHeight - height) / 2) })
  }

  /** Where one is, to come back to later: the marked rows, the best one first; none at the end. */
  places(): readonly Place[] {
    return this.#isFollowing ? [] : this.#marks
  }

  /** Holds what is on screen even at the end, until the function it gives is called. */
  standStill(): () => void {
    if (!this.#isFollowing) return () => undefined
    this.#isFollowing = false
    this.#marks = this.#visibleRows()
    const marks = this.#marks
    return () => {
      // Unless the reader has gone elsewhere meanwhile.
      if (this.#marks === marks) this.follow()
    }
  }

  /** Another conversation: nothing that was marked means anything. */
  forget(): void {
    this.#isFollowing = true
    this.#marks = []
  }

  /** Where a row is, seen from what is on screen. */
  whereIs(key: string): 'above' | 'visible' | 'below' | undefined {
    const row = this.#row(key)
    const scroller = this.#options.scroller()
    if (!row || !scroller) return undefined
    const box = row.getBoundingClientRect()
    const view = scroller.getBoundingClientRect()
    if (box.bottom <= view.top) return 'above'
    return box.top >= view.bottom ? 'below' : 'visible'
  }

  #observe(): void {
    const scroller = this.#options.scroller()
    const content = this.#options.content()
    if (scroller === this.#observed) return
    this.hostDisconnected()
    if (!scroller || !content) return
    this.#observed = scroller
    this.#observer.observe(scroller)
    this.#observer.observe(content)
    scroller.addEventListener('scroll', this.#onScroll, { passive: true })
  }

  #onScroll = (): void => {
    if (!this.#wasAway) this.#settle(true)
  }

  /** Answers whatever has happened to the layout or to the offset since the last time. */
  #settle(isScroll = false): void {
    const scroller = this.#options.scroller()
    if (!scroller || scroller.clientHeight === 0) {
      this.#wasAway = true
      this.#options.onMove()
      return
    }
    const moved = this.#wasAway ? 0 : scroller.scrollTop - this.#offset
    this.#wasAway = false
    if (moved !== 0) this.#followOrHold(moved, isScroll)
    if (!this.#isFollowing && moved !== 0) {
      // Rows were pushed about in the frame in which the reader scrolled: take the one out of the other.
      this.#marks = this.#marks.map(({ key, top }) => ({ key, top: top - moved }))
      this.#restore()
      this.#marks = []
    }
    this.#restore()
    this.#options.onMove()
  }

  /** Up means to leave the end, down to its neighbourhood means to stay there. */
  #followOrHold(moved: number, isScroll: boolean): void {
    const distance = this.#distanceToEnd()
    if (this.#isFollowing) {
      // Between two scroll events the browser may also have cut the offset for content that has shrunk.
      const isReader = isScroll || this.#extent() === this.#lastExtent
      if (moved < 0 && distance > OFF_END && isReader) this.#isFollowing = false
    } else if (moved > 0 && distance <= NEAR_END && this.#options.canFollow()) {
      this.#isFollowing = true
      this.#marks = []
    }
  }

  #restore(): void {
    const scroller = this.#options.scroller()
    if (!scroller) return
    if (this.#isFollowing) {
      if (this.#distanceToEnd() > 0) scroller.scrollTop = scroller.scrollHeight
    } else {
      const view = scroller.getBoundingClientRect().top
      const mark = this.#marks.find(({ key }) => this.#row(key))
      const row = mark && this.#row(mark.key)
      if (mark && row) {
        const shift = row.getBoundingClientRect().top - view - mark.top
        if (Math.abs(shift) >= 0.5) scroller.scrollTop += shift
      } else {
        this.#marks = this.#visibleRows()
      }
    }
    this.#offset = scroller.scrollTop
    this.#lastExtent = this.#extent()
  }

  /** What is on screen: whole rows first, since one that is cut off may grow beyond the edge. */
  #visibleRows(): Place[] {
    const scroller = this.#options.scroller()
    const content = this.#options.content()
    if (!scroller || !content) return []
    const view = scroller.getBoundingClientRect()
    const rows = content.querySelectorAll<HTMLElement>('[data-anchor]')
    const cut: Place[] = []
    const whole: Place[] = []
    for (let index = firstBelow(rows, view.top); index < rows.length; index++) {
      const row = rows[index]!
      const box = row.getBoundingClientRect()
      if (box.top >= view.bottom) break
      const place = { key: row.dataset.anchor!, top: box.top - view.top }
      if (place.top >= 0) whole.push(place)
      else cut.push(place)
    }
    return [...whole, ...cut]
  }

  #row(key: string): HTMLElement | null {
    const content = this.#options.content()
    return content?.querySelector<HTMLElement>(`[data-anchor="${CSS.escape(key)}"]`) ?? null
  }

  /** The greatest offset there is. */
  #extent(): number {
    const scroller = this.#options.scroller()
    return scroller ? scroller.scrollHeight - scroller.clientHeight : 0
  }

  #distanceToEnd(): number {
    return this.#extent() - (this.#options.scroller()?.scrollTop ?? 0)
  }
}

/** The first row that ends below a height, by halves: rows stand in order. */
function firstBelow(rows: NodeListOf<HTMLElement>, height: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]!.getBoundingClientRect().bottom > height) high = middle
    else low = middle + 1
  }
  return low
}
