/** Messages as the database gives them, for tests of what is done with them. */
import { ConversationType } from '../../src/model/conversation.js'
import { MessageType } from '../../src/model/message-types.js'
import {
  MessageDirection,
  ReceivedStatus,
  SentStatus,
  type Message,
} from '../../src/model/message.js'

let made = 0

/** A text from Bob to Alice, received; with whatever is to be different. */
export function aMessage(different: Partial<Message> = {}): Message {
  made += 1
  const sentTime = different.sentTime ?? 1_700_000_000_000 + made * 1000
  return {
    conversationType: ConversationType.PRIVATE,
    targetId: 'bob',
    messageId: made,
    messageUId: `message-${made}`,
    messageType: MessageType.TEXT,
    content: { content: `Message ${made}` },
    senderUserId: 'bob',
    sentTime,
    receivedTime: sentTime,
    order: String(sentTime).padStart(16, '0'),
    messageDirection: MessageDirection.RECEIVE,
    sentStatus: SentStatus.RECEIVED,
    receivedStatus: ReceivedStatus.UNREAD,
    isOffLineMessage: false,
    isPersisted: true,
    isCounted: true,
    isStatusMessage: false,
    ...different,
  }
}

/** The same from Alice, whose list it is. */
export function anOwnMessage(different: Partial<Message> = {}): Message {
  return aMessage({
    senderUserId: 'alice',
    messageDirection: MessageDirection.SEND,
    sentStatus: SentStatus.SENT,
    ...different,
  })
}
