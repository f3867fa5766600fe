/**
 * One conversation's visible stretch of messages: a window over the database that loads at both
 * ends, drops what gets too much at the far side, and changes only the rows that changed.
 */
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core'
import type { IMClient } from '../core/client.js'
import type { Conversation } from '../core/conversation.js'
import type { HistoryRange } from '../core/history.js'
import type { MessagePage, Opening } from '../core/message-reader.js'
import { ConversationType, type ConversationId } from '../model/conversation.js'
import {
  isOwn,
  messageKey,
  SentStatus,
  type Message,
  type MessageReference,
} from '../model/message.js'
import type { MessageLot } from './change-feed.js'
import type { Display } from './display.js'
import {
  arrivals,
  extended,
  holds,
  keysOf,
  shownRows,
  takenIn,
  withoutRows,
  type Row,
  type Stretch,
} from './message-rows.js'
import { MissedChanges } from './missed-changes.js'
import { orderAtTime } from './order-at-time.js'

/** Where a reader was: the message, and how far its top was below the top of the list. */
export interface Place {
  /** messageKey */
  key: string
  order: string
  /** pixels */
  offset: number
}

export interface WindowChange {
  /**
   * `reset`: another stretch; `older`, `newer`: a page came at that end; `append`: messages came
   * at the end; `update`: rows changed or went.
   */
  kind: 'reset' | 'older' | 'newer' | 'append' | 'update'
  /** messageKeys of the rows that came or changed. */
  keys: readonly string[]
  /** This page has just sent it: the list goes to its end. */
  own: boolean
}

export type WindowState = 'loading' | 'ready' | 'failed'

export interface WindowOptions {
  client: IMClient
  display: Display
  report: (error: unknown, context: string) => void
  /** Messages a page. */
  pageSize: number
  /** Messages held at most. */
  most: number
  onReady: () => void
  onRelease: () => void
}

export class MessageWindow {
  readonly conversation: ConversationId
  readonly #options: WindowOptions
  readonly #stretch = signal<Stretch>({ rows: [], hasOlder: false, hasNewer: false })
  readonly #state = signal<WindowState>('loading')
  readonly #loadingOlder = signal(false)
  readonly #loadingNewer = signal(false)
  readonly #olderUnavailable = signal(false)
  readonly #firstUnread = signal<string | undefined>(undefined)
  readonly #unreadOnOpen = signal(0)
  readonly #lastChange = signal<WindowChange>({ kind: 'reset', keys: [], own: false })
  /** Goes up when another stretch is to be shown: what was asked for before no longer matters. */
  #turn = 0
  readonly #missed = new MissedChanges()
  #peerReadTime = 0
  #isFollowing = true

  constructor(conversation: ConversationId, options: WindowOptions) {
    this.conversation = conversation
    this.#options = options
  }

  /** Oldest first; what the host hides left out. Stable keys: `messageKey(message)`. */
  readonly items: ReadonlySignal<readonly Message[]> = computed(() =>
    this.#stretch.value.rows.filter((row) => !row.isHidden).map((row) => row.message),
  )

  /** `failed`: nothing could be read; `jumpToNewest()` tries again. */
  get state(): ReadonlySignal<WindowState> {
    return this.#state
  }

  readonly hasOlder: ReadonlySignal<boolean> = computed(
    () => this.#stretch.value.hasOlder && !this.#olderUnavailable.value,
  )

  /** There is more before the first message, and it can't be had now: there is no connection. */
  get olderUnavailable(): ReadonlySignal<boolean> {
    return this.#olderUnavailable
  }

