/**
 * Names of archives, and a message as one of its readers sees it. Both sides of a private
 * conversation call it by the other's id; its archive is one.
 */
import { ConversationType, type ConversationId } from '../../model/conversation.js'
import { ErrorCode, IMError, invalidParameter } from '../../model/errors.js'
import type { ArchivedMessage, MessageReference } from '../../model/message.js'
import type { LogEntry } from './service-database.js'

/**
 * The archive of a conversation as `userId` names it.
 * @throws IMError 34201 for a type the local service has no archives for, 33003 for a channel
 */
export function archiveOf(userId: string, conversation: ConversationId): string {
  const { conversationType, targetId, channelId } = conversation
  if (typeof targetId !== 'string' || targetId === '') {
    throw invalidParameter('A conversation needs a `targetId`.')
  }
  if (channelId) throw invalidParameter('Only super groups have channels: leave `channelId` out.')
  switch (conversationType) {
    case ConversationType.PRIVATE:
      return JSON.stringify([conversationType, ...[userId, targetId].sort()])
    case ConversationType.GROUP:
      return groupArchive(targetId)
    case ConversationType.SYSTEM:
      return JSON.stringify([conversationType, userId, targetId])
    default:
      throw new IMError(
        ErrorCode.CONVERSATION_TYPE_NOT_SUPPORT,
        `The local service has private, group and system conversations, not type ${conversationType}.`,
      )
  }
}

export function groupArchive(groupId: string): string {
  return JSON.stringify([ConversationType.GROUP, groupId])
}

/** What an operation is found by that names a message of an archive. */
export function targetKey(archive: string, target: MessageReference): string {
  return JSON.stringify([archive, target.senderUserId, target.messageUId])
}

/** Order token of a place in the sequence: compares as a string as the numbers do. */
export function orderOf(seq: number): string {
  return String(seq).padStart(16, '0')
}

/** The way back from `orderOf`. @throws IMError 33003 for what is no token of ours */
export function seqOf(order: string): number {
  if (!/^\d{16}$/.test(order)) {
    throw invalidParameter(`"${order}" is no place in an archive: pass a message's \`order\`.`)
  }
  return Number(order)
}

/** A log entry as one of those who may see it gets it. */
export function seenBy(userId: string, { message, seq, sentTime }: LogEntry): ArchivedMessage {
  return { ...fromSideOf(userId, message), order: orderOf(seq), sentTime }
}

/** The other side of a private conversation calls it by the sender's id. */
export function fromSideOf<Message extends ConversationId & { senderUserId: string }>(
  userId: string,
  message: Message,
): Message {
  const isFromPeer =
    message.conversationType === ConversationType.PRIVATE && message.senderUserId !== userId
  return isFromPeer ? { ...message, targetId: message.senderUserId } : message
}
