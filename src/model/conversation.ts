/** What a conversation is and how it is told from every other one. */

/** Numbers are the documents': they travel in messages and stand in hosts' code. */
export enum ConversationType {
  PRIVATE = 1,
  DISCUSSION = 2,
  GROUP = 3,
  CHATROOM = 4,
  CUSTOMER_SERVICE = 5,
  SYSTEM = 6,
  APP_PUBLIC_SERVICE = 7,
  PUBLIC_SERVICE = 8,
  ULTRA_GROUP = 10,
  RTC_ROOM = 12,
}

/**
 * The identity of a conversation. `targetId` is the other user's id in private conversations
 * (also on messages they sent), the group's id in groups. `channelId` is used by super groups.
 */
export interface ConversationId {
  conversationType: ConversationType
  targetId: string
  channelId?: string
}

/** Who is told about new messages. Values are the documents'; 3 is unused there. */
export enum NotificationLevel {
  ALL_MESSAGE = -1,
  NOT_SET = 0,
  AT_MESSAGE_NOTIFICATION = 1,
  AT_USER_NOTIFICATION = 2,
  AT_GROUP_ALL_USER_NOTIFICATION = 4,
  NOT_MESSAGE_NOTIFICATION = 5,
}

/** The original's two-state switch. OPEN means that do-not-disturb is on: the conversation is muted. */
export enum NotificationStatus {
  OPEN = 1,
  CLOSE = 2,
}

/** How far a user has read: everything up to and including this place in the archive. */
export interface ReadPosition {
  order: string
  sentTime: number
  messageUId?: string
}

/** What is being written and not sent, the same on all the user's devices. */
export interface Draft {
  text: string
  /** People named in the text, so that the mentions are still mentions when it is sent. */
  mentions?: { id: string; name: string }[]
  /** The message that is being quoted. */
  reference?: { messageUId: string; senderUserId: string }
}

/** For what comes from another device or an older version of the page. */
export function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false
  const { text, mentions, reference } = value as Partial<Draft>
  const hasMentions = mentions === undefined || Array.isArray(mentions)
  const hasReference = reference === undefined || typeof reference?.messageUId === 'string'
  return typeof text === 'string' && hasMentions && hasReference
}

/** A level above 0 keeps at least some messages quiet: such a conversation counts as muted. */
export function isMuted(level: NotificationLevel): boolean {
  return level > NotificationLevel.NOT_SET
}

const escapeSeparator = (part: string): string =>
  part.replace(/[%/]/g, (character) => (character === '%' ? '%25' : '%2F'))

const unescapeSeparator = (part: string): string => part.replace(/%2F/g, '/').replace(/%25/g, '%')

/** One string for one conversation: a database key, a Map key. */
export function conversationKey(conversation: ConversationId): string {
  const { conversationType, targetId, channelId } = conversation
  return `${conversationType}/${escapeSeparator(targetId)}/${escapeSeparator(channelId ?? '')}`
}

/** The way back from `conversationKey`. */
export function conversationOfKey(key: string): ConversationId {
  const [type = '', target = '', channel = ''] = key.split('/')
  const conversation: ConversationId = {
    conversationType: Number(type),
    targetId: unescapeSeparator(target),
  }
  if (channel) conversation.channelId = unescapeSeparator(channel)
  return conversation
}

export function isSameConversation(
  one: ConversationId | undefined,
  other: ConversationId | undefined,
): boolean {
  if (!one || !other) return one === other
  return conversationKey(one) === conversationKey(other)
}

/** Only the identity of something that carries more. */
export function conversationIdOf(conversation: ConversationId): ConversationId {
  const { conversationType, targetId, channelId } = conversation
  return channelId ? { conversationType, targetId, channelId } : { conversationType, targetId }
}
