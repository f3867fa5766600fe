/** Key-value state of rooms, as the documents have it for chat rooms. */
import { xml, type Element } from '@xmpp/component'
import type { ServerConnection } from './component.js'
import type { Database } from './database.js'
import { namespace, Refusal, type Request } from './request.js'
import type { RoomAccess } from './room-access.js'
import type { RoomPresence } from './room-presence.js'

/** The documents' limits. */
const limits = { entries: 100, keyLength: 128, valueLength: 4096 }

const keyPattern = /^[A-Za-z0-9_=+-]+$/

interface Entry {
  key: string
  /** null: removed */
  value: string | null
  owner: string
  set_at: Date
}

export class RoomEntries {
  constructor(
    readonly database: Database,
    readonly server: ServerConnection,
    readonly access: RoomAccess,
    readonly presence: RoomPresence,
    readonly rooms: string,
  ) {
    presence.onLeave = (room, address) => this.#removeOnLeave(room, address)
  }

  /** `<entries room='…'><key/>…</entries>`: all, or those of some keys. */
  async list(request: Request): Promise<Element> {
    const room = await this.#room(request)
    const keys = request.texts('key', limits.entries)
    const entries = await this.database.rows<Entry>(
      `select key, value, owner, set_at from companion.room_entry
       where room = $1 and ($2::text[] = '{}' or key = any($2)) order by key`,
      [room, keys],
    )
    return entriesElement(room, entries)
  }

  /** `<entry-set room='…' key='…' force='true' remove-on-leave='true'>value</entry-set>` */
  async set(request: Request): Promise<Element> {
    const room = await this.#room(request)
    const key = keyOf(request)
    const value = request.element.text()
    if (value === '' || value.length > limits.valueLength) {
      throw new Refusal('bad-request', `A value has 1 to ${limits.valueLength} characters.`)
    }
    const { address } = request.user
    const entry = await this.database.row<Entry>(
      `insert into companion.room_entry as entry (room, key, value, owner, is_removed_on_leave)
       select $1, $2, $3, $4, $5
       where (select count(*) from companion.room_entry where room = $1 and key <> $2) < $7
       on conflict (room, key) do update
         set value = excluded.value, owner = excluded.owner, set_at = now(),
           is_removed_on_leave = excluded.is_removed_on_leave
         where entry.owner = $4 or $6
       returning key, value, owner, set_at`,
      [
        room,
        key,
        value,
        address,
        request.flag('remove-on-leave'),
        request.flag('force'),
        limits.entries,
      ],
    )
    if (!entry) {
      const full = `A room has at most ${limits.entries} entries.`
      throw (await this.#isOfAnother(room, key)) ?? new Refusal('resource-constraint', full)
    }
    await this.#tell(room, [entry])
    return entriesElement(room, [entry])
  }

  /** `<entry-remove room='…' key='…' force='true'/>` */
  async remove(request: Request): Promise<Element> {
    const room = await this.#room(request)
    const key = keyOf(request)
    const removed = await this.database.rows<Entry>(
      `delete from companion.room_entry where room = $1 and key = $2 and (owner = $3 or $4)
       returning key, null as value, owner, now() as set_at`,
      [room, key, request.user.address, request.flag('force')],
    )
    if (removed.length === 0) {
      const none = 'There is no such entry.'
      throw (await this.#isOfAnother(room, key)) ?? new Refusal('item-not-found', none)
    }
    await this.#tell(room, removed)
    return entriesElement(room, removed)
  }

  async #room(request: Request): Promise<string> {
    const room = request.address('room')
    const { address } = request.user
    if (!room.endsWith(`@${this.rooms}`)) throw new Refusal('bad-request', 'That is no room.')
    if (!(await this.access.mayEnter(address, room))) {
      throw new Refusal('forbidden', `You may not enter ${room}.`)
    }
    if (!(await this.presence.isIn(room, address))) {
      throw new Refusal(
        'forbidden',
        `Enter ${room} first, by presence to ${this.presence.addressOf(room)}.`,
      )
    }
    return room
  }

  /** Undefined when nobody has set it. */
  async #isOfAnother(room: string, key: string): Promise<Refusal | undefined> {
    const entry = await this.database.row<{ owner: string }>(
      'select owner from companion.room_entry where room = $1 and key = $2',
      [room, key],
    )
    return entry && new Refusal('forbidden', `${entry.owner} has set it: only "force" changes it.`)
  }

  async #removeOnLeave(room: string, address: string): Promise<void> {
    const removed = await this.database.rows<Entry>(
      `delete from companion.room_entry where room = $1 and owner = $2 and is_removed_on_leave
       returning key, null as value, owner, now() as set_at`,
      [room, address],
    )
    if (removed.length > 0) await this.#tell(room, removed)
  }

  async #tell(room: string, entries: readonly Entry[]): Promise<void> {
    for (const session of await this.presence.sessionsIn(room)) {
      await this.server.send(
        xml(
          'message',
          { type: 'headline', from: this.presence.addressOf(room), to: session },
          entriesElement(room, entries),
          xml('no-store', { xmlns: 'urn:xmpp:hints' }),
          xml('no-copy', { xmlns: 'urn:xmpp:hints' }),
        ),
      )
    }
  }
}

function keyOf(request: Request): string {
  const key = request.id('key')
  if (key.length <= limits.keyLength && keyPattern.test(key)) return key
  throw new Refusal(
    'bad-request',
    `A key has at most ${limits.keyLength} letters, digits, "_", "=", "+" and "-".`,
  )
}

function entriesElement(room: string, entries: readonly Entry[]): Element {
  return xml(
    'entries',
    { xmlns: namespace, room },
    ...entries.map(({ key, value, owner, set_at }) => {
      const at = String(set_at.getTime())
      return value === null
        ? xml('removed', { key, owner, at })
        : xml('entry', { key, owner, at }, value)
    }),
  )
}
