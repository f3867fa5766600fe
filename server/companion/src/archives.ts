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
    if (!this.isRoom(conversation)) return { conversation, owners: [user.name], joined: 0 }
    const [room] = await this.roomsOf(user, conversation)
    if (room) return room
    throw new Refusal('forbidden', `You are not a member of ${conversation}.`)
  }

  /** The rooms a user is a member of. @param only this one */
  async roomsOf(user: User, only?: string): Promise<Archive[]> {
    const rooms = await this.database.rows<{ address: string; joined: number }>(
      `select room.name || '@' || room.host as address,
         (extract(epoch from subscriber.created_at::timestamptz) * 1000000)::bigint as joined
       from muc_room_subscribers as subscriber
       join muc_room as room on room.name = subscriber.room and room.host = subscriber.host
       where subscriber.jid = $1 and subscriber.host = $2
         and ($3::text is null or subscriber.room = $3)
         and companion.is_member(room.opts, $1, true)`,
      [user.address, this.rooms, only === undefined ? null : only.slice(0, only.indexOf('@'))],
    )
    return rooms.map(({ address, joined }) => ({
      conversation: address,
      owners: [address, user.name],
      joined,
    }))
  }
}

/** One source after the other: an archive, and the conversation in it. As two lists for `unnest`. */
export function sourcesOf(
  archives: readonly Archive[],
): [owners: string[], conversations: string[]] {
  return [
    archives.flatMap(({ owners }) => owners),
    archives.flatMap(({ owners, conversation }) => owners.map(() => conversation)),
  ]
}
