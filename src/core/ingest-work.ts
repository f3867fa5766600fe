/**
 * One lot on its way into the database, within one transaction. What can be asked for together is,
 * and so is what is written: whoever is to see a message waits for every answer in between.
 */
import type { ConversationRow, MessageRow, WaitingOperationRow } from '../database/schema.js'
import { forgetBlocks } from '../database/search-blocks.js'
import { conversationKey } from '../model/conversation.js'
import {
  isUnsent,
  MessageDirection,
  ReceivedStatus,
  SentStatus,
  type ArchivedMessage,
} from '../model/message.js'
import { storeBlockList } from './block-list.js'
import { toConversation } from './conversation.js'
import {
  countMessage,
  endingWith,
  readConversationRows,
  withLatestMessage,
  withListOrder,
} from './conversation-rows.js'
import { targetsOf } from './fold.js'
import type { Incoming } from './inbox.js'
import { IngestOperations } from './ingest-operations.js'
import { IngestState } from './ingest-state.js'
import { IngestStretches } from './ingest-stretches.js'
import { identity, named, nameOf, type Identity, type NamedMessage } from './message-names.js'
import type { Scope } from './scope.js'
import { applySetting } from './settings-sync.js'

/** Rows written in one task: the page should not stand still meanwhile. */
const addedAtOnce = 250

/** Milliseconds by which what is read of a conversation may be ahead of what comes by itself. */
const AHEAD_OF_STREAM = 60_000

export class IngestWork {
  readonly #state: IngestState
  readonly #operations: IngestOperations
  readonly #stretches: IngestStretches
  readonly #asksForAll: boolean
  #conversationsBefore: ReadonlyMap<string, ConversationRow> = new Map()
  /** Identities of rows that came from somebody else just now, in order. */
  #received: string[] = []

  /** @param asksForAll every message is looked for before it is taken for new */
  constructor(scope: Scope, incoming: Incoming, asksForAll: boolean) {
    this.#state = new IngestState(scope, incoming)
    this.#operations = new IngestOperations(this.#state)
    this.#stretches = new IngestStretches(this.#state)
    this.#asksForAll = asksForAll
  }

  /** @returns what came of it */
  async run(): Promise<IngestState> {
    const { database } = this.#state.scope
    const { isApart, gaps = [], messages, stretch } = this.#state.incoming
    const shown = messages.filter((message) => this.#isShown(message)).map(named)
    const operations = messages.filter((message) => this.#isOperation(message))

    const [conversations, waiting] = await Promise.all([
      readConversationRows(database, [
        ...shown.map(({ key }) => key),
        ...[...operations, ...gaps].map(conversationKey),
        ...(stretch ? [stretch.conversationKey] : []),
      ]),
      this.#operations.readWaiting(shown),
      this.#readKnown(shown, operations),
      operations.length === 0 && this.#stretches.read(shown),
    ])
    this.#state.conversations = conversations
    this.#conversationsBefore = new Map(conversations)
    if (isApart) await this.#stretches.readEnds()
    await this.#insert(shown, waiting)
    for (const operation of operations) await this.#operations.apply(operation)
    if (isApart) await this.#stretches.noteApart(shown)
    const arrivals = this.#stretches.note(shown)
    await Promise.all([
      this.#stretches.write(arrivals),
      this.#writeConversations(),
      this.#writePlace(),
    ])
    this.#noteReceived()
    await this.#applySettings()
    await this.#noteGroups()
    return this.#state
  }

  #isOperation(message: ArchivedMessage): boolean {
    return this.#state.scope.messageTypes.get(message.messageType)?.role === 'operation'
  }

  /** By the stream, and not because somebody looked for it. */
  get #comesNow(): boolean {
    return this.#state.incoming.source !== 'history'
  }

