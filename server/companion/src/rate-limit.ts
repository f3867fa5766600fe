/** How often each user may ask. */

/** What a user may save up, in seconds. */
const burst = 4

interface Bucket {
  left: number
  at: number
}

export class RateLimit {
  readonly #buckets = new Map<string, Bucket>()

  /** @param rate a second @param now milliseconds */
  constructor(
    readonly rate: number,
    readonly now: () => number = Date.now,
  ) {}

  /** Takes one; false when there is none left. */
  take(key: string): boolean {
    const now = this.now()
    const full = this.rate * burst
    const { left, at } = this.#buckets.get(key) ?? { left: full, at: now }
    const available = Math.min(full, left + ((now - at) / 1000) * this.rate)
    const isAllowed = available >= 1
    // Behind all others: those in front are the ones that asked longest ago.
    this.#buckets.delete(key)
    this.#buckets.set(key, { left: isAllowed ? available - 1 : available, at: now })
    this.#forgetFull(now)
    return isAllowed
  }

  /** Who has not asked for so long has a full bucket, and needs none. */
  #forgetFull(now: number): void {
    for (const [key, { at }] of this.#buckets) {
      if (now - at < burst * 1000) return
      this.#buckets.delete(key)
    }
  }
}
