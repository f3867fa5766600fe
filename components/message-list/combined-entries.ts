/** The messages inside a combined one, in the shape of any other message. */
import type { CombineContent, MessageContent } from '../../src/model/content.js'
import { ConversationType } from '../../src/model/conversation.js'
import {
  MessageDirection,
  ReceivedStatus,
  SentStatus,
  type Message,
} from '../../src/model/message.js'
import { amountOf, textOf } from './content-fields.js'

/** A message of a combined one, with the name its sender had there. */
export interface CombinedEntry {
  name: string
  message: Message
}

/** Whatever is no message is left out. */
export function combinedEntries(content: CombineContent): CombinedEntry[] {
  const list: unknown = content.msgList
  return Array.isArray(list) ? list.flatMap(entryOf) : []
}

function entryOf(value: unknown, index: number): CombinedEntry[] {
  if (typeof value !== 'object' || value === null) return []
  const { fromUserId, fromUserName, targetId, timestamp, objectName, content } = value as Record<
    string,
    unknown
  >
  const senderUserId = textOf(fromUserId)
  const sentTime = Math.min(amountOf(timestamp) ?? 0, latestTime)
  const message: Message = {
    conversationType: ConversationType.PRIVATE,
    targetId: textOf(targetId),
    messageId: 0,
    messageUId: `combined/${index}`,
    messageType: textOf(objectName),
    content: typeof content === 'object' && content !== null ? (content as MessageContent) : {},
    senderUserId,
    sentTime,
    receivedTime: sentTime,
    order: '',
    messageDirection: MessageDirection.RECEIVE,
    sentStatus: SentStatus.SENT,
    receivedStatus: ReceivedStatus.READ,
    isOffLineMessage: false,
    isPersisted: true,
    isCounted: true,
    isStatusMessage: false,
  }
  return [{ name: textOf(fromUserName) || senderUserId, message }]
}

/** The greatest time there is; beyond it a Date throws when it is written. */
const latestTime = 8.64e15
