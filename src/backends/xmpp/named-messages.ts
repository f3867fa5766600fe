/** Which message another client means that names one without saying whose it is. */
import { ErrorCode, IMError } from '../../model/errors.js'
import { MessageType } from '../../model/message-types.js'
import type { ArchivedMessage } from '../../model/message.js'
import type { ConversationArchive } from './conversation-archive.js'
import { isShown, type Received } from './received.js'
import { sentAfter } from './sent-before.js'

/**
 * The operation with whose message it is about and, of having read, until when.
 * @param entries what is known of the conversation
 * @returns undefined where that message is not known
 */
export function completed(
  received: Received,
  entries: readonly ArchivedMessage[],
): Received | undefined {
  const { names, ...rest } = received
  if (!names) return received
  const isNamed = (entry: ArchivedMessage) =>
    'order' in names ? entry.order === names.order : entry.messageUId === names.id
  const { message } = received
  const target = entries.find((it) => isShown(it) && it.order < message.order && isNamed(it))
  if (!target) return undefined
  const isRecall = message.messageType === MessageType.RECALL
  if (isRecall && target.senderUserId !== message.senderUserId) return undefined
  const { messageUId, senderUserId, sentTime } = target
  const isReading = message.messageType === MessageType.READ_RECEIPT
  const about = isReading
    ? { messageUId, lastMessageSendTime: sentTime, type: 1 }
    : { messageUId, senderUserId }
  return { ...rest, message: { ...message, content: { ...message.content, ...about } } }
}

/**
 * As `completed`, reading back as far as the message may stand. A group one is not in has none. What
 * was taken back may be gone from there: then the recall names its place, for those who have it.
 */
export async function completedFrom(
  archive: ConversationArchive,
  now: number,
  received: Received,
): Promise<Received | undefined> {
  const { names } = received
  if (!names) return received
  const start = 'order' in names ? names.order : sentAfter(names.id, now)
  const found = () => completed(received, archive.entries())
  try {
    await archive.readBack(() => found() !== undefined || archive.from <= start)
  } catch (error) {
    if (!(error instanceof IMError) || error.code !== ErrorCode.NOT_IN_GROUP) throw error
    return undefined
  }
  return found() ?? byPlace(received, archive.entries())
}

function byPlace(received: Received, entries: readonly ArchivedMessage[]): Received | undefined {
  const { names, message, ...rest } = received
  if (message.messageType !== MessageType.RECALL || !names || !('order' in names)) return undefined
  if (entries.some(({ order }) => order === names.order)) return undefined
  const content = { ...message.content, messageUId: '', order: names.order }
  return { ...rest, message: { ...message, content } }
}
