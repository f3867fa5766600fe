/**
 * What the screen reads: signals and windows over one client's database. Elements show it and
 * never ask the client themselves.
 */
import { batch, signal, type ReadonlySignal, type Signal } from '@preact/signals-core'
import type { IMClient } from '../core/client.js'
import type { IMClientEvents, TypingUser } from '../core/client-events.js'
import { toConversation, type Conversation } from '../core/conversation.js'
import { newConversationRow } from '../core/conversation-rows.js'
import { scheduleTimer } from '../core/schedule.js'
import type { Schedule } from '../core/scope.js'
import { ConnectionStatus } from '../model/connection-status.js'
import {
  conversationIdOf,
  conversationKey,
  isSameConversation,
  type ConversationId,
} from '../model/conversation.js'
import type { IMError } from '../model/errors.js'
import { limits } from '../model/limits.js'
import { ChangeFeed, type ChangeLot } from './change-feed.js'
import { ConversationWindow } from './conversation-window.js'
import { showsEverything, type Display } from './display.js'
import { MessageWindow } from './message-window.js'
import { PresenceSignals } from './presence-signals.js'
import { Reading, type Attention } from './reading.js'

export type { Attention } from './reading.js'
import { UnreadTotal } from './unread-total.js'
import { WindowShelf } from './window-shelf.js'

export interface StoreOptions {
  /** Conversations a page. */
  conversationPullCount?: number
  /** Messages a page. */
  messagePageSize?: number
  /** Messages a window holds at most. */
  messageWindowSize?: number
  /** What the host hides and rewrites. */
  display?: Display
  /** Tests give their own. */
  schedule?: Schedule
  report?: (error: unknown, context: string) => void
  /** Told of conversations that came or changed, as they are shown; never of hidden ones. */
  onConversations?: (conversations: readonly Conversation[]) => void
  /** Told of groups whose info or members changed. */
  onGroups?: (groupIds: readonly string[]) => void
}

export class Store {
  readonly conversations: ConversationWindow
  readonly #client: IMClient
  readonly #options: StoreOptions
  readonly #report: (error: unknown, context: string) => void
  readonly #feed: ChangeFeed
  readonly #shelf: WindowShelf
  readonly #reading: Reading
  readonly #unread: UnreadTotal
  readonly #presence: PresenceSignals
  readonly #status: Signal<ConnectionStatus>
  readonly #failure = signal<IMError | undefined>(undefined)
  readonly #userId = signal('')
  readonly #current = signal<ConversationId | undefined>(undefined)
  readonly #currentRow = signal<Conversation | undefined>(undefined)
  readonly #typing = new Map<string, Signal<readonly TypingUser[]>>()
  readonly #uploads = signal<ReadonlyMap<string, number>>(new Map())
  readonly #offs: (() => void)[]
  /** Messages missed while there was no connection have been received. */
  #isSynced = false
  /** Goes up when a connection ends: what it has brought last no longer tells that all is here. */
  #connection = 0
  /** Goes up when a user leaves: what was asked for before is no longer theirs to see. */
  #turn = 0

