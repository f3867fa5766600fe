/**
 * What a backend hands over may have been written by anybody. These checks give a message that
 * the rest of the code can rely on, or nothing.
 */
import { UNSENT_ORDER, type ArchivedMessage, type MessageEnvelope } from './message.js'

/** Longest id taken from outside; the documents' ids are at most 64. */
const maxIdLength = 512

/** The envelope with every field of its documented type, or undefined when it can't be placed. */
export function checkedEnvelope<Envelope extends MessageEnvelope>(
  envelope: Envelope,
): Envelope | undefined {
  if (typeof envelope !== 'object' || envelope === null) return undefined
  const { messageUId, senderUserId, messageType, targetId, conversationType } = envelope
  const ids = [messageUId, senderUserId, messageType, targetId]
  if (!ids.every((id) => typeof id === 'string' && id !== '' && id.length <= maxIdLength)) {
    return undefined
  }
  if (!Number.isInteger(conversationType)) return undefined
  const { content, directedUserIds, expansion, channelId } = envelope
  const checked: Envelope = {
    ...envelope,
    content: isRecord(content) ? content : {},
    isPersisted: envelope.isPersisted === true,
    isCounted: envelope.isCounted === true,
    isStatusMessage: envelope.isStatusMessage === true,
    isMentioned: envelope.isMentioned === true,
  }
  if (channelId !== undefined && typeof channelId !== 'string') delete checked.channelId
  if (directedUserIds && !Array.isArray(directedUserIds)) delete checked.directedUserIds
  if (expansion && !isRecord(expansion)) delete checked.expansion
  return checked
}

/** As `checkedEnvelope`, with a place in the archive. */
export function checkedMessage(message: ArchivedMessage): ArchivedMessage | undefined {
  const checked = checkedEnvelope(message)
  if (!checked) return undefined
  const { order, sentTime } = checked
  if (typeof order !== 'string' || order === '' || order.startsWith(UNSENT_ORDER)) return undefined
  return Number.isFinite(sentTime) ? checked : { ...checked, sentTime: 0 }
}

function isRecord(value: unknown): value is Record<string, never> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
