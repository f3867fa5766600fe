/** Time, as far as the kit waits for it. Tests give their own. */
import type { Schedule } from '../core/scope.js'
import { ErrorCode, IMError } from '../model/errors.js'

export { scheduleTimer } from '../core/schedule.js'
export type { Schedule } from '../core/scope.js'

/**
 * The answer of something that may never answer.
 * @throws IMError -1 when the time is up
 */
export function withinTime<Value>(
  answer: Promise<Value>,
  schedule: Schedule,
  milliseconds: number,
  what: string,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const cancel = schedule(
      () =>
        reject(
          new IMError(
            ErrorCode.TIMEOUT,
            `${what} has not answered within ${milliseconds / 1000} seconds.`,
          ),
        ),
      milliseconds,
    )
    answer.then(resolve, reject).finally(cancel)
  })
}
