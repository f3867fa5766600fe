/**
 * The time, for all that writes it in words that go out of date: `yesterday`. One timer for a
 * whole kit, which runs only while somebody looks.
 */
import { signal, type Signal } from '@preact/signals-core'
import type { Schedule } from '../core/scope.js'

export class Clock {
  readonly #now: () => number
  readonly #schedule: Schedule
  readonly #days: Signal<number>
  #cancel: (() => void) | undefined

  constructor(now: () => number, schedule: Schedule) {
    this.#now = now
    this.#schedule = schedule
    this.#days = signal(0, {
      watched: () => this.#waitForMidnight(),
      unwatched: () => this.#cancel?.(),
    })
  }

  /** Unix milliseconds; who reads `value` while drawing draws again when a new day begins. */
  get today(): { readonly value: number } {
    const read = () => {
      // Reading is what subscribes.
      void this.#days.value
      return this.#now()
    }
    return {
      get value() {
        return read()
      },
    }
  }

  #waitForMidnight(): void {
    const now = this.#now()
    const midnight = new Date(now)
    midnight.setHours(24, 0, 0, 0)
    this.#cancel = this.#schedule(() => {
      this.#days.value += 1
      this.#waitForMidnight()
    }, midnight.getTime() - now)
  }
}
