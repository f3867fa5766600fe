/**
 * Whom the user does not want to hear from: the list the server keeps (XEP-0191), as it was when this
 * session asked for it and with every change it has been told of since.
 */
import { ErrorCode } from '../../model/errors.js'
import { addedToBlockList } from '../block-list-rules.js'
import type { BlockList } from '../backend.js'
import type { People } from './people.js'
import { errorFrom } from './stanza-error.js'
import { xml, type Element, type Wire } from './wire.js'

export const NS_BLOCKING = 'urn:xmpp:blocking'

export class XmppBlockList implements BlockList {
  readonly #wire: Wire
  readonly #people: People
  readonly #changed: (blocked: string[]) => void
  #blocked: string[] = []

  /** @param changed called with everyone on the list, whichever of the user's sessions changed it */
  constructor(wire: Wire, people: People, changed: (blocked: string[]) => void) {
    this.#wire = wire
    this.#people = people
    this.#changed = changed
    wire.onPush(NS_BLOCKING, (push) => this.#pushed(push))
  }

  /** Everyone on it. */
  get blocked(): readonly string[] {
    return this.#blocked
  }

  /** Tells this list from others, whatever the order; undefined: nobody is on it. */
  get mark(): string | undefined {
    return this.#blocked.length > 0 ? markOf(JSON.stringify([...this.#blocked].sort())) : undefined
  }

  /** Asks for the list. */
  async read(): Promise<void> {
    const answer = await this.#wire.iq('get', xml('blocklist', { xmlns: NS_BLOCKING }))
    this.#blocked = this.#usersIn(answer.getChild('blocklist', NS_BLOCKING))
  }

  /** @throws IMError 33003, 37001 */
  async add(userIds: string[]): Promise<void> {
    addedToBlockList(this.#people.userId, this.#blocked, userIds)
    await this.#set('block', userIds, ErrorCode.BLACK_ADD_ERROR)
  }

  /** @throws IMError 37003 */
  async remove(userIds: string[]): Promise<void> {
    await this.#set('unblock', userIds, ErrorCode.BLACK_REMOVE_ERROR)
  }

  async #set(name: string, userIds: readonly string[], code: ErrorCode): Promise<void> {
    // One that names nobody unblocks everybody.
    if (userIds.length === 0) return
    const items = userIds.map((userId) => xml('item', { jid: this.#people.user(userId) }))
    try {
      await this.#wire.iq('set', xml(name, { xmlns: NS_BLOCKING }, ...items))
    } catch (error) {
      throw errorFrom(error, code)
    }
  }

  #pushed(push: Element): void {
    const users = this.#usersIn(push)
    const isAll = push.is('unblock') && push.getChildren('item').length === 0
    const others = this.#blocked.filter((userId) => !isAll && !users.includes(userId))
    this.#blocked = push.is('block') ? [...others, ...users] : others
    this.#changed(this.#blocked)
  }

  /** Other clients may block whole domains, too: that is nobody of ours. */
  #usersIn(list: Element | undefined): string[] {
    const items = list?.getChildren('item') ?? []
    return items.flatMap(({ attrs }) => this.#people.userOf(attrs.jid) ?? [])
  }
}

/** FNV-1a: a cursor is stored with every batch, and a list may be long. */
function markOf(text: string): string {
  let hash = 0x811c9dc5
  for (const character of text) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193)
  }
  return `${text.length}.${(hash >>> 0).toString(36)}`
}
