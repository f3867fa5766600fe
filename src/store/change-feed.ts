/**
 * Gathers what the database tells of and hands it on at most once per frame, one lot after the
 * other: while one is being read, the next grows.
 */
import type { ChangeSet } from '../core/changes.js'
import type { Conversation } from '../core/conversation.js'
import type { Message } from '../model/message.js'
import { nextFrame } from './frame.js'

/** What happened to the messages of one conversation since the last time. */
export interface MessageLot {
  /** Rows that are new or have changed. */
  touched: Set<number>
  /** Those of them that this page has just sent. */
  sent: Set<number>
  removed: Set<number>
  /** What of the touched ones needs no reading, by number. */
  known: Map<number, Message>
  /** All of the conversation has to be read again. */
  isReset: boolean
}

/** Several change sets as one. */
export interface ChangeLot {
  /** By key, with what they are now, if that is known. */
  conversations: Map<string, Conversation | undefined>
  messages: Map<string, MessageLot>
  groups: Set<string>
}

export class ChangeFeed {
  readonly #apply: (lot: ChangeLot) => Promise<void>
  readonly #report: (error: unknown, context: string) => void
  #lot = emptyLot()
  #isWaiting = false
  #isApplying = false
  #afterwards: (() => void)[] = []
  #cancel: (() => void) | undefined

  constructor(
    apply: (lot: ChangeLot) => Promise<void>,
    report: (error: unknown, context: string) => void,
  ) {
    this.#apply = apply
    this.#report = report
  }

  add(changes: ChangeSet): void {
    const lot = this.#lot
    const { known } = changes
    // The last word counts: what was known of it before may have changed since.
    for (const key of changes.conversations) {
      lot.conversations.set(key, known.conversations.get(key))
    }
    for (const group of changes.groups) lot.groups.add(group)
    for (const key of changes.reset) messagesOf(lot, key).isReset = true
    for (const [key, { added, updated, removed }] of changes.messages) {
      const messages = messagesOf(lot, key)
      for (const id of [...added, ...updated]) {
        messages.touched.add(id)
        const message = known.messages.get(id)
        if (message) messages.known.set(id, message)
        else messages.known.delete(id)
      }
      for (const id of removed) {
        messages.touched.delete(id)
        messages.removed.add(id)
      }
    }
    this.#isWaiting = true
    this.#schedule()
  }

  /** Tells which of the messages were sent by this page, in the same breath as the change. */
  sent(key: string, messageId: number): void {
    messagesOf(this.#lot, key).sent.add(messageId)
  }

  /** Runs something when all that has been told until now has been handed on. */
  afterwards(run: () => void): void {
    if (!this.#isWaiting && !this.#isApplying) return run()
    this.#afterwards.push(run)
    this.#isWaiting = true
    this.#schedule()
  }

  /** Forgets what has not been handed on. */
  clear(): void {
    this.#cancel?.()
    this.#cancel = undefined
    this.#isWaiting = false
    this.#lot = emptyLot()
    this.#afterwards = []
  }

  #schedule(): void {
    if (this.#cancel || this.#isApplying || !this.#isWaiting) return
    this.#cancel = nextFrame(() => {
      this.#cancel = undefined
      void this.#handOn()
    })
  }

  async #handOn(): Promise<void> {
    const lot = this.#lot
    const afterwards = this.#afterwards
    this.#lot = emptyLot()
    this.#afterwards = []
    this.#isWaiting = false
    this.#isApplying = true
    try {
      await this.#apply(lot)
    } catch (error) {
      this.#report(error, 'showing what has changed')
    } finally {
      this.#isApplying = false
      for (const run of afterwards) run()
      this.#schedule()
    }
  }
}

function emptyLot(): ChangeLot {
  return { conversations: new Map(), messages: new Map(), groups: new Set() }
}

function messagesOf(lot: ChangeLot, key: string): MessageLot {
  let messages = lot.messages.get(key)
  if (!messages) {
    messages = {
      touched: new Set(),
      sent: new Set(),
      removed: new Set(),
      known: new Map(),
      isReset: false,
    }
    lot.messages.set(key, messages)
  }
  return messages
}
