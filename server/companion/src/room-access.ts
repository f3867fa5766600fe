/** Which rooms a user may be in: of groups their members, of open rooms everybody. */
import { xml } from '@xmpp/component'
import type { Database } from './database.js'

const discoInfo = 'http://jabber.org/protocol/disco#info'

/** Milliseconds. */
const patience = 5_000

type Ask = (stanza: ReturnType<typeof xml>, timeout: number) => Promise<ReturnType<typeof xml>>

export class RoomAccess {
  /** @param ask the server: rooms that are not kept are in no database */
  constructor(
    readonly database: Database,
    readonly ask: Ask,
  ) {}

  async mayEnter(address: string, room: string): Promise<boolean> {
    const [name, host] = room.split('@')
    const kept = await this.database.row<{ isMember: boolean }>(
      `select companion.is_member(opts, $3, exists (
         select from muc_room_subscribers as subscriber
         where subscriber.room = $1 and subscriber.host = $2 and subscriber.jid = $3
       )) as "isMember" from muc_room
       where name = $1 and host = $2`,
      [name, host, address],
    )
    return kept ? kept.isMember : this.#isOpen(room)
  }

  async #isOpen(room: string): Promise<boolean> {
    const question = xml('iq', { type: 'get', to: room }, xml('query', { xmlns: discoInfo }))
    try {
      const answer = await this.ask(question, patience)
      const features = answer.getChild('query', discoInfo)?.getChildren('feature') ?? []
      return features.some((feature) => feature.attrs.var === 'muc_open')
    } catch {
      // There is no such room, or nobody says so: either way nobody enters it.
      return false
    }
  }
}