  #isShown(message: ArchivedMessage): boolean {
    if (message.audience === 'self' || this.#isOperation(message)) return false
    const definition = this.#state.scope.messageTypes.get(message.messageType)
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
    const isOwn = ({ message }: NamedMessage) => message.senderUserId === this.#state.scope.userId
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
    const index = this.#state.scope.database.messages.where(
      '[conversationKey+senderUserId+messageUId]',
    )
    // All are asked for at once: a cursor over them would wait for one answer after the other.
    const rows = await Promise.all(identities.map((key) => index.equals(key).first()))
    const here = rows.filter((row) => row !== undefined)
    for (const row of here) this.#state.rows.set(nameOf(row), row)
    return here.length
  }

  async #insert(
    shown: readonly NamedMessage[],
    waiting: readonly WaitingOperationRow[],
  ): Promise<void> {
    const fresh: string[] = []
    for (const { message, key, name } of shown) {
      const conversation = this.#state.conversations.get(key)!
      if (conversation.clearedBefore && message.order <= conversation.clearedBefore) continue
      if (this.#stretches.isOnItsWay(message, conversation)) continue
      const known = this.#state.rows.get(name)
      if (!known) {
        this.#state.rows.set(name, this.#rowOf(message, key))
        fresh.push(name)
      } else if (isUnsent(known) && known.messageId) {
        await this.#acknowledge(known, message)
      } else if (this.#comesNow && this.#state.scope.untold.has(name)) {
        this.#received.push(name)
      }
    }
    if (!fresh.length) return
    await this.#operations.foldWaiting(waiting)
    const left = fresh.filter((name) => this.#state.rows.has(name))
    for (let from = 0; from < left.length; from += addedAtOnce) {
      const names = left.slice(from, from + addedAtOnce)
      const rows = names.map((name) => this.#state.rows.get(name)!)
      const ids = await this.#state.scope.database.messages.bulkAdd(rows, { allKeys: true })
      rows.forEach((row, index) => this.#inserted(row, names[index]!, ids[index]!))
    }
  }

  #inserted(row: MessageRow, name: string, messageId: number): void {
    row.messageId = messageId
    this.#state.changes.added(row.conversationKey, messageId)
    this.#noteLatest(row)
    if (!this.#comesNow) {
      this.#state.uncounted.add(messageId)
      const { now, untold } = this.#state.scope
      if (row.sentTime > now() - AHEAD_OF_STREAM) untold.add(name)
      return
    }
    this.#received.push(name)
    const conversation = this.#state.conversations.get(row.conversationKey)!
    if (row.order <= (conversation.countedUpTo ?? '')) return
    this.#state.conversations.set(
      row.conversationKey,
      countMessage(conversation, row, this.#state.scope.userId, 1),
    )
  }

  /** What stands behind the last message is the last one now. */
  #noteLatest(row: MessageRow): void {
    if (this.#state.incoming.isApart) return
    const key = row.conversationKey
    const isLookedFor = this.#state.latest.has(key) && this.#state.latest.get(key) === undefined
    if (isLookedFor) return
    const { latestMessageId, latestOrder } = this.#state.conversations.get(key)!
    const newest = this.#state.latest.get(key)?.order ?? latestOrder
    // Rows of an earlier version have a last message, and do not say where it stands.
    if (newest === undefined && latestMessageId !== undefined)
      this.#state.latest.set(key, undefined)
    else if (newest === undefined || row.order > newest) this.#state.latest.set(key, row)
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
    const { database } = this.#state.scope
    await Promise.all([
      database.messages.put(row),
      forgetBlocks(database, [row.messageId]),
      database.outbox.where({ messageId: row.messageId }).delete(),
    ])
    this.#state.rows.set(nameOf(row), row)
    this.#state.changes.updated(row.conversationKey, row.messageId)
    this.#state.latest.set(row.conversationKey, undefined)
  }

  /** As they are now: what came with a message, such as its recall, is folded in. */
  #noteReceived(): void {
    for (const name of this.#received) {
      const row = this.#state.rows.get(name)
      if (row) this.#state.changes.received(row)
    }
  }

  async #writeConversations(): Promise<void> {
    const { database } = this.#state.scope
    const changed: ConversationRow[] = []
    for (const [key, row] of this.#state.conversations) {
      const hasNewLatest = this.#state.latest.has(key)
      if (!hasNewLatest && row === this.#conversationsBefore.get(key)) continue
      const latest = this.#state.latest.get(key)
      if (latest) changed.push(endingWith(row, latest))
      else changed.push(hasNewLatest ? await withLatestMessage(database, row) : withListOrder(row))
      const now = latest && this.#state.rows.get(nameOf(latest))
      const isKnown = now !== undefined && now.messageId === latest?.messageId
      this.#state.changes.conversation(
        key,
        isKnown ? toConversation(changed.at(-1)!, now) : undefined,
      )
    }
    if (changed.length) await database.conversations.bulkPut(changed)
  }

  async #applySettings(): Promise<void> {
    for (const setting of this.#state.incoming.settings ?? []) {
      await applySetting(this.#state.scope, setting, this.#state.changes)
    }
  }

  async #noteGroups(): Promise<void> {
    const changes = this.#state.incoming.groups ?? []
    if (!changes.length) return
    const { database } = this.#state.scope
    for (const { groupId, isMember } of changes) {
      // Asked for again when next needed; of a group one has left the name stays.
      await database.members.where({ groupId }).delete()
      await database.groups.where({ groupId }).modify({ isStale: isMember, hasLeft: !isMember })
      this.#state.changes.group(groupId)
    }
    this.#state.afterwards.push(['groups', { changes: [...changes] }])
  }

  #rowOf(message: ArchivedMessage, key: string): MessageRow {
    const { userId } = this.#state.scope
    const isOwn = message.senderUserId === userId
    const definition = this.#state.scope.messageTypes.get(message.messageType)
    const row: Omit<MessageRow, 'messageId'> = {
      ...message,
      isPersisted: true,
      isCounted: definition?.isCounted ?? message.isCounted,
      conversationKey: key,
      messageDirection: isOwn ? MessageDirection.SEND : MessageDirection.RECEIVE,
      sentStatus: isOwn ? SentStatus.SENT : SentStatus.RECEIVED,
      receivedStatus: ReceivedStatus.UNREAD,
      receivedTime: this.#state.scope.now(),
      isOffLineMessage: this.#state.incoming.source === 'offline',
    }
    if (message.needReceipt) {
      row.readReceiptInfo = { isReceiptRequestMessage: true, hasRespond: false, readers: {} }
    }
    return row as MessageRow
  }

  /** How far the stream has been stored, and what came with it. */
  async #writePlace(): Promise<void> {
    const { scope, incoming, changes, isListBehind } = this.#state
    const { meta } = scope.database
    const { blockList, cursor, gaps = [] } = incoming
    await Promise.all([
      blockList && storeBlockList(scope, blockList, changes),
      // In their order, in which they are asked for.
      isListBehind && meta.put({ key: 'isListBehind', value: gaps.map(conversationKey) }),
      cursor !== undefined && meta.put({ key: 'cursor', value: cursor }),
    ])
  }
}
