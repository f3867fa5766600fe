/** What a message has to be like before anybody looks at who may send it. */
import { ConversationType } from '../model/conversation.js'
import { ErrorCode, IMError, invalidParameter } from '../model/errors.js'
import { expansionKeyPattern, limits, serializedSize } from '../model/limits.js'
import { MessageType, MessageTypeRegistry } from '../model/message-types.js'
import type { MessageEnvelope } from '../model/message.js'
import type { OutgoingMessage } from './backend.js'

const types = new MessageTypeRegistry()

export function isOperation(messageType: string): boolean {
  return types.get(messageType)?.role === 'operation'
}

/** Whether it counts against the rate: what is written, not what clients say by themselves. */
export function isRated(message: MessageEnvelope): boolean {
  return (
    !isOperation(message.messageType) && !message.isStatusMessage && message.audience !== 'self'
  )
}

/**
 * The message as the service takes it: a copy, with the sender it really has and flags that agree.
 * @throws IMError 33003 malformed, 30016 too large, 34008 expansion where none is allowed,
 *   34010 expansion over its limits
 */
export function acceptedForm(
  outgoing: OutgoingMessage,
  senderUserId: string,
  messageSize: number,
): MessageEnvelope {
  const message = { ...wireForm(outgoing), senderUserId }
  for (const field of ['messageUId', 'messageType', 'targetId'] as const) {
    if (typeof message[field] !== 'string' || message[field] === '') {
      throw invalidParameter(`A message needs a \`${field}\`.`)
    }
  }
  if (typeof message.content !== 'object' || message.content === null) {
    throw invalidParameter("A message's `content` has to be an object.")
  }
  const size = serializedSize(message.content)
  if (size > messageSize) {
    throw new IMError(
      ErrorCode.RC_MSG_CONTENT_EXCEED_LIMIT,
      `The message has ${size} bytes; at most ${messageSize} are allowed.`,
    )
  }
  assertDirectable(message)
  if (message.expansion !== undefined) {
    if (!message.canIncludeExpansion) throw notExpandable()
    assertExpansion(message.expansion, limits.expansion.pairsPerMessage)
  }
  return withFlagsThatAgree(message)
}

/** @throws IMError 33003 for values that are not texts, 34010 for keys, values or counts over the limits */
export function assertExpansion(expansion: unknown, pairs: number): void {
  const { keyLength, valueLength } = limits.expansion
  if (typeof expansion !== 'object' || expansion === null || Array.isArray(expansion)) {
    throw invalidParameter('An expansion has to be an object of texts.')
  }
  const entries = Object.entries(expansion)
  if (entries.length > pairs) throw expansionLimit(`At most ${pairs} pairs are allowed at once.`)
  for (const [key, value] of entries) {
    if (typeof value !== 'string') throw invalidParameter('Expansion values have to be texts.')
    if (key.length > keyLength || !expansionKeyPattern.test(key)) {
      throw expansionLimit(
        `Expansion keys are 1 to ${keyLength} of the characters A-Z a-z 0-9 + = - _.`,
      )
    }
    if (value.length > valueLength) {
      throw expansionLimit(`Expansion values have at most ${valueLength} characters.`)
    }
  }
}

export function expansionLimit(text: string): IMError {
  return new IMError(ErrorCode.EXPANSION_LIMIT_EXCEET, text)
}

export function notExpandable(): IMError {
  return new IMError(
    ErrorCode.MESSAGE_KV_NOT_SUPPORT,
    'This message was not sent with `canIncludeExpansion`: nothing can be added to it.',
  )
}

/** What is left of a message on the wire: plain JSON. */
function wireForm(outgoing: OutgoingMessage): OutgoingMessage {
  try {
    return JSON.parse(JSON.stringify(outgoing)) as OutgoingMessage
  } catch (error) {
    throw new IMError(
      ErrorCode.BIZ_ERROR_INVALID_PARAMETER,
      'A message has to be plain JSON: this one can not be written as text.',
      error,
    )
  }
}

function assertDirectable({ directedUserIds, conversationType }: MessageEnvelope): void {
  if (directedUserIds === undefined) return
  const isList = Array.isArray(directedUserIds)
  if (!isList || directedUserIds.some((id) => typeof id !== 'string')) {
    throw invalidParameter('`directedUserIds` has to be a list of user ids.')
  }
  if (directedUserIds.length > 0 && conversationType !== ConversationType.GROUP) {
    throw invalidParameter('Only group messages can be directed to some of the members.')
  }
}

/** Operations are always kept, online-only messages never. */
function withFlagsThatAgree(message: MessageEnvelope): MessageEnvelope {
  const { messageType, isStatusMessage } = message
  if (!isOperation(messageType)) {
    return isStatusMessage ? { ...message, isPersisted: false, isCounted: false } : message
  }
  const kept = { ...message, isPersisted: true, isCounted: false, isStatusMessage: false }
  if (messageType === MessageType.DELETE_FOR_ME) return { ...kept, audience: 'self' }
  if (!changesForAll.has(messageType)) return kept
  const { audience, directedUserIds, ...forAll } = kept
  return forAll
}

/** What these do to a message is told to everyone who sees it, whomever the sender names. */
const changesForAll: ReadonlySet<string> = new Set([MessageType.RECALL, MessageType.EXPANSION])
