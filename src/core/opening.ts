/**
 * What is shown when a conversation is opened, in one look into the database: its row, the first
 * unread message and the page to begin with. Only what is here without holes; where something has
 * to be asked for first, there is nothing to give.
 */
import { Dexie } from 'dexie'
import type { ConversationRow, MessageRow, SegmentRow } from '../database/schema.js'
import { conversationKey, type ConversationId } from '../model/conversation.js'
import { isUnsent, UNSENT_ORDER } from '../model/message.js'
import { countsAsUnread, newConversationRow } from './conversation-rows.js'
import type { HistoryRows } from './history.js'
import type { Scope } from './scope.js'
import { reachesBack, segmentAt, segmentsOf } from './segments.js'

export interface OpeningRows {
  row: ConversationRow
  latest: MessageRow | undefined
  firstUnread: MessageRow | undefined
  page: HistoryRows
}

/** @param place where the reader was, an order token; counts only if nothing is unread */
export function readOpening(
  { database }: Scope,
  conversation: ConversationId,
  count: number,
  place: string | undefined,
): Promise<OpeningRows | undefined> {
  const key = conversationKey(conversation)

  /** Some rows before a place or at it, and one more to know of it; newest first. */
  const rowsUpTo = (to: unknown, isIncluded: boolean, count: number) =>
    database.messages
      .where('[conversationKey+order]')
      .between([key, Dexie.minKey], [key, to], true, isIncluded)
      .reverse()
      .limit(count + 1)
      .toArray()

  const rowsBehind = (order: string, count: number) =>
    database.messages
      .where('[conversationKey+order]')
      .between([key, order], [key, Dexie.maxKey], false, true)
      .limit(count + 1)
      .toArray()

  const firstUnreadOf = (row: ConversationRow) =>
    database.messages
      .where('[conversationKey+order]')
      .between([key, row.readPosition?.order ?? ''], [key, UNSENT_ORDER], false, false)
      .filter((message) => countsAsUnread(message, row))
      .first()

  const read = async (): Promise<OpeningRows | undefined> => {
    const [known, segments, newest] = await Promise.all([
      database.conversations.get(key),
      segmentsOf(database, key),
      rowsUpTo(Dexie.maxKey, true, count),
    ])
    const row = known ?? newConversationRow(conversation)
    const stretch = segments.at(-1)
    if (!stretch || row.hasGap) return undefined
    const { unreadMessageCount, readPosition, latestMessageId } = row
    if (unreadMessageCount && !reachesBack(stretch, readPosition?.order)) return undefined
    const [firstUnread, latest] = await Promise.all([
      unreadMessageCount ? firstUnreadOf(row) : undefined,
      newest.find(({ messageId }) => messageId === latestMessageId) ??
        (latestMessageId === undefined ? undefined : database.messages.get(latestMessageId)),
    ])
    const isInNewest = ({ messageId }: MessageRow) =>
      newest.slice(0, count).some((one) => one.messageId === messageId)
    const around = firstUnread ? !isInNewest(firstUnread) && firstUnread.order : place
    if (!around) {
      const page = pageOf(stretch, newest, count, [], 0)
      return page && { row, latest, firstUnread, page }
    }
    if (!segmentAt([stretch], around) && around <= stretch.newest) return undefined
    const half = Math.max(1, Math.floor(count / 2))
    const [older, newer] = await Promise.all([
      rowsUpTo(around, true, half),
      rowsBehind(around, half),
    ])
    const page = pageOf(stretch, older, half, newer, half)
    return page && { row, latest, firstUnread, page }
  }

  const { conversations, messages, segments } = database
  // Dexie knows by the function's own kind whether to follow native awaits: it must be async.
  return database.transaction('r', [conversations, messages, segments], async () => await read())
}

/** Each side has one row more than wanted if there are more; undefined: some have to be asked for. */
function pageOf(
  stretch: SegmentRow,
  older: readonly MessageRow[],
  olderCount: number,
  newer: readonly MessageRow[],
  newerCount: number,
): HistoryRows | undefined {
  const isHere = (row: MessageRow) => isUnsent(row) || row.order >= stretch.oldest
  const here = older.filter(isHere)
  if (here.length < olderCount && !stretch.reachesStart) return undefined
  return {
    rows: [...here.slice(0, olderCount).reverse(), ...newer.slice(0, newerCount)],
    hasOlder: here.length > olderCount || !stretch.reachesStart,
    hasNewer: newer.length > newerCount,
  }
}
