/** The editors on the page, so that a list can send its user to the one that is meant. */
import type { IMKit } from '../../src/kit/kit.js'
import type { ConversationId } from '../../src/model/conversation.js'

export interface WritingPlace extends Element {
  readonly kit: IMKit
  /** Whether it is on the screen and can be written in, to this conversation. */
  canWriteTo(conversation: ConversationId): boolean
  /** Puts a text behind what is being written, and the caret behind it. */
  write(text: string): void
}

const places = new Set<WritingPlace>()

/** To be called when an editor comes onto the page; gives the function for when it goes. */
export function addWritingPlace(place: WritingPlace): () => void {
  places.add(place)
  return () => places.delete(place)
}

/** Of several for a conversation the one that stands nearest: a page may have more than one chat. */
export function nearestWritingPlace(
  from: Element,
  kit: IMKit,
  conversation: ConversationId,
): WritingPlace | undefined {
  const possible = [...places].filter(
    (place) => place.kit === kit && place.canWriteTo(conversation),
  )
  for (const ancestor of enclosing(from)) {
    const near = possible.find((place) => enclosing(place).includes(ancestor))
    if (near) return near
  }
  return undefined
}

/** From a node outwards, through the shadow roots. */
function enclosing(node: Node): Node[] {
  const nodes: Node[] = []
  for (let at: Node | null = node; at; at = at instanceof ShadowRoot ? at.host : at.parentNode) {
    nodes.push(at)
  }
  return nodes
}
