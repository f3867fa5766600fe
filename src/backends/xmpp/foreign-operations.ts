/**
 * What clients of other makes do to messages: corrections (XEP-0308), retractions (XEP-0424),
 * reactions (XEP-0444) and markers (XEP-0333). Some name a message without saying whose it is, in a
 * group by its place; `named-messages.ts` finds out.
 */
import type { MessageContent } from '../../model/content.js'
import { MessageType } from '../../model/message-types.js'
import { orderOf } from './archive-place.js'
import { NS_CORRECT, NS_MARKERS, NS_REACTIONS, NS_RETRACT } from './namespaces.js'
import type { Element } from './xml.js'

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
  const retracted = stanza.getChild('retract', NS_RETRACT)
  if (retracted) return retractionOf(retracted.attrs.id, senderUserId, isToGroup)
  const replaced = stanza.getChild('replace', NS_CORRECT)
  if (replaced) return correctionOf(replaced.attrs.id, stanza, senderUserId)
  const reactions = stanza.getChild('reactions', NS_REACTIONS)
  if (reactions) return reactionsOf(reactions, isToGroup)
  const displayed = stanza.getChild('displayed', NS_MARKERS)
  if (displayed && !isToGroup) return readingOf(displayed.attrs.id)
  return undefined
}

/** An author's own, so its id is enough. In a group its place is told, and nothing is there any more. */
function retractionOf(
  messageUId: string | undefined,
  senderUserId: string,
  isToGroup: boolean,
): ForeignOperation | 'nothing' {
  // Ours names who sent it too, and says the rest in its own words.
  if (!messageUId || isToGroup || messageUId.includes('/')) return 'nothing'
  const content = { messageUId, senderUserId, sentTime: 0, isAdmin: false, isDelete: false }
  return { messageType: MessageType.RECALL, content }
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
