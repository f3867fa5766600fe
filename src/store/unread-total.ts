/** How many messages are unread in all conversations, kept up without reading all of them again. */
import { computed, signal, type ReadonlySignal } from '@preact/signals-core'
import type { IMClient } from '../core/client.js'
import type { Conversation } from '../core/conversation.js'
import { isMuted } from '../model/conversation.js'
import type { Display } from './display.js'

export class UnreadTotal {
  readonly #client: IMClient
  readonly #display: Display
  readonly #counts = signal<ReadonlyMap<string, number>>(new Map())
  #turn = 0

  constructor(client: IMClient, display: Display) {
    this.#client = client
    this.#display = display
  }

  /** Those of muted and hidden conversations do not count. */
  readonly total: ReadonlySignal<number> = computed(() => {
    let sum = 0
    for (const count of this.#counts.value.values()) sum += count
    return sum
  })

  async load(): Promise<void> {
    const turn = ++this.#turn
    const unread = await this.#client.conversations.withUnread()
    if (turn === this.#turn) this.#counts.value = new Map()
    if (turn === this.#turn) this.apply(unread.map((one) => [one.conversationKey, one]))
  }

  apply(conversations: Iterable<readonly [key: string, conversation: Conversation]>): void {
    const counts = new Map(this.#counts.peek())
    for (const [key, conversation] of conversations) {
      const count = this.#countOf(conversation)
      if (count) counts.set(key, count)
      else counts.delete(key)
    }
    this.#counts.value = counts
  }

  clear(): void {
    this.#turn += 1
    this.#counts.value = new Map()
  }

  #countOf(conversation: Conversation): number {
    const { listOrder, notificationLevel, unreadMessageCount } = conversation
    if (listOrder === undefined || isMuted(notificationLevel)) return 0
    return this.#display.hidesConversation(conversation) ? 0 : unreadMessageCount
  }
}
