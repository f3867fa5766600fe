/**
 * In which conversations something waits to be sent, as far as this tab knows: what is written
 * there has to go behind it. In all others a message may go out while it is still being stored.
 */
export class WaitingConversations {
  readonly #waiting = new Set<string>()
  /** What former pages and other tabs have left is not known before somebody has looked. */
  #isKnown = false
  /** Messages that are being stored, by key. */
  readonly #storing = new Map<string, number>()

  /** @param keys of all in which something waits */
  known(keys: Iterable<string>): void {
    for (const key of keys) this.#waiting.add(key)
    this.#isKnown = true
  }

  /** Whether what is written there now is the next to be sent. */
  isFree(key: string): boolean {
    return this.#isKnown && !this.#waiting.has(key)
  }

  /** Something waits there that another tab has written. */
  note(key: string): void {
    this.#waiting.add(key)
  }

  /** What is being written waits there from now on. */
  async whileStoring<Result>(key: string, store: () => Promise<Result>): Promise<Result> {
    this.note(key)
    this.#storing.set(key, (this.#storing.get(key) ?? 0) + 1)
    try {
      return await store()
    } finally {
      const others = this.#storing.get(key)! - 1
      if (others) this.#storing.set(key, others)
      else this.#storing.delete(key)
    }
  }

  /** Nothing was found that waits there. What is being stored was not to be found yet. */
  emptied(key: string): void {
    if (!this.#storing.has(key)) this.#waiting.delete(key)
  }
}
