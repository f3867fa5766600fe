/** A fake backend that says what a test tells it to say, and nothing else. */
import type {
  Backend,
  BackendSession,
  BackendSink,
  Batch,
  Capability,
  Credentials,
  HistoryPage,
  HistoryQuery,
  OutgoingMessage,
  ServerConversation,
  ServerConversations,
  ServerSearchPage,
  ServerSearchQuery,
  Setting,
} from '../../src/backends/backend.js'
import type { IMError } from '../../src/model/errors.js'
import type { ArchivedMessage } from '../../src/model/message.js'

const nothing: HistoryPage = { messages: [], operations: [], hasOlder: false, hasNewer: false }

export class ScriptedBackend implements Backend {
  readonly name = 'scripted'
  readonly attempts: Credentials[] = []
  readonly sent: OutgoingMessage[] = []
  readonly settingsSet: { key: string; value: unknown }[] = []
  readonly queries: HistoryQuery[] = []
  readonly listQueries: { count: number; before?: number }[] = []
  /** What the cursor was each time a session caught up. */
  readonly cursors: (string | undefined)[] = []
  /** What is caught up with next time. */
  missed: Partial<Batch>[] = []
  capabilities: Capability[] = ['recall', 'expansion', 'statusMessages', 'deleteForMe']
  /** Called at every attempt; may wait or throw. */
  onConnect: () => void | Promise<void> = () => undefined
  /** Called when a session begins to catch up; may wait or throw. */
  onCatchUp: () => void | Promise<void> = () => undefined
  onSetting: () => void | Promise<void> = () => undefined
  onHistory: (query: HistoryQuery) => HistoryPage | Promise<HistoryPage> = () => nothing
  readonly searches: ServerSearchQuery[] = []
  /** What a search on the backend finds; undefined: it does not search. */
  onSearch: ((query: ServerSearchQuery) => ServerSearchPage | Promise<ServerSearchPage>) | undefined
  /** The user's conversations, newest first; undefined: the backend keeps no list. */
  list: ServerConversation[] | undefined
  /** Called when the list is asked for; may wait or throw. */
  onList: () => void | Promise<void> = () => undefined
  #sink: BackendSink | undefined
  #serial = 1000
  #version = 0

  /** @param tells whether a token tells whose it is */
  constructor(
    readonly userId = 'alice',
    readonly tells = true,
  ) {}

  userIdOf(): string | undefined {
    return this.tells ? this.userId : undefined
  }

  async connect(credentials: Credentials, sink: BackendSink): Promise<BackendSession> {
    this.attempts.push(credentials)
    await this.onConnect()
    this.#sink = sink
    return this.#session()
  }

  /** A live batch. */
  deliver(batch: Partial<Batch>): void {
    this.#sink?.batch(this.#complete(batch))
  }

  say(...messages: ArchivedMessage[]): void {
    this.deliver({ messages })
  }

  /** The session ends. */
  close(reason: IMError): void {
    this.#sink?.closed(reason)
  }

  nextVersion(): number {
    return (this.#version += 1)
  }

  #session(): BackendSession {
    const session: BackendSession = {
      userId: this.userId,
      capabilities: new Set(this.capabilities),
      serverTime: () => 1_000_000,
      send: (message) => {
        this.sent.push(message)
        const serial = (this.#serial += 1)
        return Promise.resolve({ order: orderOf(serial), sentTime: serial })
      },
      history: async (query) => {
        this.queries.push(query)
        return this.onHistory(query)
      },
      catchUp: (cursor) => this.#catchUp(cursor),
      settings: {
        set: async (key, value): Promise<Setting> => {
          this.settingsSet.push({ key, value })
          const version = this.nextVersion()
          await this.onSetting()
          return { key, value, version }
        },
      },
      close: () => Promise.resolve(),
    }
    const messages = async (query: ServerSearchQuery) => {
      this.searches.push(query)
      return this.onSearch!(query)
    }
    return {
      ...session,
      ...(this.list && { conversations: this.#conversations() }),
      ...(this.onSearch && { search: { messages } }),
    }
  }

  async *#catchUp(cursor: string | undefined): AsyncGenerator<Batch> {
    this.cursors.push(cursor)
    await this.onCatchUp()
    for (const batch of this.missed.splice(0)) yield this.#complete(batch)
  }

  #conversations(): ServerConversations {
    return {
      list: async ({ count, before = Infinity }) => {
        this.listQueries.push({ count, before })
        await this.onList()
        const left = this.list!.filter((item) => (item.latestMessage?.sentTime ?? 0) < before)
        return { items: left.slice(0, count), hasMore: left.length > count }
      },
    }
  }

  #complete(batch: Partial<Batch>): Batch {
    return { messages: [], cursor: `after ${(this.#serial += 1)}`, ...batch }
  }
}

/** A place in an archive by its number, which is the time as well. */
export function orderOf(place: number): string {
  return String(place).padStart(8, '0')
}
