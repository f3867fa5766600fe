/**
 * Whom the user does not want to hear from. The backend keeps the list; here it is as last told, so
 * that it can be shown without a connection.
 */
import type { BlockList } from '../backends/backend.js'
import { invalidParameter, notSupported } from '../model/errors.js'
import { areUserIds } from '../model/people.js'
import { Changes } from './changes.js'
import type { Scope } from './scope.js'

const KEY = 'blockList'

export class OwnBlockList implements BlockList {
  readonly #scope: Scope

  constructor(scope: Scope) {
    this.#scope = scope
  }

  /** Everyone on it, as last known here. */
  list(): Promise<string[]> {
    return storedBlockList(this.#scope)
  }

  async has(userId: string): Promise<boolean> {
    return (await this.list()).includes(userId)
  }

  /**
   * Private messages of these people are refused from now on, and they are told so. Needs the
   * connection.
   * @throws IMError 33003 no ids, or the own; 37001 more than 3,000 on the list or refused;
   *   30002 without a connection, 35004 where the backend can't
   */
  async add(userIds: readonly string[]): Promise<void> {
    await this.#change('add', userIds)
  }

  /** They may write again. @throws IMError as `add`, 37003 refused */
  async remove(userIds: readonly string[]): Promise<void> {
    await this.#change('remove', userIds)
  }

  async #change(call: keyof BlockList, userIds: readonly string[]): Promise<void> {
    if (!areUserIds(userIds)) throw invalidParameter('The block list takes a list of user ids.')
    const { database, publish, requireSession } = this.#scope
    const { blockList } = requireSession()
    if (!blockList) throw notSupported('blockList')
    await blockList[call]([...userIds])
    const changes = new Changes()
    await database.transaction('rw', database.meta, async () => {
      const others = (await this.list()).filter((id) => !userIds.includes(id))
      const list = call === 'add' ? [...others, ...userIds] : others
      await storeBlockList(this.#scope, list, changes)
    })
    publish(changes)
  }
}

/** Takes over the list as it is now. Inside a transaction. */
export async function storeBlockList(
  scope: Scope,
  list: readonly string[],
  changes: Changes,
): Promise<void> {
  const before = await storedBlockList(scope)
  if (before.length === list.length && list.every((id) => before.includes(id))) return
  await scope.database.meta.put({ key: KEY, value: [...list] })
  changes.blockList(list)
}

async function storedBlockList({ database }: Scope): Promise<string[]> {
  const row = await database.meta.get(KEY)
  return (row?.value as string[] | undefined) ?? []
}
