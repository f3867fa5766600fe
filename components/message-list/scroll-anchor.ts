/**
 * Keeps what is being read where it is, whatever is added, removed, loaded or resized around it.
 *
 * Two modes. *Following*: the end of the list is on screen and stays there. *Holding*: some rows are
 * marked with the height at which they stand, and every change of the layout is answered by the
 * scroll offset that puts the first of them back. The marks stay as they are until the reader
 * scrolls, so nothing adds up over many changes, and a place that can't be reached yet (rows that
 * are still empty) is reached as soon as it can be.
 *
 * Rows that are not drawn may be held too: they are waited for. While the reader scrolls, the list is
 * asked first to make good a shift by itself (`absorb`), for writing the offset ends a momentum.
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
  /**
   * What scrolls in it. Rows are the elements in it that carry `data-anchor="<key>"`, in order, and
   * stand in nothing that has `data-apart`.
   */
  content(): HTMLElement | null
  /** Whose sizes make the layout, if not the content's own. */
  parts?(): Iterable<Element>
  /** Whether a row belongs to the list though it is not drawn: it is going to be, if it is held. */
  isListed?(key: string): boolean
  /** Whether the end of the content is the end of the conversation. False: never follow. */
  canFollow(): boolean
  /** Moves the rows up by so many pixels without scrolling; gives what is left to be scrolled. */
  absorb?(shift: number): number
  /** Called when sizes have changed, before anything is done about it. */
  onResize?(): void
  /** Called when the reader has scrolled by so many pixels, and with 0 when they have come to rest. */
  onScroll?(pixels: number): void
  /** Called after each scroll and each correction, and when the list is hidden. */
  onMove(): void
}

/** Closer to the end than this counts as at the end when one scrolls towards it. */
const NEAR_END = 40
/** Farther from the end than this, by scrolling up, means to leave it. */
const OFF_END = 4
/** Milliseconds without a scroll event after which scrolling has ended, where no event tells. */
const REST = 150

