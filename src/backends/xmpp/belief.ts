/**
 * Whom to believe what is said of a group. The server vouches for who said something, and every
 * member can say anything: that somebody came or went, that the group has another name, that a
 * message of somebody else is taken away. What is said by who may not is left out, and reported.
 */
import { ErrorCode, IMError } from '../../model/errors.js'
import type { ArchivedMessage } from '../../model/message.js'
import type { GroupEntries } from './group-entries.js'
import { isClaim, type GroupOwners } from './group-owners.js'
import type { GroupWatch } from './group-watch.js'
import { Lately } from './lately.js'
import { isNotice, membershipAfter, nameOf, toldBy, type Received } from './received.js'

/** Lies remembered, so that each is reported once, however often the archive is read. */
const MOST_REPORTED = 500

export interface BeliefContext {
  userId: string
  owners: GroupOwners
  entries: GroupEntries
  watch?: GroupWatch
  /** Resolves when all that was noted in `entries` is known. */
  readEntries: () => Promise<void>
  /** Told of what was left out. */
  disbelieved: (reason: IMError) => void
}

export class Belief {
  readonly #context: BeliefContext
  readonly #reported = new Lately(MOST_REPORTED)

  constructor(context: BeliefContext) {
    this.#context = context
  }

  /** Whether it takes more than its sender to know whether it may be believed. */
  isOpen(received: Received): boolean {
    return isClaim(received) || isNotice(received.message)
  }

  /** What of it may be believed; undefined: nothing. */
  async verified(received: Received): Promise<Received | undefined> {
    const { message } = received
    if (!isNotice(message)) return this.#context.owners.verified(received)
    const { isTrue, isEntry } = await this.#lookInto(received)
    if (isTrue) return isEntry ? { ...received, isEntry } : received
    this.#report(message)
    return undefined
  }

  async #lookInto(received: Received): Promise<{ isTrue: boolean; isEntry?: boolean }> {
    const { userId, watch } = this.#context
    const { message } = received
    const { senderUserId } = message
    if (membershipAfter(message, userId) === false) {
      return { isTrue: (await watch?.isBelieved(received).catch(() => false)) ?? false }
    }
    const { operation, operatorUserId, targetUserIds } = toldBy(message)
    const isSaidByOperator = operatorUserId === senderUserId
    const isMeant = targetUserIds.includes(userId)
    switch (operation) {
      case 'Quit':
        return { isTrue: isSaidByOperator && targetUserIds.every((id) => id === senderUserId) }
      case 'Create':
      case 'Kicked':
      case 'Rename':
      case 'Dismiss': {
        const isEntry = operation === 'Create' && (isMeant || senderUserId === userId)
        return { isTrue: isSaidByOperator && (await this.#isOwner(message)), isEntry }
      }
      case 'Add': {
        if (!isSaidByOperator) return { isTrue: false }
        // All members may invite others. That they did so is a line to them, and no more.
        if (!isMeant) return { isTrue: true }
        if (await this.#isOwner(message)) return { isTrue: true, isEntry: true }
        return { isTrue: await this.#isInvitation(message) }
      }
      default:
        // A host's own: a line of text.
        return { isTrue: true }
    }
  }

  async #isOwner({ senderUserId, targetId }: ArchivedMessage): Promise<boolean> {
    const owner = await this.#context.owners.ownerOf(targetId).catch(() => undefined)
    return owner === senderUserId
  }

  async #isInvitation({ senderUserId, targetId, order }: ArchivedMessage): Promise<boolean> {
    const { entries, readEntries } = this.#context
    await readEntries()
    return entries.isInvitedBy(senderUserId, targetId, order)
  }

  #report(message: ArchivedMessage): void {
    if (!this.#reported.add(nameOf(message))) return
    const { senderUserId, targetId, content } = message
    const reason = `"${senderUserId}" says "${String(content.operation)}" of the group "${targetId}", and may not: the notice is left out.`
    this.#context.disbelieved(new IMError(ErrorCode.OPERATION_NOT_SUPPORT, reason, message))
  }
}
