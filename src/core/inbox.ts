/**
 * Everything that comes in goes through here: one transaction per batch. Known messages are
 * dropped by identity, operations are folded, conversations are counted, and the cursor is moved
 * in the same transaction, so that a tab killed at any instant has either all of a batch or none.
 */
import { Dexie } from 'dexie'
import type { Acknowledgement, GroupChange, Setting } from '../backends/backend.js'
import type {
  ConversationRow,
  MessageRow,
  SegmentRow,
  WaitingOperationRow,
} from '../database/schema.js'
import { forgetBlocks } from '../database/search-blocks.js'
import { conversationKey, ConversationType, type ConversationId } from '../model/conversation.js'
import { checkedMessage } from '../model/incoming.js'
import { ErrorCode, IMError } from '../model/errors.js'
import { MessageType } from '../model/message-types.js'
import {
  isUnsent,
  MessageDirection,
  ReceivedStatus,
  SentStatus,
  type ArchivedMessage,
  type MessageEnvelope,
  type MessageReference,
} from '../model/message.js'
import type { DeleteForMeContent } from '../model/operations.js'
import { storeBlockList } from './block-list.js'
import { Changes } from './changes.js'
import type { ClientEvent } from './client-events.js'
import { toConversation } from './conversation.js'
import {
  countMessage,
  endingWith,
  readConversationRows,
  recount,
  withLatestMessage,
  withListOrder,
} from './conversation-rows.js'
import { fold, outlivesMessage, targetsOf } from './fold.js'
import { eventsOf } from './operation-events.js'
import type { Scope } from './scope.js'
import { addSegment, cutSegments, extendNewest, segmentsOf, type Arrival } from './segments.js'
import { applySetting } from './settings-sync.js'

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
  scope.publish(work.changes, work.afterwards)
  return { isListBehind: work.isListBehind, isNews: !work.changes.isEmpty }
}

