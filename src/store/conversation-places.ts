/** The conversation list as somebody scrolls it: a place for each conversation, loaded or not. */
import type { Conversation } from '../core/conversation.js'

export interface LoadedPart {
  start: number
  items: readonly Conversation[]
}

/**
 * Array-like over the whole list. Never changes; the next one has the same objects where nothing
 * has changed, so that what has changed shows in comparing places.
 */
export class ConversationPlaces {
  /** All that are known to be on the list: what the scrollbar is drawn for. */
  readonly length: number
  /** There may be more below, which the server has to be asked for. */
  readonly isOpenEnded: boolean
  readonly #parts: readonly LoadedPart[]

  constructor(parts: readonly LoadedPart[], length: number, isOpenEnded: boolean) {
    this.#parts = parts
    this.length = length
    this.isOpenEnded = isOpenEnded
  }

  /** undefined: none there, or not loaded. */
  at(index: number): Conversation | undefined {
    for (const { start, items } of this.#parts) {
      if (index >= start && index < start + items.length) return items[index - start]
    }
    return undefined
  }

  /** -1: not on the list, or not loaded. */
  indexOf(key: string): number {
    for (const { start, items } of this.#parts) {
      const index = items.findIndex((conversation) => conversation.conversationKey === key)
      if (index >= 0) return start + index
    }
    return -1
  }
}
