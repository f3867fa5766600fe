/** What the user has deleted for themself, as the own devices note it for each other. */
import { conversationKey } from '../../model/conversation.js'
import { MessageType } from '../../model/message-types.js'
import { messageKey, type ArchivedMessage } from '../../model/message.js'
import type { DeleteForMeContent } from '../../model/operations.js'
import { orderOf } from './archive-place.js'

interface Deleted {
  messages: Set<string>
  /** Everything up to this place. */
  upTo: string
}

export class Deletions {
  readonly #byConversation = new Map<string, Deleted>()

  note(message: ArchivedMessage): void {
    if (message.messageType !== MessageType.DELETE_FOR_ME || message.audience !== 'self') return
    const { messages, before } = message.content as DeleteForMeContent
    const deleted = this.#of(message)
    for (const reference of Array.isArray(messages) ? messages : []) {
      if (typeof reference?.messageUId === 'string' && typeof reference.senderUserId === 'string') {
        deleted.messages.add(messageKey(reference))
      }
    }
    if (orderOf(before) === before && before! > deleted.upTo) deleted.upTo = before!
  }

  has(message: ArchivedMessage): boolean {
    const deleted = this.#byConversation.get(conversationKey(message))
    if (!deleted) return false
    return message.order <= deleted.upTo || deleted.messages.has(messageKey(message))
  }

  #of(message: ArchivedMessage): Deleted {
    const key = conversationKey(message)
    const known = this.#byConversation.get(key) ?? { messages: new Set(), upTo: '' }
    this.#byConversation.set(key, known)
    return known
  }
}
