import type { Schedule } from '../../src/core/scope.js'

interface Timer {
  run: () => void
  milliseconds: number
}

/** Timers that run when a test says so. */
export class ManualTimers {
  #timers: Timer[] = []

  readonly schedule: Schedule = (run, milliseconds) => {
    const timer = { run, milliseconds }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** Milliseconds of those that have not run. */
  get pending(): number[] {
    return this.#timers.map(({ milliseconds }) => milliseconds)
  }

  /** Lets everything that waits now run. */
  runAll(): void {
    for (const { run } of this.#timers.splice(0)) run()
  }
}
