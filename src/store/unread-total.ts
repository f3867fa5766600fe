/** How many messages are unread in all conversations, kept up without reading all of them again. */
import { batch, signal, type ReadonlySignal } from '@preact/signals-core'
import type { IMClient } from '../core/client.js'
import type { Conversation } from '../core/conversation.js'
import { isMuted } from '../model/conversation.js'
import type { Display } from './display.js'

export class UnreadTotal {
  readonly #client: IMClient
  readonly #display: Display
  /** By key, of those in which something is unread. */
  readonly #counts = new Map<string, number>()
  readonly #total = signal(0)
  #turn = 0

  constructor(client: IMClient, display: Display) {
    this.#client = client
    this.#display = display
  }

  /** Those of muted and hidden conversations do not count. */
  get total(): ReadonlySignal<number> {
    return this.#total
  }

  async load(): Promise<void> {
    const turn = ++this.#turn
    const unread = await this.#client.conversations.withUnread()
    if (turn !== this.#turn) return
    this.#counts.clear()
    batch(() => {
      this.#total.value = 0
      this.apply(unread.map((one) => [one.conversationKey, one]))
    })
  }

  apply(conversations: Iterable<readonly [key: string, conversation: Conversation]>): void {
    let total = this.#total.peek()
    for (const [key, conversation] of conversations) {
      const count = this.#countOf(conversation)
      total += count - (this.#counts.get(key) ?? 0)
      if (count) this.#counts.set(key, count)
      else this.#counts.delete(key)
    }
    this.#total.value = total
  }

  clear(): void {
    this.#turn += 1
    this.#counts.clear()
    this.#total.value = 0
  }

  #countOf(conversation: Conversation): number {
    const { listOrder, notificationLevel, unreadMessageCount } = conversation
    if (listOrder === undefined || isMuted(notificationLevel)) return 0
    return this.#display.hidesConversation(conversation) ? 0 : unreadMessageCount
  }
}