  readonly hasNewer: ReadonlySignal<boolean> = computed(() => this.#stretch.value.hasNewer)

  /** Nothing newer is missing. */
  readonly isAtNewest: ReadonlySignal<boolean> = computed(
    () => this.#state.value === 'ready' && !this.#stretch.value.hasNewer,
  )

  get loadingOlder(): ReadonlySignal<boolean> {
    return this.#loadingOlder
  }

  get loadingNewer(): ReadonlySignal<boolean> {
    return this.#loadingNewer
  }

  /** messageKey of the first message that was unread when the window was opened: the divider. */
  get firstUnread(): ReadonlySignal<string | undefined> {
    return this.#firstUnread
  }

  /** How many messages were unread when the window was opened. */
  get unreadOnOpen(): ReadonlySignal<number> {
    return this.#unreadOnOpen
  }

  /** What changed last; set together with `items`. */
  get lastChange(): ReadonlySignal<WindowChange> {
    return this.#lastChange
  }

  /** Where the reader is, unless at the end. Set by the list, kept while the window is closed. */
  place: Place | undefined

  /**
   * Shows the conversation: from the first unread message, or where the reader was, or the newest.
   * A window that was closed and is opened again has its rows still.
   */
  async open(): Promise<void> {
    await this.#replace(async () => {
      const { client, pageSize: count } = this.#options
      const opening = await client.reader.open(this.conversation, {
        count,
        place: this.place?.order,
      })
      const { conversation, firstUnread: first } = opening
      const page = await this.#pageToOpen(opening)
      return { page, conversation, first }
    })
  }

  /** Loads the page before the first message. After `olderUnavailable`: tries again. */
  async loadOlder(): Promise<void> {
    if (!this.#stretch.value.hasOlder) return
    await this.#extend('older', this.#loadingOlder)
  }

  async loadNewer(): Promise<void> {
    if (!this.#stretch.value.hasNewer) return
    await this.#extend('newer', this.#loadingNewer)
  }

  /** Brings a message and what is around it into the window. False: it is nowhere to be found. */
  async jumpTo(reference: MessageReference): Promise<boolean> {
    if (this.#isHeld(messageKey(reference))) return true
    let isFound = false
    await this.#replace(async () => {
      const message = await this.#options.client.reader.locate(this.conversation, reference)
      if (!message) return undefined
      isFound = true
      return { page: await this.#read({ around: message.order }) }
    })
    return isFound && this.#isHeld(messageKey(reference))
  }

  async jumpToNewest(): Promise<void> {
    this.place = undefined
    this.#isFollowing = true
    if (this.isAtNewest.peek()) return
    await this.#replace(async () => ({ page: await this.#read({}) }))
  }

  /** @param sentTime Unix milliseconds; the messages around the first one at or after it */
  async jumpToTime(sentTime: number): Promise<void> {
    await this.#replace(async () => {
      const { reader } = this.#options.client
      const around = await orderAtTime(reader, this.conversation, sentTime)
      return { page: await this.#read(around === undefined ? {} : { around }) }
    })
  }

  /** The element has gone: to be called once for each `openMessages`. */
  release(): void {
    this.#options.onRelease()
  }

  /** Whether the reader is at the end and new messages push old ones out, or only wait below. */
  set isFollowing(isFollowing: boolean) {
    this.#isFollowing = isFollowing
  }

  /** What the database tells of. @param conversation its row, if that has changed */
  async apply(lot: MessageLot | undefined, conversation?: Conversation): Promise<void> {
    if (lot?.isReset) return this.reload()
    if (lot) this.#missed.add(lot.touched)
    this.#peerReadTime = Math.max(this.#peerReadTime, conversation?.peerReadTime ?? 0)
    if (lot?.removed.size) this.#remove(lot.removed)
    // While the first page is on its way there is nothing to change; it takes in what it missed.
    if (this.#state.peek() !== 'loading') await this.#refresh(lot?.touched, lot)
  }

  /** Reads again what is shown, and around it what has been missing. */
  async reload(): Promise<void> {
    if (this.#state.peek() !== 'ready') return this.open()
    const { rows, hasNewer } = this.#stretch.peek()
    const middle = rows[Math.floor(rows.length / 2)]?.message.order
    const around = hasNewer ? (this.place?.order ?? middle) : undefined
    const count = Math.max(rows.length, this.#options.pageSize)
    await this.#replace(async () => ({
      page: await this.#read(around === undefined ? { count } : { around, count }),
    }))
  }

  /** There is a connection again: what could not be had may be had now. */
  async reconnected(): Promise<void> {
    const isShort = this.#stretch.peek().rows.length < this.#options.pageSize
    if (this.#olderUnavailable.peek() || isShort) await this.reload()
    this.#olderUnavailable.value = false
  }

  /** Forgets everything: the user has left. */
  clear(): void {
    this.#turn += 1
    this.#missed.clear()
    this.#peerReadTime = 0
    this.place = undefined
    this.#isFollowing = true
    batch(() => {
      this.#stretch.value = { rows: [], hasOlder: false, hasNewer: false }
      this.#state.value = 'loading'
      this.#loadingOlder.value = false
      this.#loadingNewer.value = false
      this.#olderUnavailable.value = false
      this.#firstUnread.value = undefined
      this.#unreadOnOpen.value = 0
      this.#lastChange.value = { kind: 'reset', keys: [], own: false }
    })
  }

  #isHeld(key: string): boolean {
    return holds(this.#stretch.peek(), key)
  }

  /** undefined: what is shown already will do. */
  async #pageToOpen({
    conversation,
    firstUnread,
    page,
  }: Opening): Promise<MessagePage | undefined> {
    const { rows, hasNewer } = this.#stretch.peek()
    const key = firstUnread && messageKey(firstUnread)
    if (key === undefined ? rows.length > 0 : this.#isHeld(key)) return undefined
    if (key === undefined || rows.length === 0 || hasNewer) return page
    // A window that is opened again shows what it had, and behind it what has come since.
    const { pageSize, most } = this.#options
    const count = Math.min(most, Math.max(pageSize, rows.length + conversation.unreadMessageCount))
    const newest = await this.#read({ count })
    return newest.messages.some((message) => messageKey(message) === key) ? newest : page
  }

  #read(range: Partial<HistoryRange>): Promise<MessagePage> {
    const { client, pageSize } = this.#options
    return client.reader.history(this.conversation, { count: pageSize, ...range })
  }

  /** Shows another stretch, unless yet another one has been asked for meanwhile. */
  async #replace(
    load: () => Promise<
      | { page: MessagePage | undefined; conversation?: Conversation; first?: Message | undefined }
      | undefined
    >,
  ): Promise<void> {
    const turn = ++this.#turn
    const ends = this.#missed.begin()
    if (!this.#stretch.peek().rows.length) this.#state.value = 'loading'
    try {
      const loaded = await load()
      if (!loaded || turn !== this.#turn) return
      const { page, conversation, first } = loaded
      const rows = page && (await this.#rows(page.messages))
      if (turn !== this.#turn) return
      batch(() => {
        if (conversation) {
          this.#firstUnread.value = first && messageKey(first)
          this.#unreadOnOpen.value = conversation.unreadMessageCount
        }
        if (page && rows) {
          const { hasOlder, hasNewer } = page
          this.#show({ rows, hasOlder, hasNewer }, { kind: 'reset', keys: [], own: false })
          this.#olderUnavailable.value = false
        }
        this.#loadingOlder.value = false
        this.#loadingNewer.value = false
        this.#state.value = 'ready'
      })
      await this.#catchUp(ends)
      this.#options.onReady()
    } catch (error) {
      if (turn !== this.#turn) return
      this.#options.report(error, 'reading messages')
      if (!this.#stretch.peek().rows.length) this.#state.value = 'failed'
    } finally {
      ends()
    }
  }

  /** Adds pages at one end until something new can be seen or there is no more. */
  async #extend(end: 'older' | 'newer', isLoading: Signal<boolean>): Promise<void> {
    if (isLoading.peek() || this.#state.peek() !== 'ready') return
    const turn = this.#turn
    const ends = this.#missed.begin()
    isLoading.value = true
    try {
      let isDone = false
      while (!isDone) {
        const { rows } = this.#stretch.peek()
        const edge = (end === 'older' ? rows[0] : rows.at(-1))?.message.order
        const page = await this.#read(end === 'older' ? { before: edge } : { after: edge })
        const fresh = { ...page, rows: await this.#rows(page.messages) }
        if (turn !== this.#turn) return
        this.#attach(end, fresh)
        const hasMore = end === 'older' ? page.hasOlder : page.hasNewer
        isDone = !hasMore || !fresh.rows.length || fresh.rows.some((row) => !row.isHidden)
      }
      await this.#catchUp(ends)
    } catch (error) {
      if (turn !== this.#turn) return
      this.#options.report(error, 'reading messages')
      if (end === 'older') this.#olderUnavailable.value = true
    } finally {
      ends()
      if (turn === this.#turn) isLoading.value = false
    }
  }

  #attach(end: 'older' | 'newer', page: Stretch): void {
    batch(() => {
      this.#show(extended(this.#stretch.peek(), end, page, this.#options.most), {
        kind: end,
        keys: keysOf(page.rows),
        own: false,
      })
      if (end === 'older') this.#olderUnavailable.value = !page.rows.length && page.hasOlder
    })
  }

  async #takeIn(
    fresh: readonly Row[],
    asked: ReadonlySet<number>,
    sent: ReadonlySet<number> = new Set(),
  ): Promise<void> {
    const before = this.#stretch.peek()
    const arrived = arrivals(before, fresh)
    const own = arrived.some((row) => sent.has(row.message.messageId))
    if (own && before.hasNewer) {
      await this.jumpToNewest()
      this.#lastChange.value = { kind: 'append', keys: keysOf(arrived), own }
      return
    }
    const { most } = this.#options
    const after = takenIn(before, fresh, { asked, most, mayPushOut: own || this.#isFollowing })
    const appended = after.hasNewer ? [] : keysOf(arrived)
    this.#show(
      after,
      appended.length
        ? { kind: 'append', keys: appended, own }
        : { kind: 'update', keys: keysOf(fresh), own: false },
    )
  }

  #remove(ids: ReadonlySet<number>): void {
    const before = this.#stretch.peek()
    const after = withoutRows(before, ids)
    if (after.rows.length === before.rows.length) return
    this.#show(after, { kind: 'update', keys: [], own: false })
  }

  #show(stretch: Stretch, change: WindowChange): void {
    batch(() => {
      this.#stretch.value = stretch
      this.#lastChange.value = change
    })
  }

  #readSince(): number[] {
    return this.#stretch.peek().rows.flatMap(({ message }) => {
      const { messageId, sentStatus, sentTime } = message
      const isRead =
        isOwn(message) && sentStatus === SentStatus.SENT && sentTime <= this.#peerReadTime
      return isRead ? [messageId] : []
    })
  }

  /** A page may have been read before a change that was told of before the page was here. */
  async #catchUp(ends: () => ReadonlySet<number>): Promise<void> {
    await this.#refresh(ends())
  }

  /** Reads rows again that have changed, and own ones that the other side has read since. */
  async #refresh(
    touched?: ReadonlySet<number>,
    { known, sent }: Partial<Pick<MessageLot, 'known' | 'sent'>> = {},
  ): Promise<void> {
    const ids = new Set([...(touched ?? []), ...this.#readSince()])
    if (!ids.size) return
    const turn = this.#turn
    const fresh = await this.#rows(await this.#messages([...ids], known))
    if (turn === this.#turn) await this.#takeIn(fresh, ids, sent)
  }

  /** Own ones in private are read: whether the other side has read them their conversation tells. */
  async #messages(
    ids: readonly number[],
    known?: ReadonlyMap<number, Message>,
  ): Promise<Message[]> {
    const isPrivate = this.conversation.conversationType === ConversationType.PRIVATE
    const given = ids
      .flatMap((id) => known?.get(id) ?? [])
      .filter((message) => !(isPrivate && isOwn(message)))
    const isGiven = new Set(given.map(({ messageId }) => messageId))
    const asked = ids.filter((id) => !isGiven.has(id))
    return asked.length ? [...given, ...(await this.#options.client.reader.byId(asked))] : given
  }

  #rows(messages: readonly Message[]): Promise<Row[]> {
    return shownRows(messages, this.#options.display)
  }
}
