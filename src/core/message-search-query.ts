/** Turns what a caller asks for into what is compared, and says what can't be searched. */
import type { ConversationQuery, MessageQuery } from './message-search.js'
import { folded } from './message-search-text.js'

/** Results of a search, as the documents have it. */
const counts = { most: 50, usual: 20 }

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

/** What is wrong with a query, as a sentence that says how it is right; undefined if nothing is. */
export function problemOf(query: MessageQuery & ConversationQuery): string | undefined {
  const { keyword = '', from = -Infinity, to = Infinity, count = counts.usual, before } = query
  if (typeof keyword !== 'string') return 'The keyword must be a text.'
  if (!Number.isInteger(count) || count < 1 || count > counts.most) {
    return `The count of a search is a whole number from 1 to ${counts.most}.`
  }
  if (!isTime(from) || !isTime(to) || from > to) {
    return 'from and to are times in Unix milliseconds, and from is not the later one.'
  }
  if (before && !(Number.isFinite(before.sentTime) && Number.isFinite(before.messageId))) {
    return 'before is the last message of the page before.'
  }
  const { conversationTypes, senderUserIds, messageTypes } = query
  if (!isList(conversationTypes, 'number')) return problemOfList('conversationTypes', 'numbers')
  if (!isList(senderUserIds, 'string')) return problemOfList('senderUserIds', 'ids')
  if (!isList(messageTypes, 'string')) return problemOfList('messageTypes', 'names')
  if (folded(keyword).trim() || senderUserIds || messageTypes) return undefined
  return 'A search needs a keyword that is not blank, senderUserIds or messageTypes.'
}

/** @param conversationKey of the one conversation that is searched, if it is one */
export function wantedBy(
  query: MessageQuery & ConversationQuery,
  conversationKey: string | undefined,
): Wanted {
  const { keyword = '', from = -Infinity, to = Infinity, count = counts.usual, before } = query
  const { conversationTypes, senderUserIds, messageTypes } = query
  return {
    keyword: folded(keyword).trim(),
    conversationKey,
    conversationTypes: conversationTypes && new Set(conversationTypes),
    senders: senderUserIds && new Set(senderUserIds),
    types: messageTypes && new Set(messageTypes),
    from,
    to: Math.min(to, before?.sentTime ?? Infinity),
    before,
    count,
  }
}

function isTime(value: unknown): boolean {
  return typeof value === 'number' && !Number.isNaN(value)
}

function isList(values: unknown, type: 'string' | 'number'): boolean {
  if (values === undefined) return true
  return Array.isArray(values) && values.length > 0 && values.every((one) => typeof one === type)
}

function problemOfList(name: string, what: string): string {
  return `${name} is a list of ${what} that is not empty, or left out.`
}
