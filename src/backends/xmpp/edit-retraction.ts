/**
 * What a message said between its edits leaves the archive with it. A retraction (XEP-0424) takes out
 * one stanza, so each edit has one of its own; none of them says anything to our clients, whom the
 * recall of the message tells all.
 */
import { uuidv7 } from '../../model/identity.js'
import type { ArchivedMessage } from '../../model/message.js'
import { retractElement } from './envelope.js'
import { NS_HINTS, NS_IMKIT } from './namespaces.js'
import type { People } from './people.js'
import { xml, type Element } from './xml.js'

/** @param to who has the edit: a user, a room, or one of its members */
export function editRetraction(people: People, edit: ArchivedMessage, to: string): Element {
  const isToRoom = to === people.room(edit.targetId)
  return xml(
    'message',
    { to, id: uuidv7(), type: isToRoom ? 'groupchat' : 'chat' },
    retractElement(people, edit, isToRoom),
    xml('edit', { xmlns: NS_IMKIT }),
    xml('store', { xmlns: NS_HINTS }),
  )
}
