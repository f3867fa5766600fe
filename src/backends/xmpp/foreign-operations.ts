/**
 * What clients of other makes do to messages: corrections (XEP-0308), retractions (XEP-0424, of today
 * and as its version 0.3 has it),
 * reactions (XEP-0444) and markers (XEP-0333). Some name a message without saying whose it is, in a
 * group by its place; `named-messages.ts` finds out.
 */
import type { MessageContent } from '../../model/content.js'
import { MessageType } from '../../model/message-types.js'
import { orderOf } from './archive-place.js'
import { NS_CORRECT, NS_IMKIT, NS_MARKERS, NS_REACTIONS, NS_RETRACT } from './namespaces.js'
import type { Element } from './xml.js'

const NS_FASTEN = 'urn:xmpp:fasten:0'
const NS_FORMER_RETRACT = 'urn:xmpp:message-retract:0'

/** A message as other clients name one. */
export type ForeignName = { id: string } | { order: string }

export interface ForeignOperation {
  messageType: string
  content: MessageContent
  /** What it is about, where it takes more than its sender to know. */
  names?: ForeignName
}

/**
 * The operation of a stanza, undefined where there is none; `'nothing'` where the texts beside it
 * are for those alone who do not know what it means.
 */
export function foreignOperation(
  stanza: Element,
  senderUserId: string,
): ForeignOperation | 'nothing' | undefined {
  const isToGroup = stanza.attrs.type === 'groupchat'
  const retracted = retractedBy(stanza)
  if (retracted) return retractionOf(stanza, retracted.id, senderUserId)
  const replaced = stanza.getChild('replace', NS_CORRECT)
  if (replaced) return correctionOf(replaced.attrs.id, stanza, senderUserId)
  const reactions = stanza.getChild('reactions', NS_REACTIONS)
  if (reactions) return reactionsOf(reactions, isToGroup)
  const displayed = stanza.getChild('displayed', NS_MARKERS)
  if (displayed && !isToGroup) return readingOf(displayed.attrs.id)
  return undefined
}

/** Which message a stanza takes back, if it does that. */
function retractedBy(stanza: Element): { id: string | undefined } | undefined {
  const retract = stanza.getChild('retract', NS_RETRACT)
  if (retract) return { id: retract.attrs.id }
  const applied = stanza.getChild('apply-to', NS_FASTEN)
  return applied?.getChild('retract', NS_FORMER_RETRACT) && { id: applied.attrs.id }
}

/** An author's own, so in a private chat its id is enough. In a group its place is told. */
function retractionOf(
  stanza: Element,
  id: string | undefined,
  senderUserId: string,
): ForeignOperation | 'nothing' {
  // Ours name who sent it too, and say the rest in their own words.
  if (!id || id.includes('/') || stanza.getChild('edit', NS_IMKIT)) return 'nothing'
  const content = { senderUserId, sentTime: 0, isAdmin: false, isDelete: false }
  if (stanza.attrs.type !== 'groupchat') {
    return { messageType: MessageType.RECALL, content: { ...content, messageUId: id } }
  }
  const order = orderOf(id)
  if (order === undefined) return 'nothing'
  return { messageType: MessageType.RECALL, content, names: { order } }
}

/** A correction of a correction names the message itself. */
function correctionOf(
  messageUId: string | undefined,
  stanza: Element,
  senderUserId: string,
): ForeignOperation | 'nothing' {
  const text = stanza.getChildText('body')
  if (!messageUId || !text) return 'nothing'
  const content = { messageUId, senderUserId, content: { content: text } }
  return { messageType: MessageType.EDIT, content }
}

function reactionsOf(element: Element, isToGroup: boolean): ForeignOperation | 'nothing' {
  const { id } = element.attrs
  if (!id) return 'nothing'
  const order = isToGroup ? orderOf(id) : undefined
  const said = element.getChildren('reaction').map((it) => it.getText().trim())
  const reactions = [...new Set(said.filter((it) => it !== ''))]
  return {
    messageType: MessageType.REACTION,
    content: { reactions },
    names: order === undefined ? { id } : { order },
  }
}

function readingOf(id: string | undefined): ForeignOperation | 'nothing' {
  if (!id) return 'nothing'
  return { messageType: MessageType.READ_RECEIPT, content: {}, names: { id } }
}
