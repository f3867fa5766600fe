/** Groups: who owns them, who is in them. Every change leaves its notice. */
import { ConversationType } from '../../model/conversation.js'
import type { GroupNotificationOperation } from '../../model/content.js'
import { ErrorCode, IMError, invalidParameter } from '../../model/errors.js'
import { uuidv7 } from '../../model/identity.js'
import { MessageType } from '../../model/message-types.js'
import type { ArchivedMessage, MessageEnvelope } from '../../model/message.js'
import type { GroupInfo, GroupMember } from '../../model/people.js'
import type { Groups } from '../backend.js'
import { noticeContent } from '../group-notice.js'
import { notInGroup } from './archive-source.js'
import { GroupRoster, type Roster } from './group-roster.js'
import { inFlight } from './in-flight.js'
import type { People } from './people.js'
import { Rooms } from './rooms.js'
import { errorFrom } from './stanza-error.js'
import { Turns } from './turns.js'
import { changeCard, readCard } from './vcard.js'
import { StanzaError, type Wire } from './wire.js'

/** What the session does for its groups. */
export interface GroupLine {
  /** Sends a notice to all members of its group, whose archive keeps it. */
  announce(notice: MessageEnvelope): Promise<unknown>
  /**
   * Sends it to some of them alone, before whatever is asked of the room next. They keep it
   * themselves, also when they are out by then.
   */
  tell(notice: MessageEnvelope, userIds: readonly string[]): void
  /** The last message of a user that the archive of a group has. */
  lastOf(groupId: string, userId: string): Promise<ArchivedMessage | undefined>
  /** What users are called. */
  names(userIds: readonly string[]): Promise<string[]>
}

export interface GroupsContext {
  wire: Wire
  people: People
  line: GroupLine
  /** members of a group with its owner */
  memberLimit: number
  /** Runs something after so many milliseconds. @returns cancels it */
  schedule?: (work: () => void, delay: number) => () => void
}

export class XmppGroups implements Groups {
  readonly #context: GroupsContext
  readonly #rooms: Rooms
  readonly #roster: GroupRoster
  /** Whom this client lets into a group it may be about to forget as one who left. */
  readonly #doors = new Turns()
  /** The groups the user is in, as far as this session was told. */
  #entered: Set<string> | undefined

  constructor(context: GroupsContext) {
    const { wire, people, line } = context
    this.#context = context
    this.#rooms = new Rooms(wire, people)
    this.#roster = new GroupRoster(this.#rooms, line)
  }

  async create(draft: {
    name: string
    portraitUri?: string
    memberIds: string[]
  }): Promise<GroupInfo> {
    const { wire, people } = this.#context
    const name = groupName(draft.name)
    const memberIds = userIdsIn(draft.memberIds).filter((id) => id !== people.userId)
    this.#assertRoom(memberIds.length + 1)
    const groupId = uuidv7(Math.floor(wire.serverTime()))
    const portraitUri = draft.portraitUri || undefined
    try {
      await this.#rooms.create(groupId, name)
      if (portraitUri) await changeCard(wire, { portraitUri }, people.room(groupId))
      await this.#rooms.admit(groupId, memberIds)
      await this.#announce('Create', { groupId, name }, memberIds)
    } catch (error) {
      // Half a group is none. That it can't be ended either is not what went wrong.
      await this.#rooms.destroy(groupId).catch(() => undefined)
      throw errorFrom(error, ErrorCode.OPERATION_NOT_SUPPORT)
    }
    const info = { groupId, name, ownerId: people.userId, memberCount: memberIds.length + 1 }
    return portraitUri ? { ...info, portraitUri } : info
  }

  async mine(): Promise<GroupInfo[]> {
    const infos = await inFlight(await this.ids(), async (groupId) => {
      try {
        return [await this.info(groupId)]
      } catch (error) {
        // It has ended meanwhile, or the user is out.
        if (error instanceof IMError && error.code === ErrorCode.NOT_IN_GROUP) return []
        throw error
      }
    })
    return infos.flat()
  }

  /** Only which groups there are. */
  async ids(): Promise<string[]> {
    const ids = await this.#rooms.mine()
    this.#entered = new Set(ids)
    return ids
  }

