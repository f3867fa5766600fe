/**
 * What the user has deleted for themself: notes to the own devices, which the archive keeps. They
 * are read once for a session, and followed from then on.
 */
import { conversationKey } from '../../model/conversation.js'
import { MessageType } from '../../model/message-types.js'
import { messageKey, type ArchivedMessage } from '../../model/message.js'
import type { DeleteForMeContent } from '../../model/operations.js'
import { queryArchive } from './archive-query.js'
import { orderOf } from './archive-place.js'
import type { People } from './people.js'
import { allReceived } from './received.js'
import type { Wire } from './wire.js'

const PAGE_SIZE = 250

interface Deleted {
  messages: Set<string>
  /** Everything up to this place. */
  upTo: string
}

export class Deletions {
  readonly #byConversation = new Map<string, Deleted>()
  #reading: Promise<void> | undefined

  constructor(
    private readonly wire: Wire,
    private readonly people: People,
  ) {}

  /** Resolves when everything that was deleted so far is known. */
  read(): Promise<void> {
    this.#reading ??= this.#readAll()
    this.#reading.catch(() => (this.#reading = undefined))
    return this.#reading
  }

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

  async #readAll(): Promise<void> {
    const { wire, people } = this
    for (let after: string | undefined = '0'; after !== undefined;) {
      const counterpart = people.ownDevices
      const page = await queryArchive(wire, people, { counterpart, after, count: PAGE_SIZE })
      for (const { message } of allReceived(people, page.entries)) this.note(message)
      after = page.isComplete ? undefined : page.last
    }
  }
}
