/** Who is in a group: those its room has as subscribers, and those who were invited and were not here since. */
import { MessageType } from '../../model/message-types.js'
import type { MessageContent } from '../../model/content.js'
import type { GroupLine } from './groups.js'
import { inFlight } from './in-flight.js'
import { parsedJson } from './json-text.js'
import type { Rooms } from './rooms.js'

export interface Roster {
  ownerIds: string[]
  /** All of them, owners first. */
  memberIds: string[]
  /** Those whom messages reach. */
  subscriberIds: string[]
}

export class GroupRoster {
  /** Places of the last invitations by members, by group and user. */
  readonly #invited = new Map<string, Map<string, string>>()

  constructor(
    private readonly rooms: Rooms,
    private readonly line: Pick<GroupLine, 'lastOf'>,
  ) {}

  /** @throws StanzaError when the user is not in the group */
  async read(groupId: string): Promise<Roster> {
    const [subscriberIds, ownerIds, adminIds, invitedIds] = await Promise.all([
      this.rooms.subscribers(groupId),
      this.rooms.affiliated(groupId, 'owner'),
      this.rooms.affiliated(groupId, 'admin'),
      this.rooms.affiliated(groupId, 'member'),
    ])
    const known = new Set([...ownerIds, ...adminIds, ...subscriberIds])
    const waiting = invitedIds.filter((id) => !known.has(id))
    const left = await inFlight(waiting, (id) => this.#hasLeft(groupId, id))
    for (const [index, id] of waiting.entries()) if (!left[index]) known.add(id)
    return { ownerIds, memberIds: [...known], subscriberIds }
  }

  /** Where a user has left a group, if that is the last the user has said in it. */
  async leftAt(groupId: string, userId: string): Promise<string | undefined> {
    const last = await this.line.lastOf(groupId, userId)
    const isFarewell =
      last?.messageType === MessageType.GROUP_NOTIFICATION && last.content.operation === 'Quit'
    return isFarewell ? last.order : undefined
  }

  /** @param content of the notice of an invitation, which stands at that place */
  noteInvited(groupId: string, content: MessageContent, place: string): void {
    const data = parsedJson(String(content.data)) as { targetUserIds?: unknown } | undefined
    if (!Array.isArray(data?.targetUserIds)) return
    const invited = this.#invited.get(groupId) ?? new Map<string, string>()
    this.#invited.set(groupId, invited)
    for (const id of data.targetUserIds as unknown[]) {
      if (typeof id === 'string' && place > (invited.get(id) ?? '')) invited.set(id, place)
    }
  }

  /** Takes back the invitations of those who followed theirs or have left: for owners. */
  async tidy(groupId: string): Promise<void> {
    const [subscriberIds, invitedIds, areSafe] = await Promise.all([
      this.rooms.subscribers(groupId),
      this.rooms.affiliated(groupId, 'member'),
      this.rooms.holdsSubscribersForMembers(groupId),
    ])
    const here = new Set(subscriberIds)
    const isDone = await inFlight(invitedIds, async (id) =>
      here.has(id) ? areSafe : this.#hasLeft(groupId, id),
    )
    const done = invitedIds.filter((_, index) => isDone[index])
    if (done.length > 0) await this.rooms.affiliate(groupId, done, 'none')
  }

  async #hasLeft(groupId: string, userId: string): Promise<boolean> {
    const left = await this.leftAt(groupId, userId)
    return left !== undefined && left > (this.#invited.get(groupId)?.get(userId) ?? '')
  }
}
