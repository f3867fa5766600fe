/**
 * Who may do what to a message, looked into before it is sent: the server carries operations without
 * knowing what they are. Those who receive one look again.
 */
import { ErrorCode, IMError, invalidParameter } from '../../model/errors.js'
import { limits } from '../../model/limits.js'
import { MessageType } from '../../model/message-types.js'
import type { ArchivedMessage, MessageEnvelope } from '../../model/message.js'
import type {
  DeleteForMeContent,
  ExpansionContent,
  RecallContent,
  ReceiptRequestContent,
  ReceiptResponseContent,
} from '../../model/operations.js'
import { assertExpansion, expansionLimit, notExpandable } from '../message-rules.js'
import { assertOrder } from './archive-place.js'
import type { ConversationArchive } from './conversation-archive.js'
import { checkedEdit, checkedReaction } from './edit-checks.js'
import type { Remains, Target } from './envelope.js'
import type { GroupOwners } from './group-owners.js'
import { targetsOf } from './history.js'
import { audienceOf, editsOf, findTarget, isSame } from './operation-target.js'

/** An operation as it may be sent. */
export interface Checked {
  message: MessageEnvelope
  remains?: Remains
  /** Of an edit and of reactions: what they are about. */
  target?: Target
  /** Of a recall: the edits of the message, which leave the archive with it. */
  edits?: readonly ArchivedMessage[]
  /** Those whom the message it is about was meant for, if not everyone. */
  audience?: readonly string[]
}

export interface CheckContext {
  /** The operation; its sender is the user. */
  message: MessageEnvelope
  archive: ConversationArchive
  owners: GroupOwners
  now: number
  maxRecallDuration: number
}

type Check = (context: CheckContext) => Promise<Checked>

/** @throws IMError when its sender may not, or there is nothing to do it to */
export async function checkedOperation(context: CheckContext): Promise<Checked> {
  const check = checks[context.message.messageType]
  return check ? check(context) : { message: context.message }
}

const recall: Check = async (context) => {
  const { message } = context
  const content = message.content as RecallContent
  const target = await findTarget(context.archive, context.now, content)
  if (!target) {
    throw new IMError(
      ErrorCode.RECALL_MESSAGE,
      'There is no such message in this conversation: name it by `messageUId` and `senderUserId`.',
    )
  }
  const isAdmin = await assertMayRecall(context, target, content)
  const { order, sentTime, messageType } = target
  return {
    message: { ...message, content: { ...content, isAdmin } },
    remains: { order, sentTime, messageType },
    edits: editsOf(context.archive.entries(), target),
    audience: audienceOf(target),
  }
}

/** @returns whether the recall is made by right of owning the group @throws IMError 25107, 25101 */
async function assertMayRecall(
  { message, owners, now, maxRecallDuration }: CheckContext,
  target: ArchivedMessage,
  content: RecallContent,
): Promise<boolean> {
  const isAuthor = target.senderUserId === message.senderUserId
  if (!isAuthor) {
    const isOwner =
      content.isAdmin === true && (await owners.ownerOf(message.targetId)) === message.senderUserId
    if (isOwner) return true
    throw new IMError(
      ErrorCode.RECALL_MESSAGE_USER_INVALID,
      'Only its author, or the owner of the group, may recall a message.',
    )
  }
  if (maxRecallDuration > 0 && now - target.sentTime > maxRecallDuration * 1000) {
    throw new IMError(
      ErrorCode.RECALL_MESSAGE,
      `A message can be recalled for ${maxRecallDuration} seconds after it was sent.`,
    )
  }
  return false
}

const expand: Check = async (context) => {
  const { message, archive } = context
  const content = message.content as ExpansionContent
  const target = await findTarget(context.archive, context.now, content)
  if (!target) {
    throw new IMError(
      ErrorCode.MESSAGE_EXPANDED_ERROR,
      'There is no such message in this conversation.',
    )
  }
  if (!target.canIncludeExpansion) throw notExpandable()
  const { put = {}, remove = [] } = content
  assertExpansion(put, limits.expansion.pairsPerCall)
  if (!Array.isArray(remove)) throw invalidParameter('`remove` has to be a list of keys.')
  const keys = keysAfter(archive.entries(), target)
  for (const key of remove) keys.delete(key)
  for (const key of Object.keys(put)) keys.add(key)
  if (keys.size > limits.expansion.pairsPerMessage) {
    throw expansionLimit(
      `A message holds at most ${limits.expansion.pairsPerMessage} expansion pairs.`,
    )
  }
  return { message, audience: audienceOf(target) }
}

/** The keys a message has after all that was done to it. */
function keysAfter(entries: readonly ArchivedMessage[], target: ArchivedMessage): Set<string> {
  const keys = new Set(Object.keys(target.expansion ?? {}))
  for (const entry of entries) {
    if (entry.messageType !== MessageType.EXPANSION) continue
    if (!targetsOf(entry).some((it) => isSame(it, target))) continue
    const { put, remove } = entry.content as ExpansionContent
    for (const key of Array.isArray(remove) ? remove : []) keys.delete(key)
    for (const key of Object.keys(put ?? {})) keys.add(key)
  }
  return keys
}

const requestReceipt: Check = async (context) => {
  const content = context.message.content as ReceiptRequestContent
  const target = await findTarget(context.archive, context.now, content)
  return { message: context.message, audience: target && audienceOf(target) }
}

/** An answer is for those who wrote the messages, and for the reader's other devices. */
const respondToReceipt: Check = ({ message }) => {
  const { receiptMessageDic } = message.content as ReceiptResponseContent
  const read = Object.entries(receiptMessageDic ?? {})
  if (read.length === 0 || !read.every(([, messageUIds]) => Array.isArray(messageUIds))) {
    throw invalidParameter('A receipt lists message ids by their sender in `receiptMessageDic`.')
  }
  return Promise.resolve({ message, audience: read.map(([senderUserId]) => senderUserId) })
}

const deleteForMe: Check = ({ message }) => {
  const { messages = [], before } = message.content as DeleteForMeContent
  if (!Array.isArray(messages)) throw invalidParameter('`messages` has to be a list.')
  if (before !== undefined) assertOrder(before)
  return Promise.resolve({ message })
}

const checks: Readonly<Record<string, Check>> = {
  [MessageType.RECALL]: recall,
  [MessageType.EXPANSION]: expand,
  [MessageType.EDIT]: checkedEdit,
  [MessageType.REACTION]: checkedReaction,
  [MessageType.READ_RECEIPT_REQUEST]: requestReceipt,
  [MessageType.READ_RECEIPT_RESPONSE]: respondToReceipt,
  [MessageType.DELETE_FOR_ME]: deleteForMe,
}
