/**
 * Recalls that name a message by its place alone. Other clients take back what they wrote in a group
 * like that, and the server has nothing there any more: which message it was is known only to those
 * who have it.
 */
import type { ClientDatabase } from '../database/schema.js'
import { conversationKey } from '../model/conversation.js'
import { MessageType } from '../model/message-types.js'
import type { ArchivedMessage, MessageReference } from '../model/message.js'
import type { RecallContent } from '../model/operations.js'

/**
 * The operations, with these recalls naming what they take away. Those of nothing that is here are
 * left out: there is nothing to wait for.
 * @param arriving messages that come with them and are not stored yet
 */
export async function withRecalledNamed(
  database: ClientDatabase,
  operations: readonly ArchivedMessage[],
  arriving: readonly ArchivedMessage[],
): Promise<ArchivedMessage[]> {
  if (!operations.some(isByPlace)) return [...operations]
  const named = await Promise.all(
    operations.map(async (operation) => {
      if (!isByPlace(operation)) return [operation]
      const target = await messageAt(database, operation, arriving)
      // Only authors take back without a name.
      if (target?.senderUserId !== operation.senderUserId) return []
      const { messageUId, senderUserId } = target
      const { order: _, ...content } = operation.content
      return [{ ...operation, content: { ...content, messageUId, senderUserId } }]
    }),
  )
  return named.flat()
}

function isByPlace({ messageType, content }: ArchivedMessage): boolean {
  const { order, messageUId } = content as Partial<RecallContent>
  return messageType === MessageType.RECALL && typeof order === 'string' && !messageUId
}

async function messageAt(
  database: ClientDatabase,
  operation: ArchivedMessage,
  arriving: readonly ArchivedMessage[],
): Promise<MessageReference | undefined> {
  const key = conversationKey(operation)
  const order = operation.content.order as string
  const found = arriving.find((it) => it.order === order && conversationKey(it) === key)
  return found ?? database.messages.where('[conversationKey+order]').equals([key, order]).first()
}
