/**
 * That a message has come, for clients of other makes who ask (XEP-0184). Ours do not: whether it was
 * read is what they tell each other.
 */
import type { Delivery } from './deliveries.js'
import { NS_HINTS } from './namespaces.js'
import type { People } from './people.js'
import { uuidv7 } from '../../model/identity.js'
import { xml, type Element } from './xml.js'

const NS_RECEIPTS = 'urn:xmpp:receipts'

/** What is answered to somebody else's message; undefined: nothing was asked. */
export function receiptFor(people: People, { message }: Delivery): Element | undefined {
  const { from, id, type } = message.attrs
  const sender = people.userOf(from)
  const isAsked = message.getChild('request', NS_RECEIPTS) !== undefined
  if (!isAsked || !id || type === 'groupchat') return undefined
  if (sender === undefined || sender === people.userId) return undefined
  return xml(
    'message',
    { to: from, type: 'chat', id: uuidv7() },
    xml('received', { xmlns: NS_RECEIPTS, id }),
    xml('no-store', { xmlns: NS_HINTS }),
  )
}
