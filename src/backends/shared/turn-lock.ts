/** Web Locks: whose turn it is to hold the connection, and who is still there. */

interface LockRequest {
  /** Gives back a lock that was granted. */
  release?: () => void
  /** Leaves the queue. */
  giveUp?: () => void
}

/**
 * The lock of the tab that holds the connection. Tabs queue for it; it ends with its tab, and can
 * be taken from a tab that does not move any more.
 */
export class TurnLock {
  readonly #name: string
  readonly #onGranted: () => void
  readonly #onLost: () => void
  /** The request that counts: the last one. */
  #request: LockRequest = {}
  #owner: Promise<string | undefined> = Promise.resolve(undefined)

  /** @param onLost another tab has taken it */
  constructor(name: string, onGranted: () => void, onLost: () => void) {
    this.#name = name
    this.#onGranted = onGranted
    this.#onLost = onLost
  }

  /** Queues up. */
  wait(): void {
    const waiting = new AbortController()
    this.#ask({ signal: waiting.signal }, () => waiting.abort())
  }

  /** Takes it from whoever has it. */
  steal(): void {
    this.release()
    this.#ask({ steal: true })
  }

  /** Gives it to the next one, or the place in the queue up. */
  release(): void {
    const { release, giveUp } = this.#request
    this.#request = {}
    if (release) release()
    else giveUp?.()
  }

  /**
   * Whether the lock has not been taken away meanwhile: a tab that has not run for a while learns
   * of that later than of other things.
   */
  async isStillMine(): Promise<boolean> {
    const owner = await this.#owner
    return this.#request.release !== undefined && owner === (await this.#readOwner())
  }

  #ask(options: LockOptions, giveUp?: () => void): void {
    const request: LockRequest = giveUp ? { giveUp } : {}
    this.#request = request
    const hold = () =>
      new Promise<void>((resolve) => {
        if (this.#request !== request) {
          resolve()
          return
        }
        request.release = resolve
        this.#owner = this.#readOwner()
        this.#onGranted()
      })
    navigator.locks.request(this.#name, options, hold).catch(() => {
      // Given up waiting, which we know, or stolen.
      if (this.#request !== request) return
      this.#request = {}
      this.#onLost()
    })
  }

  async #readOwner(): Promise<string | undefined> {
    const { held = [] } = await navigator.locks.query()
    return held.find(({ name }) => name === this.#name)?.clientId
  }
}

/** Calls back when the tab that has a lock is gone, unless `signal` comes first. */
export function whenGone(name: string, signal: AbortSignal, onGone: () => void): void {
  // It rejects when the signal comes, or when this page is going away itself.
  navigator.locks.request(name, { signal }, onGone).catch(() => undefined)
}
