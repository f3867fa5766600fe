/**
 * Where this user came into groups by invitations of their members. The notice of it is written by a
 * member and so could be written by any; who believed it would let any member hide from others what
 * was said before. So the client that follows an invitation, which the room vouches for, notes for
 * the own devices where it stood and who made it: nobody else can write there.
 */
import { orderOf } from './archive-place.js'
import type { Delivery } from './deliveries.js'
import type { LastingStream } from './lasting-stream.js'
import { NS_HINTS, NS_IMKIT } from './namespaces.js'
import type { People } from './people.js'
import { uuidv7 } from '../../model/identity.js'
import { xml } from './wire.js'

export interface Invitation {
  groupId: string
  inviterId: string
  /** Where it stands in the user's archive: what was said before is not for the user. */
  place: string
}

export class GroupEntries {
  /** By group, and by place. */
  readonly #followed = new Map<string, Map<string, Invitation>>()

  constructor(
    private readonly stream: Pick<LastingStream, 'handOver'>,
    private readonly people: People,
  ) {}

  /** Notes it for all devices of the user; resolves when the server has it. */
  async add(invitation: Invitation): Promise<void> {
    const { people } = this
    const { groupId, inviterId, place } = invitation
    const attrs = { xmlns: NS_IMKIT, room: people.room(groupId), by: people.user(inviterId), place }
    await this.stream.handOver(
      xml(
        'message',
        { to: people.ownDevices, type: 'chat', id: uuidv7() },
        xml('entered', attrs),
        xml('store', { xmlns: NS_HINTS }),
      ),
    )
    this.#keep(invitation)
  }

  /** @returns whether it is such a note, and so nothing else */
  note({ message }: Delivery): boolean {
    const entered = message.getChild('entered', NS_IMKIT)
    if (!entered) return false
    const { people } = this
    const { from, to } = message.attrs
    if (people.userOf(from) !== people.userId || to !== people.ownDevices) return false
    const groupId = people.groupOf(entered.attrs.room)
    const inviterId = people.userOf(entered.attrs.by)
    const place = orderOf(entered.attrs.place)
    if (groupId === undefined || inviterId === undefined || place === undefined) return true
    this.#keep({ groupId, inviterId, place })
    return true
  }

  /** Whether one of the user's devices has followed the invitation that stands there. */
  hasFollowed(groupId: string, place: string): boolean {
    return this.#followed.get(groupId)?.has(place) ?? false
  }

  /** Whether the user came into a group by an invitation of somebody, before a place. */
  isInvitedBy(inviterId: string, groupId: string, before: string): boolean {
    return this.#of(groupId).some((it) => it.inviterId === inviterId && it.place < before)
  }

  /** Of the last one that was followed; empty: there is none. */
  lastPlace(groupId: string): string {
    return this.#of(groupId).reduce((last, { place }) => (place > last ? place : last), '')
  }

  #of(groupId: string): Invitation[] {
    return [...(this.#followed.get(groupId)?.values() ?? [])]
  }

  #keep(invitation: Invitation): void {
    const followed = this.#followed.get(invitation.groupId) ?? new Map<string, Invitation>()
    this.#followed.set(invitation.groupId, followed.set(invitation.place, invitation))
  }
}
