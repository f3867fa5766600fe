/** What a server answers instead of a result (RFC 6120, 8.3). */
import { ErrorCode, IMError } from '../../model/errors.js'
import { NS_IMKIT } from './namespaces.js'
import type { Element } from './xml.js'

const NS_STANZAS = 'urn:ietf:params:xml:ns:xmpp-stanzas'

export class StanzaError extends Error {
  override readonly name = 'StanzaError'

  /**
   * @param condition `forbidden`, `item-not-found`, …
   * @param text the server's own words, if it has any
   * @param type `auth`, `cancel`, `continue`, `modify` or `wait`
   * @param isBlocked whether the one it was for does not want to hear from this user
   */
  constructor(
    readonly condition: string,
    readonly text: string,
    readonly type: string,
    readonly isBlocked = false,
  ) {
    super(text ? `${condition}: ${text}` : condition)
  }

  /** Of a stanza of type `error`. */
  static of(stanza: Element): StanzaError {
    const error = stanza.getChild('error')
    const children = error?.getChildElements() ?? []
    const condition = children.find((child) => child.getNS() === NS_STANZAS && !child.is('text'))
    return new StanzaError(
      condition?.getName() ?? 'undefined-condition',
      error?.getChildText('text', NS_STANZAS) ?? '',
      error?.attrs.type ?? 'cancel',
      error?.getChild('blocked', NS_IMKIT) !== undefined,
    )
  }
}

/** For what a server may not know or not want to do: that it says so is no failure. */
export function unlessLost(error: unknown): void {
  if (!(error instanceof StanzaError)) throw error
}

/** Any failure as the port's error. @param code for conditions that say nothing more exact */
export function errorFrom(error: unknown, code: ErrorCode): IMError {
  if (!(error instanceof StanzaError)) return IMError.from(error, code)
  return new IMError(codes[error.condition] ?? code, error.message, error)
}

const codes: Readonly<Record<string, ErrorCode>> = {
  'resource-constraint': ErrorCode.SEND_FREQUENCY_TOO_FAST,
  'policy-violation': ErrorCode.SEND_FREQUENCY_TOO_FAST,
  'remote-server-timeout': ErrorCode.RC_MSG_RESP_TIMEOUT,
  'internal-server-error': ErrorCode.SERVER_UNAVAILABLE,
}
