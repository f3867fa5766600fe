/**
 * Everything that comes in goes through here: one transaction per batch. Known messages are
 * dropped by identity, operations are folded, conversations are counted, and the cursor is moved
 * in the same transaction, so that a tab killed at any instant has either all of a batch or none.
 */
import { Dexie } from 'dexie'
import type { Acknowledgement, GroupChange, Setting } from '../backends/backend.js'
import type { SegmentRow } from '../database/schema.js'
import { conversationKey, type ConversationId } from '../model/conversation.js'
import { checkedMessage } from '../model/incoming.js'
import { ErrorCode, IMError } from '../model/errors.js'
import type { ArchivedMessage, MessageEnvelope } from '../model/message.js'
import type { IngestState } from './ingest-state.js'
import { IngestWork } from './ingest-work.js'
import { nameOf } from './message-names.js'
import type { Scope } from './scope.js'

export interface Incoming {
  messages: readonly ArchivedMessage[]
  /** `history` neither counts as unread nor is told as received; the others do. */
  source: 'live' | 'offline' | 'history'
  settings?: readonly Setting[]
  groups?: readonly GroupChange[]
  blockList?: readonly string[]
  gaps?: readonly ConversationId[]
  cursor?: string
  /** History: the stretch that is complete with these messages. */
  stretch?: SegmentRow
  /** History: there was nothing newer when it was read. */
  reachesEnd?: boolean
  /** History: found here and there, each a stretch by itself. */
  isApart?: boolean
}

export interface Ingested {
  /** Conversations on the list are stale: their counts have to be asked for. */
  isListBehind: boolean
  /** Something of it was not here before. */
  isNews: boolean
}

/** Stores what came in, tells of the changes, and raises the events of the operations. */
export async function ingest(scope: Scope, incoming: Incoming): Promise<Ingested> {
  let messages = checkedMessages(scope, incoming.messages)
  // As recalls of other clients do in groups, and so seldom that it is loaded then.
  if (messages.some(({ content }) => content.order && !content.messageUId)) {
    const { recalledNamed } = await import('./recalled-places.js')
    messages = await recalledNamed(scope.database, messages, conversationKey)
  }
  const checked = { ...incoming, messages }
  const work = await store(scope, checked, false).catch((error: unknown) => {
    if (!isOfKnownMessage(error)) throw error
    return store(scope, checked, true)
  })
  for (const row of work.changes.receivedRows) scope.untold.delete(nameOf(row))
  scope.publish(work.changes, work.afterwards)
  return { isListBehind: work.isListBehind, isNews: !work.changes.isEmpty }
}

async function store(scope: Scope, incoming: Incoming, asksForAll: boolean): Promise<IngestState> {
  const work = new IngestWork(scope, incoming, asksForAll)
  const { database } = scope
  return database.transaction(
    'rw',
    [
      database.messages,
      database.searchBlocks,
      database.conversations,
      database.segments,
      database.waitingOperations,
      database.outbox,
      database.settings,
      database.groups,
      database.members,
      database.meta,
    ],
    // Dexie knows by the function's own kind whether to follow native awaits: it must be async.
    async () => await work.run(),
  )
}

/** A message was taken for new that is here: the index of identities refused it. */
function isOfKnownMessage(error: unknown): boolean {
  return (
    error instanceof Dexie.BulkError &&
    error.failures.some(({ name }) => name === 'ConstraintError')
  )
}

function checkedMessages(scope: Scope, messages: readonly ArchivedMessage[]): ArchivedMessage[] {
  return messages.flatMap((message) => {
    const checked = checkedMessage(message)
    if (checked) return [checked]
    scope.report(
      new IMError(ErrorCode.UNKNOWN, 'A message without identity was dropped.', message),
      'receiving messages',
    )
    return []
  })
}

/**
 * Folds an own operation here without waiting for it to come back.
 * @param acknowledgement its place in the archive, if it has one already
 */
export async function ingestOwn(
  scope: Scope,
  operation: MessageEnvelope,
  acknowledgement?: Acknowledgement,
): Promise<void> {
  // What is folded by place (expansions) waits for the answer; for the rest any place will do.
  const place = acknowledgement ?? { order: '0', sentTime: scope.now() }
  await ingest(scope, { source: 'history', messages: [{ ...operation, ...place }] })
}
