/** A conversation as it is given out: its row, with its last message and what follows from both. */
import type { ClientDatabase, ConversationRow, MessageRow } from '../database/schema.js'
import type { MentionedInfo } from '../model/content.js'
import {
  conversationIdOf,
  isMuted,
  NotificationStatus,
  type ConversationId,
  type Draft,
  type NotificationLevel,
  type ReadPosition,
} from '../model/conversation.js'
import { isOwn, SentStatus, type Message } from '../model/message.js'

export interface Conversation extends ConversationId {
  conversationKey: string
  latestMessage: Message | null
  unreadMessageCount: number
  unreadMentionedCount: number
  hasMentioned: boolean
  /** The newest unread mention. */
  mentionedInfo?: MentionedInfo
  notificationLevel: NotificationLevel
  /** OPEN: muted. */
  notificationStatus: NotificationStatus
  isTop: boolean
  /** The draft's text; empty without one. */
  draft: string
  draftDetail?: Draft
  lastUnreadTime: number
  readPosition?: ReadPosition
  /** Private: own messages up to this time have been read by the other side. Unix ms. */
  peerReadTime: number
  sortTime: number
  /** Place in the list: compares as a string, descending. Absent: not in the list. */
  listOrder?: string
}

export function toConversation(row: ConversationRow, latest: MessageRow | undefined): Conversation {
  const conversation: Conversation = {
    ...conversationIdOf(row),
    conversationKey: row.conversationKey,
    latestMessage: latest ? toMessage(latest, row) : null,
    unreadMessageCount: row.unreadMessageCount,
    unreadMentionedCount: row.unreadMentionedCount,
    hasMentioned: row.unreadMentionedCount > 0,
    notificationLevel: row.notificationLevel,
    notificationStatus: isMuted(row.notificationLevel)
      ? NotificationStatus.OPEN
      : NotificationStatus.CLOSE,
    isTop: row.isTop,
    draft: row.draft?.text ?? '',
    lastUnreadTime: row.lastUnreadTime,
    peerReadTime: row.peerReadTime,
    sortTime: row.sortTime,
  }
  if (row.mentionedInfo) conversation.mentionedInfo = row.mentionedInfo
  if (row.draft) conversation.draftDetail = row.draft
  if (row.readPosition) conversation.readPosition = row.readPosition
  if (row.listOrder !== undefined) conversation.listOrder = row.listOrder
  return conversation
}

/** A message as it is given out: whether the other side has read it is derived, not stored. */
export function toMessage(row: MessageRow, conversation?: ConversationRow): Message {
  const { conversationKey: _, ...message } = row
  const isRead =
    isOwn(row) &&
    row.sentStatus === SentStatus.SENT &&
    row.sentTime <= (conversation?.peerReadTime ?? 0)
  return isRead ? { ...message, sentStatus: SentStatus.READ } : message
}

/** Conversations with their last messages, in the order of the rows. */
export async function withLatest(
  database: ClientDatabase,
  rows: readonly ConversationRow[],
): Promise<Conversation[]> {
  const latest = await database.messages.bulkGet(rows.map((row) => row.latestMessageId ?? 0))
  return rows.map((row, index) => toConversation(row, latest[index]))
}
