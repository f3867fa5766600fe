/** Whom the user does not want to hear from: their private messages fail with 405. */
import { invalidParameter } from '../model/errors.js'
import { pageClient } from './page-client.js'
import { result, type IAsyncRes } from './results.js'

/** At most 3,000 people. `code`: 33003 no user id, or the own; 37001 the list is full. */
export function addToBlacklist(userId: string): Promise<IAsyncRes> {
  return result(() => pageClient().blockList.add([checked(userId)]))
}

/** `code`: 33003 no user id, 37003 refused. */
export function removeFromBlacklist(userId: string): Promise<IAsyncRes> {
  return result(() => pageClient().blockList.remove([checked(userId)]))
}

/** The ids of everyone on the list; as last known, without a connection. */
export function getBlacklist(): Promise<IAsyncRes<string[]>> {
  return result(() => pageClient().blockList.list())
}

/** Whether somebody is on the list. `code`: 33003 no user id. */
export function getBlacklistStatus(userId: string): Promise<IAsyncRes<boolean>> {
  return result(() => pageClient().blockList.has(checked(userId)))
}

/** @throws IMError 33003 */
function checked(userId: string): string {
  if (typeof userId === 'string' && userId !== '') return userId
  throw invalidParameter('The blacklist takes a user id.')
}
