/**
 * Folds operations into the messages they name: one pure function for every backend. The result
 * does not depend on the order operations come in, nor on how often each comes (but for which
 * expansion keys are left out once a message has the most it may have).
 */
import type {
  EditContent,
  ExpansionContent,
  ReactionContent,
  ReceiptResponseContent,
  RecallContent,
} from '../model/operations.js'
import type { RecallNotificationContent } from '../model/content.js'
import { ConversationType } from '../model/conversation.js'
import { areReactions, limits } from '../model/limits.js'
import { MessageType } from '../model/message-types.js'
import type { ArchivedMessage, MessageReference, ReadReceiptInfo } from '../model/message.js'
import type { MessageRow } from '../database/schema.js'

/** The messages an operation is about. Empty for those that concern a conversation as a whole. */
export function targetsOf(operation: ArchivedMessage): MessageReference[] {
  const content = operation.content
  switch (operation.messageType) {
    case MessageType.RECALL:
    case MessageType.EXPANSION:
    case MessageType.EDIT:
    case MessageType.REACTION:
      return isReference(content) ? [referenceOf(content)] : []
    case MessageType.READ_RECEIPT_REQUEST:
      return typeof content.messageUId === 'string'
        ? [{ messageUId: content.messageUId, senderUserId: operation.senderUserId }]
        : []
    case MessageType.READ_RECEIPT_RESPONSE:
      return respondedMessages(content as ReceiptResponseContent)
    case MessageType.DELETE_FOR_ME:
      return Array.isArray(content.messages)
        ? content.messages.filter(isReference).map(referenceOf)
        : []
    default:
      return []
  }
}

/**
 * The message after an operation; undefined when it is gone. The same object if nothing changed.
 * @param viewer whose database this is
 */
export function fold(
  message: MessageRow,
  operation: ArchivedMessage,
  viewer: string,
): MessageRow | undefined {
  switch (operation.messageType) {
    case MessageType.RECALL:
      return foldRecall(message, operation)
    case MessageType.EXPANSION:
      return foldExpansion(message, operation)
    case MessageType.EDIT:
      return foldEdit(message, operation)
    case MessageType.REACTION:
      return foldReaction(message, operation)
    case MessageType.READ_RECEIPT_REQUEST:
      return foldReceiptRequest(message, operation)
    case MessageType.READ_RECEIPT_RESPONSE:
      return foldReceiptResponse(message, operation, viewer)
    case MessageType.DELETE_FOR_ME:
      return operation.audience === 'self' ? undefined : message
    default:
      return message
  }
}

/** Whether an operation still matters once it is folded: it took the message away for good. */
export function outlivesMessage(operation: ArchivedMessage): boolean {
  return (
    operation.messageType === MessageType.DELETE_FOR_ME ||
    (operation.messageType === MessageType.RECALL && operation.content.isDelete === true)
  )
}

/**
 * Authors recall their own; in a group the backend lets nobody else but those who may pass with
 * `isAdmin`, and vouches for it.
 */
function mayRecall(message: MessageRow, operation: ArchivedMessage): boolean {
  if (operation.senderUserId === message.senderUserId) return true
  return message.conversationType === ConversationType.GROUP && operation.content.isAdmin === true
}

function foldRecall(message: MessageRow, operation: ArchivedMessage): MessageRow | undefined {
  if (!mayRecall(message, operation)) return message
  const recall = operation.content as RecallContent
  if (recall.isDelete) return undefined
  const former = isRecalled(message) ? (message.content as RecallNotificationContent) : undefined
  // Two may recall one message, its author and the owner of the group: the first one did it.
  if (former && former.recallActionTime <= operation.sentTime) return message
  const content: RecallNotificationContent = {
    operatorId: operation.senderUserId,
    recallTime: message.sentTime,
    originalObjectName: former?.originalObjectName ?? message.messageType,
    recallActionTime: operation.sentTime,
    admin: operation.senderUserId !== message.senderUserId,
    delete: false,
  }
  if (former?.recallContent !== undefined) content.recallContent = former.recallContent
  if (recall.user) content.user = recall.user
  if (recall.extra) content.extra = recall.extra
  const {
    expansion: _expansion,
    expansionStamps: _expansionStamps,
    readReceiptInfo: _readers,
    isModifyMessage: _isEdited,
    modifiedTime: _modifiedTime,
    editStamp: _editStamp,
    reactions: _reactions,
    reactionStamps: _reactionStamps,
    ...rest
  } = message
  return {
    ...rest,
    messageType: MessageType.RECALL_NOTIFICATION,
    content,
    isCounted: false,
    isMentioned: false,
    canIncludeExpansion: false,
  }
}

