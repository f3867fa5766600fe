/**
 * Tells the readers of all tabs that there is something new. It carries no news itself: what is
 * kept is read from the log, so a ring that is lost (its tab was killed between commit and ring)
 * delays a message until the next ring or look, and loses none. Only what nobody keeps, typing
 * and the like, travels with the ring.
 */
import type { StatusMessage } from '../backend.js'

export type Ring =
  | { kind: 'appended' }
  /** A session of this user has begun. */
  | { kind: 'arrived'; userId: string }
  | {
      kind: 'status'
      /** As its sender sent it. */
      message: StatusMessage
      recipients: readonly string[]
      /** The session that sent it, which does not get it back. */
      from: string
    }

export class Bell {
  #listeners = new Set<(ring: Ring) => void>()
  #channel: BroadcastChannel | undefined
  #timer: ReturnType<typeof setInterval> | undefined

  /** @param pollInterval milliseconds between two rings that come by themselves */
  constructor(
    readonly name: string,
    readonly pollInterval: number,
  ) {}

  /** Calls every listener, here and in all other tabs. */
  ring(ring: Ring): void {
    const channel = this.#channel ?? openChannel(this.name)
    channel?.postMessage(ring)
    if (channel !== this.#channel) channel?.close()
    // A channel does not hear itself.
    this.#tell(ring)
  }

  /** @returns ends it; the last one to end closes the channel and stops the timer */
  listen(listener: (ring: Ring) => void): () => void {
    if (this.#listeners.size === 0) this.#start()
    this.#listeners.add(listener)
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#stop()
    }
  }

  #start(): void {
    this.#channel = openChannel(this.name)
    this.#channel?.addEventListener('message', this.#heard)
    this.#timer = setInterval(() => this.#tell({ kind: 'appended' }), this.pollInterval)
  }

  #stop(): void {
    clearInterval(this.#timer)
    this.#channel?.removeEventListener('message', this.#heard)
    this.#channel?.close()
    this.#channel = undefined
  }

  #heard = (event: MessageEvent<Ring>): void => this.#tell(event.data)

  #tell(ring: Ring): void {
    for (const listener of [...this.#listeners]) listener(ring)
  }
}

function openChannel(name: string): BroadcastChannel | undefined {
  return typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(name)
}
