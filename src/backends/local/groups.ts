/** Groups: who owns them, who is in them. Every change is one transaction with its notice. */
import { ConversationType } from '../../model/conversation.js'
import { ErrorCode, IMError, invalidParameter } from '../../model/errors.js'
import { uuidv7 } from '../../model/identity.js'
import type { GroupInfo, GroupMember } from '../../model/people.js'
import type { Groups } from '../backend.js'
import { groupArchive } from './archive.js'
import { assertMember, groupMembers, isParticipant } from './audience.js'
import { appendNotice } from './group-notices.js'
import type { Service } from './service.js'
import type { GroupRow, LogEntry, Participation } from './service-database.js'
import { participationsOf } from './view.js'

/** The port's group management, for one user. */
export class LocalGroups implements Groups {
  constructor(
    private readonly service: Service,
    private readonly userId: string,
  ) {}

  create(draft: { name: string; portraitUri?: string; memberIds: string[] }): Promise<GroupInfo> {
    const { userId, service } = this
    const name = groupName(draft.name)
    const memberIds = this.#userIds(draft.memberIds).filter((id) => id !== userId)
    this.#assertRoom(memberIds.length + 1)
    return this.#change(async () => {
      const group: GroupRow = {
        groupId: uuidv7(service.rules.now()),
        name,
        ...(draft.portraitUri && { portraitUri: draft.portraitUri }),
        ownerId: userId,
        memberCount: memberIds.length + 1,
      }
      await service.database.groups.add(group)
      const notice = await appendNotice(service, {
        group,
        operatorUserId: userId,
        operation: 'Create',
        targetUserIds: memberIds,
      })
      await this.#enter(group, [userId, ...memberIds], notice)
      return infoOf(group)
    })
  }

  mine(): Promise<GroupInfo[]> {
    const { database } = this.service
    return database.read(async () => {
      const groupIds = (await participationsOf(database, this.userId))
        .filter(isParticipant)
        .filter(({ conversation }) => conversation.conversationType === ConversationType.GROUP)
        .map(({ conversation }) => conversation.targetId)
      const groups = await database.groups.bulkGet(groupIds)
      return groups.flatMap((group) => (group ? [infoOf(group)] : []))
    })
  }

  info(groupId: string): Promise<GroupInfo> {
    return this.service.database.read(async () => infoOf(await this.#group(groupId)))
  }

  members(groupId: string): Promise<GroupMember[]> {
    const { database } = this.service
    return database.read(async () => {
      await this.#group(groupId)
      const members = await groupMembers(database, groupId)
      return members.map(({ userId, role = 'member', joinedTime = 0 }) => ({
        id: userId,
        role,
        joinedTime,
      }))
    })
  }

  invite(groupId: string, userIds: string[]): Promise<void> {
    const invited = this.#userIds(userIds)
    return this.#change(async () => {
      const group = await this.#group(groupId)
      const members = await this.#memberIds(groupId)
      const targetUserIds = invited.filter((id) => !members.has(id))
      if (targetUserIds.length === 0) return
      this.#assertRoom(members.size + targetUserIds.length)
      const notice = await this.#notice(group, 'Add', targetUserIds)
      await this.#enter(group, targetUserIds, notice)
      await this.#update(group, { memberCount: members.size + targetUserIds.length })
    })
  }

  leave(groupId: string): Promise<void> {
    return this.#change(async () => {
      const group = await this.#group(groupId)
      const isOwner = group.ownerId === this.userId
      if (isOwner && group.memberCount > 1) {
        throw new IMError(
          ErrorCode.OPERATION_NOT_SUPPORT,
          'The owner can not leave a group that has other members: dismiss it instead.',
        )
      }
      const notice = await this.#notice(group, 'Quit', [this.userId])
      await this.#exit(group, [this.userId], notice)
      await this.#update(group, { memberCount: group.memberCount - 1 })
    })
  }

  kick(groupId: string, userIds: string[]): Promise<void> {
    const kicked = this.#userIds(userIds)
    if (kicked.includes(this.userId)) {
      throw invalidParameter('Nobody can kick themselves: leave or dismiss the group.')
    }
    return this.#change(async () => {
      const group = await this.#ownGroup(groupId)
      const members = await this.#memberIds(groupId)
      const targetUserIds = kicked.filter((id) => members.has(id))
      if (targetUserIds.length === 0) return
      const notice = await this.#notice(group, 'Kicked', targetUserIds)
      await this.#exit(group, targetUserIds, notice)
      await this.#update(group, { memberCount: members.size - targetUserIds.length })
    })
  }

  dismiss(groupId: string): Promise<void> {
    return this.#change(async () => {
      const group = await this.#ownGroup(groupId)
      const members = await this.#memberIds(groupId)
      const notice = await this.#notice(group, 'Dismiss')
      await this.#exit(group, [...members], notice)
      await this.#update(group, { memberCount: 0 })
    })
  }

  rename(groupId: string, change: { name?: string; portraitUri?: string }): Promise<GroupInfo> {
    const { portraitUri } = change
    const name = change.name === undefined ? undefined : groupName(change.name)
    return this.#change(async () => {
      const group = await this.#ownGroup(groupId)
      const renamed = await this.#update(group, {
        ...(name !== undefined && { name }),
        ...(portraitUri !== undefined && { portraitUri }),
      })
      await this.#notice(renamed, 'Rename')
      return infoOf(renamed)
    })
  }

  async #change<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = await this.service.database.write(work)
    this.service.bell.ring({ kind: 'appended' })
    return result
  }

  #notice(
    group: GroupRow,
    operation: 'Add' | 'Quit' | 'Kicked' | 'Rename' | 'Dismiss',
    targetUserIds?: string[],
  ): Promise<LogEntry> {
    return appendNotice(this.service, {
      group,
      operatorUserId: this.userId,
      operation,
      targetUserIds,
    })
  }

  /** A group the caller is in. @throws IMError 22406 */
  async #group(groupId: string): Promise<GroupRow> {
    const { database } = this.service
    await assertMember(database, this.userId, groupId)
    return (await database.groups.get(groupId))!
  }

  /** A group the caller owns. @throws IMError 22406 not in it, 20606 not the owner */
  async #ownGroup(groupId: string): Promise<GroupRow> {
    const group = await this.#group(groupId)
    if (group.ownerId !== this.userId) {
      throw new IMError(ErrorCode.OPERATION_NOT_SUPPORT, 'Only the owner of the group may do this.')
    }
    return group
  }

  async #memberIds(groupId: string): Promise<Set<string>> {
    const members = await groupMembers(this.service.database, groupId)
    return new Set(members.map(({ userId }) => userId))
  }

  async #update(group: GroupRow, change: Partial<GroupRow>): Promise<GroupRow> {
    const updated = { ...group, ...change }
    await this.service.database.groups.put(updated)
    return updated
  }

  /** Lets users see the group from the notice of their coming on. */
  async #enter(group: GroupRow, userIds: readonly string[], notice: LogEntry): Promise<void> {
    const { database, rules } = this.service
    const archive = groupArchive(group.groupId)
    const span = { from: rules.newMembersSeeHistory ? 0 : notice.seq, joined: notice.seq }
    for (const userId of userIds) {
      const former = await database.participations.get([userId, archive])
      const participation: Participation = {
        ...former,
        userId,
        archive,
        conversation: { conversationType: ConversationType.GROUP, targetId: group.groupId },
        spans: [...(former?.spans ?? []), span],
        role: group.ownerId === userId ? 'owner' : 'member',
        joinedTime: notice.sentTime,
      }
      await database.participations.put(participation)
    }
  }

  /** The notice of their going is the last that users see of the group. */
  async #exit(group: GroupRow, userIds: readonly string[], notice: LogEntry): Promise<void> {
    const archive = groupArchive(group.groupId)
    for (const userId of userIds) {
      await this.service.database.participations.update([userId, archive], (participation) => {
        participation.spans.at(-1)!.to = notice.seq
      })
    }
  }

  /** Each of them once. @throws IMError 33003 */
  #userIds(userIds: readonly string[]): string[] {
    if (!Array.isArray(userIds)) throw invalidParameter('User ids have to come as a list.')
    for (const id of userIds) this.service.directory.assertExists(id)
    return [...new Set(userIds)]
  }

  #assertRoom(memberCount: number): void {
    const { groupMembers: most } = this.service.rules.limits
    if (memberCount > most) {
      throw invalidParameter(`A group has at most ${most} members; this would make ${memberCount}.`)
    }
  }
}

function groupName(name: unknown): string {
  const text = typeof name === 'string' ? name.trim() : ''
  if (text === '') throw invalidParameter('A group needs a name.')
  return text
}

function infoOf({ groupId, name, portraitUri, ownerId, memberCount }: GroupRow): GroupInfo {
  return { groupId, name, ...(portraitUri && { portraitUri }), ownerId, memberCount }
}
