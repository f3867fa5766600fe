/** Which archive a conversation is in, and who may read it. Asked of the database for every answer. */
import type { User } from './addresses.js'
import type { Database } from './database.js'
import { Refusal } from './request.js'

/** A conversation as one of its users may read it. */
export interface Archive {
  /** The address the conversation has for the user. */
  conversation: string
  /**
   * Whose archives it stands in: users by name, rooms by address. What was said in a room to some
   * alone stands in their own ones.
   */
  owners: string[]
  /** Nothing up to here counts as unread: when the user came. Unix microseconds. */
  joined: number
  /**
   * Nothing before this place is for the user: where they came in, as the server has noted it, or that
   * of the notice that says so.
   */
  entered: number
}

export class Archives {
  constructor(
    readonly database: Database,
    readonly host: string,
    readonly rooms: string,
  ) {}

  isRoom(address: string): boolean {
    return address.endsWith(`@${this.rooms}`)
  }

  /** @throws Refusal forbidden for rooms the user is not in, and those that do not exist */
  async of(user: User, conversation: string): Promise<Archive> {
    if (!this.isRoom(conversation)) return ownArchive(user, conversation)
    const [room] = await this.roomsOf(user, conversation)
    if (room) return room
    throw new Refusal('forbidden', `You are not a member of ${conversation}.`)
  }

  /** The rooms a user is a member of. @param only this one */
  async roomsOf(user: User, only?: string): Promise<Archive[]> {
    const rooms = await this.database.rows<{ address: string; joined: number; entered: number }>(
      `select room.name || '@' || room.host as address, greatest(coalesce(entry.place, 0),
           coalesce(companion.came_in(room.name || '@' || room.host, $1), 0)) as entered,
         (extract(epoch from subscriber.created_at::timestamptz) * 1000000)::bigint as joined
       from muc_room_subscribers as subscriber
       join muc_room as room on room.name = subscriber.room and room.host = subscriber.host
       left join companion.entry as entry
         on entry.room = room.name || '@' || room.host and entry.address = subscriber.jid
       where subscriber.jid = $1 and subscriber.host = $2
         and ($3::text is null or subscriber.room = $3)
         and companion.is_member(room.opts, $1, true)`,
      [user.address, this.rooms, only === undefined ? null : only.slice(0, only.indexOf('@'))],
    )
    return rooms.map(({ address, ...since }) => ({
      conversation: address,
      owners: [address, user.name],
      ...since,
    }))
  }
}

/** A conversation that stands in the user's own archive alone. */
export function ownArchive(user: User, conversation: string): Archive {
  return { conversation, owners: [user.name], joined: 0, entered: 0 }
}

/**
 * One source after the other: an archive, the conversation in it, and the first place of it that is
 * for the user. As lists for `unnest`.
 */
export function sourcesOf(
  archives: readonly Archive[],
): [owners: string[], conversations: string[], entered: number[]] {
  const sources = archives.flatMap(({ owners, ...archive }) =>
    owners.map((owner) => ({ ...archive, owner })),
  )
  return [
    sources.map(({ owner }) => owner),
    sources.map(({ conversation }) => conversation),
    sources.map(({ entered }) => entered),
  ]
}
