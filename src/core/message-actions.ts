/** What can be done to a message that is there: take it back, delete it, change its expansion. */
import { conversationKey, conversationIdOf, type ConversationId } from '../model/conversation.js'
import type { Capability } from '../backends/backend.js'
import type { ContentUser, MessageContent } from '../model/content.js'
import { ErrorCode, IMError, invalidParameter, isRetryable, notSupported } from '../model/errors.js'
import { MessageType } from '../model/message-types.js'
import {
  isUnsent,
  type Message,
  type MessageEnvelope,
  type MessageReference,
} from '../model/message.js'
import { Changes } from './changes.js'
import {
  checkConversation,
  checkExpansion,
  checkReactions,
  checkSize,
  newOperation,
  plain,
} from './envelope.js'
import { newestArchived } from './history.js'
import { ingestOwn } from './inbox.js'
import type { Outbox } from './outbox.js'
import type { Scope } from './scope.js'

export interface RecallOptions {
  /** true: the message vanishes instead of leaving a grey line. */
  isDelete?: boolean
  /** The caller is not the author but owns the group. */
  isAdmin?: boolean
  extra?: string
  user?: ContentUser
  disableNotification?: boolean
}

export class MessageActions {
  readonly #scope: Scope
  readonly #outbox: Outbox

  constructor(scope: Scope, outbox: Outbox) {
    this.#scope = scope
    this.#outbox = outbox
  }

