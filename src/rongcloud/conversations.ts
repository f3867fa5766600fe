/** The conversation list, and what is set for each: pinned, muted, removed. */
import {
  conversationKey,
  ConversationType,
  isMuted,
  NotificationLevel,
  NotificationStatus,
} from '../model/conversation.js'
import { IMError, invalidParameter, isRetryable } from '../model/errors.js'
import { pageClient } from './page-client.js'
import {
  toReceivedConversation,
  type IAReceivedConversation,
  type IConversationOption,
} from './received.js'
import { result, type IAsyncRes } from './results.js'

export interface IGetConversationListOptions {
  /** 1 to 1000, 300 unless said otherwise. */
  count?: number
  /** Unix milliseconds; 0: from the newest (`order` 0) or from the oldest (`order` 1). */
  startTime?: number
  /** 0: conversations whose last message is older than `startTime`; 1: newer ones. */
  order?: 0 | 1
}

/** Conversations of a type count in the lists below unless other types are asked for. */
const listedTypes: readonly ConversationType[] = [
  ConversationType.PRIVATE,
  ConversationType.GROUP,
  ConversationType.SYSTEM,
]

/**
 * Conversations by the time of their last message, pinned ones among the others: the latest first
 * with `order` 0, the earliest first with `order` 1. The next page is had with the time of the last
 * one's `latestMessage.sentTime`. What this device does not know yet comes from the backend.
 * `code`: 33003 `count` outside of 1 to 1000.
 */
export function getConversationList(
  options?: IGetConversationListOptions,
): Promise<IAsyncRes<IAReceivedConversation[]>> {
  return result(async () => {
    const { count = 300, startTime = 0, order = 0 } = options ?? {}
    if (!Number.isInteger(count) || count < 1 || count > 1000) {
      throw invalidParameter(`\`count\` is a whole number from 1 to 1000, not ${count}.`)
    }
    const page = order === 1 ? newerThan(startTime) : olderThan(startTime)
    let keys = await keysOfPage(page, count)
    let hasMore = true
    while (hasMore && keys.length < count) {
      hasMore = await pullMore(count - keys.length)
      keys = await keysOfPage(page, count)
    }
    const { conversations } = pageClient()
    return (await conversations.byKey(keys)).map(toReceivedConversation)
  })
}

/** One conversation; made up, without a message, if there is none yet. */
export function getConversation(
  conversation: IConversationOption,
): Promise<IAsyncRes<IAReceivedConversation>> {
  return result(async () =>
    toReceivedConversation(await pageClient().conversations.get(conversation)),
  )
}

/** Pinned conversations, the latest first. @param conversationTypes none: all */
export function getTopConversationList(
  conversationTypes?: ConversationType[],
): Promise<IAsyncRes<IAReceivedConversation[]>> {
  return filtered((row) => row.isTop && hasType(row, conversationTypes))
}

/** Conversations with unread messages. @param conversationTypes none: private, group and system */
export function getUnreadConversationList(
  conversationTypes?: ConversationType[],
): Promise<IAsyncRes<IAReceivedConversation[]>> {
  const types = conversationTypes?.length ? conversationTypes : listedTypes
  return filtered((row) => row.unreadMessageCount > 0 && hasType(row, types))
}

/** Conversations that keep at least some messages quiet: their level is above 0. */
export function getBlockedConversationList(): Promise<IAsyncRes<IAReceivedConversation[]>> {
  return filtered((row) => isMuted(row.notificationLevel))
}

/** Takes a conversation out of the list until its next message. Its messages stay. */
export function removeConversation(conversation: IConversationOption): Promise<IAsyncRes> {
  return result(() => pageClient().conversations.remove(conversation))
}

/** Pins a conversation, or with `false` does so no more, on all of the user's devices. */
export function setConversationToTop(
  conversation: IConversationOption,
  isTop = true,
): Promise<IAsyncRes> {
  return result(() => pageClient().conversations.setTop(conversation, isTop))
}

/**
 * Says which messages of a conversation notify, on all of the user's devices. They come and count
 * in any case. `code`: 33003 a number that is no `NotificationLevel`.
 */
export function setConversationNotificationLevel(
  conversation: IConversationOption,
  level: NotificationLevel,
): Promise<IAsyncRes> {
  return result(() => pageClient().conversations.setNotificationLevel(conversation, level))
}

/** A number of `NotificationLevel`. */
export function getConversationNotificationLevel(
  conversation: IConversationOption,
): Promise<IAsyncRes<NotificationLevel>> {
  return result(async () => (await pageClient().conversations.get(conversation)).notificationLevel)
}

/** The older, two-state switch. OPEN means that do-not-disturb is on: the conversation is muted. */
export function setConversationNotificationStatus(
  conversation: IConversationOption,
  status: NotificationStatus,
): Promise<IAsyncRes> {
  return result(async () => {
    if (!(status in NotificationStatus)) {
      throw invalidParameter('A notification status is 1 (OPEN, muted) or 2 (CLOSE).')
    }
    const isOpen = status === NotificationStatus.OPEN
    const level = isOpen ? NotificationLevel.NOT_MESSAGE_NOTIFICATION : NotificationLevel.NOT_SET
    await pageClient().conversations.setNotificationLevel(conversation, level)
  })
}

/** OPEN: muted. */
export function getConversationNotificationStatus(
  conversation: IConversationOption,
): Promise<IAsyncRes<NotificationStatus>> {
  return result(async () => (await pageClient().conversations.get(conversation)).notificationStatus)
}

/** What the lists look at. */
type Row = Parameters<Parameters<ReturnType<typeof pageClient>['conversations']['filter']>[0]>[0]

interface TimePage {
  has: (sortTime: number) => boolean
  /** As for `sort`. */
  compare: (one: number, other: number) => number
}

function olderThan(time: number): TimePage {
  return {
    has: (sortTime) => time <= 0 || sortTime < time,
    compare: (one, other) => other - one,
  }
}

function newerThan(time: number): TimePage {
  return { has: (sortTime) => sortTime > time, compare: (one, other) => one - other }
}

/** Only the keys: messages are read for those that are handed out. */
async function keysOfPage(page: TimePage, count: number): Promise<string[]> {
  const found: Row[] = []
  await pageClient().conversations.filter((row) => {
    if (page.has(row.sortTime)) found.push(row)
    return false
  })
  return found
    .sort((one, other) => page.compare(one.sortTime, other.sortTime))
    .slice(0, count)
    .map(conversationKey)
}

/** Asks the backend for more. False: there is no more, or nobody to ask. */
async function pullMore(count: number): Promise<boolean> {
  try {
    return await pageClient().conversations.pullOlder(count)
  } catch (error) {
    if (isRetryable(IMError.from(error).code)) return false
    throw error
  }
}

function filtered(pick: (row: Row) => boolean): Promise<IAsyncRes<IAReceivedConversation[]>> {
  return result(async () => {
    const conversations = await pageClient().conversations.filter(pick)
    return conversations.map(toReceivedConversation)
  })
}

function hasType(row: Row, types: readonly ConversationType[] | undefined): boolean {
  return !types?.length || types.includes(row.conversationType)
}
