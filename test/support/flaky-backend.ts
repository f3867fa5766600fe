/**
 * Any backend behind a network that fails when it is told to. What it does to a call it does
 * once, to the next one; what it does to the line lasts until it is taken back.
 */
import type {
  Acknowledgement,
  Backend,
  BackendSession,
  BackendSink,
  Batch,
  Credentials,
  Cursor,
  HistoryPage,
  HistoryQuery,
  OutgoingMessage,
} from '../../src/backends/backend.js'
import { ErrorCode, IMError } from '../../src/model/errors.js'

export class FlakyBackend implements Backend {
  readonly name: string
  /** Every message that was handed to `send`, refused ones too. */
  readonly sends: OutgoingMessage[] = []
  /** Every attempt to connect, refused ones too. */
  connectCount = 0
  /** Each batch reaches the sink twice. */
  duplicatesBatches = false

  #isCut = false
  #connectRefusals: ErrorCode[] = []
  #sendRefusals: ErrorCode[] = []
  #historyRefusals: ErrorCode[] = []
  #acksToLose = 0
  #acks = new Gate()
  #batches = new Gate()
  #sessions = new Set<FlakySession>()

  constructor(readonly inner: Backend) {
    this.name = inner.name
  }

  userIdOf(token: string): string | undefined {
    return this.inner.userIdOf?.(token)
  }