async function store(scope: Scope, incoming: Incoming, asksForAll: boolean): Promise<IngestWork> {
  const work = new IngestWork(scope, incoming, asksForAll)
  const { database } = scope
  await database.transaction(
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
  return work
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

/** Rows written in one task: the page should not stand still meanwhile. */
const addedAtOnce = 250

class IngestWork {
  readonly changes = new Changes()
  readonly afterwards: ClientEvent[] = []
  isListBehind = false
  readonly #scope: Scope
  readonly #incoming: Incoming
  readonly #asksForAll: boolean
  #conversations = new Map<string, ConversationRow>()
  #conversationsBefore: ReadonlyMap<string, ConversationRow> = new Map()
  /** Rows of this batch and those its operations name, by identity. */
  #rows = new Map<string, MessageRow>()
  /** Identities of rows that came from somebody else just now, in order. */
  #received: string[] = []
  /** What may be the last message of a conversation: undefined where it has to be looked for. */
  #latest = new Map<string, MessageRow | undefined>()
  /** Rows of history that is new here: the backend's counts know already what became of them. */
  #uncounted = new Set<number>()
  /** Where what came without a hole ends, for messages that are found apart from it. */
  #ends = new Map<string, string>()

  /** @param asksForAll every message is looked for before it is taken for new */
  constructor(scope: Scope, incoming: Incoming, asksForAll: boolean) {
    this.#scope = scope
    this.#incoming = incoming
    this.#asksForAll = asksForAll
  }

  async run(): Promise<void> {
    const { database } = this.#scope
    const { blockList, cursor, gaps = [], messages, stretch } = this.#incoming
    const shown = messages.filter((message) => this.#isShown(message)).map(named)
    const operations = messages.filter((message) => this.#isOperation(message))

    const [conversations, waiting] = await Promise.all([
      readConversationRows(database, [
        ...shown.map(({ key }) => key),
        ...[...operations, ...gaps].map(conversationKey),
        ...(stretch ? [stretch.conversationKey] : []),
      ]),
      this.#readWaiting(shown),
      this.#readKnown(shown, operations),
    ])
    this.#conversations = conversations
    this.#conversationsBefore = new Map(conversations)
    if (this.#incoming.isApart) await this.#readEnds()
    await this.#insert(shown, waiting)
    for (const operation of operations) await this.#apply(operation)
    await this.#noteStretches(shown)
    await this.#writeConversations()
    this.#noteReceived()
    await this.#applySettings()
    await this.#noteGroups()
    if (blockList) await storeBlockList(this.#scope, blockList, this.changes)
    // In their order, in which they are asked for.
    const value = gaps.map(conversationKey)
    if (this.isListBehind) await database.meta.put({ key: 'isListBehind', value })
    if (cursor !== undefined) await database.meta.put({ key: 'cursor', value: cursor })
  }

  #isOperation(message: ArchivedMessage): boolean {
    return this.#scope.messageTypes.get(message.messageType)?.role === 'operation'
  }

  /** By this client, not by another of the user's devices. */
  #isMadeHere({ senderUserId, messageUId }: ArchivedMessage): boolean {
    return senderUserId === this.#scope.userId && this.#scope.ownOperations.has(messageUId)
  }

  #isShown(message: ArchivedMessage): boolean {
    if (message.audience === 'self' || this.#isOperation(message)) return false
    const definition = this.#scope.messageTypes.get(message.messageType)
    return definition ? definition.isPersisted : message.isPersisted
  }

  /**
   * Finds out which messages are here: own ones, which may wait to be sent, and those that
   * operations name. The others are mostly new, and to ask for each would cost as much as to store
   * it. Whoever stored some of them before, another tab perhaps, stored the first or the last of
   * them; where that is not so, the index of identities refuses what is known.
   */
  async #readKnown(
    shown: readonly NamedMessage[],
    operations: readonly ArchivedMessage[],
  ): Promise<void> {
    const named = operations.flatMap((operation) =>
      targetsOf(operation).map((target) => identity(conversationKey(operation), target)),
    )
    const isOwn = ({ message }: NamedMessage) => message.senderUserId === this.#scope.userId
    const others = shown.filter((message) => !isOwn(message))
    const isFew = this.#asksForAll || others.length <= 2
    const ends = isFew ? others : [others[0]!, others.at(-1)!]
    const [endsHere] = await Promise.all([
      this.#readRows(ends.map(({ identity }) => identity)),
      this.#readRows([...shown.filter(isOwn).map(({ identity }) => identity), ...named]),
    ])
    if (endsHere && ends.length < others.length)
      await this.#readRows(others.map(({ identity }) => identity))
  }

  /** How many of them are here. */
  async #readRows(identities: readonly Identity[]): Promise<number> {
    const index = this.#scope.database.messages.where('[conversationKey+senderUserId+messageUId]')
    // All are asked for at once: a cursor over them would wait for one answer after the other.
    const rows = await Promise.all(identities.map((key) => index.equals(key).first()))
    const here = rows.filter((row) => row !== undefined)
    for (const row of here) this.#rows.set(nameOf(row), row)
    return here.length
  }

  async #insert(
    shown: readonly NamedMessage[],
    waiting: readonly WaitingOperationRow[],
  ): Promise<void> {
    const fresh: string[] = []
    for (const { message, key, name } of shown) {
      const conversation = this.#conversations.get(key)!
      if (conversation.clearedBefore && message.order <= conversation.clearedBefore) continue
      if (this.#isOnItsWay(message, conversation)) continue
      const known = this.#rows.get(name)
      if (!known) {
        this.#rows.set(name, this.#rowOf(message, key))
        fresh.push(name)
      } else if (isUnsent(known) && known.messageId) {
        await this.#acknowledge(known, message)
      }
    }
    if (!fresh.length) return
    await this.#foldWaiting(waiting)
    const left = fresh.filter((name) => this.#rows.has(name))
    for (let from = 0; from < left.length; from += addedAtOnce) {
      const names = left.slice(from, from + addedAtOnce)
      const rows = names.map((name) => this.#rows.get(name)!)
      const ids = await this.#scope.database.messages.bulkAdd(rows, { allKeys: true })
      rows.forEach((row, index) => this.#inserted(row, names[index]!, ids[index]!))
    }
  }

  async #readEnds(): Promise<void> {
    for (const key of this.#conversations.keys()) {
      const last = (await segmentsOf(this.#scope.database, key)).at(-1)
      if (last) this.#ends.set(key, last.newest)
    }
  }

  /** What is found before it has come: it comes by itself, and is counted then. */
  #isOnItsWay({ order }: ArchivedMessage, { conversationKey, hasGap }: ConversationRow): boolean {
    const end = this.#ends.get(conversationKey)
    return end !== undefined && !hasGap && order > end
  }

  #inserted(row: MessageRow, name: string, messageId: number): void {
    row.messageId = messageId
    this.changes.added(row.conversationKey, messageId)
    this.#noteLatest(row)
    if (this.#incoming.source === 'history') {
      this.#uncounted.add(messageId)
      return
    }
    this.#received.push(name)
    const conversation = this.#conversations.get(row.conversationKey)!
    if (row.order <= (conversation.countedUpTo ?? '')) return
    this.#conversations.set(
      row.conversationKey,
      countMessage(conversation, row, this.#scope.userId, 1),
    )
  }

  /** What stands behind the last message is the last one now. */
  #noteLatest(row: MessageRow): void {
    if (this.#incoming.isApart) return
    const key = row.conversationKey
    const isLookedFor = this.#latest.has(key) && this.#latest.get(key) === undefined
    if (isLookedFor) return
    const { latestMessageId, latestOrder } = this.#conversations.get(key)!
    const newest = this.#latest.get(key)?.order ?? latestOrder
    // Rows of an earlier version have a last message, and do not say where it stands.
    if (newest === undefined && latestMessageId !== undefined) this.#latest.set(key, undefined)
    else if (newest === undefined || row.order > newest) this.#latest.set(key, row)
  }

  /** The server has a message this database still counts as unsent: the answer was lost. */
  async #acknowledge(known: MessageRow, message: ArchivedMessage): Promise<void> {
    const { failure: _, ...rest } = known
    const row: MessageRow = {
      ...rest,
      order: message.order,
      sentTime: message.sentTime,
      content: message.content,
      sentStatus: SentStatus.SENT,
    }
    await this.#scope.database.messages.put(row)
    await forgetBlocks(this.#scope.database, [row.messageId])
    await this.#scope.database.outbox.where({ messageId: row.messageId }).delete()
    this.#rows.set(nameOf(row), row)
    this.changes.updated(row.conversationKey, row.messageId)
    this.#latest.set(row.conversationKey, undefined)
  }

  async #readWaiting(shown: readonly NamedMessage[]): Promise<WaitingOperationRow[]> {
    const { waitingOperations } = this.#scope.database
    if (!shown.length || !(await waitingOperations.count())) return []
    const index = '[conversationKey+targetSenderUserId+targetMessageUId]'
    return waitingOperations
      .where(index)
      .anyOf(shown.map(({ identity }) => identity))
      .toArray()
  }

  /** Operations that were here before their messages. */
  async #foldWaiting(waiting: readonly WaitingOperationRow[]): Promise<void> {
    const done: number[] = []
    for (const { id, operation, ...target } of waiting) {
      const name = [
        target.conversationKey,
        target.targetSenderUserId,
        target.targetMessageUId,
      ].join('\n')
      const row = this.#rows.get(name)
      // A message with a number was here already, and the operation is no news to it.
      if (!row || row.messageId) continue
      const folded = fold(row, operation, this.#scope.userId)
      if (folded) this.#rows.set(name, folded)
      else this.#rows.delete(name)
      if (!outlivesMessage(operation)) done.push(id!)
    }
    if (done.length) await this.#scope.database.waitingOperations.bulkDelete(done)
  }

  async #apply(operation: ArchivedMessage): Promise<void> {
    const key = conversationKey(operation)
    switch (operation.messageType) {
      case MessageType.READ_RECEIPT:
        this.#applyReadReceipt(key, operation)
        break
      case MessageType.DELETE_FOR_ME:
        if (operation.senderUserId !== this.#scope.userId || operation.audience !== 'self') return
        await this.#clearHistory(key, operation.content as DeleteForMeContent)
    }
    for (const target of targetsOf(operation)) await this.#foldInto(key, target, operation)
    if (this.#incoming.source === 'history' || this.#isMadeHere(operation)) return
    this.afterwards.push(...eventsOf(operation, this.#scope.userId))
  }

  async #foldInto(
    key: string,
    target: MessageReference,
    operation: ArchivedMessage,
  ): Promise<void> {
    const { database, userId } = this.#scope
    const name = identity(key, target).join('\n')
    const before = this.#rows.get(name)
    if (!before?.messageId) {
      await this.#keepWaiting(key, target, operation)
      return
    }
    const after = fold(before, operation, userId)
    if (after === before) return
    const countsNoMore = !after || before.isCounted !== after.isCounted
    if (countsNoMore && !this.#uncounted.has(before.messageId)) {
      const conversation = this.#conversations.get(key)!
      this.#conversations.set(key, countMessage(conversation, before, userId, -1))
    }
    if (after?.content !== before.content) await forgetBlocks(database, [before.messageId])
    if (after) {
      await database.messages.put(after)
      this.#rows.set(name, after)
      this.changes.updated(key, after.messageId)
    } else {
      await database.messages.delete(before.messageId)
      await database.outbox.where({ messageId: before.messageId }).delete()
      await this.#keepWaiting(key, target, operation)
      this.#rows.delete(name)
      this.changes.removed(key, before.messageId)
    }
    this.#latest.set(key, undefined)
    if (operation.messageType === MessageType.RECALL) {
      const isOwn = this.#isMadeHere(operation)
      this.afterwards.push(['recalled', { message: after ?? before, isOwn }])
    }
    if (operation.messageType === MessageType.EDIT && after) {
      this.afterwards.push(['modified', { message: after }])
    }
  }

  async #keepWaiting(
    key: string,
    target: MessageReference,
    operation: ArchivedMessage,
  ): Promise<void> {
    const { waitingOperations } = this.#scope.database
    const row: WaitingOperationRow = {
      conversationKey: key,
      targetSenderUserId: target.senderUserId,
      targetMessageUId: target.messageUId,
      operation,
    }
    const known = await waitingOperations
      .where('[conversationKey+targetSenderUserId+targetMessageUId]')
      .equals(identity(key, target))
      .filter((waiting) => waiting.operation.messageUId === operation.messageUId)
      .count()
    if (!known) await waitingOperations.add(row)
  }

  async #clearHistory(key: string, { before }: DeleteForMeContent): Promise<void> {
    if (typeof before !== 'string') return
    const { database } = this.#scope
    const conversation = this.#conversations.get(key)!
    if (before <= (conversation.clearedBefore ?? '')) return
    const range = database.messages
      .where('[conversationKey+order]')
      .between([key, ''], [key, before], true, true)
    const rows = await range.toArray()
    for (const row of rows) this.#rows.delete(nameOf(row))
    await range.delete()
    const ids = rows.map(({ messageId }) => messageId)
    await forgetBlocks(database, ids)
    await cutSegments(database, key, before)
    const cleared = { ...conversation, clearedBefore: before }
    this.#conversations.set(key, await recount(database, cleared, this.#scope.userId))
    this.#latest.set(key, undefined)
    this.changes.reset(key)
  }

  #applyReadReceipt(key: string, receipt: ArchivedMessage): void {
    const conversation = this.#conversations.get(key)!
    const { lastMessageSendTime } = receipt.content
    if (conversation.conversationType !== ConversationType.PRIVATE) return
    if (!Number.isFinite(lastMessageSendTime)) return
    // Nobody has read what was sent after they said so.
    const readUpTo = Math.min(lastMessageSendTime, receipt.sentTime)
    const isOfPeer = receipt.senderUserId !== this.#scope.userId
    if (isOfPeer && readUpTo > conversation.peerReadTime) {
      this.#conversations.set(key, { ...conversation, peerReadTime: readUpTo })
    }
  }

  /** Only shown messages make stretches: an operation may come alone out of the midst of a gap. */
  async #noteStretches(shown: readonly NamedMessage[]): Promise<void> {
    const { database } = this.#scope
    const { source, stretch, reachesEnd, gaps = [], isApart } = this.#incoming
    if (isApart) await this.#noteApart(shown)
    if (stretch) {
      await addSegment(database, stretch)
      const row = this.#conversations.get(stretch.conversationKey)!
      const key = row.conversationKey
      if (reachesEnd && row.hasGap) this.#conversations.set(key, withoutGap(row))
    }
    if (source === 'history') return
    for (const key of new Set(gaps.map(conversationKey))) {
      const row = this.#conversations.get(key)!
      this.#conversations.set(key, { ...row, hasGap: 1, isStale: 1 })
      this.changes.reset(key)
      this.isListBehind = true
    }
    const arrivals = new Map<string, Arrival>()
    for (const { message, key } of shown) {
      const { order } = message
      const known = arrivals.get(key)
      if (!known) {
        const isAfterGap = this.#conversations.get(key)!.hasGap === 1
        arrivals.set(key, { conversationKey: key, oldest: order, newest: order, isAfterGap })
      } else if (order < known.oldest) known.oldest = order
      else if (order > known.newest) known.newest = order
    }
    await extendNewest(database, [...arrivals.values()])
    for (const key of arrivals.keys()) {
      const row = this.#conversations.get(key)!
      if (row.hasGap) this.#conversations.set(key, withoutGap(row))
      if (row.isStale) this.isListBehind = true
    }
  }

  /** Of a conversation that is not here otherwise nobody knows yet how it ends. */
  async #noteApart(shown: readonly NamedMessage[]): Promise<void> {
    for (const { message, key, name } of shown) {
      const { order } = message
      if (this.#rows.get(name)?.order !== order) continue
      const stretch = { conversationKey: key, oldest: order, newest: order, reachesStart: false }
      await addSegment(this.#scope.database, stretch)
      const row = this.#conversations.get(key)!
      const isUnknown = !this.#ends.has(key) && row.latestMessageId === undefined
      if (isUnknown && !row.hasGap) {
        this.#conversations.set(key, { ...row, hasGap: 1, isStale: 1 })
      }
    }
  }

  /** As they are now: what came with a message, such as its recall, is folded in. */
  #noteReceived(): void {
    for (const name of this.#received) {
      const row = this.#rows.get(name)
      if (row) this.changes.received(row)
    }
  }

  async #writeConversations(): Promise<void> {
    const { database } = this.#scope
    const changed: ConversationRow[] = []
    for (const [key, row] of this.#conversations) {
      const hasNewLatest = this.#latest.has(key)
      if (!hasNewLatest && row === this.#conversationsBefore.get(key)) continue
      const latest = this.#latest.get(key)
      if (latest) changed.push(endingWith(row, latest))
      else changed.push(hasNewLatest ? await withLatestMessage(database, row) : withListOrder(row))
      const now = latest && this.#rows.get(nameOf(latest))
      const isKnown = now !== undefined && now.messageId === latest?.messageId
      this.changes.conversation(key, isKnown ? toConversation(changed.at(-1)!, now) : undefined)
    }
    if (changed.length) await database.conversations.bulkPut(changed)
  }

  async #applySettings(): Promise<void> {
    for (const setting of this.#incoming.settings ?? []) {
      await applySetting(this.#scope, setting, this.changes)
    }
  }

  async #noteGroups(): Promise<void> {
    const changes = this.#incoming.groups ?? []
    if (!changes.length) return
    const { database } = this.#scope
    for (const { groupId, isMember } of changes) {
      // Asked for again when next needed; of a group one has left the name stays.
      await database.members.where({ groupId }).delete()
      await database.groups.where({ groupId }).modify({ isStale: isMember, hasLeft: !isMember })
      this.changes.group(groupId)
    }
    this.afterwards.push(['groups', { changes: [...changes] }])
  }

  #rowOf(message: ArchivedMessage, key: string): MessageRow {
    const { userId } = this.#scope
    const isOwn = message.senderUserId === userId
    const definition = this.#scope.messageTypes.get(message.messageType)
    const row: Omit<MessageRow, 'messageId'> = {
      ...message,
      isPersisted: true,
      isCounted: definition?.isCounted ?? message.isCounted,
      conversationKey: key,
      messageDirection: isOwn ? MessageDirection.SEND : MessageDirection.RECEIVE,
      sentStatus: isOwn ? SentStatus.SENT : SentStatus.RECEIVED,
      receivedStatus: ReceivedStatus.UNREAD,
      receivedTime: this.#scope.now(),
      isOffLineMessage: this.#incoming.source === 'offline',
    }
    if (message.needReceipt) {
      row.readReceiptInfo = { isReceiptRequestMessage: true, hasRespond: false, readers: {} }
    }
    return row as MessageRow
  }
}

function withoutGap({ hasGap: _, ...row }: ConversationRow): ConversationRow {
  return row
}

/** What a message is known by: conversation, sender and id. */
type Identity = [conversationKey: string, senderUserId: string, messageUId: string]

/** A message with its conversation's key, its identity, and that as one text. */
interface NamedMessage {
  message: ArchivedMessage
  key: string
  identity: Identity
  name: string
}

function named(message: ArchivedMessage): NamedMessage {
  const key = conversationKey(message)
  const known = identity(key, message)
  return { message, key, identity: known, name: known.join('\n') }
}

function identity(key: string, { senderUserId, messageUId }: MessageReference): Identity {
  return [key, senderUserId, messageUId]
}

function identityOf(row: MessageRow): Identity {
  return identity(row.conversationKey, row)
}

function nameOf(row: MessageRow): string {
  return identityOf(row).join('\n')
}
