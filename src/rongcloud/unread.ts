/**
 * Unread counts. They are the same on all of a user's devices: what is cleared here is cleared
 * there, without a call of its own.
 */
import type { Conversation } from '../core/conversation.js'
import type { UnreadQuery } from '../core/conversation-book.js'
import { ConversationType, NotificationLevel } from '../model/conversation.js'
import { isUnsent } from '../model/message.js'
import { pageClient } from './page-client.js'
import type { IConversationOption } from './received.js'
import { result, type IAsyncRes } from './results.js'

const countedTypes: readonly ConversationType[] = [
  ConversationType.PRIVATE,
  ConversationType.GROUP,
  ConversationType.SYSTEM,
]

/**
 * Unread messages in all conversations.
 * @param includeMuted whether those of muted ones count too
 * @param conversationTypes none: private, group and system
 */
export function getTotalUnreadCount(
  includeMuted = false,
  conversationTypes?: ConversationType[],
): Promise<IAsyncRes<number>> {
  return total({ includeMuted }, conversationTypes)
}

/** Unread messages in conversations of some levels, muted or not. @param levels none: all */
export function getTotalUnreadCountByLevels(
  conversationTypes: ConversationType[],
  levels: NotificationLevel[],
): Promise<IAsyncRes<number>> {
  return total({ includeMuted: true, levels }, conversationTypes)
}

/** Unread messages in one conversation. */
export function getUnreadCount(conversation: IConversationOption): Promise<IAsyncRes<number>> {
  return result(async () => (await pageClient().conversations.get(conversation)).unreadMessageCount)
}

/** Unread messages that name this user, or everyone, in one group. */
export function getUnreadMentionedCount(
  conversation: IConversationOption,
): Promise<IAsyncRes<number>> {
  return result(
    async () => (await pageClient().conversations.get(conversation)).unreadMentionedCount,
  )
}

/** Unread messages that name this user, or everyone, in all groups. */
export function getAllUnreadMentionedCount(): Promise<IAsyncRes<number>> {
  return mentions([ConversationType.GROUP], [])
}

/** Unread messages that name this user, or everyone. @param levels none: all */
export function getTotalUnreadMentionedCountByLevels(
  conversationTypes: ConversationType[],
  levels: NotificationLevel[],
): Promise<IAsyncRes<number>> {
  return mentions(typesOf(conversationTypes), levels)
}

/**
 * Everything in a conversation is read. Tells nobody but the user's own devices: the other side
 * learns it from `sendReadReceiptMessage`.
 */
export function clearMessagesUnreadStatus(conversation: IConversationOption): Promise<IAsyncRes> {
  return result(async () => clear(await pageClient().conversations.get(conversation)))
}

/** `clearMessagesUnreadStatus` for all conversations. */
export function clearAllMessagesUnreadStatus(): Promise<IAsyncRes> {
  return result(async () => {
    const unread = await pageClient().conversations.filter((row) => row.unreadMessageCount > 0)
    for (const conversation of unread) await clear(conversation)
  })
}

function total(
  query: UnreadQuery,
  conversationTypes: readonly ConversationType[] | undefined,
): Promise<IAsyncRes<number>> {
  return result(() => {
    const { conversations } = pageClient()
    const types = typesOf(conversationTypes)
    return types.length ? conversations.unread({ ...query, types }) : 0
  })
}

async function clear(conversation: Conversation): Promise<void> {
  const { latestMessage } = conversation
  const client = pageClient()
  const isArchived = latestMessage && !isUnsent(latestMessage)
  const readUpTo = isArchived ? latestMessage.sentTime : client.serverTime()
  await client.readState.syncReadPosition(conversation, readUpTo)
}

function mentions(
  types: readonly ConversationType[],
  levels: readonly NotificationLevel[],
): Promise<IAsyncRes<number>> {
  return result(async () => {
    const mentioning = await pageClient().conversations.filter(
      (row) =>
        row.unreadMentionedCount > 0 &&
        types.includes(row.conversationType) &&
        (!levels?.length || levels.includes(row.notificationLevel)),
    )
    return mentioning.reduce((sum, { unreadMentionedCount }) => sum + unreadMentionedCount, 0)
  })
}

/** Chatrooms and super groups are counted nowhere here, even when asked for. */
function typesOf(types: readonly ConversationType[] | undefined): readonly ConversationType[] {
  return types?.length ? types.filter((type) => countedTypes.includes(type)) : countedTypes
}