function foldExpansion(message: MessageRow, operation: ArchivedMessage): MessageRow {
  if (!message.canIncludeExpansion) return message
  const { put, remove } = operation.content as ExpansionContent
  const expansion = { ...message.expansion }
  const stamps = { ...message.expansionStamps }
  let changed = false
  const isNewer = (key: string) => !Object.hasOwn(stamps, key) || operation.order > stamps[key]!
  for (const [key, value] of Object.entries(put ?? {})) {
    if (typeof value !== 'string' || !isNewer(key)) continue
    const isNew = !Object.hasOwn(expansion, key)
    if (isNew && Object.keys(expansion).length >= limits.expansion.pairsPerMessage) continue
    expansion[key] = value
    stamps[key] = operation.order
    changed = true
  }
  for (const key of Array.isArray(remove) ? remove : []) {
    if (!isNewer(key)) continue
    delete expansion[key]
    stamps[key] = operation.order
    changed = true
  }
  return changed ? { ...message, expansion, expansionStamps: stamps } : message
}

/** Of several edits the one that stands last in the archive holds. */
function foldEdit(message: MessageRow, operation: ArchivedMessage): MessageRow {
  const { content } = operation.content as EditContent
  const isAuthor = operation.senderUserId === message.senderUserId
  const isLast = message.editStamp === undefined || operation.order > message.editStamp
  if (!isAuthor || !isLast || isRecalled(message) || !isRecord(content)) return message
  return {
    ...message,
    content,
    isModifyMessage: true,
    modifiedTime: operation.sentTime,
    editStamp: operation.order,
  }
}

function foldReaction(message: MessageRow, operation: ArchivedMessage): MessageRow {
  const { senderUserId, order } = operation
  const { reactionStamps: stamps = {} } = message
  if (isRecalled(message)) return message
  if (Object.hasOwn(stamps, senderUserId) && order <= stamps[senderUserId]!) return message
  const { [senderUserId]: _, ...others } = message.reactions ?? {}
  const { reactions } = operation.content as ReactionContent
  if (!areReactions(reactions)) return message
  const own = [...new Set(reactions)]
  return {
    ...message,
    reactions: own.length ? { ...others, [senderUserId]: own } : others,
    reactionStamps: { ...stamps, [senderUserId]: order },
  }
}

function foldReceiptRequest(message: MessageRow, operation: ArchivedMessage): MessageRow {
  const isAuthor = operation.senderUserId === message.senderUserId
  const hasAsked = message.readReceiptInfo?.isReceiptRequestMessage === true
  if (!isAuthor || hasAsked || isRecalled(message)) return message
  return withReceiptInfo(message, { isReceiptRequestMessage: true })
}

function foldReceiptResponse(
  message: MessageRow,
  operation: ArchivedMessage,
  viewer: string,
): MessageRow {
  const reader = operation.senderUserId
  if (reader === message.senderUserId || isRecalled(message)) return message
  const readers = message.readReceiptInfo?.readers ?? {}
  const known = readers[reader]
  if (known !== undefined && known <= operation.sentTime) return message
  const change: Partial<ReadReceiptInfo> = {
    readers: { ...readers, [reader]: operation.sentTime },
  }
  if (reader === viewer) change.hasRespond = true
  return withReceiptInfo(message, change)
}

function isRecalled(message: MessageRow): boolean {
  return message.messageType === MessageType.RECALL_NOTIFICATION
}

function withReceiptInfo(message: MessageRow, change: Partial<ReadReceiptInfo>): MessageRow {
  const before = message.readReceiptInfo
  const info: ReadReceiptInfo = {
    isReceiptRequestMessage: before?.isReceiptRequestMessage ?? false,
    hasRespond: before?.hasRespond ?? false,
    readers: before?.readers ?? {},
    ...change,
  }
  return { ...message, readReceiptInfo: info }
}

function respondedMessages(content: ReceiptResponseContent): MessageReference[] {
  return Object.entries(content.receiptMessageDic ?? {}).flatMap(([senderUserId, ids]) =>
    Array.isArray(ids)
      ? ids
          .filter((id) => typeof id === 'string')
          .map((messageUId) => ({ messageUId, senderUserId }))
      : [],
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isReference(value: unknown): value is MessageReference {
  const { messageUId, senderUserId } = (value ?? {}) as Partial<MessageReference>
  return typeof messageUId === 'string' && typeof senderUserId === 'string'
}

function referenceOf({ messageUId, senderUserId }: MessageReference): MessageReference {
  return { messageUId, senderUserId }
}
