/**
 * What the server brings without being asked, out of its wrappings: messages to oneself, copies of
 * what other devices sent (XEP-0280), messages of groups (MUC/Sub). Each wrapping is believed only
 * from the one who may make it.
 */
import { bareAddress } from './addresses.js'
import { orderOf } from './archive-place.js'
import {
  NODE_GROUP_MESSAGES,
  NS_CARBONS,
  NS_FORWARD,
  NS_PUBSUB_EVENT,
  NS_STANZA_ID,
} from './namespaces.js'
import type { People } from './people.js'
import type { Element } from './xml.js'

export interface Delivery {
  message: Element
  /** Its place in the archive; none: it is in none, or has only an id in it. */
  order?: string
  /** What the archive calls it, where that says nothing of its place. */
  id?: string
}

export type ArchivedDelivery = Delivery & { order: string }

/** What tells an entry from all others of its archive, and begins with its place. */
export function entryName({ order, id }: Pick<ArchivedDelivery, 'order' | 'id'>): string {
  return id === undefined ? order : `${order}/${id.slice(-ID_ENDING)}`
}

/** Enough to tell apart what is in one place. */
const ID_ENDING = 8

export function unwrap(people: People, stanza: Element): Delivery[] {
  if (!stanza.is('message')) return []
  const { from } = stanza.attrs
  const groupMessages = groupMessagesOf(people, stanza)
  if (groupMessages) return groupMessages
  const copy = isOwn(people, from) ? copyWithin(stanza) : undefined
  const message = copy ?? stanza
  if (message.attrs.type === 'error') return []
  return [{ message, ...placeFor(people.self, message) }]
}

/**
 * Messages of a group out of what their room wraps them in, in which the archive of a member holds
 * them too. Undefined: this is no such wrapping.
 */
export function groupMessagesOf(people: People, stanza: Element): Delivery[] | undefined {
  const items = stanza.getChild('event', NS_PUBSUB_EVENT)?.getChild('items')
  const room = stanza.attrs.from
  if (!items || people.groupOf(room) === undefined) return undefined
  if (items.attrs.node !== NODE_GROUP_MESSAGES) return []
  return items.getChildren('item').flatMap((item) => {
    const message = item.getChild('message')
    // A room speaks for its own members only.
    if (!message || bareAddress(message.attrs.from) !== bareAddress(room)) return []
    if (message.attrs.type === 'error') return []
    return [{ message, ...placeFor(bareAddress(room), message) }]
  })
}

/** The message of a `<forwarded>` (XEP-0297). */
export function forwardedMessage(wrapping: Element | undefined): Element | undefined {
  return wrapping?.getChild('forwarded', NS_FORWARD)?.getChild('message')
}

/** Whether it comes from the own account: in the name of the user, or in none. */
export function isOwn(people: People, from: string | undefined): boolean {
  return from === undefined || from === people.self
}

function copyWithin(stanza: Element): Element | undefined {
  const copy = stanza.getChild('sent', NS_CARBONS) ?? stanza.getChild('received', NS_CARBONS)
  return forwardedMessage(copy)
}

function placeFor(archive: string, message: Element): Pick<Delivery, 'order' | 'id'> {
  const ids = message.getChildren('stanza-id', NS_STANZA_ID)
  const id = ids.find(({ attrs }) => attrs.by === archive)?.attrs.id
  const order = orderOf(id)
  if (order !== undefined) return { order }
  return id ? { id } : {}
}
