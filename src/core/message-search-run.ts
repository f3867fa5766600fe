/**
 * Searches: goes through the blocks, keeps the newest that match, and reads their messages.
 *
 * This and what it imports are loaded later, and import nothing that is loaded at start: what both
 * had would be cut off into pieces of its own, and weigh more.
 */
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
import type { Scope } from './scope.js'

export { problemOf } from './message-search-query.js'

/** What a search needs of the user whose messages are searched. */
export interface Searched {
  scope: Scope
  reader: MessageReader
  conversations: ConversationBook
}

/** As `MessageSearch.messages`, for a query without problems. */
export async function searchMessages(
  searched: Searched,
  query: MessageQuery,
  conversationKey: string | undefined,
): Promise<MessageSearchPage> {
  const { onFound, signal } = query
  const wanted = wantedBy(query, conversationKey)
  const { count } = wanted
  let best: Hit[] = []
  let told = ''
  for await (const { blocks, ceiling } of steps(searched, wanted, signal)) {
    // One more than asked for tells whether there are more.
    best = newest([...best, ...blocks.flatMap((block) => hitsIn(block, wanted))], count + 1)
    if (best.length > count && best[count]!.sentTime > ceiling) break
    const page = best.slice(0, count)
    const ids = page.map(({ messageId }) => messageId).join()
    if (!onFound || ids === told) continue
    told = ids
    tell(searched.scope, onFound, await read(searched, page, wanted))
    signal?.throwIfAborted()
  }
  const page = best.slice(0, count)
  const found = await read(searched, page, wanted)
  signal?.throwIfAborted()
  const isNews = page.map(({ messageId }) => messageId).join() !== told
  if (onFound && isNews) tell(searched.scope, onFound, found)
  return { found, hasMore: best.length > count }
}

/** As `MessageSearch.conversations`, for a query without problems. */
export async function searchConversations(
  searched: Searched,
  query: ConversationQuery,
): Promise<FoundConversation[]> {
  const { signal } = query
  const wanted = wantedBy(query, undefined)
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
