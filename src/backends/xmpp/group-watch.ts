/**
 * What groups ask of their members' clients: to follow an invitation, and not to believe everybody
 * who says that somebody is out.
 */
import { placeAt } from './archive-place.js'
import { queryArchive } from './archive-query.js'
import type { Delivery } from './deliveries.js'
import type { XmppGroups } from './groups.js'
import type { People } from './people.js'
import { isNotice, membershipAfter, type Received } from './received.js'
import { Rooms } from './rooms.js'
import type { Wire } from './wire.js'

/** Messages between an invitation and its being followed that are handed over at once. */
const PAGE_SIZE = 250

/** Milliseconds for a room to say who owns it. */
const PATIENCE = 2000

export interface Entered {
  groupId: string
  /** What was said in the group since the invitation. */
  deliveries: Required<Delivery>[]
}

export class GroupWatch {
  readonly #rooms: Rooms

  constructor(
    private readonly wire: Wire,
    private readonly people: People,
    private readonly groups: XmppGroups,
  ) {
    this.#rooms = new Rooms(wire, people)
  }

  /** Whether it is an invitation, which has to be followed. */
  isInvitation({ message }: Delivery): boolean {
    return this.#rooms.invitationIn(message) !== undefined
  }

  /** @returns what was said in the group since, unless the invitation is no longer one */
  async follow({ message, order }: Delivery): Promise<Entered | undefined> {
    const groupId = this.#rooms.invitationIn(message)
    const place = order ?? placeAt(this.wire.serverTime())
    if (groupId === undefined || !(await this.groups.accept(groupId, place))) return undefined
    const query = { room: this.people.room(groupId), after: place, count: PAGE_SIZE }
    const { entries } = await queryArchive(this.wire, this.people, query)
    return { groupId, deliveries: entries }
  }

  /** Whether a message tells that this user is out of a group, which has to be looked into. */
  isRemoval({ message }: Received): boolean {
    return isNotice(message) && membershipAfter(message, this.people.userId) === false
  }

  /** Whether it is so. A room that is just being ended may not answer any more. */
  async isBelieved({ message }: Received): Promise<boolean> {
    const isOut = async () => !(await this.groups.ids()).includes(message.targetId)
    if (await isOut()) return true
    const answer = await Promise.race([this.groups.isRemoval(message), noAnswer()])
    return answer ?? (await isOut())
  }
}

function noAnswer(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE))
}
