/** What holds for presence, whichever backend tells of it. */
import { invalidParameter } from '../model/errors.js'
import { limits } from '../model/limits.js'

/** @throws IMError 33003 */
export function assertWatchable(userIds: readonly string[]): void {
  const most = limits.presence.followed
  if (userIds.length > most) {
    throw invalidParameter(`At most ${most} people can be followed: let go of some first.`)
  }
}
