/** Every story plays on the same afternoon, so that its times and days never change. */
const afternoon = new Date(2026, 2, 18, 15, 9).getTime()

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** A clock that can be set while the past is being written, and then runs on from that afternoon. */
export class StoryClock {
  #time = afternoon
  /** When it began to run, by the clock of the page. */
  #startedAt: number | undefined

  /** Unix milliseconds. */
  readonly now = (): number =>
    this.#startedAt === undefined ? this.#time : afternoon + performance.now() - this.#startedAt

  /** So many milliseconds before the afternoon of the story. */
  setBack(milliseconds: number): void {
    this.#time = afternoon - milliseconds
  }

  advance(milliseconds: number): void {
    this.#time += milliseconds
  }

  start(): void {
    this.#startedAt = performance.now()
  }
}
