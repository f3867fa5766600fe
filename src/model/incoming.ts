/**
 * What a backend hands over may have been written by anybody. These checks give a message that
 * the rest of the code can rely on, or nothing.
 */
import { UNSENT_ORDER, type ArchivedMessage, type MessageEnvelope } from './message.js'

/** Longest id taken from outside; the documents' ids are at most 64. */
export const maxIdLength = 512

/**
 * The fields a message may have that are checked by their type alone. Whatever else somebody puts
 * into a message, such as a number in our database, is left out.
 */
const optionalFields = {
  channelId: isText,
  disableNotification: isFlag,
  directedUserIds: (value: unknown) => Array.isArray(value) && value.every(isText),
  canIncludeExpansion: isFlag,
  expansion: (value: unknown) => isRecord(value) && Object.values(value).every(isText),
  needReceipt: isFlag,
  pushContent: isText,
  pushData: isText,
  pushConfig: isRecord,
  isVoipPush: isFlag,
  isFilerWhiteBlacklist: isFlag,
  audience: (value: unknown) => value === 'conversation' || value === 'self',
} satisfies Partial<Record<keyof MessageEnvelope, (value: unknown) => boolean>>

/** The envelope with every field of its documented type, or undefined when it can't be placed. */
export function checkedEnvelope(envelope: MessageEnvelope): MessageEnvelope | undefined {
  if (!isRecord(envelope)) return undefined
  const { messageUId, senderUserId, messageType, targetId, conversationType } = envelope
  if (![messageUId, senderUserId, messageType, targetId].every(isId)) return undefined
  if (!Number.isInteger(conversationType)) return undefined
  const checked: MessageEnvelope = {
    conversationType,
    targetId,
    messageUId,
    messageType,
    senderUserId,
    content: isRecord(envelope.content) ? envelope.content : {},
    isPersisted: envelope.isPersisted === true,
    isCounted: envelope.isCounted === true,
    isStatusMessage: envelope.isStatusMessage === true,
    isMentioned: envelope.isMentioned === true,
  }
  for (const [field, isRight] of Object.entries(optionalFields)) {
    const value: unknown = envelope[field as keyof typeof optionalFields]
    if (isRight(value)) Object.assign(checked, { [field]: value })
  }
  return checked
}

/** As `checkedEnvelope`, with the server's time. */
export function checkedStatusMessage<Timed extends MessageEnvelope & { sentTime: number }>(
  message: Timed,
): (MessageEnvelope & { sentTime: number }) | undefined {
  const checked = checkedEnvelope(message)
  const { sentTime } = message ?? {}
  return checked && { ...checked, sentTime: Number.isFinite(sentTime) ? sentTime : 0 }
}

/** As `checkedEnvelope`, with a place in the archive. */
export function checkedMessage(message: ArchivedMessage): ArchivedMessage | undefined {
  const checked = checkedStatusMessage(message)
  const { order } = message ?? {}
  if (typeof order !== 'string' || order === '' || order.startsWith(UNSENT_ORDER)) return undefined
  return checked && { ...checked, order }
}

function isId(value: unknown): boolean {
  return isText(value) && value !== '' && value.length <= maxIdLength
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean'
}

function isRecord(value: unknown): value is Record<string, never> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
