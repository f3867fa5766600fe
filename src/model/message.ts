/** A message, as it travels and as it is kept. */
import type { ConversationId } from './conversation.js'
import type { MessageContent } from './content.js'

export enum MessageDirection {
  SEND = 1,
  RECEIVE = 2,
}

export enum SentStatus {
  SENDING = 10,
  FAILED = 20,
  SENT = 30,
  RECEIVED = 40,
  READ = 50,
  DESTROYED = 60,
}

/** Bit flags. */
export enum ReceivedStatus {
  UNREAD = 0,
  READ = 1,
  LISTENED = 2,
  DOWNLOADED = 4,
  RETRIEVED = 8,
}

/** Title, text and payload of a push; carried, not looked into. */
export type PushConfig = Record<string, unknown>

/** Who is meant by a message: the conversation, or only the sender's own devices. */
export type Audience = 'conversation' | 'self'

/**
 * A message as it travels. `messageUId` is made by the sender's client before anything else
 * happens and never changes: sending twice with one id is sending once.
 */
export interface MessageEnvelope extends ConversationId {
  messageUId: string
  messageType: string
  content: MessageContent
  senderUserId: string
  /** Kept in the archive and the database. */
  isPersisted: boolean
  /** Adds to the unread count of those who receive it. */
  isCounted: boolean
  /** Reaches only those online now; neither kept nor counted. */
  isStatusMessage: boolean
  isMentioned?: boolean
  disableNotification?: boolean
  /** Groups: only these members get it. Absent or empty: everyone. */
  directedUserIds?: string[]
  canIncludeExpansion?: boolean
  expansion?: Record<string, string>
  /** The sender asks the members of a group to say when they have read it. */
  needReceipt?: boolean
  pushContent?: string
  pushData?: string
  pushConfig?: PushConfig
  isVoipPush?: boolean
  isFilerWhiteBlacklist?: boolean
  audience?: Audience
}

/** A message the backend has: with its place in the archive and the server's time. */
export interface ArchivedMessage extends MessageEnvelope {
  /**
   * The place in the conversation's archive. Opaque but for one property: tokens of one
   * conversation compare as strings (`<`). Never starts with `~`, which is ours for what is not sent yet.
   */
  order: string
  /** Unix milliseconds, by the server's clock. */
  sentTime: number
}

/** Who has read a group message that asked for it. */
export interface ReadReceiptInfo {
  isReceiptRequestMessage: boolean
  /** This user has answered. */
  hasRespond: boolean
  /** userId to the time of the answer, Unix milliseconds. */
  readers: Record<string, number>
}

/** Why a message could not be sent. */
export interface SendFailure {
  code: number
  name: string
  message: string
}

/** A message as the database keeps it and the screen shows it. */
export interface Message extends ArchivedMessage {
  /** The row's number in this database. Stable, local: never travels. */
  messageId: number
  messageDirection: MessageDirection
  sentStatus: SentStatus
  receivedStatus: ReceivedStatus
  receivedTime: number
  /** It came by catching up, not live. */
  isOffLineMessage: boolean
  readReceiptInfo?: ReadReceiptInfo
  failure?: SendFailure
  /** Its author has given it another content. */
  isModifyMessage?: boolean
  /** When the content was changed last, Unix milliseconds. */
  modifiedTime?: number
  /** Order token of the edit that holds. */
  editStamp?: string
  /** Emoji by the id of who reacted with them, without those who took theirs back. */
  reactions?: Record<string, string[]>
  /** Order token of each user's last reaction. */
  reactionStamps?: Record<string, string>
  /** Order token of the last change of each expansion key: the later one wins, whatever comes first. */
  expansionStamps?: Record<string, string>
}

/** Names one message among all, also before it is known here. */
export interface MessageReference {
  messageUId: string
  senderUserId: string
}

/** What starts the order token of a message that has no place in the archive yet. */
export const UNSENT_ORDER = '~'

/** The token of a message waiting to be sent: behind everything archived, in the order of writing. */
export function unsentOrder(serial: number): string {
  return UNSENT_ORDER + String(serial).padStart(16, '0')
}

export function isUnsent(message: Pick<ArchivedMessage, 'order'>): boolean {
  return message.order.startsWith(UNSENT_ORDER)
}

/**
 * One string for one message within its conversation: a DOM key, a Map key. The length keeps apart
 * what ids with a slash in them would make alike.
 */
export function messageKey({ senderUserId, messageUId }: MessageReference): string {
  return `${senderUserId.length}/${senderUserId}/${messageUId}`
}

export function isOwn(message: Pick<Message, 'messageDirection'>): boolean {
  return message.messageDirection === MessageDirection.SEND
}
