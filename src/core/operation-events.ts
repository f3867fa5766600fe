/** What a host is told of an operation besides the change in the database. Pure. */
import { conversationIdOf, ConversationType } from '../model/conversation.js'
import { areReactions } from '../model/limits.js'
import { MessageType } from '../model/message-types.js'
import type { ArchivedMessage } from '../model/message.js'
import type { ClientEvent } from './client-events.js'
import { targetsOf } from './fold.js'

/**
 * The events of an operation. Recalls and edits are not among them: those are told once they are folded.
 * @param viewer whose client this is
 */
export function eventsOf(operation: ArchivedMessage, viewer: string): ClientEvent[] {
  const conversation = conversationIdOf(operation)
  const { content, messageType, senderUserId } = operation
  const messageUId = String(content.messageUId ?? '')
  switch (messageType) {
    case MessageType.READ_RECEIPT: {
      const sentTime: unknown = content.lastMessageSendTime
      if (conversation.conversationType !== ConversationType.PRIVATE || !isTime(sentTime)) return []
      return [['readReceipt', { conversation, messageUId, sentTime, sendUserId: senderUserId }]]
    }
    case MessageType.EXPANSION: {
      const { put, remove } = content
      return [['expansion', { conversation, messageUId, put, remove }]]
    }
    case MessageType.REACTION: {
      const { reactions } = content
      if (!areReactions(reactions)) return []
      return [['reaction', { conversation, messageUId, senderUserId, reactions }]]
    }
    case MessageType.READ_RECEIPT_REQUEST:
      if (senderUserId === viewer) return []
      return [['receiptRequest', { conversation, messageUId, senderUserId }]]
    case MessageType.READ_RECEIPT_RESPONSE: {
      const own = targetsOf(operation).filter((target) => target.senderUserId === viewer)
      if (senderUserId === viewer || !own.length) return []
      const messageUIdList = own.map((target) => target.messageUId)
      return [['receiptResponse', { conversation, receivedUserId: senderUserId, messageUIdList }]]
    }
    default:
      return []
  }
}

function isTime(value: unknown): value is number {
  return Number.isFinite(value)
}
