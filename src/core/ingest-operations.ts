/** The operations of a lot: folded into the messages they name, or kept until those are here. */
import type { WaitingOperationRow } from '../database/schema.js'
import { forgetBlocks } from '../database/search-blocks.js'
import { conversationKey, ConversationType } from '../model/conversation.js'
import { MessageType } from '../model/message-types.js'
import type { ArchivedMessage, MessageReference } from '../model/message.js'
import type { DeleteForMeContent } from '../model/operations.js'
import { countMessage, recount } from './conversation-rows.js'
import { fold, outlivesMessage, targetsOf } from './fold.js'
import type { IngestState } from './ingest-state.js'
import { identity, nameOf, textOf, type NamedMessage } from './message-names.js'
import { eventsOf } from './operation-events.js'
import { cutSegments } from './segments.js'

export class IngestOperations {
  readonly #state: IngestState

  constructor(state: IngestState) {
    this.#state = state
  }

  async readWaiting(shown: readonly NamedMessage[]): Promise<WaitingOperationRow[]> {
    const { waitingOperations } = this.#state.scope.database
    if (!shown.length || !(await waitingOperations.count())) return []
    const index = '[conversationKey+targetSenderUserId+targetMessageUId]'
    return waitingOperations
      .where(index)
      .anyOf(shown.map(({ identity }) => identity))
      .toArray()
  }

  /** Operations that were here before their messages. */
  async foldWaiting(waiting: readonly WaitingOperationRow[]): Promise<void> {
    const done: number[] = []
    for (const { id, operation, ...target } of waiting) {
      const { conversationKey, targetSenderUserId, targetMessageUId } = target
      const name = textOf([conversationKey, targetSenderUserId, targetMessageUId])
      const row = this.#state.rows.get(name)
      // A message with a number was here already, and the operation is no news to it.
      if (!row || row.messageId) continue
      const folded = fold(row, operation, this.#state.scope.userId)
      if (folded) this.#state.rows.set(name, folded)
      else this.#state.rows.delete(name)
      if (!outlivesMessage(operation)) done.push(id!)
    }
    if (done.length) await this.#state.scope.database.waitingOperations.bulkDelete(done)
  }

  async apply(operation: ArchivedMessage): Promise<void> {
    const key = conversationKey(operation)
    switch (operation.messageType) {
      case MessageType.READ_RECEIPT:
        this.#applyReadReceipt(key, operation)
        break
      case MessageType.DELETE_FOR_ME:
        if (operation.senderUserId !== this.#state.scope.userId || operation.audience !== 'self')
          return
        await this.#clearHistory(key, operation.content as DeleteForMeContent)
    }
    for (const target of targetsOf(operation)) await this.#foldInto(key, target, operation)
    if (this.#state.incoming.source === 'history' || this.#state.isMadeHere(operation)) return
    this.#state.afterwards.push(...eventsOf(operation, this.#state.scope.userId))
  }

  async #foldInto(
    key: string,
    target: MessageReference,
    operation: ArchivedMessage,
  ): Promise<void> {
    const { database, userId } = this.#state.scope
    const name = textOf(identity(key, target))
    const before = this.#state.rows.get(name)
    if (!before?.messageId) {
      await this.#keepWaiting(key, target, operation)
      return
    }
    const after = fold(before, operation, userId)
    if (after === before) return
    const countsNoMore = !after || before.isCounted !== after.isCounted
    if (countsNoMore && !this.#state.uncounted.has(before.messageId)) {
      const conversation = this.#state.conversations.get(key)!
      this.#state.conversations.set(key, countMessage(conversation, before, userId, -1))
    }
    if (after?.content !== before.content) await forgetBlocks(database, [before.messageId])
    if (after) {
      await database.messages.put(after)
      this.#state.rows.set(name, after)
      this.#state.changes.updated(key, after.messageId)
    } else {
      await database.messages.delete(before.messageId)
      await database.outbox.where({ messageId: before.messageId }).delete()
      await this.#keepWaiting(key, target, operation)
      this.#state.rows.delete(name)
      this.#state.changes.removed(key, before.messageId)
    }
    this.#state.latest.set(key, undefined)
    if (operation.messageType === MessageType.RECALL) {
      const isOwn = this.#state.isMadeHere(operation)
      this.#state.afterwards.push(['recalled', { message: after ?? before, isOwn }])
    }
    if (operation.messageType === MessageType.EDIT && after) {
      this.#state.afterwards.push(['modified', { message: after }])
    }
  }

  async #keepWaiting(
    key: string,
    target: MessageReference,
    operation: ArchivedMessage,
  ): Promise<void> {
    const { waitingOperations } = this.#state.scope.database
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
    const { database } = this.#state.scope
    const conversation = this.#state.conversations.get(key)!
    if (before <= (conversation.clearedBefore ?? '')) return
    const range = database.messages
      .where('[conversationKey+order]')
      .between([key, ''], [key, before], true, true)
    const rows = await range.toArray()
    for (const row of rows) this.#state.rows.delete(nameOf(row))
    await range.delete()
    const ids = rows.map(({ messageId }) => messageId)
    await forgetBlocks(database, ids)
    await cutSegments(database, key, before)
    const cleared = { ...conversation, clearedBefore: before }
    this.#state.conversations.set(key, await recount(database, cleared, this.#state.scope.userId))
    this.#state.latest.set(key, undefined)
    this.#state.changes.reset(key)
  }

  #applyReadReceipt(key: string, receipt: ArchivedMessage): void {
    const conversation = this.#state.conversations.get(key)!
    const { lastMessageSendTime } = receipt.content
    if (conversation.conversationType !== ConversationType.PRIVATE) return
    if (!Number.isFinite(lastMessageSendTime)) return
    // Nobody has read what was sent after they said so.
    const readUpTo = Math.min(lastMessageSendTime, receipt.sentTime)
    const isOfPeer = receipt.senderUserId !== this.#state.scope.userId
    if (isOfPeer && readUpTo > conversation.peerReadTime) {
      this.#state.conversations.set(key, { ...conversation, peerReadTime: readUpTo })
    }
  }
}
