/** What is done to messages that are there: recall, delete, clear, and their key/value state. */
import type { ContentUser } from '../model/content.js'
import { ConversationType, type ConversationId } from '../model/conversation.js'
import { ErrorCode, IMError, invalidParameter } from '../model/errors.js'
import { isOwn, MessageDirection, type Message, type MessageReference } from '../model/message.js'
import { findMessage } from './find-message.js'
import { pageClient } from './page-client.js'
import { placeUpTo } from './place-in-time.js'
import { recallNotice } from './recall-notice.js'
import { toReceivedMessage, type IAReceivedMessage, type IConversationOption } from './received.js'
import { result, type IAsyncRes } from './results.js'

export interface IRecallMessageOptions {
  messageUId: string
  /** Unix milliseconds. */
  sentTime: number
  user?: ContentUser
  disableNotification?: boolean
  extra?: string
  /** true: the message vanishes for everyone; false: a grey line stays in its place. */
  isDelete?: boolean
}

/**
 * Takes a message back for everyone: an own one, or as the owner of a group any of it. `data` is the
 * `RC:RcNtf` that stands in its place.
 * `code`: 25101 there is no such message, or not yet · 25107 not yours to recall · 30002 no
 * connection · 34201 in system conversations.
 */
export function recallMessage(
  conversation: IConversationOption,
  options: IRecallMessageOptions,
): Promise<IAsyncRes<IAReceivedMessage>> {
  return result(async () => {
    const client = pageClient()
    const { messageUId, sentTime, user, disableNotification, extra, isDelete } = options ?? {}
    if (conversation?.conversationType === ConversationType.SYSTEM) throw notInSystem()
    const message = await findMessage(conversation, { messageUId, sentTime })
    if (!message) throw unknownMessage()
    const isAdmin = !isOwn(message)
    await client.actions.recall(message, { user, disableNotification, extra, isDelete, isAdmin })
    const notice = await client.reader.find(conversation, message)
    return toReceivedMessage(recallNotice(client, notice ?? message))
  })
}

/**
 * Deletes messages for this user, on all devices. What was not sent yet is not sent any more.
 * `code`: 34206 the list is empty or not one of messages · 33003 wrong conversation.
 */
export function deleteMessages(
  conversation: IConversationOption,
  messages: { messageUId: string; sentTime: number; messageDirection: MessageDirection }[],
): Promise<IAsyncRes> {
  return result(async () => {
    const isList = Array.isArray(messages) && messages.length > 0
    if (!isList || !messages.every((message) => typeof message?.messageUId === 'string')) {
      throw new IMError(
        ErrorCode.MSG_LIMIT_ERROR,
        'deleteMessages() takes a list of { messageUId, sentTime, messageDirection }.',
      )
    }
    const { actions, userId } = pageClient()
    const references: MessageReference[] = []
    for (const { messageUId, sentTime, messageDirection } of messages) {
      const senderUserId = senderOf(conversation, messageDirection, userId)
      if (senderUserId !== undefined) references.push({ messageUId, senderUserId })
      else references.push(...some(await findMessage(conversation, { messageUId, sentTime })))
    }
    await actions.delete(conversation, references)
  })
}

/**
 * Deletes, for this user on all devices, everything sent up to a time.
 * @param timestamp Unix milliseconds; 0: everything
 */
export function clearHistoryMessages(
  conversation: IConversationOption,
  timestamp: number,
): Promise<IAsyncRes> {
  return result(async () => {
    if (!Number.isFinite(timestamp)) {
      throw invalidParameter('clearHistoryMessages() takes a time in Unix milliseconds, or 0.')
    }
    const { actions, reader } = pageClient()
    const place = timestamp > 0 ? await placeUpTo(reader, conversation, timestamp) : undefined
    const isNothingThatOld = timestamp > 0 && place === undefined
    if (!isNothingThatOld) await actions.clear(conversation, place)
  })
}

/**
 * Sets values on a message that was sent with `canIncludeExpansion`. At most 20 pairs a call and 300
 * a message; keys of `A-Z a-z 0-9 + = - _` up to 32 characters, values up to 4096.
 * `code`: 34008 not expandable · 34010 over a limit · 34009 no connection · 34201 neither private
 * nor group.
 */
export function updateMessageExpansion(
  expansion: Record<string, string>,
  message: MessageOfOriginal,
): Promise<IAsyncRes> {
  return result(async () => {
    await pageClient().actions.updateExpansion(await expandable(message), expansion)
  })
}

/** Removes keys from a message's expansion. `code` as `updateMessageExpansion`. */
export function removeMessageExpansionForKey(
  keys: string[],
  message: MessageOfOriginal,
): Promise<IAsyncRes> {
  return result(async () => {
    await pageClient().actions.removeExpansion(await expandable(message), keys)
  })
}

/** What has to be known of a message that was handed out earlier. */
type MessageOfOriginal = Pick<
  IAReceivedMessage,
  'conversationType' | 'targetId' | 'channelId' | 'messageUId' | 'senderUserId'
>

async function expandable(message: MessageOfOriginal): Promise<Message> {
  const type = message?.conversationType
  if (type !== ConversationType.PRIVATE && type !== ConversationType.GROUP) {
    throw new IMError(
      ErrorCode.CONVERSATION_TYPE_NOT_SUPPORT,
      'Only messages of private and group conversations have an expansion.',
    )
  }
  const found = await findMessage(message, message)
  if (!found) throw invalidParameter('This message is not on this device.')
  return found
}

/** undefined: it can't be told without looking. */
function senderOf(
  { conversationType, targetId }: ConversationId,
  direction: MessageDirection,
  userId: string,
): string | undefined {
  if (direction === MessageDirection.SEND) return userId
  return conversationType === ConversationType.PRIVATE ? targetId : undefined
}

function some<Value>(value: Value | undefined): Value[] {
  return value === undefined ? [] : [value]
}

function notInSystem(): IMError {
  return new IMError(
    ErrorCode.CONVERSATION_TYPE_NOT_SUPPORT,
    'Messages of system conversations can not be recalled.',
  )
}

function unknownMessage(): IMError {
  return new IMError(
    ErrorCode.RECALL_MESSAGE,
    'There is no such message in this conversation: pass its messageUId and sentTime.',
  )
}
