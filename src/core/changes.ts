/** What one transaction changed in the database, collected on the way and told once. */
import type { MessageRow } from '../database/schema.js'
import type { Message } from '../model/message.js'
import type { Conversation } from './conversation.js'

export interface MessageChanges {
  readonly added: readonly number[]
  readonly updated: readonly number[]
  readonly removed: readonly number[]
}

export interface ChangeSet {
  /** Keys of conversations whose row appeared or changed (unread, last message, pin, draft, …). */
  readonly conversations: readonly string[]
  /** Rows of `messages`, by conversation key. */
  readonly messages: ReadonlyMap<string, MessageChanges>
  /** Conversations whose history was cleared or has a new gap: what is shown of them is read again. */
  readonly reset: readonly string[]
  /** Groups whose info or members changed. */
  readonly groups: readonly string[]
  /** Everyone the user blocks, if that has changed. */
  readonly blockList?: readonly string[]
  /** Rows that came from somebody else just now, in order: what a host is told as received. */
  readonly received: readonly number[]
  /** Keys of conversations in which a message waits to be sent since. */
  readonly queued: readonly string[]
  readonly fromOtherTab: boolean
  /** What of it needs no reading, since it was stored just now by this page. */
  readonly known: KnownChanges
}

export interface KnownChanges {
  /** By key. */
  readonly conversations: ReadonlyMap<string, Conversation>
  /** By number of the row. */
  readonly messages: ReadonlyMap<number, Message>
}

export const nothingKnown: KnownChanges = { conversations: new Map(), messages: new Map() }

export class Changes {
  /** With what they are now, if that is known. */
  #conversations = new Map<string, Conversation | undefined>()
  #messages = new Map<string, { added: Set<number>; updated: Set<number>; removed: Set<number> }>()
  #reset = new Set<string>()
  #groups = new Set<string>()
  #blockList: readonly string[] | undefined
  #received: MessageRow[] = []
  #queued = new Set<string>()

  /** @param known as it is after this transaction; without it, it has to be read */
  conversation(key: string, known?: Conversation): void {
    this.#conversations.set(key, known)
  }

  added(key: string, messageId: number): void {
    this.#of(key).added.add(messageId)
  }

  updated(key: string, messageId: number): void {
    const { added, updated } = this.#of(key)
    if (!added.has(messageId)) updated.add(messageId)
  }

  removed(key: string, messageId: number): void {
    this.#of(key).removed.add(messageId)
  }

  reset(key: string): void {
    this.#reset.add(key)
  }

  group(groupId: string): void {
    this.#groups.add(groupId)
  }

  blockList(userIds: readonly string[]): void {
    this.#blockList = userIds
  }

  queued(key: string): void {
    this.#queued.add(key)
  }

  received(row: MessageRow): void {
    this.#received.push(row)
  }

  /** Those that were received, as they were stored. */
  get receivedRows(): readonly MessageRow[] {
    return this.#received
  }

  get isEmpty(): boolean {
    const rows =
      this.#conversations.size + this.#messages.size + this.#reset.size + this.#groups.size
    return rows === 0 && !this.#blockList && this.#received.length === 0
  }

  /** @param received the messages that were received, as they are given out */
  toSet(received: readonly Message[] = []): ChangeSet {
    return {
      conversations: [...this.#conversations.keys()],
      messages: new Map(
        [...this.#messages].map(([key, { added, updated, removed }]) => [
          key,
          { added: [...added], updated: [...updated], removed: [...removed] },
        ]),
      ),
      reset: [...this.#reset],
      groups: [...this.#groups],
      ...(this.#blockList && { blockList: this.#blockList }),
      received: this.#received.map(({ messageId }) => messageId),
      queued: [...this.#queued],
      fromOtherTab: false,
      known: {
        conversations: new Map(
          [...this.#conversations].flatMap(([key, known]) => (known ? [[key, known]] : [])),
        ),
        messages: new Map(received.map((message) => [message.messageId, message])),
      },
    }
  }

  #of(key: string) {
    let changes = this.#messages.get(key)
    if (!changes) {
      changes = { added: new Set(), updated: new Set(), removed: new Set() }
      this.#messages.set(key, changes)
    }
    return changes
  }
}
