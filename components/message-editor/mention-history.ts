import type { MentionText } from './mention-text.js'

/** States are small; a field's own history is not much longer. */
const capacity = 200

/**
 * What a text was like when it was last seen. Undo brings back the letters only; this brings back
 * who was meant by them.
 */
export class MentionHistory {
  #values = new Map<string, MentionText>()

  remember(value: MentionText): void {
    if (value.mentions.length === 0) return
    this.#values.delete(value.text)
    this.#values.set(value.text, value)
    if (this.#values.size > capacity) this.#values.delete(this.#values.keys().next().value!)
  }

  /** The state with this very text, if there was one with mentions. */
  recall(text: string): MentionText | undefined {
    return this.#values.get(text)
  }

  clear(): void {
    this.#values.clear()
  }
}
