/** The backend's groups, with what was last known of them kept for when there is no connection. */
import type { BackendSession, Groups } from '../backends/backend.js'
import { notSupported } from '../model/errors.js'
import type { GroupInfo, GroupMember } from '../model/people.js'
import type { GroupRow } from '../database/schema.js'
import type { Scope } from './scope.js'

export class GroupDirectory implements Groups {
  readonly #scope: Scope

  constructor(scope: Scope) {
    this.#scope = scope
  }

  create(group: { name: string; portraitUri?: string; memberIds: string[] }): Promise<GroupInfo> {
    return this.#groups().create(group)
  }

  async mine(): Promise<GroupInfo[]> {
    const session = this.#scope.session()
    if (!session) {
      const known = await this.#scope.database.groups.toArray()
      return known.filter((group) => !group.hasLeft).map(asInfo)
    }
    const mine = await groupsOf(session).mine()
    await this.#scope.database.groups.bulkPut(mine)
    return mine
  }

  async info(groupId: string): Promise<GroupInfo> {
    const { groups } = this.#scope.database
    const known = await groups.get(groupId)
    const session = this.#scope.session()
    if (known && (!known.isStale || !session)) return asInfo(known)
    const info = await this.#groups().info(groupId)
    await groups.put(info)
    return info
  }

  async members(groupId: string): Promise<GroupMember[]> {
    const { members } = this.#scope.database
    const known = await members.where({ groupId }).toArray()
    if (known.length || !this.#scope.session()) {
      return known.map(({ groupId: _, ...member }) => member)
    }
    const list = await this.#groups().members(groupId)
    await members.bulkPut(list.map((member) => ({ ...member, groupId })))
    return list
  }

  invite(groupId: string, userIds: string[]): Promise<void> {
    return this.#groups().invite(groupId, userIds)
  }

  leave(groupId: string): Promise<void> {
    return this.#groups().leave(groupId)
  }

  kick(groupId: string, userIds: string[]): Promise<void> {
    return this.#groups().kick(groupId, userIds)
  }

  dismiss(groupId: string): Promise<void> {
    return this.#groups().dismiss(groupId)
  }

  rename(groupId: string, change: { name?: string; portraitUri?: string }): Promise<GroupInfo> {
    return this.#groups().rename(groupId, change)
  }

  #groups(): Groups {
    return groupsOf(this.#scope.requireSession())
  }
}

function groupsOf(session: BackendSession): Groups {
  if (!session.groups) throw notSupported('groups')
  return session.groups
}

function asInfo({ isStale: _, hasLeft: __, ...info }: GroupRow): GroupInfo {
  return info
}
