/**
 * A stream that outlives its sockets (XEP-0198): when one breaks, another goes on where it was, what
 * was under way is sent again, and nobody above notices. Only when that fails is the session over.
 */
import { callLost, ErrorCode, IMError, isRetryable } from '../../model/errors.js'
import { uuidv7 } from '../../model/identity.js'
import { bareAddress } from './addresses.js'
import { Link, NS_STREAM_MANAGEMENT, type LoggedIn, type Login } from './link.js'
import { StanzaError } from './stanza-error.js'
import { assertSize } from './stanza-size.js'
import type { Wire } from './wire.js'
import { xml, type Element } from './xml.js'

const NS_CLIENT = 'jabber:client'
const NS_STANZAS = 'urn:ietf:params:xml:ns:xmpp-stanzas'
const NS_PING = 'urn:xmpp:ping'
const NS_TIME = 'urn:xmpp:time'

/** All in milliseconds. */
const times = {
  /** until a question without an answer fails */
  answer: 30_000,
  /** between two looks whether anybody waits for an answer */
  quiet: 100,
  /** until what was sent has to be confirmed, so that it need not be kept */
  confirmation: 250,
  /** between the first attempt to go on and the second; from then on twice as long each time */
  pause: 500,
}

/** Parts of the silence after which a server is asked whether it is there. */
const parts = {
  /** until one that was asked and says nothing counts as gone */
  patience: 0.4,
  /** between two looks at the clock */
  tick: 0.2,
}

interface Unconfirmed {
  stanza: Element
  confirm?: () => void
  fail?: (reason: IMError) => void
}

interface Question {
  to: string
  resolve: (stanza: Element) => void
  reject: (reason: Error) => void
  tooLate: ReturnType<typeof setTimeout>
}

export class LastingStream implements Wire {
  readonly jid: string
  /** Bytes that a stanza may have. */
  readonly largestStanza: number
  readonly #login: Login
  readonly #streamId: string | undefined
  #onEnd: ((reason: IMError) => void) | undefined
  #link: Link | undefined
  #listeners = new Set<(stanza: Element) => void>()
  #pushes = new Map<string, (push: Element) => void>()
  #questions = new Map<string, Question>()
  readonly #over = new AbortController()
  #clockOffset = 0
  /** Stanzas that came in, by the count of XEP-0198. */
  #received = 0
  /** Stanzas the server has said it has. */
  #confirmed = 0
  #unconfirmed: Unconfirmed[] = []
  #lastHeard = Date.now()
  #connectedSince = Date.now()
  #isAsked = false
  #clock: ReturnType<typeof setInterval>
  #askingSoon: ReturnType<typeof setTimeout> | undefined
  #resumption: AbortController | undefined
  #ended: IMError | undefined

  private constructor(
    login: Login,
    readonly userId: string,
    private readonly maxSilence: number,
    { link, begun }: LoggedIn,
  ) {
    this.#login = login
    this.jid = begun!.address
    this.largestStanza = begun!.largestStanza
    this.#streamId = begun!.streamId
    this.#clock = setInterval(() => this.#checkSilence(), maxSilence * parts.tick)
    this.#adopt(link)
  }

  /**
   * Logs in.
   * @param maxSilence milliseconds without a sign of the server until it is asked for one
   * @throws IMError as `Link.logIn` does
   */
  static async begin(login: Login, userId: string, maxSilence = 20_000): Promise<LastingStream> {
    return new LastingStream(login, userId, maxSilence, await Link.logIn(login))
  }

  /** Since when there has been a connection, Unix milliseconds; `Infinity` while there is none. */
  get connectedSince(): number {
    return this.#connectedSince
  }

  get domain(): string {
    return this.#login.domain
  }

