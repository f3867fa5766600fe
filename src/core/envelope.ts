/** Makes messages that are about to leave, and checks them before anything is stored or sent. */
import {
  conversationIdOf,
  conversationKey,
  ConversationType,
  type ConversationId,
} from '../model/conversation.js'
import { ErrorCode, IMError, invalidParameter } from '../model/errors.js'
import { uuidv7 } from '../model/identity.js'
import { maxIdLength } from '../model/incoming.js'
import { areReactions, expansionKeyPattern, limits, serializedSize } from '../model/limits.js'
import type { BaseMessage, MessageTypeRegistry } from '../model/message-types.js'
import {
  MessageDirection,
  ReceivedStatus,
  SentStatus,
  type Message,
  type MessageEnvelope,
  type PushConfig,
} from '../model/message.js'
import type { MessageRow } from '../database/schema.js'

/** What can be said about a message when it is sent. Names and meanings are the documents'. */
export interface SendOptions {
  /** No push and no local notification. */
  disableNotification?: boolean
  pushContent?: string
  pushData?: string
  pushConfig?: PushConfig
  /** Groups only; goes with `content.mentionedInfo`. */
  isMentioned?: boolean
  /** Groups only: just these members get it. */
  directionalUserIdList?: string[]
  isVoipPush?: boolean
  isFilerWhiteBlacklist?: boolean
  canIncludeExpansion?: boolean
  expansion?: Record<string, string>
  /** Reaches only those online now. Deprecated in favour of registering a status type. */
  isStatusMessage?: boolean
  /** Groups: members are asked to say when they have read it. */
  needReceipt?: boolean
  /** The message's identity, where it had to be known before: a UUIDv7. Otherwise it is made here. */
  messageUId?: string
  /** Called with the stored message before anything is sent. */
  onSendBefore?: (message: Message) => void
}

/**
 * @throws IMError 33003 bad conversation or content, 34021 unregistered type, 30016 over 128 KB,
 *   34008/34010 expansion, 20109 system conversations take no messages
 */
export function newEnvelope(
  types: MessageTypeRegistry,
  senderUserId: string,
  conversation: ConversationId,
  message: Pick<BaseMessage, 'messageType' | 'content'>,
  options: SendOptions = {},
): MessageEnvelope {
  checkConversation(conversation)
  const definition = types.get(message?.messageType)
  if (!definition) {
    throw new IMError(
      ErrorCode.MESSAGE_NOT_REGISTERED,
      `"${message?.messageType}" is not a known message type. Register it with registerMessageType() before connecting.`,
    )
  }
  const { content } = message
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw invalidParameter(`The content of a ${message.messageType} message must be an object.`)
  }
  const isStatusMessage = options.isStatusMessage === true || definition.isStatusMessage
  const envelope: MessageEnvelope = {
    ...conversationIdOf(conversation),
    messageUId: checkedIdentity(options.messageUId) ?? uuidv7(),
    messageType: message.messageType,
    content: plain(content),
    senderUserId,
    isPersisted: definition.isPersisted && !isStatusMessage,
    isCounted: definition.isCounted && !isStatusMessage,
    isStatusMessage,
  }
  addGroupOptions(envelope, options)
  addExpansion(envelope, options)
  if (options.disableNotification) envelope.disableNotification = true
  if (options.pushContent !== undefined) envelope.pushContent = options.pushContent
  if (options.pushData !== undefined) envelope.pushData = options.pushData
  if (options.pushConfig !== undefined) envelope.pushConfig = plain(options.pushConfig)
  if (options.isVoipPush) envelope.isVoipPush = true
  if (options.isFilerWhiteBlacklist) envelope.isFilerWhiteBlacklist = true
  checkSize(envelope)
  return envelope
}

/** An operation, ready for the outbox. */
export function newOperation(
  senderUserId: string,
  conversation: ConversationId,
  messageType: string,
  content: MessageEnvelope['content'],
  change: Partial<MessageEnvelope> = {},
): MessageEnvelope {
  return {
    ...conversationIdOf(conversation),
    messageUId: uuidv7(),
    messageType,
    content,
    senderUserId,
    isPersisted: true,
    isCounted: false,
    isStatusMessage: false,
    ...change,
  }
}

/** The row under which an own message waits to be sent. */
export function pendingRow(
  envelope: MessageEnvelope,
  now: number,
): Omit<MessageRow, 'messageId' | 'order'> {
  const row: Omit<MessageRow, 'messageId' | 'order'> = {
    ...envelope,
    conversationKey: conversationKey(envelope),
    sentTime: now,
    receivedTime: now,
    messageDirection: MessageDirection.SEND,
    sentStatus: SentStatus.SENDING,
    receivedStatus: ReceivedStatus.READ,
    isOffLineMessage: false,
  }
  if (envelope.needReceipt) {
    row.readReceiptInfo = { isReceiptRequestMessage: true, hasRespond: false, readers: {} }
  }
  return row
}

