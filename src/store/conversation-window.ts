/**
 * The conversation list: pages of the database in list order, and those conversations on top of
 * them that the user has opened and that have no message yet.
 */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals-core'
import type { IMClient } from '../core/client.js'
import type { Conversation } from '../core/conversation.js'
import { ConnectionStatus } from '../model/connection-status.js'
import type { Display } from './display.js'

/** `loading`: the first page is on its way, from the database or, on a new device, the server. */
export type ListState = 'idle' | 'loading' | 'ready' | 'failed'

export interface ConversationWindowOptions {
  client: IMClient
  display: Display
  report: (error: unknown, context: string) => void
  /** Conversations a page. */
  pageSize: number
  /** Whether conversations may still come from the server by themselves. */
  isSyncing: () => boolean
}

interface Row {
  conversation: Conversation
  listOrder: string
  isHidden: boolean
}

export class ConversationWindow {
  readonly #options: ConversationWindowOptions
  readonly #rows = signal<readonly Row[]>([])
  /** Opened and not in the list of the database, by key. */
  readonly #added = signal<ReadonlyMap<string, Conversation>>(new Map())
  readonly #state = signal<ListState>('idle')
  readonly #hasMore = signal(false)
  readonly #loadingMore = signal(false)
  /** `listOrder` down to which the database has been read. */
  #end: string | undefined
  /** Goes up when everything is forgotten: what was asked for before no longer matters. */
  #turn = 0
  #firstPage: Promise<void> | undefined
  /** What changed while a page was being read. */
  #missed: Set<string> | undefined

  constructor(options: ConversationWindowOptions) {
    this.#options = options
  }

