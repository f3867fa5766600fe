/**
 * The conversation list of one user, of whatever length. Loaded is the top of it, page by page as
 * far as somebody asks for, and while somebody looks at a place farther down, a part around that
 * place: a thousand rows and not fifty thousand. How many there are, in all and above that part, is
 * counted in the database.
 */
import { batch, signal, type ReadonlySignal } from '@preact/signals-core'
import type { IMClient } from '../core/client.js'
import type { Conversation } from '../core/conversation.js'
import { ConnectionStatus } from '../model/connection-status.js'
import type { MessageContent } from '../model/content.js'
import type { ConversationPlaces } from './conversation-places.js'
import type { Display } from './display.js'
import { LoadedConversations } from './loaded-conversations.js'
import type { ListRow, Stretch } from './stretch.js'

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

/** How often the server is asked in a row while it tells nothing new. */
const mostAsked = 20

export class ConversationWindow {
  readonly #options: ConversationWindowOptions
  readonly #loaded = new LoadedConversations()
  readonly #state = signal<ListState>('idle')
  readonly #loadingMore = signal(false)
  /** The places that somebody looks at. */
  #looked: { first: number; last: number; keys: readonly string[] } | undefined
  /** The end behind which the server had nothing new to tell. */
  #stalled: string | undefined
  /** Goes up when everything is forgotten: what was asked for before no longer matters. */
  #turn = 0
  #firstPage: Promise<void> | undefined
  #hasFirstPage = false
  /** One page after the other. */
  #reading: Promise<void> | undefined
  #readingOn: Promise<void> = Promise.resolve()
  #isReadingOn = false
  /** What changed while a page was being read. */
  #missed: Set<string> | undefined
  #isCounting = false
  #isMiscounted = false

  constructor(options: ConversationWindowOptions) {
    this.#options = options
  }

  /**
   * The top of the list as far as it is loaded, in list order; stable keys: `conversationKey`. After
   * a change all that have not changed are the same objects.
   */
  get items(): ReadonlySignal<readonly Conversation[]> {
    return this.#loaded.items
  }

  /** The whole list, each conversation at its place, loaded or not. */
  get places(): ReadonlySignal<ConversationPlaces> {
    return this.#loaded.places
  }

  get state(): ReadonlySignal<ListState> {
    return this.#state
  }

  /** Whether there is more below `items`. */
  get hasMore(): ReadonlySignal<boolean> {
    return this.#loaded.hasMore
  }

  get loadingMore(): ReadonlySignal<boolean> {
    return this.#loadingMore
  }

  /** Reads the first page, once; resolves when it is there. */
  load(): Promise<void> {
    if (!this.#firstPage || this.#state.peek() === 'failed') {
      this.#state.value = 'loading'
      this.#firstPage = this.#queue(() => this.#readTop())
    }
    return this.#firstPage
  }

  /** Reads the next page of `items`, from the server if the database has no more. */
  async loadMore(): Promise<void> {
    if (this.#state.peek() === 'failed') return this.load()
    const isReady = this.#state.peek() === 'ready' && !this.#loadingMore.peek()
    if (!isReady || !this.hasMore.peek()) return
    this.#loadingMore.value = true
    // Ahead of the page, which who shows the list would else let go of at once.
    this.#hold(this.#options.pageSize)
    await this.#queue(() => this.#readTop())
    this.#hold()
  }

  /** What is loaded of `items`; none of them is let go of any more, since somebody goes by them. */
  given(): readonly Conversation[] {
    this.#hold()
    return this.items.peek()
  }

  #hold(more = 0): void {
    this.#loaded.most = Math.max(this.#loaded.most, this.#loaded.top.rows.length + more)
  }

