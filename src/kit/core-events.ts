/** What a kit tells its host: the original's events, and what each carries. */
import type { TypingUser } from '../core/client-events.js'
import type { Conversation } from '../core/conversation.js'
import type { ConversationId } from '../model/conversation.js'
import type { Message } from '../model/message.js'
import type { UserProfile } from '../model/people.js'
import type { ConversationProfile, Member } from './service.js'

/** Names and values are the original's, `udpate_conversation` with its spelling. */
export enum CoreEvent {
  INIT = 'INIT',
  CONNECTED = 'CONNECTED',
  MESSAGES = 'MESSAGES',
  CONVERSATION = 'conversation',
  UPDATE_CONVERSATION = 'udpate_conversation',
  TYPING_STATUS = 'typing_status',
  PULL_OFFLINE_MESSAGE_FINISHED = 'pull_offline_message_finished',
  READ_RECEIPT_RECEIVED = 'read_receipt_received',
  MESSAGE_RECEIPT_REQUEST = 'message_receipt_request',
  MESSAGE_RECEIPT_RESPONSE = 'message_receipt_response',
  SWITCH_CONVERSATION = 'switch_conversation',
  REFERENCE_MESSAGE = 'reference_message',
  CLOSE_REFERENCE = 'close_reference',
  UPDATE_MESSAGE = 'update_message',
  DELETE_MESSAGE = 'delete_message',
  MESSAGE_SENDING = 'message_sending',
  MESSAGE_SEND_SUCCESS = 'message_send_success',
  MESSAGE_SEND_FAIL = 'message_send_fail',
  UPLOAD_PROGRESS = 'upload_progress',
  UPLOAD_COMPLETE = 'upload_complete',
  LANGUAGE_CHANGED = 'language_changed',
  USER_INFO_CHANGED = 'user_info_changed',
  GROUP_INFO_CHANGED = 'group_info_changed',
  CONVERSATION_INFO_CHANGED = 'conversation_info_changed',
}

/** A conversation that changed, in the shape the original hands to its listeners. */
export interface ChangedConversation {
  conversation: Conversation
}

/** What a listener gets, by event. */
export interface CoreEventDetails {
  INIT: undefined
  /** Whether there is a connection now. */
  CONNECTED: boolean
  /** Messages that have come, those the host intercepts left out. */
  MESSAGES: Message[]
  /** Conversations that came or changed. A host emits it with `true` to make the list load. */
  conversation: ChangedConversation[] | boolean
  udpate_conversation: Conversation[]
  typing_status: { status: (ConversationId & { list: TypingUser[] })[] }
  pull_offline_message_finished: undefined
  read_receipt_received: {
    conversation: ConversationId
    messageUId: string
    sentTime: number
    sendUserId: string
  }
  message_receipt_request: {
    conversation: ConversationId
    messageUId: string
    senderUserId: string
  }
  message_receipt_response: {
    conversation: ConversationId
    receivedUserId: string
    messageUIdList: string[]
  }
  /** The conversation that is open now, null when it was closed. */
  switch_conversation: ConversationId | null
  /** The message that is quoted. */
  reference_message: Message
  close_reference: undefined
  update_message: Message
  delete_message: Message[]
  message_sending: Message
  message_send_success: Message
  message_send_fail: Message
  /** `progress` in percent. */
  upload_progress: { messageId: number; progress: number }
  upload_complete: { messageId: number; fileInfo: { url: string } }
  language_changed: { lang: string }
  user_info_changed: UserProfile
  group_info_changed: Member[]
  conversation_info_changed: ConversationProfile
  /** Ours: taken out of the list by `removeConversation`, from a menu or by the host. */
  conversation_removed: Conversation
  /** Ours: something failed that must not stop the kit: a host's callback, a renderer, the database. */
  error: { error: unknown; context: string }
}

export type CoreEventName = keyof CoreEventDetails
