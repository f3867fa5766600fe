/** What holds for block lists, whichever backend keeps them. */
import { ErrorCode, IMError, invalidParameter } from '../model/errors.js'
import { limits } from '../model/limits.js'

/** The list with some more on it. @throws IMError 33003 for oneself, 37001 over the limit */
export function addedToBlockList(
  userId: string,
  blocked: readonly string[],
  added: readonly string[],
): string[] {
  if (added.includes(userId)) throw invalidParameter('Nobody can block themselves.')
  const all = [...new Set([...blocked, ...added])]
  if (all.length > limits.blockList) {
    throw new IMError(
      ErrorCode.BLACK_ADD_ERROR,
      `A block list holds at most ${limits.blockList} people: remove some first.`,
    )
  }
  return all
}

/** What somebody is told who writes to a person that blocks them. */
export function blockedBy(userId: string, cause?: unknown): IMError {
  return new IMError(
    ErrorCode.REJECTED_BY_BLACKLIST,
    `"${userId}" has blocked this user and does not get what they send.`,
    cause,
  )
}