  constructor(client: IMClient, options: StoreOptions = {}) {
    const {
      conversationPullCount = limits.conversationPullCount.default,
      messagePageSize = 40,
      messageWindowSize = 400,
      display = showsEverything,
      schedule = scheduleTimer,
      report = (error, context) => console.error(`imkit: ${context}:`, error),
    } = options
    this.#client = client
    this.#options = options
    this.#report = report
    this.#status = signal(client.status)
    this.#feed = new ChangeFeed((lot) => this.#apply(lot), report)
    this.#reading = new Reading({
      client,
      unreadOf: (key) => this.#unreadOf(key),
      schedule,
      report,
    })
    this.#unread = new UnreadTotal(client, display)
    this.#presence = new PresenceSignals(client)
    this.conversations = new ConversationWindow({
      client,
      display,
      report,
      pageSize: conversationPullCount,
      isSyncing: () => this.#isSyncing(),
    })
    this.#shelf = new WindowShelf((conversation, onRelease) => {
      const window: MessageWindow = new MessageWindow(conversation, {
        client,
        display,
        report,
        pageSize: messagePageSize,
        most: messageWindowSize,
        onReady: () => this.#windowReady(window),
        onRelease,
      })
      return window
    })
    this.#offs = this.#listen()
    // Of a client that is connected already nobody tells any more when it has caught up.
    this.#isSynced = client.status === ConnectionStatus.CONNECTED
    if (client.isOpen) this.#opened(client.userId)
  }

  get status(): ReadonlySignal<ConnectionStatus> {
    return this.#status
  }

  /** Why there is no connection, if it ended for a reason; undefined while there is one. */
  get failure(): ReadonlySignal<IMError | undefined> {
    return this.#failure
  }

  /** Empty while no database is open. */
  get userId(): ReadonlySignal<string> {
    return this.#userId
  }

  /** The open conversation. */
  get current(): ReadonlySignal<ConversationId | undefined> {
    return this.#current
  }

  /** The open conversation's row, kept up to date; made up while nothing is stored of it. */
  get currentConversation(): ReadonlySignal<Conversation | undefined> {
    return this.#currentRow
  }

  /** Unread messages of all conversations that are neither muted nor hidden. */
  get totalUnread(): ReadonlySignal<number> {
    return this.#unread.total
  }

  /** Percent by messageUId, while a file goes up. */
  get uploads(): ReadonlySignal<ReadonlyMap<string, number>> {
    return this.#uploads
  }

  /** Opens a conversation; undefined closes the open one. One that is not in the list is added. */
  select(id: ConversationId | undefined): void {
    if (isSameConversation(id, this.#current.peek())) return
    batch(() => {
      this.#current.value = id && conversationIdOf(id)
      this.#currentRow.value = id && this.#knownRow(id)
    })
    if (id && this.#client.isOpen) void this.#findCurrent(conversationKey(id))
  }

  /** Adds a conversation to the list in memory, unless it is there; gives its row as far as it is known. */
  add(id: ConversationId): Conversation {
    const row = this.#knownRow(id)
    if (this.#client.isOpen) void this.#addUnlisted(id)
    return row
  }

  /** Takes a conversation out of the list, and closes it if it is open. */
  async remove(id: ConversationId): Promise<void> {
    await this.#client.conversations.remove(id)
    this.conversations.forget(conversationKey(id))
    if (isSameConversation(id, this.#current.peek())) this.select(undefined)
  }

  /** Shared by all who show the conversation: call `release()` once for each call of this. */
  openMessages(id: ConversationId): MessageWindow {
    return this.#shelf.acquire(conversationIdOf(id), (window) => this.#openWindow(window))
  }

  /** Who is typing in a conversation now. */
  typing(id: ConversationId): ReadonlySignal<readonly TypingUser[]> {
    return this.#typingOf(conversationKey(id))
  }

  /** Whether somebody is online; they are followed for as long as this is read. */
  isOnline(userId: string): ReadonlySignal<boolean> {
    return this.#presence.of(userId)
  }

  /**
   * Told by who shows a conversation, whenever it changes: opening marks everything read, what
   * comes later is read with `newest`. Nothing is marked read while `away`.
   */
  setAttention(id: ConversationId, attention: Attention): void {
    const key = conversationKey(id)
    this.#reading.set(key, attention)
    const window = this.#shelf.open(key)
    if (!window) return
    if (attention !== 'away') window.isFollowing = attention === 'newest'
    this.#reading.consider(key, window)
  }

  /** Somebody is looking at its newest message: what comes is read, and marked so a moment later. */
  isBeingRead(id: ConversationId): boolean {
    return this.#reading.attentionOf(conversationKey(id)) === 'newest'
  }

  /** Asks the host again what is hidden and how contents read: its hooks have changed. */
  async redisplay(): Promise<void> {
    if (!this.#client.isOpen) return
    const windows = this.#shelf.all().map(([, window]) => window.reload())
    await Promise.all([this.conversations.redisplay(), this.#countUnread(), ...windows])
  }

  dispose(): void {
    for (const off of this.#offs) off()
    this.#presence.dispose()
    this.#clear()
  }

  #listen(): (() => void)[] {
    const { events } = this.#client
    return [
      events.on('opened', ({ userId }) => this.#opened(userId)),
      events.on('closed', () => this.#clear()),
      events.on('change', (changes) => this.#feed.add(changes)),
      events.on('sending', ({ message }) =>
        this.#feed.sent(conversationKey(message), message.messageId),
      ),
      events.on('status', ({ status, reason }) => this.#statusChanged(status, reason)),
      events.on('offlineMessagesPulled', () => this.#caughtUp()),
      events.on('typing', ({ conversation, list }) => {
        this.#typingOf(conversationKey(conversation)).value = list
      }),
      events.on('upload', (upload) => this.#uploading(upload)),
    ]
  }

  #opened(userId: string): void {
    this.#userId.value = userId
    const turn = this.#turn
    // What is unread is counted from all over the database: the list comes first.
    void this.conversations.load().then(() => {
      if (turn === this.#turn) void this.#countUnread()
    })
    for (const [, window] of this.#shelf.all()) this.#openWindow(window)
    const current = this.#current.peek()
    if (current) void this.#findCurrent(conversationKey(current))
  }

  /** Nothing of the user who has left may be seen by the next one. */
  #clear(): void {
    this.#turn += 1
    this.#isSynced = false
    this.#feed.clear()
    this.#reading.clear()
    batch(() => {
      this.#userId.value = ''
      this.#current.value = undefined
      this.#currentRow.value = undefined
      this.#uploads.value = new Map()
      for (const typing of this.#typing.values()) typing.value = []
      this.conversations.clear()
      this.#unread.clear()
      this.#shelf.clear()
    })
  }

  #openWindow(window: MessageWindow): void {
    this.#reading.opening(window)
    if (this.#client.isOpen) void window.open()
  }

  #windowReady(window: MessageWindow): void {
    this.#reading.opened(window)
    this.#reading.consider(conversationKey(window.conversation), window)
  }

  #statusChanged(status: ConnectionStatus, reason?: IMError): void {
    batch(() => {
      this.#status.value = status
      this.#failure.value = reason
    })
    if (status !== ConnectionStatus.CONNECTED) {
      this.#isSynced = false
      this.#connection += 1
    }
    // Without a connection nothing will come: what is empty is empty.
    this.#feed.afterwards(() => {
      if (!this.#isSyncing()) this.conversations.synced()
    })
  }

  /** All is stored, but of what came last nothing is shown yet: a list may only look empty. */
  #caughtUp(): void {
    const connection = this.#connection
    this.#feed.afterwards(() => {
      if (connection === this.#connection) this.#synced()
    })
  }

  #synced(): void {
    this.#isSynced = true
    this.conversations.synced()
    for (const [, window] of this.#shelf.all()) void window.reconnected()
  }

  #isSyncing(): boolean {
    const { status } = this.#client
    return (
      status === ConnectionStatus.CONNECTING ||
      (status === ConnectionStatus.CONNECTED && !this.#isSynced)
    )
  }

  /** Brings one lot of changes to all that shows something of it. */
  async #apply(lot: ChangeLot): Promise<void> {
    const turn = this.#turn
    try {
      const keys = [...lot.conversations.keys()]
      const conversations = await this.#read(lot.conversations)
      if (turn !== this.#turn) return
      this.#updateCurrent(conversations)
      this.#unread.apply(conversations)
      const [shown] = await Promise.all([
        this.conversations.apply(keys, conversations),
        ...this.#shelf.all().map(([key, window]) => {
          const messages = lot.messages.get(key)
          const conversation = conversations.get(key)
          return messages || conversation ? window.apply(messages, conversation) : undefined
        }),
      ])
      if (shown.length) this.#options.onConversations?.(shown)
      if (lot.groups.size) this.#options.onGroups?.([...lot.groups])
      for (const [key, window] of this.#shelf.all()) {
        if (this.#shelf.open(key) === window) this.#reading.consider(key, window)
      }
    } catch (error) {
      if (turn === this.#turn) throw error
    }
  }

  /** Conversations by key as they are now; those without a row are left out. */
  async #read(
    changed: ReadonlyMap<string, Conversation | undefined>,
  ): Promise<Map<string, Conversation>> {
    const unknown = [...changed].flatMap(([key, known]) => (known ? [] : [key]))
    const rows = unknown.length ? await this.#client.conversations.byKey(unknown) : []
    const known = [...changed.values()].filter((conversation) => conversation !== undefined)
    return new Map([...known, ...rows].map((row) => [row.conversationKey, row]))
  }

  #updateCurrent(conversations: ReadonlyMap<string, Conversation>): void {
    const current = this.#current.peek()
    const row = current && conversations.get(conversationKey(current))
    if (!row) return
    const wasListed = this.#currentRow.peek()?.listOrder !== undefined
    if (wasListed && row.listOrder === undefined) this.select(undefined)
    else this.#currentRow.value = row
  }

  #knownRow(id: ConversationId): Conversation {
    return (
      this.conversations.find(conversationKey(id)) ??
      toConversation(newConversationRow(id), undefined)
    )
  }

  async #findCurrent(key: string): Promise<void> {
    const current = this.#current.peek()
    if (!current) return
    const row = await this.#addUnlisted(current)
    const now = this.#current.peek()
    if (row && now && conversationKey(now) === key) this.#currentRow.value = row
  }

  /** Puts a conversation on the list unless the database has it there already. */
  async #addUnlisted(id: ConversationId): Promise<Conversation | undefined> {
    const turn = this.#turn
    try {
      const row = await this.#client.conversations.get(id)
      if (turn !== this.#turn) return undefined
      if (row.listOrder === undefined) this.conversations.add(row)
      return row
    } catch (error) {
      if (turn === this.#turn) this.#report(error, 'reading a conversation')
      return undefined
    }
  }

  async #countUnread(): Promise<void> {
    const turn = this.#turn
    try {
      await this.#unread.load()
    } catch (error) {
      if (turn === this.#turn) this.#report(error, 'counting what is unread')
    }
  }

  #unreadOf(key: string): number {
    const row = this.#currentRow.peek()
    const known = row?.conversationKey === key ? row : this.conversations.find(key)
    return known?.unreadMessageCount ?? 0
  }

  #typingOf(key: string): Signal<readonly TypingUser[]> {
    let typing = this.#typing.get(key)
    if (!typing) this.#typing.set(key, (typing = signal<readonly TypingUser[]>([])))
    return typing
  }

  #uploading({ messageUId, percent, done }: IMClientEvents['upload']): void {
    const uploads = new Map(this.#uploads.peek())
    if (done) uploads.delete(messageUId)
    else uploads.set(messageUId, percent)
    this.#uploads.value = uploads
  }
}