  /**
   * Told by who shows the list, again whenever it scrolls: what stands there is loaded, and read on
   * ahead in both directions. What is far from there is let go.
   * @param last the place behind those that are shown
   * @param keys conversations that stay known wherever they are: the one with the focus
   * @returns when it has been read
   */
  look(first: number, last: number, keys: readonly string[] = []): Promise<void> {
    this.#looked = { first, last, keys }
    this.#loaded.keep(keys)
    if (this.#state.peek() !== 'ready' || this.#isReadingOn) return this.#readingOn
    if (this.#nextStep()) {
      this.#isReadingOn = true
      this.#readingOn = this.#queue(() => this.#readOn())
    } else {
      this.#loaded.letGo(first, last)
    }
    return this.#readingOn
  }

  /** Asks the server once more, where it has had nothing to tell. */
  async lookAgain(): Promise<void> {
    this.#stalled = undefined
    const looked = this.#looked
    if (looked) await this.look(looked.first, looked.last, looked.keys)
  }

  /** The place of a conversation, loaded or not; undefined if it is not on the list. */
  async locate(key: string): Promise<number | undefined> {
    const index = this.places.peek().indexOf(key)
    if (index >= 0) return index
    const turn = this.#turn
    const { conversations } = this.#options.client
    const [conversation] = await conversations.byKey([key])
    if (conversation?.listOrder === undefined) return undefined
    const above = await conversations.count({ before: conversation.listOrder })
    return turn === this.#turn ? above + this.#loaded.shift : undefined
  }

  /** A conversation that is loaded or held on to. */
  find(key: string): Conversation | undefined {
    return this.#loaded.find(key)
  }

  /** Where a conversation stands; of one that is held on to and not loaded, where it last stood. */
  placeOf(key: string): number | undefined {
    return this.#loaded.placeOf(key)
  }

  /** Shows a conversation that is not in the database's list. */
  add(conversation: Conversation): void {
    if (!this.find(conversation.conversationKey)) this.#loaded.add(conversation)
  }

  /** Takes out what `add` has put in. */
  forget(key: string): void {
    this.#loaded.forget(key)
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
    // Not before the first page is here: it would not be known what lies between.
    if (this.#hasFirstPage) this.#takeIn(touched, rows, conversations)
    return rows.filter((row) => !row.isHidden).map((row) => row.conversation)
  }

  #takeIn(
    touched: ReadonlySet<string>,
    rows: readonly ListRow[],
    conversations: ReadonlyMap<string, Conversation>,
  ): void {
    batch(() => {
      if (this.#loaded.replace(touched, rows)) void this.#count()
      for (const conversation of conversations.values()) this.#loaded.updateAdded(conversation)
      const isHere = this.#loaded.top.rows.length > 0
      if (isHere && this.#state.peek() === 'loading') this.#state.value = 'ready'
    })
  }

  /** The server has been heard: an empty list is empty, and there may be more to ask it for. */
  synced(): void {
    if (this.#missed || this.#state.peek() === 'idle') return
    if (this.#state.peek() === 'loading') this.#state.value = 'ready'
    this.#stalled = undefined
    const last = this.#loaded.far ?? this.#loaded.top
    if (!last.hasMore && this.#mayAskServer()) this.#loaded.endOpen(true)
  }

  /** Asks the host again what is hidden and how last messages read. */
  async redisplay(): Promise<void> {
    await this.#readAgain(this.#loaded.keys)
  }

  /** Forgets everything: the user has left. */
  clear(): void {
    this.#turn += 1
    this.#firstPage = undefined
    this.#hasFirstPage = false
    this.#reading = undefined
    this.#isReadingOn = false
    this.#missed = undefined
    this.#looked = undefined
    this.#stalled = undefined
    this.#isCounting = false
    batch(() => {
      this.#loaded.clear()
      this.#state.value = 'idle'
      this.#loadingMore.value = false
    })
  }

  /** Reads, once what is being read is there; then what has changed meanwhile. */
  #queue(read: () => Promise<void>): Promise<void> {
    const turn = this.#turn
    const run = async () => {
      if (turn !== this.#turn) return
      const missed = (this.#missed = new Set<string>())
      try {
        await read()
        if (turn !== this.#turn) return
        this.#missed = undefined
        // A page may have been read before a change that was told of before the page was here.
        if (missed.size) await this.#readAgain([...missed])
        if (turn === this.#turn) this.#hasRead()
      } catch (error) {
        if (turn === this.#turn) this.#failed(error)
      } finally {
        if (turn === this.#turn) this.#loadingMore.value = false
      }
    }
    const reading = this.#reading ? this.#reading.then(run) : run()
    this.#reading = reading
    void reading.then(() => {
      if (this.#reading === reading) this.#reading = undefined
    })
    return reading
  }

  #hasRead(): void {
    const isEmpty = !this.#loaded.top.rows.length
    this.#state.value = isEmpty && this.#options.isSyncing() ? 'loading' : 'ready'
  }

  /** What is there stays; scrolling asks for no more. */
  #failed(error: unknown): void {
    this.#missed = undefined
    this.#looked = undefined
    this.#options.report(error, 'reading the conversation list')
    this.#loaded.endOpen(false)
    if (!this.#loaded.top.rows.length) this.#state.value = 'failed'
  }

  async #readAgain(keys: readonly string[]): Promise<void> {
    const turn = this.#turn
    const fresh = await this.#options.client.conversations.byKey(keys)
    if (turn !== this.#turn) return
    await this.apply(keys, new Map(fresh.map((one) => [one.conversationKey, one])))
  }

  /** The next page of the top, and on until something new can be seen or there is no more. */
  async #readTop(): Promise<void> {
    const turn = this.#turn
    let isDone = false
    while (!isDone) {
      const { rows, hasMore } = await this.#readTopPage()
      if (turn !== this.#turn) return
      isDone = !hasMore || !rows.length || rows.some((row) => !row.isHidden)
    }
  }

  /** Reads what somebody looks at until there is enough of it around. */
  async #readOn(): Promise<void> {
    const turn = this.#turn
    try {
      for (let step = this.#nextStep(); step; step = this.#nextStep()) {
        await step()
        if (turn !== this.#turn) return
      }
      if (this.#looked) this.#loaded.letGo(this.#looked.first, this.#looked.last)
    } finally {
      if (turn === this.#turn) this.#isReadingOn = false
    }
  }

  #nextStep(): (() => Promise<unknown>) | undefined {
    if (!this.#looked) return undefined
    const { first, last } = this.#looked
    const { top, far, farStart } = this.#loaded
    const ahead = Math.max(this.#options.pageSize, 2 * (last - first))
    const topEnd = this.items.peek().length
    if (first <= topEnd + ahead) {
      return topEnd < last + ahead && this.#goesOn(top) ? () => this.#readTopPage() : undefined
    }
    const farEnd = farStart + (far?.shown.length ?? 0)
    if (!far || last < farStart - ahead || (first > farEnd + ahead && this.#goesOn(far))) {
      return top.hasMore ? () => this.#jump(first - ahead, last + ahead) : undefined
    }
    if (farEnd < last + ahead && this.#goesOn(far)) return () => this.#readFarPage(far)
    return farStart > first - ahead ? () => this.#readAboveFar(far) : undefined
  }

  #goesOn({ hasMore, end }: Stretch): boolean {
    return hasMore && (this.#stalled === undefined || this.#stalled !== end)
  }

  async #readTopPage(): Promise<{ rows: readonly ListRow[]; hasMore: boolean }> {
    const turn = this.#turn
    const page = await this.#readBelow(this.#loaded.top)
    if (turn !== this.#turn) return page
    this.#hasFirstPage = true
    batch(() => this.#loaded.extendTop(page.rows, page.hasMore))
    return page
  }

  async #readFarPage(far: Stretch): Promise<void> {
    const turn = this.#turn
    const { rows, hasMore } = await this.#readBelow(far)
    if (turn === this.#turn) batch(() => this.#loaded.extendFar(rows, hasMore))
  }

  async #readAboveFar({ from }: Stretch): Promise<void> {
    const turn = this.#turn
    const { client, pageSize } = this.#options
    const query = { count: pageSize, ...(from === undefined ? {} : { before: from }) }
    const rows = await this.#toRows((await client.conversations.list(query)).filter(isListed))
    if (turn === this.#turn) batch(() => this.#loaded.extendFarUpwards(rows))
  }

  /** A page behind the end of a stretch, from the server if the database has no more. */
  async #readBelow({ end }: Stretch): Promise<{ rows: readonly ListRow[]; hasMore: boolean }> {
    const { client, pageSize } = this.#options
    const query = { count: pageSize, ...(end === undefined ? {} : { after: end }) }
    let page = await client.conversations.list(query)
    let hasMore = page.length === pageSize || this.#mayAskServer()
    if (hasMore && end === undefined) void this.#count()
    // The first page is what is here, at once; the server is asked when the list is read further.
    if (page.length < pageSize && this.#state.peek() === 'ready') {
      if (this.#mayAskServer()) this.#loadingMore.value = true
      // What the server tells first may all be here, as it has come by itself.
      for (let asked = 0; hasMore && asked < mostAsked; asked += 1) {
        hasMore = await client.conversations.pullOlder(pageSize)
        page = await client.conversations.list(query)
        if (page.length) break
      }
    }
    if (hasMore && !page.length) this.#stalled = end
    return { rows: await this.#toRows(page.filter(isListed)), hasMore }
  }

  /** Loads around a place that nothing loaded is near to. */
  async #jump(first: number, last: number): Promise<void> {
    const turn = this.#turn
    const { conversations } = this.#options.client
    const count = last - first
    const total = await conversations.count()
    const skip = Math.max(0, Math.min(first - this.#loaded.shift, total - count))
    const page = await conversations.list({ skip, count })
    const rows = await this.#toRows(page.filter(isListed))
    if (turn !== this.#turn) return
    batch(() => {
      this.#loaded.total.value = total
      this.#loaded.jump(skip, rows, skip + page.length < total || this.#mayAskServer())
    })
  }

  /**
   * How many there are, and how many above the part farther down. Not waited for: that matters less
   * than what stands on top. What changes meanwhile may be counted or not, so it is counted again.
   */
  async #count(): Promise<void> {
    this.#isMiscounted = true
    if (this.#isCounting) return
    this.#isCounting = true
    const turn = this.#turn
    const { conversations } = this.#options.client
    try {
      while (this.#isMiscounted) {
        this.#isMiscounted = false
        const from = this.#loaded.far?.from
        const above = from === undefined ? undefined : await conversations.count({ before: from })
        const total = await conversations.count()
        if (turn !== this.#turn) return
        this.#isMiscounted ||= from !== this.#loaded.far?.from
        if (!this.#isMiscounted) batch(() => this.#loaded.count(total, above))
      }
    } catch (error) {
      if (turn === this.#turn) this.#options.report(error, 'counting conversations')
    } finally {
      if (turn === this.#turn) this.#isCounting = false
    }
  }

  #mayAskServer(): boolean {
    const { client, isSyncing } = this.#options
    return (
      client.status === ConnectionStatus.CONNECTED &&
      client.capabilities.has('conversations') &&
      !isSyncing()
    )
  }

  /** At once, unless the host takes its time. */
  #toRows(conversations: readonly ListedConversation[]): ListRow[] | Promise<ListRow[]> {
    const rows = conversations.map((conversation) => this.#toRow(conversation))
    return rows.some((row) => row instanceof Promise) ? Promise.all(rows) : (rows as ListRow[])
  }

  #toRow(conversation: ListedConversation): ListRow | Promise<ListRow> {
    const { display } = this.#options
    const { listOrder, latestMessage } = conversation
    const isHidden = display.hidesConversation(conversation)
    const row: ListRow = { conversation, listOrder, isHidden }
    if (isHidden || !latestMessage || !display.contentInConversation) return row
    const shownWith = (content: MessageContent): ListRow =>
      content === latestMessage.content
        ? row
        : {
            ...row,
            conversation: { ...conversation, latestMessage: { ...latestMessage, content } },
          }
    const content = display.contentInConversation(latestMessage)
    return content instanceof Promise ? content.then(shownWith) : shownWith(content)
  }
}

type ListedConversation = Conversation & { listOrder: string }

function isListed(conversation: Conversation): conversation is ListedConversation {
  return conversation.listOrder !== undefined
}
