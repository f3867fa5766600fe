/** The rows of the conversation list: how they start, sort, count and follow their messages. */
import { Dexie } from 'dexie'
import type { ClientDatabase, ConversationRow, MessageRow } from '../database/schema.js'
import {
  conversationIdOf,
  conversationKey,
  conversationOfKey,
  ConversationType,
  NotificationLevel,
  type ConversationId,
} from '../model/conversation.js'
import { MentionedType } from '../model/content.js'
import { MessageDirection, UNSENT_ORDER } from '../model/message.js'

export function newConversationRow(conversation: ConversationId): ConversationRow {
  return {
    ...conversationIdOf(conversation),
    conversationKey: conversationKey(conversation),
    sortTime: 0,
    isTop: false,
    notificationLevel: NotificationLevel.NOT_SET,
    unreadMessageCount: 0,
    unreadMentionedCount: 0,
    lastUnreadTime: 0,
    peerReadTime: 0,
  }
}

/** Pinned first, then by time; descending. Without a sort time or once removed: not in the list. */
export function withListOrder(row: ConversationRow): ConversationRow {
  const isListed = row.sortTime > 0 && row.sortTime > (row.removedAt ?? 0)
  if (!isListed) {
    const { listOrder: _, ...rest } = row
    return rest
  }
  const time = String(Math.max(0, Math.trunc(row.sortTime))).padStart(15, '0')
  return { ...row, listOrder: `${row.isTop ? 1 : 0}${time}/${row.conversationKey}` }
}

/** Rows of some conversations, new ones for those that are not there yet. Inside a transaction. */
export async function readConversationRows(
  database: ClientDatabase,
  keys: Iterable<string>,
): Promise<Map<string, ConversationRow>> {
  const list = [...new Set(keys)]
  const rows = await database.conversations.bulkGet(list)
  return new Map(
    list.map((key, index) => [key, rows[index] ?? newConversationRow(conversationOfKey(key))]),
  )
}

/** Whether a message names this user. Only groups have mentions. */
export function mentions(message: MessageRow, userId: string): boolean {
  if (!message.isMentioned || message.messageDirection === MessageDirection.SEND) return false
  const { conversationType, content } = message
  if (
    conversationType !== ConversationType.GROUP &&
    conversationType !== ConversationType.ULTRA_GROUP
  ) {
    return false
  }
  const info = content.mentionedInfo
  return (
    info?.type === MentionedType.ALL ||
    (Array.isArray(info?.userIdList) && info.userIdList.includes(userId))
  )
}

/** Whether a message adds to the unread count of its reader. */
export function countsAsUnread(
  message: MessageRow,
  conversation: Pick<ConversationRow, 'readPosition'>,
): boolean {
  return (
    message.isCounted &&
    message.messageDirection === MessageDirection.RECEIVE &&
    message.order > (conversation.readPosition?.order ?? '')
  )
}

/** One message's part in the counts of its conversation: +1 when it comes, -1 when it is taken back. */
export function countMessage(
  row: ConversationRow,
  message: MessageRow,
  userId: string,
  step: 1 | -1,
): ConversationRow {
  if (!countsAsUnread(message, row)) return row
  const next = { ...row, unreadMessageCount: Math.max(0, row.unreadMessageCount + step) }
  if (step === 1) next.lastUnreadTime = message.sentTime
  if (mentions(message, userId)) {
    next.unreadMentionedCount = Math.max(0, row.unreadMentionedCount + step)
    if (step === 1 && message.content.mentionedInfo) {
      next.mentionedInfo = message.content.mentionedInfo
    }
    if (next.unreadMentionedCount === 0) delete next.mentionedInfo
  }
  return next
}

/** The backend's counts up to a place, which know messages that are not here, and ours from there on. */
export interface CountedPart {
  upTo: string
  unreadMessageCount: number
  unreadMentionedCount: number
}

/** The counts anew, from the messages behind the read position. Inside a transaction. */
export async function recount(
  database: ClientDatabase,
  row: ConversationRow,
  userId: string,
  counted?: CountedPart,
): Promise<ConversationRow> {
  const unread = await database.messages
    .where('[conversationKey+order]')
    .between(
      [row.conversationKey, counted?.upTo ?? row.readPosition?.order ?? Dexie.minKey],
      [row.conversationKey, UNSENT_ORDER],
      false,
      false,
    )
    .filter((message) => countsAsUnread(message, row))
    .toArray()
  const mentioning = unread.filter((message) => mentions(message, userId))
  const next: ConversationRow = {
    ...row,
    unreadMessageCount: unread.length + (counted?.unreadMessageCount ?? 0),
    unreadMentionedCount: mentioning.length + (counted?.unreadMentionedCount ?? 0),
  }
  const newest = mentioning.at(-1)?.content.mentionedInfo
  if (newest) next.mentionedInfo = newest
  else delete next.mentionedInfo
  return next
}

/** The last shown message of a conversation, unsent ones included. Inside a transaction. */
export function lastMessage(
  database: ClientDatabase,
  key: string,
): Promise<MessageRow | undefined> {
  return database.messages
    .where('[conversationKey+order]')
    .between([key, Dexie.minKey], [key, Dexie.maxKey])
    .last()
}

/** The row pointing at its last message, and sorted by it. Inside a transaction. */
export async function withLatestMessage(
  database: ClientDatabase,
  row: ConversationRow,
): Promise<ConversationRow> {
  const latest = await lastMessage(database, row.conversationKey)
  if (latest) return endingWith(row, latest)
  const { latestMessageId: _, latestOrder: __, ...rest } = row
  return withListOrder(rest)
}

/** The row with a message that is known to be its last. */
export function endingWith(row: ConversationRow, latest: MessageRow): ConversationRow {
  return withListOrder({
    ...row,
    latestMessageId: latest.messageId,
    latestOrder: latest.order,
    sortTime: Math.max(latest.sentTime, 1),
  })
}
