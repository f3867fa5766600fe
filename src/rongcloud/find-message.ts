/** Finds messages by what the documented calls name them with. */
import { ConversationType, type ConversationId } from '../model/conversation.js'
import { limits } from '../model/limits.js'
import type { Message } from '../model/message.js'
import { orderAtTime } from '../store/order-at-time.js'
import { pageClient } from './page-client.js'

export interface MessageName {
  messageUId: string
  /** Unix milliseconds. Without it another's message in a group is looked for among the newest 100. */
  sentTime?: number
  /** If it is known. */
  senderUserId?: string
}

/** The documents name a message by its id alone; here an id belongs to whoever sent it. */
export async function findMessage(
  conversation: ConversationId,
  { messageUId, sentTime, senderUserId }: MessageName,
): Promise<Message | undefined> {
  const { reader, userId } = pageClient()
  if (typeof messageUId !== 'string') return undefined
  const senders = senderUserId === undefined ? [userId, conversation.targetId] : [senderUserId]
  for (const sender of senders) {
    const message = await reader.find(conversation, { messageUId, senderUserId: sender })
    if (message) return message
  }
  const isAnotherMember = conversation.conversationType !== ConversationType.PRIVATE
  if (senderUserId !== undefined || !isAnotherMember) return undefined
  const around =
    sentTime === undefined ? undefined : await orderAtTime(reader, conversation, sentTime)
  const range = around === undefined ? {} : { around }
  const { messages } = await reader.history(conversation, {
    ...range,
    count: limits.historyCount.max,
  })
  return messages.find((message) => message.messageUId === messageUId)
}