  info(groupId: string): Promise<GroupInfo> {
    const { wire, people } = this.#context
    return this.#asMember(groupId, async () => {
      const [{ ownerIds, memberIds }, name, { portraitUri }] = await Promise.all([
        this.#roster.read(groupId),
        this.#rooms.nameOf(groupId),
        readCard(wire, people.room(groupId)),
      ])
      const info = { groupId, name, ownerId: ownerIds[0] ?? '', memberCount: memberIds.length }
      return portraitUri ? { ...info, portraitUri } : info
    })
  }

  /** `joinedTime` is 0: rooms do not keep it. */
  members(groupId: string): Promise<GroupMember[]> {
    return this.#asMember(groupId, async () => {
      const { ownerIds, memberIds } = await this.#roster.read(groupId)
      return memberIds.map((id) => ({
        id,
        role: ownerIds.includes(id) ? 'owner' : 'member',
        joinedTime: 0,
      }))
    })
  }

  /**
   * Owners let users in. Everyone else invites them: they count as members at once, and are told of
   * what is said from when their client has accepted, which it does by itself. To let all members
   * let others in, they would have to be given the right to put them out too.
   */
  async invite(groupId: string, userIds: string[]): Promise<void> {
    const invited = userIdsIn(userIds)
    return this.#asMember(groupId, async () => {
      const roster = await this.#roster.read(groupId)
      const targets = invited.filter((id) => !roster.memberIds.includes(id))
      if (targets.length === 0) return
      this.#assertRoom(roster.memberIds.length + targets.length)
      if (isOwner(roster, this.#context.people.userId)) {
        await this.#doors.take(groupId, () => this.#rooms.admit(groupId, targets))
      } else await this.#askIn(groupId, targets)
      await this.#announce('Add', await this.#named(groupId), targets)
    })
  }

  leave(groupId: string): Promise<void> {
    const { userId } = this.#context.people
    return this.#asMember(groupId, async () => {
      const roster = await this.#roster.read(groupId)
      const isAlone = roster.memberIds.every((id) => id === userId)
      if (isOwner(roster, userId) && !isAlone) {
        throw new IMError(
          ErrorCode.OPERATION_NOT_SUPPORT,
          'The owner can not leave a group that has other members: dismiss it instead.',
        )
      }
      const notice = await this.#notice('Quit', await this.#named(groupId), [userId])
      this.#context.line.tell(notice, [userId])
      if (isAlone) {
        await this.#rooms.destroy(groupId)
        return
      }
      await this.#context.line.announce(notice)
      await this.#rooms.unsubscribe(groupId)
    })
  }

  async kick(groupId: string, userIds: string[]): Promise<void> {
    const kicked = userIdsIn(userIds)
    if (kicked.includes(this.#context.people.userId)) {
      throw invalidParameter('Nobody can kick themselves: leave or dismiss the group.')
    }
    return this.#asOwner(groupId, async ({ memberIds, subscriberIds }) => {
      const targets = kicked.filter((id) => memberIds.includes(id))
      if (targets.length === 0) return
      const notice = await this.#notice('Kicked', await this.#named(groupId), targets)
      const { line } = this.#context
      line.tell(
        notice,
        targets.filter((id) => subscriberIds.includes(id)),
      )
      await this.#rooms.expel(groupId, targets)
      await line.announce(notice)
    })
  }

  dismiss(groupId: string): Promise<void> {
    return this.#asOwner(groupId, async ({ subscriberIds }) => {
      const notice = await this.#notice('Dismiss', await this.#named(groupId))
      this.#context.line.tell(notice, subscriberIds)
      await this.#rooms.destroy(groupId)
    })
  }

  async rename(
    groupId: string,
    change: { name?: string; portraitUri?: string },
  ): Promise<GroupInfo> {
    const { wire, people } = this.#context
    const { portraitUri } = change
    const name = change.name === undefined ? undefined : groupName(change.name)
    return this.#asOwner(groupId, async () => {
      if (name !== undefined) await this.#rooms.rename(groupId, name)
      if (portraitUri !== undefined) {
        await changeCard(wire, { portraitUri }, people.room(groupId))
      }
      await this.#announce('Rename', await this.#named(groupId))
      return this.info(groupId)
    })
  }

  /** @throws IMError 22406 unless the user is in the group */
  async assertMember(groupId: string): Promise<void> {
    if (this.#entered?.has(groupId)) return
    if (!(await this.ids()).includes(groupId)) throw notInGroup(groupId)
  }

  /** To be told when the user has come into a group or is out. */
  changed(groupId: string, isMember: boolean): void {
    if (isMember) this.#entered?.add(groupId)
    else this.#entered?.delete(groupId)
  }

  /** Who owns a group; undefined where that is not to be found out: the user is not in it. */
  async ownerOf(groupId: string): Promise<string | undefined> {
    return (await this.#ownersOfEnding(groupId))?.[0]
  }

  /**
   * Whether a notice that puts the user out, or ends the group, is to be believed: an owner's is, and
   * any when the user really is out.
   */
  async isRemoval({ targetId, senderUserId }: ArchivedMessage): Promise<boolean> {
    if (senderUserId === this.#context.people.userId) return true
    const owners = await this.#ownersOfEnding(targetId)
    return owners === undefined || owners.includes(senderUserId)
  }

  /**
   * Follows an invitation, unless it was followed before and the user has left since.
   * @param place where it stands in the user's archive
   * @param note awaited before the user is in
   * @returns whether the user is in the group by it
   */
  async accept(groupId: string, place: string, note?: () => Promise<void>): Promise<boolean> {
    try {
      const left = await this.#roster.leftAt(groupId, this.#context.people.userId)
      if (left !== undefined && left > place) return false
      await note?.()
      await this.#rooms.subscribe(groupId)
      return true
    } catch (error) {
      // Whoever was put out meanwhile is invited no longer.
      if (error instanceof StanzaError) return false
      throw error
    }
  }

  /** To be told of every notice: an owner's client then closes the door behind those who went. */
  async noticed({ targetId, content, senderUserId, order }: ArchivedMessage): Promise<void> {
    const { userId } = this.#context.people
    const { operation } = content
    if (senderUserId === userId || (operation !== 'Add' && operation !== 'Quit')) return
    if (operation === 'Add') this.#roster.noteInvited(targetId, content, order)
    const owners = await this.#ownersOf(targetId)
    if (!owners?.includes(userId)) return
    await this.#doors.take(targetId, () => this.#roster.tidy(targetId))
  }

  async #ownersOf(groupId: string): Promise<string[] | undefined> {
    try {
      return await this.#rooms.affiliated(groupId, 'owner')
    } catch (error) {
      if (error instanceof StanzaError) return undefined
      throw error
    }
  }

  /** Of a group that may just be ending: a room that is asked at that moment never answers. */
  async #ownersOfEnding(groupId: string): Promise<string[] | undefined> {
    const { schedule = later } = this.#context
    let cancel = () => {}
    const askedAgain = new Promise<string[] | undefined>((resolve, reject) => {
      cancel = schedule(() => void this.#ownersOf(groupId).then(resolve, reject), LOST_AFTER)
    })
    try {
      return await Promise.race([this.#ownersOf(groupId), askedAgain])
    } finally {
      cancel()
    }
  }

  /** The room lets in whom its members invite. It does not answer: it is asked whether it did. */
  async #askIn(groupId: string, userIds: readonly string[]): Promise<void> {
    this.#rooms.invite(groupId, userIds)
    const { memberIds } = await this.#roster.read(groupId)
    if (userIds.every((id) => memberIds.includes(id))) return
    throw new IMError(
      ErrorCode.OPERATION_NOT_SUPPORT,
      'Only the owner of this group may invite others.',
    )
  }

  async #named(groupId: string): Promise<{ groupId: string; name: string }> {
    return { groupId, name: await this.#rooms.nameOf(groupId) }
  }

  async #announce(
    operation: GroupNotificationOperation,
    group: { groupId: string; name: string },
    targetUserIds?: readonly string[],
  ): Promise<void> {
    await this.#context.line.announce(await this.#notice(operation, group, targetUserIds))
  }

  async #notice(
    operation: GroupNotificationOperation,
    { groupId, name }: { groupId: string; name: string },
    targetUserIds?: readonly string[],
  ): Promise<MessageEnvelope> {
    const { people, line, wire } = this.#context
    const notice = { groupName: name, operatorUserId: people.userId, operation, targetUserIds }
    return {
      conversationType: ConversationType.GROUP,
      targetId: groupId,
      messageUId: uuidv7(Math.floor(wire.serverTime())),
      messageType: MessageType.GROUP_NOTIFICATION,
      content: await noticeContent(notice, (userIds) => line.names(userIds)),
      senderUserId: people.userId,
      isPersisted: true,
      isCounted: false,
      isStatusMessage: false,
    }
  }

  /** What a room refuses is refused to who is not in it. */
  async #asMember<Result>(groupId: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof StanzaError)) throw error
      if (closedRoom.has(error.condition)) throw notInGroup(groupId, error)
      throw errorFrom(error, ErrorCode.OPERATION_NOT_SUPPORT)
    }
  }

  /** @throws IMError 22406 for who is not in the group, 20606 for who does not own it */
  #asOwner<Result>(groupId: string, work: (roster: Roster) => Promise<Result>): Promise<Result> {
    return this.#asMember(groupId, async () => {
      const roster = await this.#roster.read(groupId)
      if (!isOwner(roster, this.#context.people.userId)) {
        throw new IMError(
          ErrorCode.OPERATION_NOT_SUPPORT,
          'Only the owner of the group may do this.',
        )
      }
      return work(roster)
    })
  }

  #assertRoom(memberCount: number): void {
    const { memberLimit } = this.#context
    if (memberCount <= memberLimit) return
    throw invalidParameter(
      `A group has at most ${memberLimit} members; this would make ${memberCount}.`,
    )
  }
}

/** Milliseconds until a room is asked again that may have ended before it could answer. */
const LOST_AFTER = 1000

function later(work: () => void, delay: number): () => void {
  const timer = setTimeout(work, delay)
  return () => clearTimeout(timer)
}

/** What rooms say to those who are not in. */
const closedRoom: ReadonlySet<string> = new Set([
  'forbidden',
  'item-not-found',
  'not-acceptable',
  'not-allowed',
  'registration-required',
])

function isOwner({ ownerIds }: Roster, userId: string): boolean {
  return ownerIds.includes(userId)
}

/** Each of them once. @throws IMError 33003 */
function userIdsIn(userIds: unknown): string[] {
  if (!Array.isArray(userIds)) throw invalidParameter('User ids have to come as a list.')
  for (const id of userIds as unknown[]) {
    if (typeof id !== 'string' || id === '') {
      throw invalidParameter('A user id has to be a text that is not empty.')
    }
  }
  return [...new Set(userIds as string[])]
}

function groupName(name: unknown): string {
  const text = typeof name === 'string' ? name.trim() : ''
  if (text === '') throw invalidParameter('A group needs a name.')
  return text
}