export class ScrollAnchor implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #options: ScrollAnchorOptions
  readonly #observer = new ResizeObserver(() => this.#resized())
  #observed: HTMLElement | null = null
  #parts = new Set<Element>()
  #marks: Place[] = []
  #isFollowing = true
  /** The held row is not drawn yet: where the scroller stands means nothing. */
  #isComing = false
  /** The scroll offset we know of; another one means that the reader has scrolled. */
  #offset = 0
  #lastExtent = 0
  /** It has been out of the page or hidden: what the browser did to the offset means nothing. */
  #wasAway = true
  /** The reader is scrolling: a wheel, a finger or a fling is at it. */
  #isScrolling = false
  #restTimer: ReturnType<typeof setTimeout> | undefined
  #nextFrame: number | undefined

  constructor(host: ReactiveControllerHost, options: ScrollAnchorOptions) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  /** Added again: there is nothing to update, but there is a place to go back to. */
  hostConnected(): void {
    this.#observe()
  }

  hostDisconnected(): void {
    this.#observer.disconnect()
    this.#parts.clear()
    this.#observed?.removeEventListener('scroll', this.#onScroll)
    this.#observed?.removeEventListener('scrollend', this.#onRest)
    this.#observed = null
    this.#wasAway = true
    this.#isScrolling = false
    clearTimeout(this.#restTimer)
    if (this.#nextFrame !== undefined) cancelAnimationFrame(this.#nextFrame)
    this.#nextFrame = undefined
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
    if (this.#isComing) return false
    return this.#options.canFollow() && this.#distanceToEnd() <= NEAR_END
  }

  /** Goes to the end and stays there. */
  follow(): void {
    this.#isFollowing = true
    this.#isComing = false
    this.#marks = []
    this.#settle()
  }

  /** Puts a row at a height of the screen and keeps it there. False: there is no such row. */
  hold(place: Place): boolean {
    const isDrawn = this.#row(place.key) !== null
    if (!isDrawn && !this.#isListed(place.key)) return false
    this.#isFollowing = false
    this.#marks = [place]
    this.#isComing = !isDrawn
    if (isDrawn) this.#restore()
    else this.#host.requestUpdate()
    return true
  }

  /**
   * Puts a row in the middle of the screen, or near its upper edge if it is taller than the half.
   * One that is not drawn comes somewhere near the middle: once it is, call this again.
   */
  reveal(key: string): boolean {
    const row = this.#row(key)
    const scroller = this.#options.scroller()
    if (!scroller) return false
    if (!row) return this.hold({ key, top: scroller.clientHeight / 3 })
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
    this.#isComing = false
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
    if (scroller !== this.#observed) {
      this.hostDisconnected()
      if (!scroller || !content) return
      this.#observed = scroller
      this.#observer.observe(scroller)
      scroller.addEventListener('scroll', this.#onScroll, { passive: true })
      scroller.addEventListener('scrollend', this.#onRest, { passive: true })
    }
    if (content) this.#observeParts(new Set(this.#options.parts?.() ?? [content]))
  }

  #observeParts(parts: Set<Element>): void {
    for (const part of this.#parts) if (!parts.has(part)) this.#observer.unobserve(part)
    for (const part of parts) if (!this.#parts.has(part)) this.#observer.observe(part)
    this.#parts = parts
  }

  #resized(): void {
    this.#options.onResize?.()
    this.#settle()
  }

  #onScroll = (): void => {
    if (this.#wasAway) return
    if (!('onscrollend' in window)) {
      clearTimeout(this.#restTimer)
      this.#restTimer = setTimeout(this.#onRest, REST)
    }
    this.#settle(true)
    // Chromium moves on what a key scrolls smoothly between this event and the frame it is drawn in.
    this.#nextFrame ??= requestAnimationFrame(() => {
      this.#nextFrame = undefined
      this.#settle(true)
    })
  }

  readonly #onRest = (): void => {
    if (this.#wasAway) return
    this.#isScrolling = false
    this.#options.onScroll?.(0)
    this.#settle()
  }

  /** Answers whatever has happened to the layout or to the offset since the last time. */
  #settle(isScroll = false): void {
    const scroller = this.#options.scroller()
    if (!scroller || scroller.clientHeight === 0) {
      this.#wasAway = true
      this.#options.onMove()
      return
    }
    const moved = this.#wasAway || this.#isCut(scroller) ? 0 : scroller.scrollTop - this.#offset
    this.#wasAway = false
    if (moved !== 0) {
      this.#isScrolling = true
      this.#followOrHold(moved, isScroll)
      this.#options.onScroll?.(moved)
    }
    if (!this.#isFollowing && moved !== 0) {
      // Rows were pushed about in the frame in which the reader scrolled: take the one out of the other.
      this.#marks = this.#marks.map(({ key, top }) => ({ key, top: top - moved }))
      this.#restore()
      this.#marks = []
    }
    this.#restore()
    this.#options.onMove()
  }

  /** The browser has cut the offset to what there is to scroll: that was not the reader. */
  #isCut({ scrollTop }: HTMLElement): boolean {
    const extent = this.#extent()
    return !this.#isFollowing && this.#offset > extent + 1 && scrollTop >= extent - 1
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
      this.#restoreMarks(scroller)
    }
    this.#offset = scroller.scrollTop
    this.#lastExtent = this.#extent()
  }

  #restoreMarks(scroller: HTMLElement): void {
    const view = scroller.getBoundingClientRect().top
    const mark = this.#marks.find(({ key }) => this.#row(key))
    const row = mark && this.#row(mark.key)
    if (row) this.#isComing = false
    if (mark && row) {
      const shift = row.getBoundingClientRect().top - view - mark.top
      if (Math.abs(shift) < 0.5) return
      const left = this.#isScrolling ? (this.#options.absorb?.(shift) ?? shift) : shift
      if (left !== 0) scroller.scrollTop += left
    } else if (!this.#marks.some(({ key }) => this.#isListed(key))) {
      this.#marks = this.#visibleRows()
    }
  }

  #isListed(key: string): boolean {
    return this.#options.isListed?.(key) ?? false
  }

  /**
   * What is on screen, what is nearest to its middle first: there one reads. Whole rows before those
   * that are cut off, since these may grow beyond the edge.
   */
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
    const middle = view.height / 2
    const toMiddle = ({ top }: Place) => Math.abs(top - middle)
    return [...whole.sort((one, other) => toMiddle(one) - toMiddle(other)), ...cut]
  }

  #row(key: string): HTMLElement | null {
    const content = this.#options.content()
    const row = content?.querySelector<HTMLElement>(`[data-anchor="${CSS.escape(key)}"]`)
    return row && !row.closest('[data-apart]') ? row : null
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
