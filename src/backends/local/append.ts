/** The way of a message into the log. */
import { ConversationType } from '../../model/conversation.js'
import { ErrorCode, IMError } from '../../model/errors.js'
import { MessageType } from '../../model/message-types.js'
import type { MessageEnvelope } from '../../model/message.js'
import type { Acknowledgement, OutgoingMessage } from '../backend.js'
import { archiveOf, orderOf } from './archive.js'
import { assertMember, enterConversation, recipientsOf } from './audience.js'
import { blockedBy } from '../block-list-rules.js'
import { addressee, isBlocked } from './block-list.js'
import { acceptedForm, isOperation, isRated } from '../message-rules.js'
import { applyOperation, findEntry } from './operation-rules.js'
import type { RateLimit } from '../rate-limit.js'
import type { Service } from './service.js'
import type { EntryKind, LogEntry, ServiceDatabase } from './service-database.js'

/** The client a message comes from. */
export interface Origin {
  userId: string
  sessionId: string
  rate: RateLimit
}

/** Takes a client's message: keeps it, or hands it to those who are online now. */
export async function sendMessage(
  service: Service,
  origin: Origin,
  outgoing: OutgoingMessage,
): Promise<Acknowledgement> {
  const { database, rules, directory, bell } = service
  const message = acceptedForm(outgoing, origin.userId, rules.limits.messageSize)
  const archive = archiveOf(origin.userId, message)
  assertWritable(message)
  if (message.conversationType === ConversationType.PRIVATE) {
    directory.assertExists(message.targetId)
  }

  const to = addressee(message)
  const admit = () => {
    if (isRated(message)) origin.rate.take()
  }
  if (!message.isPersisted) return deliverOnline(service, origin, message, admit)

  const entry = await database.write(async () => {
    const known = await findEntry(database, archive, message)
    if (known) return known
    if (message.conversationType === ConversationType.GROUP) {
      await assertMember(database, origin.userId, message.targetId)
    } else {
      if (to !== undefined && (await isBlocked(database, origin.userId, to))) throw blockedBy(to)
      await enterConversation(database, participantsOf(message), message)
    }
    const operation = isOperation(message.messageType)
      ? await applyOperation({ database, rules, archive, message })
      : {}
    admit()
    return appendEntry(database, rules.now(), { archive, message, ...operation })
  })
  bell.ring({ kind: 'appended' })
  return acknowledgementOf(entry)
}

/**
 * Writes one message at the end of the log, within a `write`. Checks nothing.
 * @param time Unix milliseconds by the clock of this tab
 */
export async function appendEntry(
  database: ServiceDatabase,
  time: number,
  {
    visibleTo,
    targets,
    changesGroup,
    ...draft
  }: Pick<LogEntry, 'archive' | 'message'> &
    Partial<Pick<LogEntry, 'visibleTo' | 'targets' | 'changesGroup'>>,
): Promise<LogEntry> {
  const kind = kindOf(draft.message.messageType)
  const audience = visibleTo ?? listedAudience(draft.message)
  const entry: LogEntry = {
    ...draft,
    ...(await database.tick(time)),
    kind,
    ...(audience && { visibleTo: audience }),
    ...(targets && { targets }),
    ...(changesGroup && { changesGroup }),
    ...(kind === 'message' && draft.message.isCounted && { counted: 1 as const }),
    ...(draft.message.expansion && { expansionKeys: Object.keys(draft.message.expansion) }),
  }
  await database.log.add(entry)
  if (kind === 'message') {
    await database.archives.put({ archive: entry.archive, lastSeq: entry.seq })
  }
  return entry
}

export function acknowledgementOf({ seq, sentTime }: LogEntry): Acknowledgement {
  return { order: orderOf(seq), sentTime }
}

async function deliverOnline(
  { database, rules, bell }: Service,
  origin: Origin,
  message: MessageEnvelope,
  admit: () => void,
): Promise<Acknowledgement> {
  const recipients = await database.read(() => recipientsOf(database, message))
  admit()
  const sentTime = rules.now()
  bell.ring({
    kind: 'status',
    message: { ...message, sentTime },
    recipients,
    from: origin.sessionId,
  })
  return { order: '', sentTime }
}

/** @throws IMError 20109: system conversations are read, not written, but may be tidied up */
function assertWritable({ conversationType, audience }: MessageEnvelope): void {
  if (conversationType === ConversationType.SYSTEM && audience !== 'self') {
    throw new IMError(
      ErrorCode.SYS_CONVERSATION_NOT_SUPPORT_MESSAGE,
      'Only the server writes to system conversations.',
    )
  }
}

function participantsOf(message: MessageEnvelope): string[] {
  const isPrivate = message.conversationType === ConversationType.PRIVATE
  const isForAll = isPrivate && message.audience !== 'self'
  return isForAll ? [message.senderUserId, message.targetId] : [message.senderUserId]
}

/** Those whom the message itself names; undefined: everyone in the conversation. */
function listedAudience(message: MessageEnvelope): string[] | undefined {
  if (message.audience === 'self') return [message.senderUserId]
  return message.directedUserIds?.length
    ? [message.senderUserId, ...message.directedUserIds]
    : undefined
}

function kindOf(messageType: string): EntryKind {
  if (messageType === MessageType.READ_RECEIPT) return 'receipt'
  return isOperation(messageType) ? 'operation' : 'message'
}
