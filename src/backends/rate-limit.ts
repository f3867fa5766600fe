/** How fast one client may send: so many messages in any one second. */
import { ErrorCode, IMError } from '../model/errors.js'

const WINDOW = 1000

export class RateLimit {
  #times: number[] = []

  constructor(
    readonly perSecond: number,
    readonly now: () => number,
  ) {}

  /** Counts one message. @throws IMError 20604, without counting it, if it comes too soon */
  take(): void {
    const time = this.now()
    this.#times = this.#times.filter((taken) => time - taken < WINDOW)
    if (this.#times.length >= this.perSecond) {
      throw new IMError(
        ErrorCode.SEND_FREQUENCY_TOO_FAST,
        `At most ${this.perSecond} messages a second may be sent.`,
      )
    }
    this.#times.push(time)
  }
}
