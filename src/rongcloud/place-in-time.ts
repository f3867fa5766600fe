/** The original pages by time; archives are ordered by tokens. The way from one to the other. */
import type { MessagePage, MessageReader } from '../core/message-reader.js'
import { conversationKey, type ConversationId } from '../model/conversation.js'
import { limits } from '../model/limits.js'
import { isUnsent, type Message } from '../model/message.js'
import { orderAtTime } from '../store/order-at-time.js'

/**
 * First and last message of the page that was read last, by conversation: whoever pages on names
 * the time of one of them. It saves the search, and nothing between messages of one millisecond is
 * lost.
 */
const ends = new WeakMap<MessageReader, Map<string, PageEnds>>()

interface PageEnds {
  first?: Message
  last?: Message
}

/** Messages older than a time, the newest `count` of them; 0: of all. */
export async function pageBefore(
  reader: MessageReader,
  conversation: ConversationId,
  sentTime: number,
  count: number,
): Promise<MessagePage> {
  const { first, last } = endsAt(reader, conversation, sentTime)
  const end = (first ?? last)?.order
  const before =
    end ?? (sentTime > 0 ? await orderAtTime(reader, conversation, sentTime) : undefined)
  const page = await reader.history(conversation, { before, count })
  rememberEnds(reader, conversation, page.messages)
  return page
}

/** Messages newer than a time, the oldest `count` of them. */
export async function pageAfter(
  reader: MessageReader,
  conversation: ConversationId,
  sentTime: number,
  count: number,
): Promise<MessagePage> {
  const { first, last } = endsAt(reader, conversation, sentTime)
  const end = last ?? first
  const page = end
    ? await reader.history(conversation, { after: end.order, count })
    : await pageFrom(reader, conversation, sentTime + 1, count)
  rememberEnds(reader, conversation, page.messages)
  return page
}

/** The place of the last message up to a time; undefined if there is none. */
export async function placeUpTo(
  reader: MessageReader,
  conversation: ConversationId,
  sentTime: number,
): Promise<string | undefined> {
  const before = await orderAtTime(reader, conversation, sentTime + 1)
  const count = limits.historyCount.max
  const { messages } = await reader.history(conversation, { before, count })
  return messages.findLast((message) => !isUnsent(message))?.order
}

/** Messages at a time and newer. */
async function pageFrom(
  reader: MessageReader,
  conversation: ConversationId,
  sentTime: number,
  count: number,
): Promise<MessagePage> {
  const place = await orderAtTime(reader, conversation, sentTime)
  if (place === undefined) return { messages: [], hasOlder: true, hasNewer: false }
  const [first] = (await reader.history(conversation, { around: place, count: 1 })).messages
  const rest = await reader.history(conversation, { after: place, count })
  const messages = first ? [first, ...rest.messages] : rest.messages
  const isCut = messages.length > count
  return { ...rest, messages: messages.slice(0, count), hasNewer: isCut || rest.hasNewer }
}

function rememberEnds(
  reader: MessageReader,
  conversation: ConversationId,
  page: readonly Message[],
): void {
  const known = ends.get(reader) ?? new Map<string, PageEnds>()
  const archived = page.filter((message) => !isUnsent(message))
  const pageEnds = { first: archived[0], last: archived.at(-1) }
  ends.set(reader, known.set(conversationKey(conversation), pageEnds))
}

function endsAt(reader: MessageReader, conversation: ConversationId, sentTime: number): PageEnds {
  const { first, last } = ends.get(reader)?.get(conversationKey(conversation)) ?? {}
  return {
    ...(first?.sentTime === sentTime ? { first } : {}),
    ...(last?.sentTime === sentTime ? { last } : {}),
  }
}
