/**
 * How often a conversation that is being read is marked so. Each time costs transactions, an entry
 * on the server, and in private conversations a receipt: what comes fast is read together.
 */
import type { Schedule } from '../core/scope.js'

/** Milliseconds from one marking of a conversation to the next. */
const PAUSE = 300

interface Pause {
  /** What is to be done when it ends. */
  next: (() => void) | undefined
  cancel: () => void
}

export class ReadPace {
  readonly #schedule: Schedule
  /** By conversation key. */
  readonly #pauses = new Map<string, Pause>()

  constructor(schedule: Schedule) {
    this.#schedule = schedule
  }

  /** Marks at once, or once when the pause is over that follows a marking. */
  mark(key: string, mark: () => void): void {
    const pause = this.#pauses.get(key)
    if (pause) {
      pause.next = mark
      return
    }
    const cancel = this.#schedule(() => this.hurry(key), PAUSE)
    this.#pauses.set(key, { next: undefined, cancel })
    mark()
  }

  /** What waits is marked now: the reader looks elsewhere. */
  hurry(key: string): void {
    const pause = this.#pauses.get(key)
    if (!pause) return
    pause.cancel()
    this.#pauses.delete(key)
    if (pause.next) this.mark(key, pause.next)
  }

  clear(): void {
    for (const { cancel } of this.#pauses.values()) cancel()
    this.#pauses.clear()
  }
}
