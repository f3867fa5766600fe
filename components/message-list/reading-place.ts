import { untracked } from '@preact/signals-core'
import type { LitElement, ReactiveController } from 'lit'
import type { IMKit } from '../../src/kit/kit.js'
import { messageKey, type MessageReference } from '../../src/model/message.js'
import type { MessageWindow, WindowChange } from '../../src/store/message-window.js'
import type { Attention } from '../../src/store/reading.js'
import type { ConversationView } from './conversation-view.js'
import { EdgeLoader } from './edge-loader.js'
import type { ListEntry } from './list-entries.js'
import type { MessageRow } from './message-row.js'
import { OpenWindow } from './open-window.js'
import { estimatedHeight, type RowMeasure } from './row-estimate.js'
import { ScrollAnchor } from './scroll-anchor.js'
import { VirtualRows, type Drawn } from './virtual-rows.js'

export interface ReadingPlaceOptions {
  kit(): IMKit
  /** Keys of messages that have come at the end while the list was open. */
  onArrived(keys: readonly string[]): void
  /** For another conversation, or none, or another user. */
  onLeave(): void
  /** Keys of rows that stay drawn when they are scrolled out of sight. */
  kept(): readonly (string | undefined)[]
}

/** The unread line stands so far below the upper edge, as a part of the height. */
const unreadLineAt = 0.15

/** Screens before an edge at which what lies beyond is loaded, and how many frames of fast scrolling. */
const SCREENS_AHEAD = 2
const FRAMES_AHEAD = 12

/** The anchor of the unread line among those of the rows. */
export const unreadAnchor = 'unread'

/**
 * Where the reader is in the open conversation: puts them at the first unread message, where they
 * were, or at the end; keeps them there; loads what they come near to; and knows what they have
 * not seen.
 */
export class ReadingPlace implements ReactiveController {
  readonly #host: LitElement
  readonly #options: ReadingPlaceOptions
  readonly #open: OpenWindow
  readonly #rows: VirtualRows<ListEntry>
  readonly #anchor: ScrollAnchor
  readonly #edges: EdgeLoader
  /** Pixels the reader moved with the last scroll event. */
  #speed = 0
  #measure: RowMeasure = { em: 16, width: 600 }
  /** Rows have to draw themselves before the reader can be put anywhere. */
  #stage: 'waiting' | 'placing' | 'placed' = 'waiting'
  /** The first unread message the reader has been put at. */
  #placedAt: string | undefined
  #mustFollow = false
  #isAtEnd = true
  #hasBeenAtEnd = false
  #arrived = 0
  #unread: 'unseen above' | 'unseen' | 'seen' = 'seen'
  #highlighted: string | undefined

