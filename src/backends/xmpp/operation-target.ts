/** The message an operation is about, and who has to hear of what is done to it. */
import { MessageType } from '../../model/message-types.js'
import type { ArchivedMessage, MessageReference } from '../../model/message.js'
import type { ConversationArchive } from './conversation-archive.js'
import { recalledBy } from './received.js'
import { sentAfter } from './sent-before.js'

/**
 * The shown message an operation names, as far back as its id says it may stand. Whatever else was
 * done to it is then among the entries of the archive.
 */
export async function findTarget(
  archive: ConversationArchive,
  now: number,
  { messageUId, senderUserId }: Partial<MessageReference>,
): Promise<ArchivedMessage | undefined> {
  if (typeof messageUId !== 'string' || typeof senderUserId !== 'string') return undefined
  const reference = { messageUId, senderUserId }
  const start = sentAfter(messageUId, now)
  await archive.readBack(() => archive.find(reference) !== undefined || archive.from <= start)
  return archive.find(reference)
}

/** Those whom a message was meant for; undefined: everyone in the conversation. */
export function audienceOf({
  directedUserIds,
  senderUserId,
}: ArchivedMessage): readonly string[] | undefined {
  return directedUserIds?.length ? [senderUserId, ...directedUserIds] : undefined
}

export function isRecalled(entries: readonly ArchivedMessage[], target: MessageReference): boolean {
  return entries.some((entry) => {
    const recalled = recalledBy(entry)
    return recalled !== undefined && isSame(recalled, target)
  })
}

export function editsOf(
  entries: readonly ArchivedMessage[],
  target: MessageReference,
): ArchivedMessage[] {
  return entries.filter(
    ({ messageType, senderUserId, content }) =>
      messageType === MessageType.EDIT &&
      senderUserId === target.senderUserId &&
      isSame(content as Partial<MessageReference>, target),
  )
}

export function isSame(one: Partial<MessageReference>, other: MessageReference): boolean {
  return one.messageUId === other.messageUId && one.senderUserId === other.senderUserId
}
