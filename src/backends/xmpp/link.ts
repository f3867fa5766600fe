/**
 * One WebSocket to the server, logged in: opens the stream, authenticates, and either goes on with
 * a stream that was cut off or begins a new one (RFC 7395, RFC 6120, XEP-0198).
 */
import { ErrorCode, IMError } from '../../model/errors.js'
import { largestStanza } from './stanza-size.js'
import { parseFrame, xml, type Element } from './xml.js'

const NS_FRAMING = 'urn:ietf:params:xml:ns:xmpp-framing'
const NS_STREAM = 'http://etherx.jabber.org/streams'
const NS_STREAM_ERRORS = 'urn:ietf:params:xml:ns:xmpp-streams'
const NS_SASL = 'urn:ietf:params:xml:ns:xmpp-sasl'
const NS_BIND = 'urn:ietf:params:xml:ns:xmpp-bind'
export const NS_STREAM_MANAGEMENT = 'urn:xmpp:sm:3'

/** Milliseconds until an attempt to log in is given up. */
const LOGIN_TIMEOUT = 9000

/** Milliseconds a server has to close a stream that this side says is over. */
const FAREWELL_TIMEOUT = 2000

export interface Login {
  url: string
  domain: string
  /** The part of the user's address before the `@`. */
  local: string
  password: string
  /** Whether it is the user's own, and no token, which the server has to be sent to read it. */
  isOwnPassword?: boolean
  /** When the password stops being good, Unix milliseconds: the server only says that it is none. */
  expires?: number | undefined
  resource: string
  /** Milliseconds for which to try to go on with the stream when its connection breaks. */
  resumeFor: number
  /** A stream that was cut off: its name, and how many stanzas of it have come here. */
  resume?: { id: string; received: number }
  signal?: AbortSignal
}

/** What a login came to. */
export interface LoggedIn {
  link: Link
  /** The stream that was cut off goes on; the number of stanzas it has taken from here. */
  resumed?: number
  /**
   * A new stream: the full address it has, the name to resume it by, if it can be, and how many bytes
   * a stanza may have.
   */
  begun?: { address: string; streamId?: string; largestStanza: number }
}

export interface LinkEnds {
  element(element: Element): void
  /** Once, however it comes; not after `close`. */
  closed(reason: IMError): void
}

export class Link {
  readonly #socket: WebSocket
  #ends: LinkEnds | undefined
  #waiting: { resolve: (element: Element) => void; reject: (reason: IMError) => void } | undefined
  #early: Element[] = []
  #ended: IMError | undefined

