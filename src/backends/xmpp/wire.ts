/**
 * What the parts of this backend speak through: stanzas out, stanzas in, questions with answers.
 * Which socket carries them, and that it may be another one by now, is below.
 */
import type { Element } from './xml.js'

export { Element, xml } from './xml.js'
export { StanzaError } from './stanza-error.js'

export interface Wire {
  /** The full address of this session. */
  readonly jid: string
  readonly userId: string
  readonly domain: string
  /**
   * Asks; `to` nobody in particular is the user's own account on the server.
   * @returns the stanza of the result
   * @throws StanzaError when the answer is an error; IMError (retryable) when there is none, 30016 when
   *   the question is larger than the server takes
   */
  iq(type: 'get' | 'set', child: Element, to?: string): Promise<Element>
  /** Fire and forget, in order. Stanzas a broken connection swallowed are sent again. */
  send(stanza: Element): void
  /** Every message and presence, in order. @returns stops listening */
  on(listener: (stanza: Element) => void): () => void
  /**
   * What the server sets here of its own accord: a question of a namespace, which is answered when
   * `take` has it. One taker for each namespace, for as long as the session.
   */
  onPush(namespace: string, take: (push: Element) => void): void
  /** Unix milliseconds by the server's clock. */
  serverTime(): number
}
