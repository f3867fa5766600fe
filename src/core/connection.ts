/**
 * Gets a session and keeps one: connects, notices the end, tries again with growing, jittered
 * pauses, and at once when the browser says that the network is back. An expired token is renewed
 * once; one that has expired again before it was of any use is not asked for in circles.
 */
import type { Backend, BackendSession, BackendSink, Credentials } from '../backends/backend.js'
import { ConnectionStatus } from '../model/connection-status.js'
import { ErrorCode, IMError, isRetryable } from '../model/errors.js'
import type { Schedule } from './scope.js'

/** Milliseconds. */
export interface BackOff {
  first: number
  most: number
}

export interface ConnectionOptions {
  backend: Backend
  /** Asked for at every attempt. */
  credentials: () => Omit<Credentials, 'signal'>
  sink: Omit<BackendSink, 'closed'>
  /**
   * Has the next attempt made with a new token. false: there is none, the user has to log in.
   * Rejects if that can't be said now; it is tried again.
   */
  renewToken?: (() => Promise<boolean>) | undefined
  schedule: Schedule
  backOff?: BackOff
  /** Between 0 and 1; tests give their own. */
  random?: () => number
  onStatus: (status: ConnectionStatus, reason?: IMError) => void
  /** A session is there. What it has to do first (catching up) is awaited by nobody. */
  onSession: (session: BackendSession) => void
}

const defaultBackOff: BackOff = { first: 1000, most: 30_000 }

export class Connection {
  session: BackendSession | undefined
  #options: ConnectionOptions
  #status = ConnectionStatus.DISCONNECTED
  #failures = 0
  #cancelRetry: (() => void) | undefined
  #attempt: AbortController | undefined
  #isClosed = false
  /** Since the last session that was of use, or the last pause. */
  #hasRenewed = false

  constructor(options: ConnectionOptions) {
    this.#options = options
  }

  get status(): ConnectionStatus {
    return this.#status
  }

  /** It has ended for good, by `close` or by a reason that is no use trying again. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Tells that it is under way, while what `start` needs is being made ready. */
  announce(): void {
    if (!this.#isClosed) this.#setStatus(ConnectionStatus.CONNECTING)
  }

  /** Resolves after the first attempt, whatever came of it; rejects only if trying again is no use. */
  async start(): Promise<void> {
    if (this.#isClosed) return
    globalThis.addEventListener?.('online', this.#onOnline)
    await this.#try()
  }

  async close(status = ConnectionStatus.DISCONNECTED, reason?: IMError): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    globalThis.removeEventListener?.('online', this.#onOnline)
    this.#cancelRetry?.()
    this.#attempt?.abort()
    const { session } = this
    this.session = undefined
    this.#setStatus(status, reason)
    await session?.close().catch(() => undefined)
  }

  /** The session has proved to be of use: when it is lost, the pauses start small again. */
  confirm(): void {
    this.#failures = 0
    this.#hasRenewed = false
  }

  /** Ends the session and begins another one after a pause. */
  restart(reason: IMError): void {
    const { session } = this
    if (this.#isClosed || !session) return
    this.#lost(new IMError(ErrorCode.RC_NET_CHANNEL_INVALID, reason.message, reason))
    session.close().catch(() => undefined)
  }

  #onOnline = () => {
    if (!this.#cancelRetry) return
    this.#cancelRetry()
    this.#cancelRetry = undefined
    this.#failures = 0
    void this.#try().catch(() => undefined)
  }

  async #try(): Promise<void> {
    if (this.#isClosed) return
    const { backend, credentials, sink } = this.#options
    this.#setStatus(ConnectionStatus.CONNECTING)
    const attempt = (this.#attempt = new AbortController())
    // A sink is one attempt's: what a former session still says is not heard.
    const isCurrent = () => this.#attempt === attempt && !this.#isClosed
    try {
      const session = await backend.connect(
        { ...credentials(), signal: attempt.signal },
        {
          batch: (batch) => isCurrent() && sink.batch(batch),
          status: (messages) => isCurrent() && sink.status(messages),
          disbelieved: (reason) => isCurrent() && sink.disbelieved?.(reason),
          presence: (states) => isCurrent() && sink.presence(states),
          closed: (reason) => {
            if (isCurrent()) void this.#ended(reason).catch(() => undefined)
          },
        },
      )
      if (!isCurrent()) {
        await session.close()
        return
      }
      this.session = session
      this.#setStatus(ConnectionStatus.CONNECTED)
      this.#options.onSession(session)
    } catch (error) {
      if (!isCurrent()) return
      await this.#ended(IMError.from(error, ErrorCode.RC_NET_UNAVAILABLE))
    }
  }

  /** Resolves after the next attempt if that is made at once; rejects if trying again is no use. */
  async #ended(reason: IMError): Promise<void> {
    const isExpired = reason.code === ErrorCode.RC_CONN_TOKEN_EXPIRED
    const { renewToken } = this.#options
    if (isExpired && renewToken && !this.#hasRenewed) await this.#renew(renewToken, reason)
    else {
      this.#lost(reason)
      if (!isRetryable(reason.code)) throw reason
    }
  }

  async #renew(renewToken: () => Promise<boolean>, reason: IMError): Promise<void> {
    this.session = undefined
    const attempt = (this.#attempt = new AbortController())
    this.#hasRenewed = true
    this.#setStatus(ConnectionStatus.CONNECTING)
    let next: IMError | undefined
    try {
      if (!(await renewToken())) next = reason
    } catch (error) {
      next = new IMError(ErrorCode.RC_NET_UNAVAILABLE, 'The token has expired.', error)
    }
    if (this.#attempt !== attempt || this.#isClosed) return
    if (next) await this.#ended(next)
    else await this.#try()
  }

  #lost(reason: IMError): void {
    this.session = undefined
    this.#attempt = undefined
    if (!isRetryable(reason.code)) {
      void this.close(finalStatus(reason.code), reason)
      return
    }
    // After a pause a token may expire again, however long that takes.
    this.#hasRenewed = false
    this.#cancelRetry = this.#options.schedule(() => {
      this.#cancelRetry = undefined
      void this.#try().catch(() => undefined)
    }, this.#pause())
    this.#setStatus(
      reason.code === ErrorCode.RC_NETWORK_DOWN
        ? ConnectionStatus.NETWORK_UNAVAILABLE
        : ConnectionStatus.SOCKET_UNAVAILABLE,
      reason,
    )
  }

  #pause(): number {
    const { backOff = defaultBackOff, random = Math.random } = this.#options
    const whole = Math.min(backOff.most, backOff.first * 2 ** this.#failures)
    this.#failures += 1
    return whole / 2 + (whole / 2) * random()
  }

  #setStatus(status: ConnectionStatus, reason?: IMError): void {
    if (this.#status === status && !reason) return
    this.#status = status
    this.#options.onStatus(status, reason)
  }
}

function finalStatus(code: ErrorCode): ConnectionStatus {
  switch (code) {
    case ErrorCode.RC_DISCONN_KICK:
      return ConnectionStatus.KICKED_OFFLINE_BY_OTHER_CLIENT
    case ErrorCode.RC_CONN_USER_BLOCKED:
    case ErrorCode.RC_DISCONN_EXCEPTION:
      return ConnectionStatus.BLOCKED
    case ErrorCode.RC_CONN_HOSTNAME_ERROR:
    case ErrorCode.HOSTNAME_ERROR:
      return ConnectionStatus.DOMAIN_INCORRECT
    default:
      return ConnectionStatus.DISCONNECTED
  }
}
