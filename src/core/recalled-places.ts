/**
 * Recalls that name a message by its place alone. Other clients take back what they wrote in a group
 * like that, and the server has nothing there any more: which message it was is known only to those
 * who have it.
 */
import type { ClientDatabase } from '../database/schema.js'
import type { ConversationId } from '../model/conversation.js'
import type { MessageType } from '../model/message-types.js'
import type { ArchivedMessage, MessageReference } from '../model/message.js'

// What it needs of others at run time is handed over: an import of it would tear the modules that are
// loaded at start apart.
const RECALL: typeof MessageType.RECALL = 'RC:RcCmd'

/**
 * The messages, with these recalls naming what they take away. Those of nothing that is here are left
 * out: there is nothing to wait for.
 */
export async function recalledNamed(
  database: ClientDatabase,
  messages: readonly ArchivedMessage[],
  keyOf: (conversation: ConversationId) => string,
): Promise<ArchivedMessage[]> {
  const named = await Promise.all(
    messages.map(async (recall) => {
      if (!isByPlace(recall)) return [recall]
      const target = await messageAt(database, recall, messages, keyOf)
      // Only authors take back without a name.
      if (target?.senderUserId !== recall.senderUserId) return []
      const { messageUId, senderUserId } = target
      const { order: _, ...content } = recall.content
      return [{ ...recall, content: { ...content, messageUId, senderUserId } }]
    }),
  )
  return named.flat()
}

function isByPlace({ messageType, content }: ArchivedMessage): boolean {
  return messageType === RECALL && content.order !== undefined && !content.messageUId
}

async function messageAt(
  database: ClientDatabase,
  recall: ArchivedMessage,
  arriving: readonly ArchivedMessage[],
  keyOf: (conversation: ConversationId) => string,
): Promise<MessageReference | undefined> {
  const key = keyOf(recall)
  const { order } = recall.content
  const found = arriving.find((it) => it.order === order && keyOf(it) === key)
  if (found || typeof order !== 'string') return found
  return database.messages.where('[conversationKey+order]').equals([key, order]).first()
}
