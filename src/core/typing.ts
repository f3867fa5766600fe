/** Who is typing where: sent at most once in five seconds, forgotten after six without news. */
import type { StatusMessage } from '../backends/backend.js'
import {
  conversationIdOf,
  conversationKey,
  conversationOfKey,
  type ConversationId,
} from '../model/conversation.js'
import { limits } from '../model/limits.js'
import { MessageType } from '../model/message-types.js'
import type { TypingUser } from './client-events.js'
import { newOperation } from './envelope.js'
import type { Scope } from './scope.js'

interface Typing extends TypingUser {
  cancelExpiry: () => void
}

export class TypingStatus {
  readonly #scope: Scope
  readonly #typing = new Map<string, Map<string, Typing>>()
  readonly #sentAt = new Map<string, number>()

  readonly #offMessages: () => void

  constructor(scope: Scope) {
    this.#scope = scope
    this.#offMessages = scope.events.on('messages', ({ messages }) => {
      for (const message of messages) this.stopped(message, message.senderUserId)
    })
  }

  /** Tells the others. Costs nothing when called at every keystroke. */
  send(conversation: ConversationId, messageType: string): void {
    const session = this.#scope.session()
    if (!session?.capabilities.has('statusMessages')) return
    const key = conversationKey(conversation)
    const now = this.#scope.now()
    if (now - (this.#sentAt.get(key) ?? -Infinity) < limits.typing.interval) return
    this.#sentAt.set(key, now)
    const message = newOperation(
      this.#scope.userId,
      conversation,
      MessageType.TYPING,
      { typingContentType: messageType },
      { isPersisted: false, isStatusMessage: true },
    )
    // Nobody misses a typing notice that does not get through.
    session.send(message).catch(() => undefined)
  }

  /** A message has been sent: the next keystroke is news again. */
  sent(conversation: ConversationId): void {
    this.#sentAt.delete(conversationKey(conversation))
  }

  received(message: StatusMessage): void {
    const { senderUserId, content } = message
    if (senderUserId === this.#scope.userId) return
    const key = conversationKey(message)
    const users = this.#typing.get(key) ?? new Map<string, Typing>()
    users.get(senderUserId)?.cancelExpiry()
    users.set(senderUserId, {
      userId: senderUserId,
      timestamp: this.#scope.now(),
      messageType:
        typeof content.typingContentType === 'string'
          ? content.typingContentType
          : MessageType.TEXT,
      cancelExpiry: this.#scope.schedule(
        () => this.stopped(conversationIdOf(message), senderUserId),
        limits.typing.expiry,
      ),
    })
    this.#typing.set(key, users)
    this.#tell(key)
  }

  /** Somebody's message has come, or their notice is too old. */
  stopped(conversation: ConversationId, userId: string): void {
    const key = conversationKey(conversation)
    const users = this.#typing.get(key)
    const typing = users?.get(userId)
    if (!users || !typing) return
    typing.cancelExpiry()
    users.delete(userId)
    if (!users.size) this.#typing.delete(key)
    this.#tell(key)
  }

  list(conversation: ConversationId): TypingUser[] {
    const users = this.#typing.get(conversationKey(conversation))?.values() ?? []
    return [...users].map(({ userId, timestamp, messageType }) => ({
      userId,
      timestamp,
      messageType,
    }))
  }

  close(): void {
    this.#offMessages()
    for (const users of this.#typing.values()) {
      for (const typing of users.values()) typing.cancelExpiry()
    }
    this.#typing.clear()
  }

  #tell(key: string): void {
    const conversation = conversationOfKey(key)
    this.#scope.events.emit('typing', { conversation, list: this.list(conversation) })
  }
}
