/** A message out of an archive, with the place it has there, and what it is to the others. */
import { ConversationType } from '../../model/conversation.js'
import { MessageType } from '../../model/message-types.js'
import { messageKey, type ArchivedMessage, type MessageReference } from '../../model/message.js'
import type { GroupNotificationData } from '../../model/content.js'
import type { EditContent, RecallContent } from '../../model/operations.js'
import { isOperation } from '../message-rules.js'
import { timeOf } from './archive-place.js'
import type { ArchivedDelivery } from './deliveries.js'
import { decode, type Remains } from './envelope.js'
import type { ForeignName } from './foreign-operations.js'
import { parsedJson } from './json-text.js'
import type { People } from './people.js'

export interface Received {
  message: ArchivedMessage
  /** What the archive calls it, where that says nothing of its place. */
  id?: string
  /** Of a recall: what it took away. */
  remains?: Remains
  /** Of an operation of another client: what it is about, as far as it says so. */
  names?: ForeignName
  /** Of a notice that may be believed: with it this user came into the group. */
  isEntry?: boolean
}

export function receivedFrom(people: People, delivery: ArchivedDelivery): Received | undefined {
  const { message, order, id } = delivery
  const carried = decode(people, message)
  if (!carried) return undefined
  const { envelope, ...rest } = carried
  // A room gives a place to everything, also to what it does not keep.
  if (!envelope.isPersisted) return undefined
  const place = { order, sentTime: timeOf(order) }
  return { message: { ...envelope, ...place }, ...rest, ...(id !== undefined && { id }) }
}

/** Those that are messages of ours, each once, however often the archive has it. */
export function allReceived(people: People, deliveries: readonly ArchivedDelivery[]): Received[] {
  return deliveries.flatMap((delivery) => receivedFrom(people, delivery) ?? [])
}

/** Whether it is a line of the conversation. */
export function isShown({ messageType, audience }: ArchivedMessage): boolean {
  return !isOperation(messageType) && audience !== 'self'
}

/** The message a recall takes away, if its sender may: authors may, and owners of groups by `isAdmin`. */
export function recalledBy(message: ArchivedMessage): MessageReference | undefined {
  if (message.messageType !== MessageType.RECALL) return undefined
  const { senderUserId, messageUId, isAdmin } = message.content as RecallContent
  const isAuthor = senderUserId === message.senderUserId
  const isOwner = isAdmin === true && message.conversationType === ConversationType.GROUP
  const isMeant =
    typeof senderUserId === 'string' && typeof messageUId === 'string' && messageUId !== ''
  return isMeant && (isAuthor || isOwner) ? { senderUserId, messageUId } : undefined
}

/** A message of which only the place is left. */
export function emptied({ message, remains }: Received): ArchivedMessage | undefined {
  const target = recalledBy(message)
  if (!target || !remains || remains.order >= message.order) return undefined
  const { conversationType, targetId } = message
  const { order, messageType } = remains
  return {
    conversationType,
    targetId,
    ...target,
    messageType,
    content: {},
    isPersisted: true,
    isCounted: false,
    isStatusMessage: false,
    isMentioned: false,
    order,
    sentTime: timeOf(order),
  }
}

/** A recalled message as it stays in its place; an edit of one, with what it is about. */
export function withoutContent(message: ArchivedMessage): ArchivedMessage {
  if (message.messageType === MessageType.EDIT) {
    const { messageUId, senderUserId } = message.content as EditContent
    return { ...message, content: { messageUId, senderUserId, content: {} } }
  }
  const { expansion, pushContent, pushData, pushConfig, ...kept } = message
  return { ...kept, content: {}, isCounted: false }
}

/** What is said in a conversation by one sender under one id is one message. */
export function nameOf({ targetId, conversationType, ...reference }: ArchivedMessage): string {
  return `${conversationType}/${targetId.length}/${targetId}/${messageKey(reference)}`
}

/** Whether a message tells of a change of its group. */
export function isNotice({ messageType, conversationType }: ArchivedMessage): boolean {
  return (
    messageType === MessageType.GROUP_NOTIFICATION && conversationType === ConversationType.GROUP
  )
}

/** What a notice tells about a group: whether this user is in it from then on. */
export function membershipAfter(message: ArchivedMessage, userId: string): boolean | undefined {
  if (!isNotice(message)) return undefined
  const { operation, targetUserIds } = toldBy(message)
  switch (operation) {
    case 'Dismiss':
      return false
    case 'Kicked':
      return !targetUserIds.includes(userId)
    case 'Quit':
      return message.senderUserId !== userId
    default:
      return true
  }
}

/** What stands in a notice, whoever wrote it. */
export function toldBy({ content }: ArchivedMessage): {
  operation: unknown
  operatorUserId: unknown
  targetUserIds: unknown[]
} {
  const { operation, operatorUserId, data } = content
  const told = parsedJson(String(data)) as Partial<GroupNotificationData> | undefined
  const targetUserIds: unknown[] = Array.isArray(told?.targetUserIds) ? told.targetUserIds : []
  return { operation, operatorUserId, targetUserIds }
}
