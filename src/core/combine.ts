/** Several messages as one, to be forwarded merged. */
import type { CombineContent, CombinedMessage } from '../model/content.js'
import { invalidParameter } from '../model/errors.js'
import { MessageType, type BaseMessage } from '../model/message-types.js'
import type { Message } from '../model/message.js'

export interface CombineOptions {
  title?: string
  /** The name shown for a sender. */
  nameOf?: (userId: string) => string
  /** One line of text for a message. */
  digestOf?: (message: Message) => string
}

/** Lines of the summary a card shows. */
const summaryLength = 4

/** @throws IMError 33003 without messages */
export function combine(
  messages: readonly Message[],
  options: CombineOptions = {},
): BaseMessage<CombineContent> {
  const first = messages[0]
  if (!first) throw invalidParameter('Choose at least one message to forward.')
  const { nameOf = (id: string) => id, digestOf = () => '' } = options
  const msgList = messages.map((message): CombinedMessage => ({
    fromUserId: message.senderUserId,
    fromUserName: nameOf(message.senderUserId),
    targetId: message.targetId,
    timestamp: message.sentTime,
    objectName: message.messageType,
    content: message.content,
  }))
  const content: CombineContent = {
    conversationType: first.conversationType,
    nameList: [...new Set(msgList.map((message) => message.fromUserName))],
    summaryList: messages
      .slice(0, summaryLength)
      .map((message) => `${nameOf(message.senderUserId)}: ${digestOf(message)}`),
    msgList,
    msgNum: msgList.length,
  }
  if (options.title !== undefined) content.title = options.title
  return {
    messageType: MessageType.COMBINE,
    content,
    isPersisted: true,
    isCounted: true,
    isStatusMessage: false,
  }
}
