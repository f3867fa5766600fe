/**
 * Puts archives into the client's database before the client opens it: as if all of it had been
 * received one day.
 */
import { databaseName, ClientDatabase, type MessageRow } from '../../../src/database/schema.js'
import { newConversationRow, withListOrder } from '../../../src/core/conversation-rows.js'
import {
  conversationKey,
  ConversationType,
  type ConversationId,
} from '../../../src/model/conversation.js'
import {
  MessageDirection,
  ReceivedStatus,
  SentStatus,
  type ArchivedMessage,
} from '../../../src/model/message.js'
import { MessageType } from '../../../src/model/message-types.js'
import { own, said, stretch, type Archive, type Said } from './archive.js'

/** Rows written in one transaction. */
const portion = 5000

export function conversationOf({ id }: Pick<Archive, 'id'>): ConversationId {
  return { conversationType: ConversationType.GROUP, targetId: id }
}

/** A message as a backend hands it over. */
export function archivedMessage(archive: Pick<Archive, 'id'>, message: Said): ArchivedMessage {
  const { serial, sender, text, picture, sentTime } = message
  return {
    ...conversationOf(archive),
    messageUId: `${archive.id}-${serial}`,
    messageType: picture ? MessageType.IMAGE : MessageType.TEXT,
    content: picture ? { content: '', imageUri: picture } : { content: text },
    senderUserId: sender.id,
    isPersisted: true,
    isCounted: true,
    isStatusMessage: false,
    order: orderOf(serial),
    sentTime,
  }
}

/** Nothing is done for a name that has its archives already. */
export async function storeArchives(appkey: string, archives: readonly Archive[]): Promise<void> {
  const database = new ClientDatabase(databaseName(appkey, own.id))
  await database.open()
  if (!(await database.meta.get('cursor'))) {
    for (const archive of archives) await storeArchive(database, archive)
    await database.meta.bulkPut([
      { key: 'hasConversationList', value: true },
      { key: 'cursor', value: 'stored' },
    ])
  }
  database.close()
}

async function storeArchive(database: ClientDatabase, archive: Archive): Promise<void> {
  for (let start = 0; start < archive.count; start += portion) {
    const end = Math.min(archive.count, start + portion)
    await database.messages.bulkAdd(
      stretch(archive, start, end).map((message) => messageRow(archive, message)),
    )
  }
  const conversation = conversationOf(archive)
  const key = conversationKey(conversation)
  const last = said(archive, archive.count - 1)
  const row = await database.messages
    .where('[conversationKey+order]')
    .equals([key, orderOf(last.serial)])
    .first()
  await database.conversations.put(
    withListOrder({
      ...newConversationRow(conversation),
      sortTime: last.sentTime,
      latestMessageId: row!.messageId,
      readPosition: { order: orderOf(last.serial), sentTime: last.sentTime },
    }),
  )
  await database.segments.put({
    conversationKey: key,
    oldest: orderOf(0),
    newest: orderOf(last.serial),
    reachesStart: true,
  })
}

/** Without the number, which the database gives. */
export function messageRow(archive: Pick<Archive, 'id'>, message: Said): MessageRow {
  const { isOwn, sentTime } = message
  const row: Omit<MessageRow, 'messageId'> = {
    ...archivedMessage(archive, message),
    conversationKey: conversationKey(conversationOf(archive)),
    messageDirection: isOwn ? MessageDirection.SEND : MessageDirection.RECEIVE,
    sentStatus: isOwn ? SentStatus.SENT : SentStatus.RECEIVED,
    receivedStatus: ReceivedStatus.READ,
    receivedTime: sentTime,
    isOffLineMessage: false,
  }
  return row as MessageRow
}

export function orderOf(serial: number): string {
  return String(serial).padStart(16, '0')
}