  async connect(credentials: Credentials, sink: BackendSink): Promise<BackendSession> {
    this.connectCount += 1
    refuse(this.#connectRefusals.shift())
    if (this.#isCut) refuse(ErrorCode.RC_NETWORK_DOWN)
    const line = new FlakyLine(this, sink)
    const session = new FlakySession(this, line, await this.inner.connect(credentials, line))
    if (this.#isCut) {
      await session.close()
      refuse(ErrorCode.RC_NETWORK_DOWN)
    }
    this.#sessions.add(session)
    return session
  }

  /** The link breaks: sessions end with `code`, nobody connects, what is under way gets no answer. */
  cut(code = ErrorCode.RC_SOCKET_DISCONNECTED): void {
    this.#isCut = true
    for (const session of this.#sessions) session.break(code)
    this.#sessions.clear()
  }

  /** The link is back. Whoever wants a session has to connect again. */
  restore(): void {
    this.#isCut = false
  }

  refuseNextConnect(code: ErrorCode): void {
    this.#connectRefusals.push(code)
  }

  /** The next message is refused before it is in the archive. */
  refuseNextSend(code: ErrorCode): void {
    this.#sendRefusals.push(code)
  }

  refuseNextHistory(code: ErrorCode): void {
    this.#historyRefusals.push(code)
  }

  /** The next message is in the archive, but its sender hears only that nobody answered (30003). */
  loseNextAck(): void {
    this.#acksToLose += 1
  }

  /** Messages are archived, their acknowledgements wait for `releaseAcks`. */
  holdAcks(): void {
    this.#acks.close()
  }

  releaseAcks(): void {
    this.#acks.open()
  }

  /** What is delivered waits, in order, for `releaseBatches`. */
  holdBatches(): void {
    this.#batches.close()
  }

  releaseBatches(): void {
    this.#batches.open()
  }

  /** @internal */
  async send(
    line: FlakyLine,
    session: BackendSession,
    message: OutgoingMessage,
  ): Promise<Acknowledgement> {
    this.sends.push(message)
    refuse(this.#sendRefusals.shift())
    const isLost = this.#acksToLose > 0
    if (isLost) this.#acksToLose -= 1
    const acknowledgement = await line.answer(session.send(message))
    if (isLost) refuse(ErrorCode.RC_MSG_RESP_TIMEOUT)
    await line.answer(this.#acks.passage)
    return acknowledgement
  }

  /** @internal */
  async history(
    line: FlakyLine,
    session: BackendSession,
    query: HistoryQuery,
  ): Promise<HistoryPage> {
    refuse(this.#historyRefusals.shift())
    return line.answer(session.history(query))
  }

  /** @internal */
  deliver(call: () => void): void {
    this.#batches.whenOpen(call)
  }

  /** @internal */
  forget(session: FlakySession): void {
    this.#sessions.delete(session)
  }
}

/** What lies between one client and its session. */
class FlakyLine implements BackendSink {
  #isUp = true
  #broken: Promise<never>
  #break!: (reason: IMError) => void

  constructor(
    private readonly backend: FlakyBackend,
    private readonly sink: BackendSink,
  ) {
    this.#broken = new Promise((_, reject) => (this.#break = reject))
    // Nobody may be waiting for an answer when it breaks.
    this.#broken.catch(() => undefined)
  }

  batch(batch: Batch): void {
    const times = this.backend.duplicatesBatches ? 2 : 1
    for (let time = 0; time < times; time += 1) {
      this.backend.deliver(() => this.#isUp && this.sink.batch(batch))
    }
  }

  status(messages: Parameters<BackendSink['status']>[0]): void {
    if (this.#isUp) this.sink.status(messages)
  }

  presence(states: Parameters<BackendSink['presence']>[0]): void {
    if (this.#isUp) this.sink.presence(states)
  }

  closed(reason: IMError): void {
    this.cut(reason)
  }

  /** The answer to a call, unless the line breaks first. */
  answer<Result>(result: Promise<Result>): Promise<Result> {
    return Promise.race([result, this.#broken])
  }

  /** @param reason told to the sink; none: the client hung up */
  cut(reason?: IMError): void {
    if (!this.#isUp) return
    this.#isUp = false
    this.#break(reason ?? new IMError(ErrorCode.RC_NET_CHANNEL_INVALID))
    if (reason) this.sink.closed(reason)
  }
}

class FlakySession implements BackendSession {
  constructor(
    private readonly backend: FlakyBackend,
    private readonly line: FlakyLine,
    private readonly inner: BackendSession,
  ) {}

  get userId() {
    return this.inner.userId
  }
  get capabilities() {
    return this.inner.capabilities
  }
  get settings() {
    return this.inner.settings
  }
  get conversations() {
    return this.inner.conversations
  }
  get groups() {
    return this.inner.groups
  }
  get files() {
    return this.inner.files
  }
  get profiles() {
    return this.inner.profiles
  }
  get presence() {
    return this.inner.presence
  }
  get blockList() {
    return this.inner.blockList
  }

  serverTime(): number {
    return this.inner.serverTime()
  }

  send(message: OutgoingMessage): Promise<Acknowledgement> {
    return this.backend.send(this.line, this.inner, message)
  }

  history(query: HistoryQuery): Promise<HistoryPage> {
    return this.backend.history(this.line, this.inner, query)
  }

  catchUp(cursor: Cursor | undefined): AsyncIterable<Batch> {
    return this.inner.catchUp(cursor)
  }

  close(): Promise<void> {
    this.line.cut()
    this.backend.forget(this)
    return this.inner.close()
  }

  break(code: ErrorCode): void {
    this.line.cut(new IMError(code))
    void this.inner.close()
  }
}

/** Lets pass or holds back. */
class Gate {
  /** Resolves while the gate is open, or when it is opened. */
  passage: Promise<void> = Promise.resolve()
  #waiting: (() => void)[] | undefined
  #open: () => void = () => undefined

  close(): void {
    if (this.#waiting) return
    this.#waiting = []
    this.passage = new Promise((resolve) => (this.#open = resolve))
  }

  open(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = undefined
    this.#open()
    for (const call of waiting) call()
  }

  whenOpen(call: () => void): void {
    if (this.#waiting) this.#waiting.push(call)
    else call()
  }
}

function refuse(code: ErrorCode | undefined): void {
  if (code !== undefined) throw new IMError(code)
}