  /** Told once that the stream is over and was not closed from here. */
  set onEnd(tell: (reason: IMError) => void) {
    this.#onEnd = tell
    if (this.#ended) tell(this.#ended)
  }

  async iq(type: 'get' | 'set', child: Element, to?: string): Promise<Element> {
    if (this.#ended) throw callLost(this.#ended)
    const id = uuidv7()
    const stanza = xml('iq', { xmlns: NS_CLIENT, type, id, to }, child)
    assertSize(stanza, this.largestStanza)
    return new Promise((resolve, reject) => {
      const tooLate = setTimeout(() => {
        this.#questions.delete(id)
        reject(new IMError(ErrorCode.RC_MSG_RESP_TIMEOUT, 'The server did not answer in time.'))
      }, times.answer)
      this.#questions.set(id, { to: to ?? '', resolve, reject, tooLate })
      this.send(stanza)
    })
  }

  /** Resolves when nobody has waited for an answer for a moment: for what is in no hurry. */
  async quiet(): Promise<void> {
    do await passed(times.quiet, this.#over.signal)
    while (this.#questions.size > 0)
  }

  send(stanza: Element): void {
    this.#post({ stanza })
  }

  /**
   * As `send`; resolves when the server says that it has the stanza.
   * @throws IMError 30016 for what would end the connection
   */
  async handOver(stanza: Element): Promise<void> {
    if (this.#ended) throw callLost(this.#ended)
    stanza.attrs.xmlns ??= NS_CLIENT
    assertSize(stanza, this.largestStanza)
    return new Promise((confirm, fail) => {
      this.#post({ stanza, confirm, fail })
      this.#askForConfirmation()
    })
  }

  on(listener: (stanza: Element) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  onPush(namespace: string, take: (push: Element) => void): void {
    this.#pushes.set(namespace, take)
  }

  serverTime(): number {
    return Date.now() + this.#clockOffset
  }

  /** Asks the server for its time (XEP-0202); until then it is taken to be ours. */
  async setClock(): Promise<void> {
    const asked = Date.now()
    const answer = await this.iq('get', xml('time', { xmlns: NS_TIME }), this.domain).catch(noTime)
    const text = answer?.getChild('time', NS_TIME)?.getChildText('utc')
    const time = Date.parse(text ?? '')
    if (Number.isFinite(time)) this.#clockOffset = time - (asked + Date.now()) / 2
  }

  close(): void {
    if (this.#ended) return
    this.#finish(new IMError(ErrorCode.RC_NET_CHANNEL_INVALID, 'This session is over.'))
    this.#link?.close(true)
  }

  #post(entry: Unconfirmed): void {
    if (this.#ended) return
    entry.stanza.attrs.xmlns ??= NS_CLIENT
    if (this.#streamId === undefined) entry.confirm?.()
    else this.#unconfirmed.push(entry)
    this.#link?.write(entry.stanza)
    this.#askingSoon ??= setTimeout(() => this.#askForConfirmation(), times.confirmation)
  }

  #askForConfirmation(): void {
    clearTimeout(this.#askingSoon)
    this.#askingSoon = undefined
    if (this.#unconfirmed.length > 0) this.#link?.write(xml('r', { xmlns: NS_STREAM_MANAGEMENT }))
  }

  #adopt(link: Link): void {
    this.#link = link
    this.#connectedSince = this.#lastHeard = Date.now()
    this.#isAsked = false
    link.deliverTo({
      element: (element) => this.#hear(element),
      closed: (reason) => void this.#lost(reason),
    })
  }

  #hear(element: Element): void {
    this.#lastHeard = Date.now()
    this.#isAsked = false
    switch (element.name) {
      case 'iq':
        this.#received += 1
        this.#hearIq(element)
        break
      case 'message':
      case 'presence':
        this.#received += 1
        for (const listener of [...this.#listeners]) listener(element)
        break
      case 'r':
        this.#link?.write(xml('a', { xmlns: NS_STREAM_MANAGEMENT, h: this.#received }))
        break
      case 'a':
        this.#confirm(Number(element.attrs.h))
    }
  }

  #hearIq(stanza: Element): void {
    const { id = '', type, from } = stanza.attrs
    if (type === 'get' || type === 'set') {
      this.#answer(stanza)
      return
    }
    const question = this.#questions.get(id)
    if (!question || !this.#isFrom(question.to, from)) return
    this.#questions.delete(id)
    clearTimeout(question.tooLate)
    if (type === 'result') question.resolve(stanza)
    else question.reject(StanzaError.of(stanza))
  }

  /** The own account answers in its own name, the server's, or none. */
  #isFrom(asked: string, from: string | undefined): boolean {
    if (from === asked) return true
    if (asked !== '' && asked !== bareAddress(this.jid)) return false
    return from === undefined || [bareAddress(this.jid), this.jid, this.domain].includes(from)
  }

  #answer({ attrs: { id, from, type }, ...question }: Element): void {
    const isPing = type === 'get' && question.children.some((child) => isPingOf(child))
    const isPushed = type === 'set' && this.#isFrom('', from) && this.#takePush(question.children)
    if (isPing || isPushed) {
      this.send(xml('iq', { type: 'result', id, to: from }))
      return
    }
    const error = xml(
      'error',
      { type: 'cancel' },
      xml('service-unavailable', { xmlns: NS_STANZAS }),
    )
    this.send(xml('iq', { type: 'error', id, to: from }, error))
  }

  #takePush(children: readonly (Element | string)[]): boolean {
    const push = children.find((child) => typeof child !== 'string')
    const take = typeof push === 'object' && this.#pushes.get(push.getNS() ?? '')
    if (take) take(push)
    return Boolean(take)
  }

  #confirm(count: number): void {
    for (; this.#confirmed < count && this.#unconfirmed.length > 0; this.#confirmed++) {
      this.#unconfirmed.shift()!.confirm?.()
    }
  }

  /** A connection can die without a word: the server is asked, and given some time. */
  #checkSilence(): void {
    if (!this.#link) return
    const silence = Date.now() - this.#lastHeard
    const allowed = this.maxSilence * (this.#isAsked ? 1 + parts.patience : 1)
    if (silence < allowed) return
    if (!this.#isAsked) {
      this.#isAsked = true
      this.#link.write(xml('r', { xmlns: NS_STREAM_MANAGEMENT }))
      return
    }
    this.#link.close()
    void this.#lost(new IMError(ErrorCode.RC_PING_EXCEED_LIMIT, 'The server is silent.'))
  }

  async #lost(reason: IMError): Promise<void> {
    this.#link = undefined
    if (this.#ended || this.#resumption) return
    this.#connectedSince = Infinity
    if (!isRetryable(reason.code) || this.#streamId === undefined) {
      this.#end(reason)
      return
    }
    this.#resumption = new AbortController()
    const outcome = await this.#resume(this.#streamId, this.#resumption.signal, reason)
    this.#resumption = undefined
    if (outcome instanceof Link) this.#adopt(outcome)
    else this.#end(outcome)
  }

  /** @returns the link on which the stream goes on, or why it does not */
  async #resume(id: string, signal: AbortSignal, reason: IMError): Promise<Link | IMError> {
    let last = reason
    const end = Date.now() + this.#login.resumeFor
    for (let pause = 0; Date.now() + pause < end; pause = Math.max(times.pause, pause * 2)) {
      await passed(pause * (0.5 + Math.random() / 2), signal)
      if (this.#ended) return this.#ended
      try {
        const resume = { id, received: this.#received }
        const { link, resumed } = await Link.logIn({ ...this.#login, resume, signal })
        if (resumed === undefined) {
          link.close(true)
          return last
        }
        this.#confirm(resumed)
        for (const { stanza } of this.#unconfirmed) link.write(stanza)
        return link
      } catch (error) {
        last = IMError.from(error)
        // Nor is there anything to wait for silently when the device itself has no network.
        if (!isRetryable(last.code) || last.code === ErrorCode.RC_NETWORK_DOWN) return last
      }
    }
    return last
  }

  #end(reason: IMError): void {
    if (this.#ended) return
    this.#finish(reason)
    this.#onEnd?.(reason)
  }

  #finish(reason: IMError): void {
    this.#ended = reason
    // Nobody answers any more, so there is nothing to wait for.
    this.#connectedSince = 0
    this.#over.abort()
    clearInterval(this.#clock)
    clearTimeout(this.#askingSoon)
    this.#resumption?.abort()
    this.#listeners.clear()
    const lost = callLost(reason)
    for (const { fail } of this.#unconfirmed.splice(0)) fail?.(lost)
    for (const { reject, tooLate } of this.#questions.values()) {
      clearTimeout(tooLate)
      reject(lost)
    }
    this.#questions.clear()
  }
}

/** A server that does not tell the time has about ours. */
function noTime(error: unknown): undefined {
  if (!(error instanceof StanzaError)) throw error
}

function isPingOf(child: Element | string): boolean {
  return typeof child !== 'string' && child.is('ping', NS_PING)
}

/** Resolves after some milliseconds, or at once when it does not matter any more. */
function passed(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
