/**
 * Who may do what to a message, and what it does to the archive. Each rule runs within the
 * transaction that appends the operation; what it throws undoes everything.
 */
import { ErrorCode, IMError, invalidParameter } from '../../model/errors.js'
import { limits } from '../../model/limits.js'
import { MessageType } from '../../model/message-types.js'
import type { MessageEnvelope, MessageReference } from '../../model/message.js'
import type {
  DeleteForMeContent,
  ExpansionContent,
  RecallContent,
  ReceiptRequestContent,
  ReceiptResponseContent,
} from '../../model/operations.js'
import { seqOf, targetKey } from './archive.js'
import { canSee } from './audience.js'
import { assertExpansion, expansionLimit, notExpandable } from '../message-rules.js'
import type { ServiceRules } from './options.js'
import type { LogEntry, ServiceDatabase } from './service-database.js'

/** What an operation adds to its own entry. */
export type OperationEntry = Partial<Pick<LogEntry, 'message' | 'visibleTo' | 'targets'>>

export interface OperationContext {
  database: ServiceDatabase
  rules: ServiceRules
  archive: string
  /** The operation; its sender is who the service says it is. */
  message: MessageEnvelope
}

type OperationRule = (context: OperationContext) => Promise<OperationEntry>

/** Carries an operation out. @throws IMError when its sender may not, or there is nothing to do it to */
export async function applyOperation(context: OperationContext): Promise<OperationEntry> {
  return (await operationRules[context.message.messageType]?.(context)) ?? {}
}

/** The entry of a message by what names it. */
export async function findEntry(
  database: ServiceDatabase,
  archive: string,
  reference: MessageReference,
): Promise<LogEntry | undefined> {
  // A client's operation may name anything.
  const { senderUserId, messageUId } = (reference as Partial<MessageReference> | null) ?? {}
  if (typeof senderUserId !== 'string' || typeof messageUId !== 'string') return undefined
  return database.log
    .where('[archive+message.senderUserId+message.messageUId]')
    .equals([archive, senderUserId, messageUId])
    .first()
}

const recall: OperationRule = async (context) => {
  const { database, archive, message } = context
  const content = message.content as RecallContent
  const target = await findTarget(context, content)
  if (!target) {
    throw new IMError(
      ErrorCode.RECALL_MESSAGE,
      'There is no such message in this conversation: name it by `messageUId` and `senderUserId`.',
    )
  }
  const isAdmin = await assertMayRecall(context, target, content)
  const { expansion, pushContent, pushData, ...kept } = target.message
  const { counted, expansionKeys, ...entry } = target
  await database.log.put({
    ...entry,
    message: { ...kept, content: {} },
    ...(content.isDelete && { vanished: true }),
  })
  return {
    message: { ...message, content: { ...content, isAdmin } },
    targets: [targetKey(archive, content)],
    visibleTo: target.visibleTo,
  }
}

/** @returns whether the recall is made by right of owning the group @throws IMError 25107, 25101 */
async function assertMayRecall(
  { database, rules, message }: OperationContext,
  target: LogEntry,
  content: RecallContent,
): Promise<boolean> {
  const { senderUserId, targetId } = message
  const isAuthor = target.message.senderUserId === senderUserId
  if (!isAuthor && content.isAdmin) {
    const group = await database.groups.get(targetId)
    if (group?.ownerId === senderUserId) return true
  }
  if (!isAuthor && rules.recall === 'own') {
    throw new IMError(
      ErrorCode.RECALL_MESSAGE_USER_INVALID,
      'Only its author, or the owner of the group, may recall a message.',
    )
  }
  const { maxRecallDuration } = rules.limits
  if (maxRecallDuration > 0 && rules.now() - target.sentTime > maxRecallDuration * 1000) {
    throw new IMError(
      ErrorCode.RECALL_MESSAGE,
      `A message can be recalled for ${maxRecallDuration} seconds after it was sent.`,
    )
  }
  return false
}

const expand: OperationRule = async (context) => {
  const { database, archive, message } = context
  const content = message.content as ExpansionContent
  const target = await findTarget(context, content)
  if (!target) {
    throw new IMError(
      ErrorCode.MESSAGE_EXPANDED_ERROR,
      'There is no such message in this conversation.',
    )
  }
  if (!target.message.canIncludeExpansion) throw notExpandable()
  const { put = {}, remove = [] } = content
  assertExpansion(put, limits.expansion.pairsPerCall)
  if (!Array.isArray(remove)) throw invalidParameter('`remove` has to be a list of keys.')

  const keys = new Set(target.expansionKeys)
  for (const key of remove) keys.delete(key)
  for (const key of Object.keys(put)) keys.add(key)
  if (keys.size > limits.expansion.pairsPerMessage) {
    throw expansionLimit(
      `A message holds at most ${limits.expansion.pairsPerMessage} expansion pairs.`,
    )
  }
  await database.log.put({ ...target, expansionKeys: [...keys] })
  return { targets: [targetKey(archive, content)], visibleTo: target.visibleTo }
}

const requestReceipt: OperationRule = async (context) => {
  const content = context.message.content as ReceiptRequestContent
  const target = await findTarget(context, content)
  return { targets: [targetKey(context.archive, content)], visibleTo: target?.visibleTo }
}

/** An answer is for those who wrote the messages, and for the reader's other devices. */
const respondToReceipt: OperationRule = async ({ archive, message }) => {
  const { receiptMessageDic } = message.content as ReceiptResponseContent
  const read = Object.entries(receiptMessageDic ?? {})
  if (read.length === 0 || !read.every(([, messageUIds]) => Array.isArray(messageUIds))) {
    throw invalidParameter('A receipt lists message ids by their sender in `receiptMessageDic`.')
  }
  const targets = read.flatMap(([senderUserId, messageUIds]) =>
    messageUIds.map((messageUId) => targetKey(archive, { senderUserId, messageUId })),
  )
  return { targets, visibleTo: [message.senderUserId, ...Object.keys(receiptMessageDic)] }
}

const deleteForMe: OperationRule = async ({ database, archive, message }) => {
  const { messages = [], before } = message.content as DeleteForMeContent
  const userId = message.senderUserId
  if (!Array.isArray(messages)) throw invalidParameter('`messages` has to be a list.')
  for (const reference of messages) {
    const entry = await findEntry(database, archive, reference)
    if (entry) await database.deletions.put({ userId, archive, seq: entry.seq })
  }
  if (before !== undefined) {
    const clearedUpTo = seqOf(before)
    await database.participations.update([userId, archive], (participation) => {
      participation.clearedUpTo = Math.max(clearedUpTo, participation.clearedUpTo ?? 0)
    })
  }
  return {}
}

const operationRules: Readonly<Record<string, OperationRule>> = {
  [MessageType.RECALL]: recall,
  [MessageType.EXPANSION]: expand,
  [MessageType.READ_RECEIPT_REQUEST]: requestReceipt,
  [MessageType.READ_RECEIPT_RESPONSE]: respondToReceipt,
  [MessageType.DELETE_FOR_ME]: deleteForMe,
}

/** The shown message an operation names, if its sender can see it. */
async function findTarget(
  { database, archive, message }: OperationContext,
  reference: MessageReference,
): Promise<LogEntry | undefined> {
  const target = await findEntry(database, archive, reference)
  if (target?.kind !== 'message') return undefined
  const participation = await database.participations.get([message.senderUserId, archive])
  return canSee(participation, target) ? target : undefined
}
