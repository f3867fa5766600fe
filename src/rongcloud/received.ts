/** Messages and conversations in the shape the original hands out. */
import type { StatusMessage } from '../backends/backend.js'
import type { Conversation } from '../core/conversation.js'
import type { ConversationId } from '../model/conversation.js'
import {
  MessageDirection,
  ReceivedStatus,
  SentStatus,
  type Message,
  type ReadReceiptInfo,
} from '../model/message.js'

export type IConversationOption = ConversationId

/** Who has read a group message that asked for it. */
export interface IReadReceiptInfo extends ReadReceiptInfo {
  /** Those who have read it, the earliest first. */
  readerList: { userId: string; readTime: number }[]
  readCount: number
}

export interface IAReceivedMessage extends Omit<Message, 'expansion' | 'readReceiptInfo'> {
  /** Empty outside super groups. */
  channelId: string
  /** `isPersisted`, as the original spells it. */
  isPersited: boolean
  /** `isOffLineMessage`, as the documents spell it. */
  isOfflineMessage: boolean
  canIncludeExpansion: boolean
  /** null: the message has none. */
  expansion: Record<string, string> | null
  readReceiptInfo?: IReadReceiptInfo
}

export interface IAReceivedConversation extends Omit<Conversation, 'latestMessage'> {
  /** Empty outside super groups. */
  channelId: string
  /** null: there is no message, or it was deleted. */
  latestMessage: IAReceivedMessage | null
}

export function toReceivedMessage(message: Message): IAReceivedMessage {
  const { readReceiptInfo, ...rest } = message
  const received: IAReceivedMessage = {
    ...rest,
    channelId: message.channelId ?? '',
    isPersited: message.isPersisted,
    isOfflineMessage: message.isOffLineMessage,
    canIncludeExpansion: message.canIncludeExpansion === true,
    expansion: message.expansion ?? null,
  }
  if (readReceiptInfo) received.readReceiptInfo = withReaderList(readReceiptInfo)
  return received
}

/** What came and is not kept, such as a command: a message without a number and a place. */
export function toUnkeptMessage(message: StatusMessage, userId: string): IAReceivedMessage {
  const isOwn = message.senderUserId === userId
  return toReceivedMessage({
    ...message,
    messageId: 0,
    order: '',
    receivedTime: message.sentTime,
    messageDirection: isOwn ? MessageDirection.SEND : MessageDirection.RECEIVE,
    sentStatus: isOwn ? SentStatus.SENT : SentStatus.RECEIVED,
    receivedStatus: ReceivedStatus.UNREAD,
    isOffLineMessage: false,
  })
}

export function toReceivedConversation(conversation: Conversation): IAReceivedConversation {
  const { latestMessage } = conversation
  return {
    ...conversation,
    channelId: conversation.channelId ?? '',
    latestMessage: latestMessage && toReceivedMessage(latestMessage),
  }
}

/** A conversation's identity as it stands in events. */
export function toConversationOption(conversation: ConversationId): Required<IConversationOption> {
  const { conversationType, targetId, channelId = '' } = conversation
  return { conversationType, targetId, channelId }
}

function withReaderList(info: ReadReceiptInfo): IReadReceiptInfo {
  const readerList = Object.entries(info.readers)
    .map(([userId, readTime]) => ({ userId, readTime }))
    .sort((one, other) => one.readTime - other.readTime)
  return { ...info, readerList, readCount: readerList.length }
}
