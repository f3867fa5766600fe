/**
 * Searches: goes through the blocks, keeps the newest that match, and reads their messages.
 *
 * This and what it imports are loaded later, and import nothing that is loaded at start: what both
 * had would be cut off into pieces of its own, and weigh more.
 */
import type { ServerSearchQuery } from '../backends/backend.js'
import type { Message } from '../model/message.js'
import type { ConversationBook } from './conversation-book.js'
import { hitsIn, isSearched, type Hit } from './message-search-blocks.js'
import { wantedBy, type Wanted } from './message-search-query.js'
import { matchIn } from './message-search-text.js'
import { walk, type Step } from './message-search-walk.js'
import type {
  ConversationQuery,
  FoundConversation,
  FoundMessage,
  MessageQuery,
  MessageSearchPage,
} from './message-search.js'
import type { MessageReader } from './message-reader.js'
import type { ingest } from './inbox.js'
import type { isRetryable } from '../model/errors.js'
import type { Scope } from './scope.js'
import { bringFound } from './server-search.js'

export { problemOf } from './message-search-query.js'

/** What a search needs of the user whose messages are searched. */
export interface Searched {
  scope: Scope
  reader: MessageReader
  conversations: ConversationBook
  ingest: typeof ingest
  isRetryable: typeof isRetryable
}

/** Pages a backend is asked for at most, where much of what it finds is nothing here. */
const mostPages = 5

/** What a backend is asked for where conversations are counted. */
const mostBrought = 50

/** As `MessageSearch.messages`, for a query without problems. */
export async function searchMessages(
  searched: Searched,
  query: MessageQuery,
  conversationKey: string | undefined,
): Promise<MessageSearchPage> {
  const { signal } = query
  signal?.throwIfAborted()
  const wanted = wantedBy(query, conversationKey)
  const { count } = wanted
  const news = new News(searched, query, wanted)
  const asked = serverQuery(query, wanted)
  let coming = bringFound(searched, asked)
  let page = await searchHere(searched, query, wanted, news)
  for (let pages = 1; ; pages += 1) {
    const brought = await coming
    signal?.throwIfAborted()
    if (brought?.isNews) page = await searchHere(searched, query, wanted, news)
    if (!brought?.next) return page
    // What the server has not told yet is not newer than the last it has told.
    const last = page.found.at(-1)?.message.sentTime ?? Infinity
    const isSettled = page.found.length === count && last > brought.reach
    if (isSettled || pages === mostPages) return { ...page, hasMore: page.found.length > 0 }
    coming = bringFound(searched, { ...asked, before: brought.next })
  }
}

/** In the database. */
async function searchHere(
  searched: Searched,
  { signal }: MessageQuery,
  wanted: Wanted,
  news: News,
): Promise<MessageSearchPage> {
  const { count } = wanted
  let best: Hit[] = []
  for await (const { blocks, ceiling } of steps(searched, wanted, signal)) {
    // One more than asked for tells whether there are more.
    best = newest([...best, ...blocks.flatMap((block) => hitsIn(block, wanted))], count + 1)
    if (best.length > count && best[count]!.sentTime > ceiling) break
    await news.tell(best.slice(0, count))
  }
  const page = best.slice(0, count)
  const found = await read(searched, page, wanted)
  signal?.throwIfAborted()
  await news.tell(page, found)
  return { found, hasMore: best.length > count }
}

/** The best results so far, for a host that wants to know; each state of them once. */
class News {
  #told = ''

  constructor(
    private readonly searched: Searched,
    private readonly query: MessageQuery,
    private readonly wanted: Wanted,
  ) {}

  /** @param found what the hits are, if that has been read */
  async tell(page: readonly Hit[], found?: readonly FoundMessage[]): Promise<void> {
    const { onFound, signal } = this.query
    const ids = page.map(({ messageId }) => messageId).join()
    if (!onFound || ids === this.#told) return
    this.#told = ids
    tell(this.searched.scope, onFound, found ?? (await read(this.searched, page, this.wanted)))
    signal?.throwIfAborted()
  }
}

/** What a backend is asked for. */
function serverQuery(query: Omit<MessageQuery, 'before'>, wanted: Wanted): ServerSearchQuery {
  const { conversation, senderUserIds, messageTypes } = query
  const { keyword, from, to, count } = wanted
  return {
    ...(keyword && { keyword }),
    ...(conversation && { conversation }),
    ...(senderUserIds && { senderUserIds }),
    ...(messageTypes && { messageTypes }),
    ...(Number.isFinite(from) && { from }),
    ...(Number.isFinite(to) && { to }),
    count,
  }
}

/** As `MessageSearch.conversations`, for a query without problems. */
export async function searchConversations(
  searched: Searched,
  query: ConversationQuery,
): Promise<FoundConversation[]> {
  const { signal } = query
  signal?.throwIfAborted()
  const wanted = wantedBy(query, undefined)
  await bringFound(searched, { ...serverQuery(query, wanted), count: mostBrought })
  const counts = new Map<string, { latest: Hit; matchCount: number }>()
  for await (const { blocks } of steps(searched, wanted, signal)) {
    for (const hit of blocks.flatMap((block) => hitsIn(block, wanted))) {
      const known = counts.get(hit.conversationKey)
      const latest = known && byTime(known.latest, hit) < 0 ? known.latest : hit
      counts.set(hit.conversationKey, { latest, matchCount: (known?.matchCount ?? 0) + 1 })
    }
  }
  const hits = newest(
    [...counts.values()].map(({ latest }) => latest),
    wanted.count,
  )
  const found = await read(searched, hits, wanted)
  const conversations = await Promise.all(
    found.map(async (latest): Promise<FoundConversation> => {
      const conversation = await searched.conversations.get(latest.message)
      const { matchCount } = counts.get(conversation.conversationKey)!
      return { conversation, matchCount, latest }
    }),
  )
  signal?.throwIfAborted()
  return conversations
}

async function* steps(
  { scope }: Searched,
  wanted: Wanted,
  signal: AbortSignal | undefined,
): AsyncGenerator<Step> {
  signal?.throwIfAborted()
  for await (const step of walk(scope, wanted)) {
    signal?.throwIfAborted()
    yield step
  }
}

/** The messages of hits. What has changed since its block was read is left out. */
async function read(
  { scope, reader }: Searched,
  hits: readonly Hit[],
  { keyword }: Wanted,
): Promise<FoundMessage[]> {
  const { messageTypes } = scope
  const foundIn = (message: Message): FoundMessage[] => {
    if (!keyword) return isSearched(message.messageType, messageTypes) ? [{ message }] : []
    const match = matchIn(message, keyword, messageTypes)
    return match ? [{ message, match }] : []
  }
  const messages = await reader.byId(hits.map(({ messageId }) => messageId))
  return messages.flatMap(foundIn)
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
