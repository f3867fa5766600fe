/** How large a stanza may be, so that sending it does not end the connection. */
import { ErrorCode, IMError } from '../../model/errors.js'
import type { Element } from './xml.js'

/** What a server says it takes (XEP-0478). */
const NS_STREAM_LIMITS = 'urn:xmpp:stream-limits:0'
/** What a server says it is made of (XEP-0115). */
const NS_ENTITY_CAPABILITIES = 'http://jabber.org/protocol/caps'

const PROSODY = 'http://prosody.im'

/**
 * Bytes that go over a WebSocket in one piece. Chromium takes longer messages apart wherever its own
 * buffer ends, which depends on what was sent before; a Prosody ends the connection when it gets one
 * in pieces.
 */
export const IN_ONE_PIECE = 65_536

/** Bytes that a server takes which says nothing: what ours does (mod_imkit_sockets). */
const UNLESS_IT_SAYS = 1_048_576

/** Bytes of a stanza that are kept for what stands around the content of a message. */
const AROUND_CONTENT = 4096

/** Bytes a stanza may have. @param features of a stream that is logged in */
export function largestStanza(features: Element): number {
  const told = features.getChild('limits', NS_STREAM_LIMITS)?.getChildText('max-bytes')
  const { node } = features.getChild('c', NS_ENTITY_CAPABILITIES)?.attrs ?? {}
  const taken = Number(told) || UNLESS_IT_SAYS
  return node === PROSODY ? Math.min(taken, IN_ONE_PIECE) : taken
}

/** Bytes of a content that finds room in a stanza, unless XML has to write it at greater length. */
export function largestContent(stanzaSize: number): number {
  return stanzaSize - AROUND_CONTENT
}

/** @throws IMError 30016 */
export function assertSize(stanza: Element, most: number): void {
  const text = stanza.toString()
  // A character has at most three bytes for each of its parts.
  if (text.length * 3 <= most) return
  const size = new TextEncoder().encode(text).length
  if (size <= most) return
  throw new IMError(
    ErrorCode.RC_MSG_CONTENT_EXCEED_LIMIT,
    `This has ${size} bytes as it is sent; the server takes at most ${most}.`,
  )
}

/** Bytes of a text where it stands in an element. */
export function writtenSize(text: string): number {
  let size = 0
  for (const character of text) size += escapes[character] ?? bytesOf(character.codePointAt(0)!)
  return size
}

/** A text, or its beginning if it has more bytes where it stands in an element. */
export function shortened(text: string, most: number): string {
  if (text.length * LONGEST_ESCAPE <= most || writtenSize(text) <= most) return text
  const kept: string[] = []
  let size = writtenSize(MORE)
  for (const character of text) {
    size += writtenSize(character)
    if (size > most) break
    kept.push(character)
  }
  return kept.join('') + MORE
}

const MORE = '…'

/** Bytes of what XML writes at greater length. */
const escapes: Readonly<Record<string, number>> = { '&': 5, '<': 4, '>': 4 }
const LONGEST_ESCAPE = 5

/** In UTF-8. */
function bytesOf(codePoint: number): number {
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x1_0000 ? 3 : 4
}
