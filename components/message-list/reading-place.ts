import { untracked } from '@preact/signals-core'
import type { LitElement, ReactiveController } from 'lit'
import type { IMKit } from '../../src/kit/kit.js'
import { messageKey, type MessageReference } from '../../src/model/message.js'
import type { MessageWindow, WindowChange } from '../../src/store/message-window.js'
import type { Attention } from '../../src/store/reading.js'
import type { ConversationView } from './conversation-view.js'
import { EdgeLoader } from './edge-loader.js'
import { OpenWindow } from './open-window.js'
import { ScrollAnchor } from './scroll-anchor.js'

export interface ReadingPlaceOptions {
  kit(): IMKit
  /** Keys of messages that have come at the end while the list was open. */
  onArrived(keys: readonly string[]): void
  /** Another conversation, or none. */
  onSwitch(): void
}

/** The unread line stands so far below the upper edge, as a part of the height. */
const unreadLineAt = 0.15

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
  readonly #anchor: ScrollAnchor
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
      onLeave: (window) => this.#remember(window),
      onChange: (change) => this.#changed(change),
    })
    this.#anchor = new ScrollAnchor(host, {
      scroller: () => find('.scroller'),
      content: () => find('.content'),
      canFollow: () => this.window?.isAtNewest.peek() ?? false,
      // Not at once: it may come in the middle of an update and ask for another one.
      onMove: () => queueMicrotask(() => this.#look()),
    })
    new EdgeLoader(host, () => find('.scroller'), [
      { mark: () => (this.#isPlaced ? find('.older[data-more]') : null), load: this.#loadOlder },
      { mark: () => (this.#isPlaced ? find('.newer') : null), load: this.#loadNewer },
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

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#look)
  }

  hostUpdated(): void {
    untracked(() => this.#place())
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#look)
  }

  /** False: the message is not here, or hidden. */
  async jumpTo(reference: MessageReference): Promise<boolean> {
    const { window } = this
    if (!window || !(await window.jumpTo(reference))) return false
    await this.#host.updateComplete
    if (window !== this.window) return true
    const key = messageKey(reference)
    if (!this.#anchor.reveal(key)) return false
    this.#highlighted = key
    this.#host.requestUpdate()
    return true
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

  #opened(window: MessageWindow): void {
    this.#anchor.forget()
    this.#stage = 'waiting'
    this.#mustFollow = false
    this.#hasBeenAtEnd = false
    this.#arrived = 0
    this.#highlighted = undefined
    // Shown before, it still has its line from then.
    this.#placedAt = window.state.peek() === 'ready' ? window.firstUnread.peek() : undefined
    this.#unread = 'seen'
    this.#options.onSwitch()
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
    if (kind !== 'append' || !this.#isPlaced) return
    if (own || this.#anchor.isAtEnd) this.#mustFollow = true
    else this.#arrived += keys.length
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

  #holdUnread(): void {
    const height = this.#host.renderRoot.querySelector('.scroller')?.clientHeight ?? 0
    this.#anchor.hold({ key: unreadAnchor, top: height * unreadLineAt })
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
    if (!window || !this.#isPlaced) return
    const isAtEnd = this.#anchor.isAtEnd && window.isAtNewest.peek()
    const before = [this.#isAtEnd, this.#unread]
    this.#isAtEnd = isAtEnd
    if (isAtEnd) this.#hasBeenAtEnd = true
    if (this.#unread !== 'seen') this.#lookForUnread()
    this.#open.attend(this.#attention(isAtEnd))
    if (before[0] !== this.#isAtEnd || before[1] !== this.#unread) this.#host.requestUpdate()
  }

  #lookForUnread(): void {
    const where = this.#anchor.whereIs(unreadAnchor)
    if (where === 'visible') this.#unread = 'seen'
    else this.#unread = where === 'above' ? 'unseen above' : 'unseen'
  }

  #attention(isAtEnd: boolean): Attention {
    const scroller = this.#host.renderRoot.querySelector('.scroller')
    if (document.hidden || !scroller?.clientHeight) return 'away'
    return isAtEnd ? 'newest' : 'reading'
  }
}
