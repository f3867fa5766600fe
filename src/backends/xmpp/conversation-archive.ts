/**
 * The newest part of one conversation, without holes up to now: read backwards from the archive as
 * far as somebody asks, and extended by what comes live. Whatever was done to a message stands behind
 * it, so whoever has everything from a message on knows all that has become of it.
 */
import type { ConversationId } from '../../model/conversation.js'
import { ConversationType } from '../../model/conversation.js'
import { MessageType } from '../../model/message-types.js'
import type { ArchivedMessage, MessageReference } from '../../model/message.js'
import type { EditContent } from '../../model/operations.js'
import type { ArchiveSource } from './archive-source.js'
import { completed } from './named-messages.js'
import { emptied, isShown, nameOf, recalledBy, withoutContent, type Received } from './received.js'

/** Messages and operations kept of one conversation; farther back is read without being kept. */
export const MOST_KEPT = 5000

const PAGE_SIZE = 100

export class ConversationArchive {
  readonly conversation: ConversationId
  readonly source: ArchiveSource
  readonly #enteredAt: () => string
  /** By identity: what is said twice under one id was said the first time. */
  #known = new Map<string, Received>()
  #sorted: ArchivedMessage[] | undefined
  /** Everything from this place on is here; undefined: nothing was read yet. */
  #from: string | undefined
  #isWhole = false
  #isFollowed = false
  #reading: Promise<void> | undefined

  /** @param enteredAt of a group: a place before which nothing is for the user; empty: none is known */
  constructor(conversation: ConversationId, source: ArchiveSource, enteredAt = () => '') {
    this.conversation = conversation
    this.source = source
    this.#enteredAt = enteredAt
  }

  /** Whether nothing lies before what is here. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  /** The place from which on everything is here; empty: from the beginning, `~`: nothing is. */
  get from(): string {
    if (this.#isWhole) return ''
    return this.#from ?? '~'
  }

  /** Messages and operations, the oldest first; recalled ones without their content. */
  entries(): readonly ArchivedMessage[] {
    this.#sorted ??= assembled([...this.#known.values()], this.from)
    return this.#sorted
  }

  find(reference: MessageReference): ArchivedMessage | undefined {
    const name = nameOf({ ...this.conversation, ...reference } as ArchivedMessage)
    return this.entries().find((entry) => isShown(entry) && nameOf(entry) === name)
  }

  /** Something that came live. What is not read yet is found in the archive. */
  add(received: Received): void {
    if (this.#isFollowed) this.#keep([received])
  }

  /**
   * Reads back until there is enough, or all, or as much as is kept.
   * @returns whether there is enough
   */
  async readBack(isEnough: () => boolean): Promise<boolean> {
    while (!(this.#from !== undefined && (isEnough() || this.#isWhole))) {
      if (this.#known.size >= MOST_KEPT) return false
      await this.#readPage()
    }
    return isEnough()
  }

  /** One page at a time, whoever asks. */
  #readPage(): Promise<void> {
    this.#reading ??= this.#readNextPage().finally(() => (this.#reading = undefined))
    return this.#reading
  }

  async #readNextPage(): Promise<void> {
    this.#isFollowed = true
    const { received, from, isComplete } = await this.source.before(this.#from, PAGE_SIZE)
    this.#from = from
    this.#isWhole = isComplete
    this.#keep(received)
  }

  #keep(received: readonly Received[]): void {
    for (const it of received) {
      const name = nameOf(it.message)
      const known = this.#known.get(name)
      if (!known || it.message.order < known.message.order) this.#known.set(name, it)
    }
    this.#sorted = undefined
    this.#cutAtEntry()
  }

  /** What was said in a group before one came into it is not for one. */
  #cutAtEntry(): void {
    if (this.conversation.conversationType !== ConversationType.GROUP) return
    let entry = this.#enteredAt()
    if (entry < this.from) entry = ''
    for (const { message, isEntry } of this.#known.values()) {
      if (message.order > entry && isEntry) entry = message.order
    }
    if (entry === '') return
    for (const [name, { message }] of this.#known) {
      if (message.order < entry) this.#known.delete(name)
    }
    this.#isWhole = true
  }
}

/**
 * In order, with recalls carried out: of what was recalled only the place is left, also where the
 * server has nothing of it any more.
 * @param from place before which nothing is to be put
 */
export function assembled(received: readonly Received[], from: string): ArchivedMessage[] {
  const messages = new Map<string, ArchivedMessage>()
  for (const { message, names } of received) if (!names) messages.set(nameOf(message), message)
  const known = [...messages.values()]
  for (const it of received) {
    const message = it.names && completed(it, known)?.message
    if (message) messages.set(nameOf(message), message)
  }
  const recalls = new Set<string>()
  for (const it of received) {
    const target = recalledBy(it.message)
    if (!target) continue
    const name = nameOf({ ...it.message, ...target })
    const recalled = messages.get(name)
    const left = recalled ? withoutContent(recalled) : emptied(it)
    if (left && (recalled ? isShown(recalled) : left.order >= from)) messages.set(name, left)
    recalls.add(name)
  }
  for (const [name, message] of messages) {
    if (message.messageType !== MessageType.EDIT) continue
    const { messageUId, senderUserId } = message.content as EditContent
    if (recalls.has(nameOf({ ...message, messageUId, senderUserId })))
      messages.set(name, withoutContent(message))
  }
  return [...messages.values()].sort((one, other) => (one.order < other.order ? -1 : 1))
}
