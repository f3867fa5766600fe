/**
 * What groups ask of their members' clients: to follow an invitation, and not to believe everybody
 * who says that somebody is out.
 */
import { placeAt } from './archive-place.js'
import type { Archives } from './archive-query.js'
import type { ArchivedDelivery, Delivery } from './deliveries.js'
import type { GroupEntries, Invitation } from './group-entries.js'
import type { XmppGroups } from './groups.js'
import type { People } from './people.js'
import type { Received } from './received.js'
import { Rooms } from './rooms.js'
import type { Wire } from './wire.js'

/** Messages between an invitation and its being followed that are handed over at once. */
const PAGE_SIZE = 250

/** Milliseconds for a room to say who owns it. */
const PATIENCE = 2000

export interface Entered {
  groupId: string
  /** What was said in the group since the invitation. */
  deliveries: ArchivedDelivery[]
}

export interface GroupWatchContext {
  wire: Wire
  people: People
  archives: Archives
  groups: XmppGroups
  entries: GroupEntries
  /** Resolves when all that was noted in `entries` is known. */
  readEntries: () => Promise<void>
}

export class GroupWatch {
  readonly #rooms: Rooms

  constructor(private readonly context: GroupWatchContext) {
    this.#rooms = new Rooms(context.wire, context.people)
  }

  /** Whether it is an invitation, which has to be followed. */
  isInvitation({ message }: Delivery): boolean {
    return this.#rooms.invitationIn(message) !== undefined
  }

  /** @returns what was said in the group since, unless the invitation is no longer one */
  async follow({ message, order }: Delivery): Promise<Entered | undefined> {
    const invitation = this.#rooms.invitationIn(message)
    if (!invitation) return undefined
    const { wire, people, archives } = this.context
    const { groupId } = invitation
    const place = order ?? placeAt(wire.serverTime())
    if (!(await this.#enter({ ...invitation, place }))) return undefined
    const query = { room: people.room(groupId), after: place, count: PAGE_SIZE }
    const { entries } = await archives.page(query)
    return { groupId, deliveries: entries }
  }

  /** @returns whether the user is in the group by this invitation */
  async #enter(invitation: Invitation): Promise<boolean> {
    const { groups, entries, readEntries } = this.context
    const { groupId, place } = invitation
    await readEntries()
    if (entries.hasFollowed(groupId, place)) return groups.accept(groupId, place)
    // Who is in already does not come in by being invited again.
    if ((await groups.ids()).includes(groupId)) return false
    return groups.accept(groupId, place, () => entries.add(invitation))
  }

  /**
   * Whether it is so that this user is out of a group, as a notice tells. A room that is just being
   * ended may not answer any more.
   */
  async isBelieved({ message }: Received): Promise<boolean> {
    const { groups } = this.context
    const isOut = async () => !(await groups.ids()).includes(message.targetId)
    if (await isOut()) return true
    const answer = await Promise.race([groups.isRemoval(message), noAnswer()])
    return answer ?? (await isOut())
  }
}

function noAnswer(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE))
}
