/** Searches: goes through the blocks, keeps the newest that match, and reads their messages. */
import { databaseError } from '../database/open.js'
import type { ConversationRow, MessageRow } from '../database/schema.js'
import { toMessage, withLatest } from './conversation.js'
import { hitsIn, isSearched, type Hit } from './message-search-blocks.js'
import { checkedQuery, type Wanted } from './message-search-query.js'
import { matchIn } from './message-search-text.js'
import { walk, type Step } from './message-search-walk.js'
import type {
  ConversationQuery,
  FoundConversation,
  FoundMessage,
  MessageQuery,
  MessageSearchPage,
} from './message-search.js'
import type { Scope } from './scope.js'

/** As `MessageSearch.messages`. */
export async function searchMessages(
  scope: Scope,
  query: MessageQuery,
): Promise<MessageSearchPage> {
  const wanted = checkedQuery(query)
  const { count } = wanted
  const reading = new Reading(scope, wanted)
  let best: Hit[] = []
  let told = ''
  for await (const { blocks, ceiling } of steps(scope, wanted, query.signal)) {
    // One more than asked for tells whether there are more.
    best = newest([...best, ...blocks.flatMap((block) => hitsIn(block, wanted))], count + 1)
    const isSure = best.length > count && best[count]!.sentTime > ceiling
    const page = best.slice(0, count)
    const ids = page.map(({ messageId }) => messageId).join()
    if (query.onFound && ids !== told) {
      told = ids
      tell(scope, query.onFound, await reading.found(page))
      query.signal?.throwIfAborted()
    }
    if (isSure) break
  }
  const found = await reading.found(best.slice(0, count))
  query.signal?.throwIfAborted()
  return { found, hasMore: best.length > count }
}

/** As `MessageSearch.conversations`. */
export async function searchConversations(
  scope: Scope,
  query: ConversationQuery,
): Promise<FoundConversation[]> {
  const wanted = checkedQuery(query)
  const matches = new Map<string, { latest: Hit; matchCount: number }>()
  for await (const { blocks } of steps(scope, wanted, query.signal)) {
    for (const hit of blocks.flatMap((block) => hitsIn(block, wanted))) {
      const known = matches.get(hit.conversationKey)
      const latest = known && byTime(known.latest, hit) < 0 ? known.latest : hit
      matches.set(hit.conversationKey, { latest, matchCount: (known?.matchCount ?? 0) + 1 })
    }
  }
  const hits = newest(
    [...matches.values()].map(({ latest }) => latest),
    wanted.count,
  )
  const reading = new Reading(scope, wanted)
  const found = await reading.found(hits)
  const rows = hits.flatMap(({ conversationKey }) => reading.conversation(conversationKey) ?? [])
  const conversations = await failingAsDatabase(() => withLatest(scope.database, rows))
  query.signal?.throwIfAborted()
  const messages = new Map(found.map((one) => [one.message.messageId, one]))
  return conversations.flatMap((conversation) => {
    const { latest, matchCount } = matches.get(conversation.conversationKey)!
    const message = messages.get(latest.messageId)
    return message ? [{ conversation, matchCount, latest: message }] : []
  })
}

async function* steps(
  scope: Scope,
  wanted: Wanted,
  signal: AbortSignal | undefined,
): AsyncGenerator<Step> {
  signal?.throwIfAborted()
  const walking = walk(scope, wanted)
  for (;;) {
    const step = await failingAsDatabase(() => walking.next())
    signal?.throwIfAborted()
    if (step.done) return
    yield step.value
  }
}

/** Reads what is given out. What has changed since its block was read is not. */
class Reading {
  readonly #scope: Scope
  readonly #wanted: Wanted
  readonly #conversations = new Map<string, ConversationRow>()

  constructor(scope: Scope, wanted: Wanted) {
    this.#scope = scope
    this.#wanted = wanted
  }

  conversation(key: string): ConversationRow | undefined {
    return this.#conversations.get(key)
  }

  async found(hits: readonly Hit[]): Promise<FoundMessage[]> {
    const { messages, conversations } = this.#scope.database
    const keys = [...new Set(hits.map(({ conversationKey }) => conversationKey))]
    const unknown = keys.filter((key) => !this.#conversations.has(key))
    const [rows, conversationRows] = await failingAsDatabase(() =>
      Promise.all([
        messages.bulkGet(hits.map(({ messageId }) => messageId)),
        conversations.bulkGet(unknown),
      ]),
    )
    for (const row of conversationRows) if (row) this.#conversations.set(row.conversationKey, row)
    return rows.flatMap((row) => (row ? this.#foundIn(row) : []))
  }

  #foundIn(row: MessageRow): FoundMessage[] {
    const { messageTypes } = this.#scope
    const { keyword } = this.#wanted
    const message = toMessage(row, this.#conversations.get(row.conversationKey))
    if (!keyword) return isSearched(row.messageType, messageTypes) ? [{ message }] : []
    const match = matchIn(row, keyword, messageTypes)
    return match ? [{ message, match }] : []
  }
}

/** What a host's callback throws does not end a search. */
function tell(
  scope: Scope,
  onFound: NonNullable<MessageQuery['onFound']>,
  found: readonly FoundMessage[],
): void {
  try {
    if (found.length) onFound(found)
  } catch (error) {
    scope.report(error, 'telling what was found')
  }
}

function newest(hits: Hit[], count: number): Hit[] {
  return hits.sort(byTime).slice(0, count)
}

/** Newest first; of one time, the one that came last. */
function byTime(one: Hit, other: Hit): number {
  return other.sentTime - one.sentTime || other.messageId - one.messageId
}

async function failingAsDatabase<Result>(read: () => PromiseLike<Result>): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    throw databaseError(error)
  }
}
