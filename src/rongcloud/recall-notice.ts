/** What stands in the place of a message that was taken back. */
import type { IMClient } from '../core/client.js'
import { MessageType } from '../model/message-types.js'
import type { Message } from '../model/message.js'

/** The line in a recalled message's place; made up for one that vanished without leaving any. */
export function recallNotice(client: IMClient, message: Message): Message {
  if (message.messageType === MessageType.RECALL_NOTIFICATION) return message
  const { expansion: _expansion, readReceiptInfo: _receipts, ...rest } = message
  return {
    ...rest,
    messageType: MessageType.RECALL_NOTIFICATION,
    content: {
      operatorId: message.senderUserId,
      recallTime: message.sentTime,
      originalObjectName: message.messageType,
      recallActionTime: client.serverTime(),
      admin: false,
      delete: true,
    },
    isCounted: false,
    isMentioned: false,
    canIncludeExpansion: false,
  }
}
