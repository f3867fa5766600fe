/** Thousands of conversations, put straight into a client's database. */
import { newConversationRow, withListOrder } from '../../src/core/conversation-rows.js'
import { ClientDatabase, databaseName, type MessageRow } from '../../src/database/schema.js'
import { ConversationType } from '../../src/model/conversation.js'
import { uuidv7 } from '../../src/model/identity.js'
import { MessageType } from '../../src/model/message-types.js'
import { MessageDirection, ReceivedStatus, SentStatus } from '../../src/model/message.js'

/** The other side of the conversation at a place: `peer-0` has written last and stands on top. */
export const peerAt = (place: number): string => `peer-${place}`

export const withPeer = (place: number) => ({
  conversationType: ConversationType.PRIVATE,
  targetId: peerAt(place),
})

/** Each with one message of its own. The client must not have its database open, or load again. */
export async function fillConversations(
  appkey: string,
  userId: string,
  count: number,
): Promise<void> {
  const database = new ClientDatabase(databaseName(appkey, userId))
  await database.open()
  const newest = Date.UTC(2025, 0, 1)
  const places = Array.from({ length: count }, (_, place) => place)
  const messages = places.map((place) => messageOf(place, newest - place * 60_000))
  const ids = await database.messages.bulkAdd(messages, { allKeys: true })
  const rows = places.map((place) =>
    withListOrder({
      ...newConversationRow(withPeer(place)),
      sortTime: newest - place * 60_000,
      latestMessageId: ids[place]!,
      unreadMessageCount: place % 10 === 0 ? 1 : 0,
    }),
  )
  await database.conversations.bulkPut(rows)
  database.close()
}

function messageOf(place: number, sentTime: number): MessageRow {
  const { conversationKey } = newConversationRow(withPeer(place))
  const row: Omit<MessageRow, 'messageId'> = {
    ...withPeer(place),
    conversationKey,
    messageUId: uuidv7(),
    messageType: MessageType.TEXT,
    content: { content: `message of ${peerAt(place)}` },
    senderUserId: peerAt(place),
    isPersisted: true,
    isCounted: true,
    isStatusMessage: false,
    // Below all that the service gives.
    order: '0',
    sentTime,
    receivedTime: sentTime,
    messageDirection: MessageDirection.RECEIVE,
    sentStatus: SentStatus.RECEIVED,
    receivedStatus: ReceivedStatus.UNREAD,
    isOffLineMessage: false,
  }
  // The database gives the number.
  return row as MessageRow
}