/** What travels of a row. */
export function envelopeOf(row: MessageRow): MessageEnvelope {
  const {
    conversationKey: _key,
    messageId: _id,
    order: _order,
    sentTime: _sent,
    receivedTime: _received,
    messageDirection: _direction,
    sentStatus: _status,
    receivedStatus: _receivedStatus,
    isOffLineMessage: _offline,
    readReceiptInfo: _receipts,
    failure: _failure,
    expansionStamps: _stamps,
    isModifyMessage: _isEdited,
    modifiedTime: _modified,
    editStamp: _editStamp,
    reactions: _reactions,
    reactionStamps: _reactionStamps,
    ...envelope
  } = row
  return envelope
}

/** @throws IMError 33003 */
export function checkConversation(conversation: ConversationId): void {
  const { conversationType, targetId } = conversation ?? {}
  const isType = typeof conversationType === 'number' && conversationType in ConversationType
  const isId = typeof targetId === 'string' && targetId !== '' && targetId.length <= maxIdLength
  if (!isType || !isId) {
    throw invalidParameter(
      'A conversation is { conversationType, targetId }: a number of ConversationType and an id.',
    )
  }
}

/** @throws IMError 33003 */
function checkedIdentity(messageUId: string | undefined): string | undefined {
  const isId =
    typeof messageUId === 'string' && messageUId !== '' && messageUId.length <= maxIdLength
  if (isId || messageUId === undefined) return messageUId
  throw invalidParameter('A messageUId is a text that no other message of yours has.')
}

/** A value as it travels: plain JSON. What can't travel can't be stored either. @throws IMError 33003 */
export function plain<Value extends object>(value: Value): Value {
  try {
    return JSON.parse(JSON.stringify(value)) as Value
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw invalidParameter(`A message is sent as JSON, which this content can't be: ${reason}`)
  }
}

/** @throws IMError 30016 */
export function checkSize(envelope: MessageEnvelope): void {
  const size = serializedSize(envelope.content)
  if (size > limits.messageSize) {
    throw new IMError(
      ErrorCode.RC_MSG_CONTENT_EXCEED_LIMIT,
      `The message has ${size} bytes; at most ${limits.messageSize} can be sent. Send it as a file.`,
    )
  }
}

/** @throws IMError 34010 for a key, value or number of pairs out of bounds */
export function checkExpansion(pairs: Record<string, unknown>): void {
  const { keyLength, valueLength, pairsPerCall } = limits.expansion
  const entries = Object.entries(pairs ?? {})
  const isRight = entries.every(
    ([key, value]) =>
      key.length <= keyLength &&
      expansionKeyPattern.test(key) &&
      typeof value === 'string' &&
      value.length <= valueLength,
  )
  if (!isRight || entries.length > pairsPerCall) {
    throw new IMError(
      ErrorCode.EXPANSION_LIMIT_EXCEET,
      `An expansion takes at most ${pairsPerCall} pairs a call; keys of A-Z a-z 0-9 + = - _ up to ${keyLength} characters, text values up to ${valueLength}.`,
    )
  }
}

/** @throws IMError 33003 for what is no list of emoji, or a longer one than allowed */
export function checkReactions(reactions: unknown): void {
  if (areReactions(reactions)) return
  const { perUser, length } = limits.reactions
  throw invalidParameter(
    `Reactions are a list of at most ${perUser} texts of 1 to ${length} characters.`,
  )
}

function addGroupOptions(envelope: MessageEnvelope, options: SendOptions): void {
  const { conversationType, content } = envelope
  const isGroup =
    conversationType === ConversationType.GROUP || conversationType === ConversationType.ULTRA_GROUP
  if (conversationType === ConversationType.SYSTEM) {
    throw new IMError(
      ErrorCode.SYS_CONVERSATION_NOT_SUPPORT_MESSAGE,
      'Nobody can answer in a system conversation.',
    )
  }
  if (!isGroup) {
    const { mentionedInfo: _, ...rest } = content
    if ('mentionedInfo' in content) envelope.content = rest
    return
  }
  if (options.isMentioned) envelope.isMentioned = true
  if (options.directionalUserIdList?.length)
    envelope.directedUserIds = [...options.directionalUserIdList]
  if (options.needReceipt) envelope.needReceipt = true
}

function addExpansion(envelope: MessageEnvelope, options: SendOptions): void {
  const { canIncludeExpansion, expansion } = options
  if (expansion && !canIncludeExpansion) {
    throw new IMError(
      ErrorCode.MESSAGE_KV_NOT_SUPPORT,
      'A message with an expansion must be sent with canIncludeExpansion: true.',
    )
  }
  if (!canIncludeExpansion) return
  envelope.canIncludeExpansion = true
  if (!expansion) return
  checkExpansion(expansion)
  envelope.expansion = { ...expansion }
}