  constructor(host: LitElement, options: ReadingPlaceOptions) {
    this.#host = host
    this.#options = options
    const find = (selector: string) => host.renderRoot?.querySelector<HTMLElement>(selector) ?? null
    this.#open = new OpenWindow(host, {
      kit: options.kit,
      onOpen: (window) => this.#opened(window),
      onLeave: (window) => {
        this.#remember(window)
        options.onLeave()
      },
      onChange: (change) => this.#changed(change),
    })
    this.#rows = new VirtualRows(host, {
      scroller: () => find('.scroller'),
      rows: () => find('.rows'),
      estimate: (entry) => estimatedHeight(entry, this.#measure),
      reader: () => this.#anchor,
      kept: options.kept,
      flush: (row) => (row as Partial<MessageRow>).drawNow?.(),
    })
    this.#anchor = new ScrollAnchor(host, {
      scroller: () => find('.scroller'),
      content: () => find('.content'),
      parts: () => this.#parts(),
      isListed: (key) => this.#rows.has(key),
      absorb: (shift) => this.#rows.absorb(shift),
      canFollow: () => this.window?.isAtNewest.peek() ?? false,
      onResize: () => this.#rows.measure(),
      onScroll: (pixels) => this.#scrolled(pixels),
      // Not at once: it may come in the middle of an update and ask for another one.
      onMove: () => queueMicrotask(() => this.#look()),
    })
    this.#edges = new EdgeLoader(host, [
      { distance: () => this.#distanceTo('older'), load: this.#loadOlder },
      { distance: () => this.#distanceTo('newer'), load: this.#loadNewer },
    ])
    host.addController(this)
  }

  get window(): MessageWindow | undefined {
    return this.#open.window
  }

  get view(): ConversationView | undefined {
    return this.#open.view
  }

  /** The newest message is on screen. */
  get isAtEnd(): boolean {
    return this.#isAtEnd
  }

  /** There are unread messages further up that have not been on screen. */
  get hasUnreadAbove(): boolean {
    return this.#unread === 'unseen above'
  }

  /** Key of the row that was jumped to. */
  get highlighted(): string | undefined {
    return this.#highlighted
  }

  /** How many messages below have not been seen. */
  unseenBelow(): number {
    if (this.#hasBeenAtEnd)
      return this.#options.kit().store.value?.currentConversation.value?.unreadMessageCount ?? 0
    return (this.window?.unreadOnOpen.value ?? 0) + this.#arrived
  }

  get #isPlaced(): boolean {
    return this.#stage === 'placed'
  }

  /** To be called while the list draws: those of its entries that are to be drawn. */
  draw(entries: readonly ListEntry[]): readonly Drawn<ListEntry>[] {
    return this.#rows.draw(entries)
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#look)
    this.#host.addEventListener('keydown', this.#onKeyDown)
  }

  hostUpdated(): void {
    untracked(() => this.#place())
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#look)
    this.#host.removeEventListener('keydown', this.#onKeyDown)
  }

  /** False: the message is not here, or hidden. */
  async jumpTo(reference: MessageReference): Promise<boolean> {
    const { window } = this
    if (!window || !(await window.jumpTo(reference))) return false
    await this.#host.updateComplete
    if (window !== this.window) return true
    const key = messageKey(reference)
    if (!(await this.#reveal(key))) return false
    this.#highlighted = key
    this.#host.requestUpdate()
    return true
  }

  /** Messages that are on screen at once, about: what a page is for the keyboard. */
  get messagesPerPage(): number {
    return this.#rows.perPage
  }

  /** Draws a message of the list, if it is not, and scrolls as little as it takes to have it in sight. */
  async reach(key: string): Promise<void> {
    if (this.#rows.sideOf(key) === undefined) return
    this.#anchor.reveal(key)
    await this.#host.updateComplete
  }

  async toNewest(): Promise<void> {
    const { window } = this
    await window?.jumpToNewest()
    await this.#host.updateComplete
    if (window === this.window) this.#anchor.follow()
  }

  async toFirstUnread(): Promise<void> {
    const { window } = this
    const key = window?.firstUnread.peek()
    if (!window || key === undefined) return
    const cut = key.lastIndexOf('/')
    await window.jumpTo({ senderUserId: key.slice(0, cut), messageUId: key.slice(cut + 1) })
    await this.#host.updateComplete
    if (window === this.window) this.#holdUnread()
  }

  highlightEnded(): void {
    this.#highlighted = undefined
    this.#host.requestUpdate()
  }

  /** Nothing moves while something lies over the list. Gives what ends that. */
  standStill(): () => void {
    return this.#anchor.standStill()
  }

  /** The first time brings it near, so that it is drawn; the second knows how high it is. */
  async #reveal(key: string): Promise<boolean> {
    if (!this.#anchor.reveal(key)) return false
    await this.#host.updateComplete
    return this.#anchor.reveal(key)
  }

  #opened(window: MessageWindow): void {
    this.#anchor.forget()
    this.#rows.forget()
    this.#speed = 0
    this.#takeMeasure()
    this.#stage = 'waiting'
    this.#mustFollow = false
    this.#hasBeenAtEnd = false
    this.#arrived = 0
    this.#highlighted = undefined
    // Shown before, it still has its line from then.
    this.#placedAt = window.state.peek() === 'ready' ? window.firstUnread.peek() : undefined
    this.#unread = 'seen'
  }

  #remember(window: MessageWindow): void {
    if (!this.#isPlaced) return
    const messages = new Map(window.items.peek().map((message) => [messageKey(message), message]))
    const place = this.#anchor.places().find(({ key }) => messages.has(key))
    const message = place && messages.get(place.key)
    window.place =
      place && message ? { key: place.key, offset: place.top, order: message.order } : undefined
  }

  #changed({ kind, keys, own }: WindowChange): void {
    if (kind !== 'append' || this.#stage === 'waiting') return
    if (this.#isPlaced) {
      if (own || this.#anchor.isAtEnd) this.#mustFollow = true
      else this.#arrived += keys.length
    }
    this.#options.onArrived(keys)
  }

  #place(): void {
    const { window } = this
    if (!window || window.state.peek() !== 'ready') return
    const unread = window.firstUnread.peek()
    const isNewlyUnread = unread !== undefined && unread !== this.#placedAt
    this.#placedAt = unread
    if (this.#stage === 'waiting' || isNewlyUnread) {
      this.#stage = 'placing'
      void this.#begin(window, isNewlyUnread)
    } else if (this.#isPlaced && this.#mustFollow) {
      this.#mustFollow = false
      this.#anchor.follow()
    }
  }

  async #begin(window: MessageWindow, atUnread: boolean): Promise<void> {
    // The rows draw themselves a step later.
    await this.#host.updateComplete
    if (window !== this.window) return
    const { place } = window
    if (atUnread) {
      this.#unread = 'unseen'
      this.#holdUnread()
    } else if (!place || !this.#anchor.hold({ key: place.key, top: place.offset })) {
      this.#anchor.follow()
    }
    this.#stage = 'placed'
    this.#host.requestUpdate()
    this.#look()
  }

  /** Whose sizes make the layout: the drawn rows and the lines above and below all of them. */
  *#parts(): Iterable<Element> {
    const content = this.#host.renderRoot.querySelector('.content')
    for (const part of content?.children ?? []) {
      if (part.classList.contains('rows')) yield* part.children
      else yield part
    }
  }

  /** Read once for each conversation: it is for estimates. */
  #takeMeasure(): void {
    const { fontSize } = getComputedStyle(this.#host)
    this.#measure = { em: parseFloat(fontSize) || 16, width: this.#host.clientWidth || 600 }
  }

  /** A key may scroll by a page in one frame, of which no event tells beforehand. */
  readonly #onKeyDown = ({ key }: KeyboardEvent): void => {
    const way = { PageUp: -1, PageDown: 1, ' ': 1 }[key]
    if (way === undefined) return
    this.#rows.moved(way * this.#rows.height)
    this.#host.requestUpdate()
  }

  #scrolled(pixels: number): void {
    this.#speed = Math.abs(pixels)
    this.#rows.moved(pixels)
    if (pixels === 0) this.#rows.settleDrift()
  }

  #distanceTo(edge: 'older' | 'newer'): number | undefined {
    const { window } = this
    if (!window || !this.#isPlaced) return undefined
    const { above, below } = this.#rows.beyond()
    if (edge === 'older') return window.hasOlder.peek() ? above : undefined
    return window.hasNewer.peek() ? below : undefined
  }

  #holdUnread(): void {
    this.#anchor.hold({ key: unreadAnchor, top: this.#rows.height * unreadLineAt })
  }

  readonly #loadOlder = async (): Promise<boolean> => {
    const { window } = this
    const first = window?.items.peek()[0]
    await window?.loadOlder()
    return window?.items.peek()[0] !== first
  }

  readonly #loadNewer = async (): Promise<boolean> => {
    const { window } = this
    const last = window?.items.peek().at(-1)
    await window?.loadNewer()
    return window?.items.peek().at(-1) !== last
  }

  /** What is on screen now, and what follows from it. */
  readonly #look = (): void => {
    const { window } = this
    this.#rows.look()
    if (!window || !this.#isPlaced) return
    const { height } = this.#rows
    if (height > 0) this.#edges.look(height * SCREENS_AHEAD + this.#speed * FRAMES_AHEAD)
    const isAtEnd = this.#anchor.isAtEnd && window.isAtNewest.peek()
    const before = [this.#isAtEnd, this.#unread]
    this.#isAtEnd = isAtEnd
    if (isAtEnd) this.#hasBeenAtEnd = true
    if (this.#unread !== 'seen') this.#lookForUnread()
    this.#open.attend(this.#attention(isAtEnd))
    if (before[0] !== this.#isAtEnd || before[1] !== this.#unread) this.#host.requestUpdate()
  }

  #lookForUnread(): void {
    const where = this.#rows.sideOf(unreadAnchor) ?? this.#anchor.whereIs(unreadAnchor)
    if (where === 'visible') this.#unread = 'seen'
    else this.#unread = where === 'above' ? 'unseen above' : 'unseen'
  }

  #attention(isAtEnd: boolean): Attention {
    if (document.hidden || this.#rows.height === 0) return 'away'
    return isAtEnd ? 'newest' : 'reading'
  }
}
