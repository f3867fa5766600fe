/**
 * Operations: messages that are not shown but change another message or the state of the
 * conversation. They travel like any message; the core folds them.
 */
import type { ContentUser, MessageContent } from './content.js'
import type { MessageReference } from './message.js'

/** Takes a message back for everyone. */
export interface RecallContent extends MessageContent, MessageReference {
  sentTime: number
  /** The recaller is not the author but may recall (owner of the group). */
  isAdmin: boolean
  /** true: the message vanishes; false: a grey line stays in its place. */
  isDelete: boolean
  user?: ContentUser
  /** Its place, where that is all the backend knows of the message; `messageUId` is empty then. */
  order?: string
}

/** Changes the key/value state of a message. */
export interface ExpansionContent extends MessageContent, MessageReference {
  put?: Record<string, string>
  remove?: string[]
}

/** Gives a message another content of the same type. Only its author may. */
export interface EditContent extends MessageContent, MessageReference {
  content: MessageContent
}

/** All that its sender has to say to a message by way of emoji: replaces what they said before. */
export interface ReactionContent extends MessageContent, MessageReference {
  reactions: string[]
}

/** "I have read your messages up to here." A watermark, private conversations only. */
export interface ReadReceiptContent extends MessageContent {
  lastMessageSendTime: number
  messageUId: string
  type: 1
}

/** "Who of the group has read this?" for a message that did not ask when it was sent. */
export interface ReceiptRequestContent extends MessageContent, MessageReference {}

/** "I have read these", keyed by who wrote them. */
export interface ReceiptResponseContent extends MessageContent {
  receiptMessageDic: Record<string, string[]>
}

/** Removes messages for this user only, on all their devices. `audience: 'self'`. */
export interface DeleteForMeContent extends MessageContent {
  messages?: MessageReference[]
  /** Everything up to this order token goes too (clear history). */
  before?: string
}

/** What the other side is composing: `typingContentType` is an object name. Status message. */
export interface TypingContent extends MessageContent {
  typingContentType: string
}
