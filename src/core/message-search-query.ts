/** Turns what a caller asks for into what is compared, and refuses what can't be searched. */
import { conversationKey } from '../model/conversation.js'
import { invalidParameter } from '../model/errors.js'
import { limits } from '../model/limits.js'
import { checkConversation } from './envelope.js'
import type { ConversationQuery, MessageQuery } from './message-search.js'
import { folded } from './message-search-text.js'

/** What a message must be to be found. */
export interface Wanted {
  /** Folded; empty: any text. */
  keyword: string
  conversationKey: string | undefined
  conversationTypes: ReadonlySet<number> | undefined
  senders: ReadonlySet<string> | undefined
  types: ReadonlySet<string> | undefined
  from: number
  to: number
  before: MessageQuery['before']
  count: number
}

/** @throws IMError 33003 */
export function checkedQuery(query: MessageQuery & ConversationQuery): Wanted {
  if (typeof query !== 'object' || query === null) {
    throw invalidParameter('A search takes an object, such as { keyword: "lunch" }.')
  }
  const { keyword = '', conversation, from = -Infinity, to = Infinity, before } = query
  const { min, max, default: usual } = limits.searchCount
  const { count = usual } = query
  if (typeof keyword !== 'string') throw invalidParameter('The keyword must be a text.')
  if (conversation) checkConversation(conversation)
  if (!Number.isInteger(count) || count < min || count > max) {
    throw invalidParameter(`The count of a search is a whole number from ${min} to ${max}.`)
  }
  if (!isTime(from) || !isTime(to) || from > to) {
    throw invalidParameter(
      'from and to are times in Unix milliseconds, and from is not the later one.',
    )
  }
  if (before && !(Number.isFinite(before.sentTime) && Number.isFinite(before.messageId))) {
    throw invalidParameter('before is the last message of the page before.')
  }
  const wanted: Wanted = {
    keyword: folded(keyword).trim(),
    conversationKey: conversation && conversationKey(conversation),
    conversationTypes: setOf('conversationTypes', query.conversationTypes, 'number'),
    senders: setOf('senderUserIds', query.senderUserIds, 'string'),
    types: setOf('messageTypes', query.messageTypes, 'string'),
    from,
    to: Math.min(to, before?.sentTime ?? Infinity),
    before,
    count,
  }
  if (!wanted.keyword && !wanted.senders && !wanted.types) {
    throw invalidParameter(
      'A search needs a keyword that is not blank, senderUserIds or messageTypes.',
    )
  }
  return wanted
}

function isTime(value: unknown): boolean {
  return typeof value === 'number' && !Number.isNaN(value)
}

function setOf<Value>(
  name: string,
  values: readonly Value[] | undefined,
  type: 'string' | 'number',
): ReadonlySet<Value> | undefined {
  if (values === undefined) return undefined
  if (!Array.isArray(values) || !values.length || values.some((value) => typeof value !== type)) {
    throw invalidParameter(`${name} is a list of ${type}s that is not empty, or left out.`)
  }
  return new Set(values)
}
