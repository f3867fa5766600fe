/**
 * Rows that changed while a page was being read: the page may have been read before the change
 * that was told of before the page was there. Who merges the page reads these again.
 */
export class MissedChanges {
  #ids = new Set<number>()
  #loads = 0

  /** A load begins. Gives what ends it and tells what it has missed; safe to call twice. */
  begin(): () => ReadonlySet<number> {
    if (this.#loads === 0) this.#ids = new Set()
    this.#loads += 1
    const ids = this.#ids
    let isOver = false
    return () => {
      if (!isOver && this.#ids === ids) this.#loads -= 1
      isOver = true
      return ids
    }
  }

  add(ids: Iterable<number>): void {
    if (this.#loads > 0) for (const id of ids) this.#ids.add(id)
  }

  clear(): void {
    this.#ids = new Set()
    this.#loads = 0
  }
}
