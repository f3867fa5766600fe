/** What a page and its service worker tell each other of notifications, and how these are named. */
import { conversationIdOf, conversationKey, type ConversationId } from '../../model/conversation.js'

/** From the worker: somebody has clicked on a notification of this conversation. */
export interface Chosen {
  imkit: 'chosen'
  conversation: ConversationId
  /** Whose notification it is; the server's have no name on them. */
  userId?: string
}

/** From a page: it can open conversations now, and was opened for one perhaps. */
export interface Ready {
  imkit: 'ready'
}

/** Goes with each notification. */
export interface NotificationData {
  imkit: Omit<Chosen, 'imkit'>
}

const tagStart = 'imkit/'

/** A newer one takes the place of an older one of the same conversation, whoever shows it. */
export function tagOf(conversation: ConversationId): string {
  return `${tagStart}${conversationKey(conversation)}`
}

export function isOurTag(tag: string): boolean {
  return tag.startsWith(tagStart)
}

export function dataOf(conversation: ConversationId, userId?: string): NotificationData {
  return { imkit: { conversation: conversationIdOf(conversation), ...(userId && { userId }) } }
}

/** What a message between the two is, if it is one of these. */
export function readAs<Kind extends Chosen | Ready>(
  kind: Kind['imkit'],
  data: unknown,
): Kind | undefined {
  return (data as Kind | undefined)?.imkit === kind ? (data as Kind) : undefined
}
