/** Reads messages: history in pages, single ones, the first unread. */
import { invalidParameter } from '../model/errors.js'
import { limits } from '../model/limits.js'
import { pageClient } from './page-client.js'
import { pageAfter, pageBefore } from './place-in-time.js'
import { toReceivedMessage, type IAReceivedMessage, type IConversationOption } from './received.js'
import { result, type IAsyncRes } from './results.js'

export interface GetHistoryMessageOption {
  /** Unix milliseconds; 0: from the newest (`order` 0) or from the oldest (`order` 1). */
  timestamp?: number
  /** 1 to 100, 20 unless said otherwise. */
  count?: number
  /** 0: messages older than `timestamp`; 1: newer ones. */
  order?: 0 | 1
}

export interface GetHistoryMessageResult {
  /** Oldest first, whatever the order; own ones that are not sent yet at the end. */
  list: IAReceivedMessage[]
  hasMore: boolean
}

/**
 * A page of a conversation: from this device where it is complete, the rest from the backend. The
 * next older page is had with the `sentTime` of `list[0]`, the next newer one with that of the last.
 * Without a connection it ends where this device knows no more, and `hasMore` stays true.
 * `code`: 33003 `count` outside of 1 to 100, or a wrong conversation.
 */
export function getHistoryMessages(
  conversation: IConversationOption,
  options?: GetHistoryMessageOption,
): Promise<IAsyncRes<GetHistoryMessageResult>> {
  return result(async () => {
    const { timestamp = 0, count = limits.historyCount.default, order = 0 } = options ?? {}
    checkCount(count)
    const { reader } = pageClient()
    const page = await (order === 1 ? pageAfter : pageBefore)(
      reader,
      conversation,
      timestamp,
      count,
    )
    return {
      list: page.messages.map(toReceivedMessage),
      hasMore: order === 1 ? page.hasNewer : page.hasOlder,
    }
  })
}

/** As `getHistoryMessages`, which asks the backend for what this device does not have. */
export function getRemoteHistoryMessages(
  conversation: IConversationOption,
  options?: GetHistoryMessageOption,
): Promise<IAsyncRes<GetHistoryMessageResult>> {
  return getHistoryMessages(conversation, options)
}

/**
 * A message by its `messageId`, which is this device's number for it.
 * `code`: 33003 there is none.
 */
export function getMessage(messageId: number): Promise<IAsyncRes<IAReceivedMessage>> {
  return result(async () => {
    const [message] = await pageClient().reader.byId([messageId])
    if (!message) throw invalidParameter(`There is no message ${messageId} on this device.`)
    return toReceivedMessage(message)
  })
}

/** The oldest unread message, of those on this device; null when everything is read. */
export function getFirstUnreadMessage(
  conversation: IConversationOption,
): Promise<IAsyncRes<IAReceivedMessage | null>> {
  return result(async () => {
    const message = await pageClient().reader.firstUnread(conversation)
    return message ? toReceivedMessage(message) : null
  })
}

/** Which message `getFirstUnreadMessage` gives; one that was recalled is not unread any more. */
export function getFirstUnreadMessageInfo(
  conversation: IConversationOption,
): Promise<IAsyncRes<{ messageUId: string; sentTime: number } | null>> {
  return result(async () => {
    const message = await pageClient().reader.firstUnread(conversation)
    return message ? { messageUId: message.messageUId, sentTime: message.sentTime } : null
  })
}

function checkCount(count: number): void {
  const { min, max } = limits.historyCount
  if (!Number.isInteger(count) || count < min || count > max) {
    throw invalidParameter(`\`count\` is a whole number from ${min} to ${max}, not ${count}.`)
  }
}