  /** In list order; stable keys: `conversationKey`. */
  readonly items: ReadonlySignal<readonly Conversation[]> = computed(() => {
    const listed = this.#rows.value.filter((row) => !row.isHidden).map((row) => row.conversation)
    const added = [...this.#added.value.values()].reverse()
    if (!added.length) return listed
    const onTop = (isTop: boolean) => [
      ...added.filter((conversation) => conversation.isTop === isTop),
      ...listed.filter((conversation) => conversation.isTop === isTop),
    ]
    return [...onTop(true), ...onTop(false)]
  })

  get state(): ReadonlySignal<ListState> {
    return this.#state
  }

  get hasMore(): ReadonlySignal<boolean> {
    return this.#hasMore
  }

  get loadingMore(): ReadonlySignal<boolean> {
    return this.#loadingMore
  }

  /** Reads the first page, once; resolves when it is there. */
  load(): Promise<void> {
    if (!this.#firstPage || this.#state.peek() === 'failed') {
      this.#state.value = 'loading'
      this.#firstPage = this.#extend()
    }
    return this.#firstPage
  }

  /** Reads the next page, from the server if the database has no more. */
  async loadMore(): Promise<void> {
    if (this.#state.peek() === 'failed') return this.load()
    if (this.#state.peek() !== 'ready' || !this.#hasMore.peek() || this.#loadingMore.peek()) return
    this.#loadingMore.value = true
    await this.#extend()
  }

  /** A conversation that is in the window. */
  find(key: string): Conversation | undefined {
    return (
      this.#rows.peek().find((row) => row.conversation.conversationKey === key)?.conversation ??
      this.#added.peek().get(key)
    )
  }

  /** Shows a conversation that is not in the database's list. */
  add(conversation: Conversation): void {
    if (this.find(conversation.conversationKey)) return
    this.#added.value = new Map(this.#added.peek()).set(conversation.conversationKey, conversation)
  }

  /** Takes out what `add` has put in. */
  forget(key: string): void {
    if (!this.#added.peek().has(key)) return
    const added = new Map(this.#added.peek())
    added.delete(key)
    this.#added.value = added
  }

  /**
   * What the database tells of: conversations by key; those without a row are not there.
   * @returns those of the list that are not hidden, as they are shown
   */
  async apply(
    keys: Iterable<string>,
    conversations: ReadonlyMap<string, Conversation>,
  ): Promise<Conversation[]> {
    const touched = new Set(keys)
    for (const key of touched) this.#missed?.add(key)
    const turn = this.#turn
    const listed = [...touched].flatMap((key) => conversations.get(key) ?? []).filter(isListed)
    const rows = await this.#toRows(listed)
    if (turn !== this.#turn) return []
    if (this.#mayChange()) this.#takeIn(touched, rows, conversations)
    return rows.filter((row) => !row.isHidden).map((row) => row.conversation)
  }

  /** Not before the first page is here: it would not be known what lies between. */
  #mayChange(): boolean {
    return this.#state.peek() !== 'idle' && !(this.#missed && this.#end === undefined)
  }

  #takeIn(
    touched: ReadonlySet<string>,
    rows: readonly Row[],
    conversations: ReadonlyMap<string, Conversation>,
  ): void {
    batch(() => {
      const kept = this.#rows.peek().filter((row) => !touched.has(row.conversation.conversationKey))
      const inReach = rows.filter((row) => this.#isInReach(row.listOrder))
      this.#rows.value = [...kept, ...inReach].sort(byListOrder)
      this.#updateAdded(conversations)
      if (inReach.length && this.#state.peek() === 'loading') this.#state.value = 'ready'
    })
  }

  /** The server has been heard: an empty list is empty, and there may be more to ask it for. */
  synced(): void {
    if (this.#missed || this.#state.peek() === 'idle') return
    if (this.#state.peek() === 'loading') this.#state.value = 'ready'
    if (this.#hasMore.peek() || !this.#mayAskServer()) return
    this.#end = this.#rows.peek().at(-1)?.listOrder
    this.#hasMore.value = true
  }

  /** Asks the host again what is hidden and how last messages read. */
  async redisplay(): Promise<void> {
    const conversations = this.#rows.peek().map((row) => row.conversation.conversationKey)
    const turn = this.#turn
    const fresh = await this.#options.client.conversations.byKey(conversations)
    if (turn !== this.#turn) return
    await this.apply(conversations, new Map(fresh.map((one) => [one.conversationKey, one])))
  }

  /** Forgets everything: the user has left. */
  clear(): void {
    this.#turn += 1
    this.#firstPage = undefined
    this.#end = undefined
    this.#missed = undefined
    batch(() => {
      this.#rows.value = []
      this.#added.value = new Map()
      this.#state.value = 'idle'
      this.#hasMore.value = false
      this.#loadingMore.value = false
    })
  }

  /** Reads on until something new can be seen or there is no more. */
  async #extend(): Promise<void> {
    const turn = this.#turn
    const missed = (this.#missed = new Set<string>())
    try {
      let isDone = false
      while (!isDone) {
        const { rows, hasMore } = await this.#readPage()
        if (turn !== this.#turn) return
        this.#attach(rows, hasMore)
        isDone = !hasMore || !rows.length || rows.some((row) => !row.isHidden)
      }
      this.#missed = undefined
      await this.#catchUp(missed)
      if (turn !== this.#turn) return
      const isEmpty = !this.#rows.peek().length
      this.#state.value = isEmpty && this.#options.isSyncing() ? 'loading' : 'ready'
    } catch (error) {
      if (turn !== this.#turn) return
      this.#missed = undefined
      this.#options.report(error, 'reading the conversation list')
      this.#hasMore.value = false
      if (!this.#rows.peek().length) this.#state.value = 'failed'
    } finally {
      if (turn === this.#turn) this.#loadingMore.value = false
    }
  }

  async #readPage(): Promise<{ rows: Row[]; hasMore: boolean }> {
    const { client, pageSize } = this.#options
    const query = { count: pageSize, ...(this.#end === undefined ? {} : { after: this.#end }) }
    let page = await client.conversations.list(query)
    let hasMore = page.length === pageSize || this.#mayAskServer()
    // The first page is what is here, at once; the server is asked when the list is read further.
    if (page.length < pageSize && this.#state.peek() === 'ready') {
      hasMore = await client.conversations.pullOlder(pageSize)
      page = await client.conversations.list(query)
    }
    return { rows: await this.#toRows(page.filter(isListed)), hasMore }
  }

  #mayAskServer(): boolean {
    const { client, isSyncing } = this.#options
    return (
      client.status === ConnectionStatus.CONNECTED &&
      client.capabilities.has('conversations') &&
      !isSyncing()
    )
  }

  #attach(rows: readonly Row[], hasMore: boolean): void {
    const keys = new Set(rows.map((row) => row.conversation.conversationKey))
    const kept = this.#rows.peek().filter((row) => !keys.has(row.conversation.conversationKey))
    const sorted = [...kept, ...rows].sort(byListOrder)
    this.#end = rows.at(-1)?.listOrder ?? this.#end
    batch(() => {
      this.#rows.value = sorted
      this.#hasMore.value = hasMore
      for (const key of keys) this.forget(key)
    })
  }

  /** A page may have been read before a change that was told of before the page was here. */
  async #catchUp(missed: ReadonlySet<string>): Promise<void> {
    if (!missed.size) return
    const turn = this.#turn
    const fresh = await this.#options.client.conversations.byKey([...missed])
    if (turn !== this.#turn) return
    await this.apply(missed, new Map(fresh.map((one) => [one.conversationKey, one])))
  }

  /** Conversations further down come when the list is read down to them. */
  #isInReach(listOrder: string): boolean {
    return !this.#hasMore.peek() || listOrder >= (this.#end ?? '')
  }

  #updateAdded(conversations: ReadonlyMap<string, Conversation>): void {
    for (const [key, conversation] of conversations) {
      if (!this.#added.peek().has(key)) continue
      if (isListed(conversation)) this.forget(key)
      else this.#added.value = new Map(this.#added.peek()).set(key, conversation)
    }
  }

  #toRows(conversations: readonly ListedConversation[]): Promise<Row[]> {
    const display = this.#options.display
    return Promise.all(
      conversations.map(async (conversation) => {
        const { listOrder, latestMessage } = conversation
        const isHidden = display.hidesConversation(conversation)
        if (isHidden || !latestMessage || !display.contentInConversation) {
          return { conversation, listOrder, isHidden }
        }
        const content = await display.contentInConversation(latestMessage)
        const shown = { ...conversation, latestMessage: { ...latestMessage, content } }
        return { conversation: shown, listOrder, isHidden }
      }),
    )
  }
}

type ListedConversation = Conversation & { listOrder: string }

function isListed(conversation: Conversation): conversation is ListedConversation {
  return conversation.listOrder !== undefined
}

function byListOrder(one: Row, other: Row): number {
  if (one.listOrder === other.listOrder) return 0
  return one.listOrder > other.listOrder ? -1 : 1
}