  private constructor(url: string) {
    try {
      this.#socket = new WebSocket(url, 'xmpp')
    } catch (error) {
      throw IMError.from(error, ErrorCode.RC_CONN_HOSTNAME_ERROR, `"${url}" is no address`)
    }
    this.#socket.addEventListener('message', ({ data }) => this.#received(data))
    this.#socket.addEventListener('close', () =>
      this.#end(new IMError(ErrorCode.RC_SOCKET_DISCONNECTED, 'The connection was lost.')),
    )
  }

  /**
   * @throws IMError 31004, 31020, 31009 when the server refuses the user, 31022 for a domain it
   *   does not serve, 30019 without a network, 30010, 31000 and the like when nobody answers
   */
  static async logIn(login: Login): Promise<LoggedIn> {
    assertWanted(login.signal)
    const link = new Link(login.url)
    const tooLate = setTimeout(
      () => link.#end(new IMError(ErrorCode.RC_CONN_ACK_TIMEOUT, 'The server does not answer.')),
      LOGIN_TIMEOUT,
    )
    const giveUp = () => link.#end(givenUp())
    login.signal?.addEventListener('abort', giveUp)
    try {
      await link.#connected(login.url)
      return { link, ...(await link.#begin(login)) }
    } catch (error) {
      link.close()
      throw error
    } finally {
      clearTimeout(tooLate)
      login.signal?.removeEventListener('abort', giveUp)
    }
  }

  /** From here on elements go there; those that came already first. */
  deliverTo(ends: LinkEnds): void {
    this.#ends = ends
    for (const element of this.#early.splice(0)) ends.element(element)
    if (this.#ended) ends.closed(this.#ended)
  }

  write(element: Element): void {
    // A socket that is closing takes nothing and says so by its `close` event.
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(element.toString())
  }

  /** @param isFarewell whether the server is told that the stream is over, and not only cut off */
  close(isFarewell = false): void {
    this.#ends = undefined
    this.#ended ??= new IMError(ErrorCode.RC_NET_CHANNEL_INVALID, 'The connection was closed.')
    this.#waiting?.reject(this.#ended)
    if (isFarewell && this.#socket.readyState === WebSocket.OPEN) this.#takeLeave()
    else this.#socket.close()
  }

  /** The server answers, and closes: a browser reports what comes after its own close as an error. */
  #takeLeave(): void {
    this.write(xml('close', { xmlns: NS_FRAMING }))
    const tooLate = setTimeout(() => this.#socket.close(), FAREWELL_TIMEOUT)
    this.#socket.addEventListener('close', () => clearTimeout(tooLate), { once: true })
  }

  #connected(url: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve: () => undefined, reject }
      this.#socket.addEventListener('open', () => resolve(), { once: true })
      this.#socket.addEventListener('error', () => this.#end(unreachable(url)))
    })
  }

  async #begin(login: Login): Promise<Omit<LoggedIn, 'link'>> {
    const offered = mechanismsIn(await this.#openStream(login.domain))
    if (login.isOwnPassword) await this.#provePassword(login, offered)
    else await this.#showToken(login)
    const features = await this.#openStream(login.domain)
    const canResume = features.getChild('sm', NS_STREAM_MANAGEMENT) !== undefined
    if (canResume && login.resume) {
      const { id, received } = login.resume
      const attrs = { xmlns: NS_STREAM_MANAGEMENT, previd: id, h: received }
      const answer = await this.#ask(xml('resume', attrs))
      if (answer.is('resumed', NS_STREAM_MANAGEMENT)) return { resumed: Number(answer.attrs.h) }
    }
    const address = await this.#bind(login.resource)
    const resumption = canResume ? await this.#enableResumption() : {}
    return { begun: { address, ...resumption, largestStanza: largestStanza(features) } }
  }

  /** @returns the features of the stream */
  async #openStream(domain: string): Promise<Element> {
    const attrs = { xmlns: NS_FRAMING, to: domain, version: '1.0' }
    const header = await this.#ask(xml('open', attrs))
    if (!header.is('open', NS_FRAMING)) throw unexpected(header)
    const features = await this.#next()
    if (!features.is('features', NS_STREAM)) throw unexpected(features)
    return features
  }

  async #showToken({ local, password, expires = Infinity }: Login): Promise<void> {
    const answer = await this.#sayInAuth('auth', `\0${local}\0${password}`, 'PLAIN')
    if (answer.is('success', NS_SASL)) return
    if (!answer.is('failure', NS_SASL)) throw unexpected(answer)
    throw refusedLogin(answer, expires <= Date.now() ? 'expired' : 'token')
  }

  /** Without showing it, where both sides can do that; else only where nobody listens. */
  async #provePassword(login: Login, offered: ReadonlySet<string>): Promise<void> {
    const { beginScram, notGenuine } = await import('./scram.js')
    const scram = beginScram(login, offered)
    if (!scram && !(offered.has('PLAIN') && isPrivate(login.url))) throw noWayToLogIn(offered)
    let answer = scram
      ? await this.#sayInAuth('auth', scram.first, scram.mechanism)
      : await this.#sayInAuth('auth', `\0${login.local}\0${login.password}`, 'PLAIN')
    if (scram && answer.is('challenge', NS_SASL)) {
      answer = await this.#sayInAuth('response', await scram.answer(saidIn(answer)))
      // The server may say first that it knows the password, and then that all is well.
      if (answer.is('challenge', NS_SASL) && scram.isGenuine(saidIn(answer))) {
        answer = await this.#sayInAuth('response', '')
      } else if (answer.is('success', NS_SASL) && !scram.isGenuine(saidIn(answer))) {
        throw notGenuine()
      }
    }
    if (answer.is('failure', NS_SASL)) throw refusedLogin(answer, 'password')
    if (!answer.is('success', NS_SASL)) throw unexpected(answer)
  }

  #sayInAuth(name: 'auth' | 'response', text: string, mechanism?: string): Promise<Element> {
    const bytes = new TextEncoder().encode(text)
    const attributes = { xmlns: NS_SASL, mechanism }
    return this.#ask(xml(name, attributes, btoa(String.fromCharCode(...bytes))))
  }

  async #bind(resource: string): Promise<string> {
    const bind = xml('bind', { xmlns: NS_BIND }, xml('resource', {}, resource))
    const attrs = { xmlns: 'jabber:client', type: 'set', id: 'bind' }
    const answer = await this.#ask(xml('iq', attrs, bind))
    const address = answer.getChild('bind', NS_BIND)?.getChildText('jid')
    if (answer.attrs.type !== 'result' || !address) throw unexpected(answer)
    return address
  }

  async #enableResumption(): Promise<{ streamId?: string }> {
    const answer = await this.#ask(xml('enable', { xmlns: NS_STREAM_MANAGEMENT, resume: 'true' }))
    const canResume = ['true', '1'].includes(answer.attrs.resume ?? '')
    return canResume && answer.attrs.id ? { streamId: answer.attrs.id } : {}
  }

  #ask(question: Element): Promise<Element> {
    this.write(question)
    return this.#next()
  }

  #next(): Promise<Element> {
    const early = this.#early.shift()
    if (early) return Promise.resolve(early)
    if (this.#ended) return Promise.reject(this.#ended)
    return new Promise((resolve, reject) => (this.#waiting = { resolve, reject }))
  }

  #received(data: unknown): void {
    if (this.#ended) return
    let element: Element
    try {
      element = parseFrame(String(data))
    } catch (error) {
      this.#end(IMError.from(error, ErrorCode.RC_SOCKET_DISCONNECTED, 'The server sent no XML'))
      return
    }
    if (element.is('error', NS_STREAM)) this.#end(streamError(element))
    else if (element.is('close', NS_FRAMING)) {
      this.#end(new IMError(ErrorCode.RC_SOCKET_DISCONNECTED, 'The server ended the connection.'))
    } else if (this.#ends) this.#ends.element(element)
    else if (this.#waiting) {
      const { resolve } = this.#waiting
      this.#waiting = undefined
      resolve(element)
    } else this.#early.push(element)
  }

  #end(reason: IMError): void {
    if (this.#ended) return
    this.#ended = reason
    this.#waiting?.reject(reason)
    this.#socket.close()
    this.#ends?.closed(reason)
  }
}

function assertWanted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw givenUp()
}

function givenUp(): IMError {
  return new IMError(ErrorCode.RC_NET_CHANNEL_INVALID, 'The attempt to connect was given up.')
}

function unreachable(url: string): IMError {
  return globalThis.navigator?.onLine === false
    ? new IMError(ErrorCode.RC_NETWORK_DOWN, 'This device has no network.')
    : new IMError(
        ErrorCode.RC_SOCKET_NOT_CREATED,
        `No WebSocket can be opened at ${url}: no server is there, or it has none at this address (ejabberd: ejabberd_http_ws, Prosody: mod_websocket).`,
      )
}

function unexpected(element: Element): IMError {
  return new IMError(
    ErrorCode.RC_CONN_PROTO_VERSION_ERROR,
    `The server answers <${element.name}> where this client expects something else.`,
    element.toString(),
  )
}

function mechanismsIn(features: Element): ReadonlySet<string> {
  const mechanisms = features.getChild('mechanisms', NS_SASL)?.getChildren('mechanism') ?? []
  return new Set(mechanisms.map((mechanism) => mechanism.getText()))
}

function saidIn(step: Element): string {
  return new TextDecoder().decode(
    Uint8Array.from(atob(step.getText()), (character) => character.charCodeAt(0)),
  )
}

/** Whether nobody between here and the server can read what is said. */
function isPrivate(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'wss:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
}

function noWayToLogIn(offered: ReadonlySet<string>): IMError {
  return new IMError(
    ErrorCode.CONNECTION_ENCRYPT_AUTHORIZED_ERROR,
    `A password can't be shown to this server safely: it takes ${[...offered].join(', ') || 'none'}. Use a wss: address, or a page of a secure origin and a server with SCRAM.`,
  )
}

/** RFC 6120, 6.5. @param secret what the server was given */
function refusedLogin(failure: Element, secret: 'token' | 'expired' | 'password'): IMError {
  const [condition] = failure.getChildElements()
  const text = failure.getChildText('text') ?? ''
  switch (condition?.getName()) {
    case 'account-disabled':
      return new IMError(ErrorCode.RC_CONN_USER_BLOCKED, `This user is blocked. ${text}`)
    case 'credentials-expired':
      return new IMError(ErrorCode.RC_CONN_TOKEN_EXPIRED, `The token has expired. ${text}`)
    case 'temporary-auth-failure':
      return new IMError(ErrorCode.SERVER_UNAVAILABLE, `Nobody can log in just now. ${text}`)
    case 'invalid-mechanism':
    case 'mechanism-too-weak':
    case 'encryption-required':
      return new IMError(
        ErrorCode.CONNECTION_ENCRYPT_AUTHORIZED_ERROR,
        'The server takes neither tokens nor passwords over this connection: use a wss: address.',
      )
    default:
      if (secret === 'expired') {
        return new IMError(ErrorCode.RC_CONN_TOKEN_EXPIRED, 'The token has expired.')
      }
      return new IMError(
        ErrorCode.RC_CONN_TOKEN_INCORRECT,
        `The server refuses the ${secret}${secret === 'password' ? ', or does not know the user' : ''}. ${text}`,
        failure.toString(),
      )
  }
}

/** RFC 6120, 4.9. */
function streamError(error: Element): IMError {
  const condition = error
    .getChildElements()
    .find((child) => child.getNS() === NS_STREAM_ERRORS && !child.is('text'))
    ?.getName()
  const text = error.getChildText('text', NS_STREAM_ERRORS) ?? ''
  switch (condition) {
    case 'conflict':
      return new IMError(ErrorCode.RC_DISCONN_KICK, `Logged out by the server. ${text}`)
    case 'not-authorized':
      return new IMError(ErrorCode.RC_DISCONN_EXCEPTION, `Blocked by the server. ${text}`)
    case 'host-unknown':
    case 'host-gone':
      return new IMError(
        ErrorCode.RC_CONN_HOSTNAME_ERROR,
        'The server does not serve this domain: set `domain`.',
      )
    default:
      return new IMError(
        ErrorCode.RC_SOCKET_DISCONNECTED,
        `The server ended the connection: ${condition ?? 'no reason'}. ${text}`,
      )
  }
}
