/** Messages as clients send them, for tests that speak to a backend directly. */
import type { OutgoingMessage } from '../../src/backends/backend.js'
import type { MessageContent } from '../../src/model/content.js'
import { ConversationType, type ConversationId } from '../../src/model/conversation.js'
import { uuidv7 } from '../../src/model/identity.js'
import { MessageType } from '../../src/model/message-types.js'
import type { MessageReference } from '../../src/model/message.js'
import type { DeleteForMeContent, ExpansionContent } from '../../src/model/operations.js'

export const privateWith = (targetId: string): ConversationId => ({
  conversationType: ConversationType.PRIVATE,
  targetId,
})

export const inGroup = (targetId: string): ConversationId => ({
  conversationType: ConversationType.GROUP,
  targetId,
})

export const fromSystem = (targetId: string): ConversationId => ({
  conversationType: ConversationType.SYSTEM,
  targetId,
})

/** Kept and counted, from nobody yet: the backend says who sends. */
export function message(
  conversation: ConversationId,
  messageType: string,
  content: MessageContent,
  overrides: Partial<OutgoingMessage> = {},
): OutgoingMessage {
  return {
    ...conversation,
    messageUId: uuidv7(),
    messageType,
    content,
    senderUserId: '',
    isPersisted: true,
    isCounted: true,
    isStatusMessage: false,
    ...overrides,
  }
}

export function text(
  conversation: ConversationId,
  content: string,
  overrides: Partial<OutgoingMessage> = {},
): OutgoingMessage {
  return message(conversation, MessageType.TEXT, { content }, overrides)
}

export function typing(conversation: ConversationId): OutgoingMessage {
  return message(
    conversation,
    MessageType.TYPING,
    { typingContentType: MessageType.TEXT },
    { isPersisted: false, isCounted: false, isStatusMessage: true },
  )
}

function operation(
  conversation: ConversationId,
  messageType: string,
  content: MessageContent,
  overrides: Partial<OutgoingMessage> = {},
): OutgoingMessage {
  return message(conversation, messageType, content, { isCounted: false, ...overrides })
}

/** What an operation names: a message as a client has it. */
export interface Target extends MessageReference {
  sentTime?: number
}

export function recall(
  conversation: ConversationId,
  { messageUId, senderUserId, sentTime = 0 }: Target,
  content: { isAdmin?: boolean; isDelete?: boolean } = {},
): OutgoingMessage {
  return operation(conversation, MessageType.RECALL, {
    messageUId,
    senderUserId,
    sentTime,
    isAdmin: false,
    isDelete: false,
    ...content,
  })
}

export function expansion(
  conversation: ConversationId,
  { messageUId, senderUserId }: Target,
  change: Pick<ExpansionContent, 'put' | 'remove'>,
): OutgoingMessage {
  return operation(conversation, MessageType.EXPANSION, { messageUId, senderUserId, ...change })
}

export function edit(
  conversation: ConversationId,
  { messageUId, senderUserId }: Target,
  content: MessageContent,
): OutgoingMessage {
  return operation(conversation, MessageType.EDIT, { messageUId, senderUserId, content })
}

export function reaction(
  conversation: ConversationId,
  { messageUId, senderUserId }: Target,
  ...reactions: string[]
): OutgoingMessage {
  return operation(conversation, MessageType.REACTION, { messageUId, senderUserId, reactions })
}

export function readReceipt(
  conversation: ConversationId,
  { messageUId, sentTime = 0 }: Target,
): OutgoingMessage {
  return operation(conversation, MessageType.READ_RECEIPT, {
    messageUId,
    lastMessageSendTime: sentTime,
    type: 1,
  })
}

export function receiptRequest(
  conversation: ConversationId,
  { messageUId, senderUserId }: Target,
): OutgoingMessage {
  return operation(conversation, MessageType.READ_RECEIPT_REQUEST, { messageUId, senderUserId })
}

export function receiptResponse(
  conversation: ConversationId,
  receiptMessageDic: Record<string, string[]>,
): OutgoingMessage {
  return operation(conversation, MessageType.READ_RECEIPT_RESPONSE, { receiptMessageDic })
}

export function deleteForMe(
  conversation: ConversationId,
  content: DeleteForMeContent,
): OutgoingMessage {
  return operation(conversation, MessageType.DELETE_FOR_ME, content, { audience: 'self' })
}