  /**
   * Takes a message back for everyone. Needs the connection: a recall that comes late is none.
   * @throws IMError 25101 not sent yet, 25107 not one's own, 30002 without a connection
   */
  async recall(message: Message, options: RecallOptions = {}): Promise<void> {
    if (isUnsent(message)) {
      throw new IMError(ErrorCode.RECALL_MESSAGE, 'Only a message that was sent can be recalled.')
    }
    const session = this.#scope.requireSession()
    if (!session.capabilities.has('recall')) throw notSupported('recall')
    const { messageUId, senderUserId, sentTime } = message
    const { isDelete = false, isAdmin = false, extra, user, disableNotification } = options
    const content: MessageEnvelope['content'] = {
      messageUId,
      senderUserId,
      sentTime,
      isAdmin,
      isDelete,
    }
    if (extra !== undefined) content.extra = extra
    if (user) content.user = user
    const operation = newOperation(this.#scope.userId, message, MessageType.RECALL, content)
    this.#scope.ownOperations.add(operation.messageUId)
    if (disableNotification) operation.disableNotification = true
    const acknowledgement = await session.send(operation)
    await ingestOwn(this.#scope, operation, acknowledgement)
    await this.#keepText(message)
  }

  /**
   * Gives an own message another content of its type. The one that the archive has last holds.
   * Needs the connection.
   * @throws IMError 33003 malformed, 30016 too large, 20606 not one's own or not there yet,
   *   30002 without a connection, 34022 where the backend can't
   */
  async edit(message: Message, content: MessageContent): Promise<void> {
    const { messageUId, senderUserId } = message
    if (isUnsent(message) || senderUserId !== this.#scope.userId) {
      throw new IMError(
        ErrorCode.OPERATION_NOT_SUPPORT,
        'Only an own message that was sent can be edited.',
      )
    }
    if (!this.#scope.messageTypes.isWellFormed(message.messageType, content)) {
      throw invalidParameter(`This is no content of a ${message.messageType} message.`)
    }
    const changed = { messageUId, senderUserId, content: plain(content) }
    await this.#change(message, 'edit', MessageType.EDIT, changed)
  }

  /**
   * Says by emoji what this user thinks of a message: replaces what they said before, an empty list
   * takes it back. Needs the connection.
   * @param reactions at most 10, each of at most 32 characters
   * @throws IMError 33003 for others, 20606 not sent yet, 30002 without a connection,
   *   34022 where the backend can't
   */
  async react(message: Message, reactions: readonly string[]): Promise<void> {
    checkReactions(reactions)
    if (isUnsent(message)) {
      throw new IMError(
        ErrorCode.OPERATION_NOT_SUPPORT,
        'Only to a message that was sent can anybody react.',
      )
    }
    const { messageUId, senderUserId } = message
    const content = { messageUId, senderUserId, reactions: [...new Set(reactions)] }
    await this.#change(message, 'reactions', MessageType.REACTION, content)
  }

  async #change(
    message: Message,
    capability: Capability,
    messageType: string,
    content: MessageContent,
  ): Promise<void> {
    const session = this.#scope.requireSession()
    if (!session.capabilities.has(capability)) throw notSupported(capability)
    const operation = newOperation(this.#scope.userId, message, messageType, content)
    checkSize(operation)
    this.#scope.ownOperations.add(operation.messageUId)
    await ingestOwn(this.#scope, operation, await session.send(operation))
  }

  /** Deletes for this user, on all devices. What was not sent yet is not sent any more. */
  async delete(conversation: ConversationId, messages: readonly MessageReference[]): Promise<void> {
    checkConversation(conversation)
    const key = conversationKey(conversation)
    const references: MessageReference[] = []
    for (const { messageUId, senderUserId } of messages) {
      const row = await this.#scope.database.messages
        .where('[conversationKey+senderUserId+messageUId]')
        .equals([key, senderUserId, messageUId])
        .first()
      if (row && isUnsent(row)) await this.#outbox.cancel(row.messageId)
      else references.push({ messageUId, senderUserId })
    }
    if (references.length) await this.#deleteForMe(conversation, { messages: references })
  }

  /** Deletes everything up to a place (the newest message) for this user, on all devices. */
  async clear(conversation: ConversationId, before?: string): Promise<void> {
    checkConversation(conversation)
    const newest = await newestArchived(this.#scope, conversationKey(conversation))
    const place = before ?? newest?.order
    if (place !== undefined) await this.#deleteForMe(conversation, { before: place })
  }

  /** @throws IMError 34008 not expandable, 34010 limits, 34009 no connection */
  async updateExpansion(message: Message, put: Record<string, string>): Promise<void> {
    checkExpansion(put)
    await this.#expand(message, { put })
  }

  /** @throws IMError 33003 no list of keys, 34008 not expandable, 34009 no connection */
  async removeExpansion(message: Message, remove: string[]): Promise<void> {
    if (!Array.isArray(remove) || !remove.every((key) => typeof key === 'string')) {
      throw invalidParameter('removeExpansion() takes a list of keys.')
    }
    await this.#expand(message, { remove })
  }

  async #expand(
    message: Message,
    change: { put?: Record<string, string>; remove?: string[] },
  ): Promise<void> {
    if (!message.canIncludeExpansion) {
      throw new IMError(
        ErrorCode.MESSAGE_KV_NOT_SUPPORT,
        'This message was sent without canIncludeExpansion: true, so it takes no expansion.',
      )
    }
    const { messageUId, senderUserId } = message
    const content = { messageUId, senderUserId, ...change }
    const operation = newOperation(this.#scope.userId, message, MessageType.EXPANSION, content)
    this.#scope.ownOperations.add(operation.messageUId)
    try {
      const session = this.#scope.requireSession()
      if (!session.capabilities.has('expansion')) throw notSupported('expansion')
      await ingestOwn(this.#scope, operation, await session.send(operation))
    } catch (error) {
      const known = IMError.from(error)
      if (!isRetryable(known.code)) throw known
      throw new IMError(
        ErrorCode.MESSAGE_EXPANDED_ERROR,
        'The expansion could not be changed: there is no connection.',
        known,
      )
    }
  }

  async #deleteForMe(
    conversation: ConversationId,
    content: { messages?: MessageReference[]; before?: string },
  ): Promise<void> {
    const operation = newOperation(
      this.#scope.userId,
      conversationIdOf(conversation),
      MessageType.DELETE_FOR_ME,
      content,
      { audience: 'self' },
    )
    const session = this.#scope.session()
    if (!session || session.capabilities.has('deleteForMe')) {
      await this.#outbox.addOperation(operation)
    }
    await ingestOwn(this.#scope, operation)
  }

  /** The author's own text stays on their device, to be edited and sent again. */
  async #keepText(message: Message): Promise<void> {
    const { messages } = this.#scope.database
    const text = message.content.content
    const hasText =
      message.messageType === MessageType.TEXT || message.messageType === MessageType.REFERENCE
    if (!hasText || message.senderUserId !== this.#scope.userId || typeof text !== 'string') return
    const row = await messages.get(message.messageId)
    if (row?.messageType !== MessageType.RECALL_NOTIFICATION) return
    await messages.put({ ...row, content: { ...row.content, recallContent: text } })
    const changes = new Changes()
    changes.updated(row.conversationKey, row.messageId)
    this.#scope.publish(changes)
  }
}
