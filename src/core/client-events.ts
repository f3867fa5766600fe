/** What a client tells: the names and shapes of its events. */
import type { GroupChange, PresenceState, StatusMessage } from '../backends/backend.js'
import type { ConnectionStatus } from '../model/connection-status.js'
import type { ConversationId } from '../model/conversation.js'
import type { IMError } from '../model/errors.js'
import type { Message } from '../model/message.js'
import type { ChangeSet } from './changes.js'

export interface TypingUser {
  userId: string
  /** Unix milliseconds of their last keystroke known here. */
  timestamp: number
  /** Object name of what is being composed. */
  messageType: string
}

/** One event with what it tells. */
export type ClientEvent = {
  [Name in keyof IMClientEvents]: [Name, IMClientEvents[Name]]
}[keyof IMClientEvents]

export interface IMClientEvents {
  status: { status: ConnectionStatus; reason?: IMError }
  /** A user's database is open: lists can be drawn. */
  opened: { userId: string }
  /** The user is about to be logged out: what is not saved yet can be until this returns. */
  closing: { userId: string }
  /** The user has changed or left: everything of theirs is to be forgotten. */
  closed: { userId: string }
  /** Everything the user had stored on this device is gone. */
  cleared: { userId: string }
  /** The database changed, here or in another tab of this user. */
  change: ChangeSet
  /** Received, after it is stored; own messages of other devices too, never own sends of this client. */
  messages: { messages: Message[] }
  offlineMessagesPulled: undefined
  /** Messages up to `sentTime` have been read by `sendUserId` (oneself: on another device). */
  readReceipt: {
    conversation: ConversationId
    messageUId: string
    sentTime: number
    sendUserId: string
  }
  receiptRequest: { conversation: ConversationId; messageUId: string; senderUserId: string }
  receiptResponse: {
    conversation: ConversationId
    receivedUserId: string
    messageUIdList: string[]
  }
  /** The row is now a notice, or gone. `isOwn`: this client has taken it back, nobody else. */
  recalled: { message: Message; isOwn: boolean }
  /** Its author has given it another content. */
  modified: { message: Message }
  /** All that `senderUserId` now says to a message by way of emoji. */
  reaction: {
    conversation: ConversationId
    messageUId: string
    senderUserId: string
    reactions: string[]
  }
  expansion: {
    conversation: ConversationId
    messageUId: string
    put?: Record<string, string>
    remove?: string[]
  }
  /** Everybody typing in a conversation; told again when somebody stops. */
  typing: { conversation: ConversationId; list: TypingUser[] }
  groups: { changes: GroupChange[] }
  /** Everyone the user blocks now, for that has changed, on whichever device. */
  blockList: { userIds: string[] }
  /** How people who are followed stand, as far as it is news. */
  presence: { states: PresenceState[] }
  upload: { conversation: ConversationId; messageUId: string; percent: number; done: boolean }
  /** Online-only and unkept messages that are not typing. */
  statusMessage: { message: StatusMessage }
  sending: { message: Message }
  sent: { message: Message }
  sendFailed: { message: Message; error: IMError }
}
