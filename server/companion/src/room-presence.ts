/**
 * Which sessions are in which room, as they say by directed presence (RFC 6121, 4.6) to
 * `<room>@<companion>`, and which are there at all, by presence to `<companion>`. The server says by itself when a session that said so is gone.
 */
import { xml } from '@xmpp/component'
import { bareAddress } from './addresses.js'
import type { ServerConnection } from './component.js'
import type { Database } from './database.js'
import type { Log } from './log.js'
import type { RoomAccess } from './room-access.js'

/** In place of a room: the session is there, wherever it looks. */
export const anywhere = ''

/** Rooms one session may be in at once. */
const mostRooms = 100

/** Milliseconds a session has to answer whether it is still there. */
const patience = 10_000

export class RoomPresence {
  /** Called when the last session of a user has left a room. */
  onLeave: (room: string, address: string) => Promise<void> = async () => {}

  constructor(
    readonly database: Database,
    readonly server: ServerConnection,
    readonly access: RoomAccess,
    readonly rooms: string,
    readonly log: Log,
  ) {}

  start(): void {
    this.server.onPresence((session, to, type) => {
      const room = this.#roomOf(to)
      if (room === undefined) return
      const change =
        type === 'available'
          ? this.#enter(room, session)
          : type === 'unavailable' || type === 'error'
            ? this.#leave(room, session)
            : undefined
      change?.catch((error: unknown) => this.log('presence failed', { room, session, error }))
    })
  }

  /** Sessions to tell of a change. */
  async sessionsIn(room: string): Promise<string[]> {
    const rows = await this.database.rows<{ session: string }>(
      'select session from companion.room_session where room = $1',
      [room],
    )
    return rows.map(({ session }) => session)
  }

  async isIn(room: string, address: string): Promise<boolean> {
    const row = await this.database.row(
      'select 1 from companion.room_session where room = $1 and address = $2 limit 1',
      [room, address],
    )
    return row !== undefined
  }

  /** Finds out who left while nobody was here to be told. */
  async forgetGone(): Promise<void> {
    const rows = await this.database.rows<{ session: string; room: string }>(
      'select session, room from companion.room_session order by session',
    )
    for (const { session, room } of rows) {
      if (!(await this.#isThere(session))) await this.#leave(room, session)
    }
  }

  async #enter(room: string, session: string): Promise<void> {
    const address = session.split('/')[0]!
    if (room !== anywhere && !(await this.access.mayEnter(address, room))) {
      const error = xml(
        'error',
        { type: 'auth' },
        xml('forbidden', { xmlns: 'urn:ietf:params:xml:ns:xmpp-stanzas' }),
      )
      return this.server.send(
        xml('presence', { type: 'error', from: this.addressOf(room), to: session }, error),
      )
    }
    await this.database.rows(
      `insert into companion.room_session (room, session, address)
       select $1, $2, $3
       where (select count(*) from companion.room_session where session = $2) < $4
       on conflict do nothing`,
      [room, session, address, mostRooms],
    )
    // So that the client knows from when on it is told of changes.
    await this.server.send(xml('presence', { from: this.addressOf(room), to: session }))
  }

  async #leave(room: string, session: string): Promise<void> {
    const left = await this.database.rows<{ address: string }>(
      'delete from companion.room_session where room = $1 and session = $2 returning address',
      [room, session],
    )
    for (const { address } of left) {
      if (!(await this.isIn(room, address))) await this.onLeave(room, address)
    }
    // One that is still connected knows from this that it is no longer told of changes.
    await this.server.send(
      xml('presence', { type: 'unavailable', from: this.addressOf(room), to: session }),
    )
  }

  async #isThere(session: string): Promise<boolean> {
    const ping = xml('iq', { type: 'get', to: session }, xml('ping', { xmlns: 'urn:xmpp:ping' }))
    try {
      await this.server.ask(ping, patience)
      return true
    } catch (error) {
      // Any answer but the server's own "nobody there" comes from the session.
      return (error as { condition?: unknown }).condition !== 'service-unavailable'
    }
  }

  addressOf(room: string): string {
    if (room === anywhere) return this.server.configuration.domain
    return `${room.slice(0, room.indexOf('@'))}@${this.server.configuration.domain}`
  }

  #roomOf(to: string): string | undefined {
    if (to === this.server.configuration.domain) return anywhere
    const at = to.indexOf('@')
    return at > 0 ? bareAddress(`${to.slice(0, at)}@${this.rooms}`) : undefined
  }
}
