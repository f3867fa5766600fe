/** Milliseconds after the last thing that came: a tab has stored it by then. */
const MOMENT = 150
/** Milliseconds after the first one that waits, however many still come. */
const AT_MOST = 1000

/**
 * Hands things on a moment later, together. The tab that holds the connection has stored what came
 * by then and told the others, who share its database: one after the other would cost all of them
 * the time of each. Who gets it later finds it stored, or stores it if that tab could not.
 */
export class MomentLater<Item> {
  readonly #take: (item: Item) => void
  #items: Item[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  /** By `performance.now()`. */
  #latest = 0

  constructor(take: (item: Item) => void) {
    this.#take = take
  }

  add(item: Item): void {
    const now = performance.now()
    if (!this.#items.length) this.#latest = now + AT_MOST
    this.#items.push(item)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.flush(), Math.min(MOMENT, this.#latest - now))
  }

  /** Now, for something else is to come behind it. */
  flush(): void {
    clearTimeout(this.#timer)
    for (const item of this.#items.splice(0)) this.#take(item)
  }

  clear(): void {
    this.#items = []
    this.flush()
  }
}
