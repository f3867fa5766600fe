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
    this.runUpTo(Infinity)
  }

  /** Lets run what waits no longer than that; time-outs, say, go on waiting. */
  runUpTo(milliseconds: number): void {
    const due = this.#timers.filter((timer) => timer.milliseconds <= milliseconds)
    this.#timers = this.#timers.filter((timer) => timer.milliseconds > milliseconds)
    for (const { run } of due) run()
  }
}
