/** Says what has been read, and asks who has. */
import { ConversationType, type ConversationId } from '../model/conversation.js'
import { ErrorCode, IMError } from '../model/errors.js'
import { limits } from '../model/limits.js'
import { MessageDirection, type Message } from '../model/message.js'
import { findMessage } from './find-message.js'
import { pageClient } from './page-client.js'
import type { IConversationOption } from './received.js'
import { result, type IAsyncRes } from './results.js'

/** How many requests are answered at once when none are named, and how old they may be. */
const pendingRequests = { count: 30, age: 24 * 60 * 60 * 1000 }

/**
 * Private: tells the other side that everything up to a message has been read. Does not clear the
 * unread count. Waits for the connection if there is none.
 * @param timestamp `sentTime` of the newest message that was read
 */
export function sendReadReceiptMessage(
  targetId: string,
  messageUId: string,
  timestamp: number,
  channelId?: string,
): Promise<IAsyncRes> {
  return result(() => {
    const conversation = conversationOf(ConversationType.PRIVATE, targetId, channelId)
    return pageClient().readState.sendReadReceipt(conversation, messageUId, timestamp)
  })
}

/**
 * Group: asks the members who has read an own message.
 * `code`: 34014 it is not an own message of this group, or not sent yet.
 */
export function sendReadReceiptRequest(
  targetId: string,
  messageUId: string,
  channelId?: string,
): Promise<IAsyncRes> {
  return result(async () => {
    const { readState, userId } = pageClient()
    const conversation = conversationOf(ConversationType.GROUP, targetId, channelId)
    const message = await findMessage(conversation, { messageUId, senderUserId: userId })
    if (!message) {
      throw new IMError(
        ErrorCode.READ_RECEIPT_ERROR,
        'Receipts can be asked for own messages only; this is none.',
      )
    }
    await readState.requestReceipt(message)
  })
}

/**
 * Group: answers those who asked whether their messages have been read. What was not asked for, or
 * is answered already, is left out.
 * @param messageList ids by who sent them; none: the newest 30 requests of the last 24 hours
 */
export function sendReadReceiptResponseV2(
  targetId: string,
  messageList?: Record<string, string[]>,
  channelId?: string,
): Promise<IAsyncRes> {
  return result(async () => {
    const conversation = conversationOf(ConversationType.GROUP, targetId, channelId)
    const messages = messageList
      ? await named(conversation, messageList)
      : await pending(conversation)
    await pageClient().readState.respondReceipts(conversation, messages)
  })
}

/** As `sendReadReceiptResponseV2`, for messages by whomever. Deprecated by the original. */
export function sendReadReceiptResponse(
  targetId: string,
  messageUIds: string[],
  channelId?: string,
): Promise<IAsyncRes> {
  return result(async () => {
    const conversation = conversationOf(ConversationType.GROUP, targetId, channelId)
    const found = await Promise.all(
      messageUIds.map((messageUId) => findMessage(conversation, { messageUId })),
    )
    const messages = found.filter((message) => message !== undefined)
    await pageClient().readState.respondReceipts(conversation, messages)
  })
}

/**
 * Everything up to a time is read: the count is cleared here and on the user's other devices.
 * @param timestamp `sentTime` of the newest message that was read
 */
export function sendSyncReadStatusMessage(
  conversation: IConversationOption,
  timestamp: number,
): Promise<IAsyncRes> {
  return result(() => pageClient().readState.syncReadPosition(conversation, timestamp))
}

async function named(
  conversation: ConversationId,
  messageList: Record<string, string[]>,
): Promise<Message[]> {
  const names = Object.entries(messageList).flatMap(([senderUserId, messageUIds]) =>
    messageUIds.map((messageUId) => ({ senderUserId, messageUId })),
  )
  const found = await Promise.all(names.map((name) => findMessage(conversation, name)))
  return found.filter((message) => message !== undefined)
}

async function pending(conversation: ConversationId): Promise<Message[]> {
  const client = pageClient()
  const since = client.serverTime() - pendingRequests.age
  const { messages } = await client.reader.history(conversation, {
    count: limits.historyCount.max,
  })
  return messages
    .filter(
      ({ messageDirection, readReceiptInfo, sentTime }) =>
        messageDirection === MessageDirection.RECEIVE &&
        readReceiptInfo?.isReceiptRequestMessage &&
        !readReceiptInfo.hasRespond &&
        sentTime >= since,
    )
    .slice(-pendingRequests.count)
}

function conversationOf(
  conversationType: ConversationType,
  targetId: string,
  channelId: string | undefined,
): ConversationId {
  return channelId ? { conversationType, targetId, channelId } : { conversationType, targetId }
}
