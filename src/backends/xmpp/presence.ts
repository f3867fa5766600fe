/**
 * Who is online, as a module of ours tells it (server/): this session names those it wants to know
 * of, and hears of them until it ends.
 */
import type { Presence, PresenceState } from '../backend.js'
import { ErrorCode } from '../../model/errors.js'
import { assertWatchable } from '../presence-rules.js'
import type { People } from './people.js'
import { errorFrom } from './stanza-error.js'
import { xml, type Element, type Wire } from './wire.js'

export const NS_PRESENCE = 'urn:imkit:0:presence'

export class XmppPresence implements Presence {
  readonly #wire: Wire
  readonly #people: People
  readonly #tell: (states: PresenceState[]) => void
  /** How those stand who are watched; undefined: not told yet. */
  #watched = new Map<string, boolean | undefined>()

  constructor(wire: Wire, people: People, tell: (states: PresenceState[]) => void) {
    this.#wire = wire
    this.#people = people
    this.#tell = tell
  }

  /** @throws IMError 33003; 39001 when the server refuses it */
  async watch(userIds: readonly string[]): Promise<void> {
    assertWatchable(userIds)
    const before = this.#watched
    const isWatched = new Set(userIds)
    const added = [...isWatched].filter((id) => !before.has(id))
    const removed = [...before.keys()].filter((id) => !isWatched.has(id))
    this.#watched = new Map([...isWatched].map((id) => [id, before.get(id)]))
    this.#tellOf(userIds)
    if (added.length + removed.length === 0) return
    const item = (name: string) => (id: string) => xml(name, { jid: this.#people.user(id) })
    const items = [...added.map(item('add')), ...removed.map(item('remove'))]
    try {
      await this.#wire.iq('set', xml('watch', { xmlns: NS_PRESENCE }, ...items))
    } catch (error) {
      for (const id of added) this.#watched.delete(id)
      throw errorFrom(error, ErrorCode.SUBSCRIBE_ERROR)
    }
  }

  /** @returns whether a stanza was about presence */
  hear(stanza: Element): boolean {
    const told = stanza.getChild('presence', NS_PRESENCE)
    if (!told) return false
    // Everybody can write such a stanza; in the name of this user nobody but the server.
    if (stanza.attrs.from !== this.#people.self) return true
    const news = told.getChildren('user').flatMap(({ attrs }) => {
      const userId = this.#people.userOf(attrs.jid)
      return userId !== undefined && this.#watched.has(userId)
        ? [{ userId, isOnline: attrs.online === 'true' }]
        : []
    })
    for (const { userId, isOnline } of news) this.#watched.set(userId, isOnline)
    if (news.length > 0) this.#tell(news)
    return true
  }

  #tellOf(userIds: readonly string[]): void {
    const states = userIds.flatMap((userId) => {
      const isOnline = this.#watched.get(userId)
      return isOnline === undefined ? [] : [{ userId, isOnline }]
    })
    if (states.length > 0) this.#tell(states)
  }
}
