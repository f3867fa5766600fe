/** The side of the tab that holds the connection: has the session, answers the tabs, tells them all. */
import type {
  Backend,
  BackendSession,
  BackendSink,
  Batch,
  Credentials,
  Files,
  PresenceState,
  StatusMessage,
} from '../backend.js'
import { ErrorCode, IMError, isRetryable, notSupported } from '../../model/errors.js'
import { PresenceOfTabs } from './presence-of-tabs.js'
import { callOf, partsOf, type CatchUpValues } from './session-calls.js'
import type { TabGroup } from './tab-group.js'
import { plain, type Announcement, type Answer, type Epoch, type Request } from './tab-messages.js'
import { whenGone, type TurnLock } from './turn-lock.js'
import { post } from './post.js'

/** Milliseconds after which a request is so late that this tab may not have run for a while. */
const LATE = 250

export interface HolderOptions {
  backend: Backend
  credentials: Credentials
  group: TabGroup
  epoch: Epoch
  lock: TurnLock
  /** Of this tab, which asks and is answered directly. */
  tabId: string
  /** Tells all tabs, this one included. */
  tell: (announcement: Announcement) => void
  /** The session is over for this tab alone: the others may still get one. */
  onEnd: (reason: IMError) => void
  /** One tab is enough to report what was left out. */
  onDisbelieved: (reason: IMError) => void
}

type Respond = (answer: Answer) => void
type Call = Extract<Request, { kind: 'call' }>

export class Holder implements BackendSink {
  readonly epoch: Epoch
  readonly #options: HolderOptions
  #session: BackendSession | undefined
  #end = new AbortController()
  #requests: BroadcastChannel
  /** Channels to the tabs that asked something. */
  #tabs = new Map<string, BroadcastChannel>()
  /** What ends an upload or a catch-up that nobody wants any more; resolves when it has ended. */
  #droppable = new Map<string, () => Promise<unknown>>()
  #presence = new PresenceOfTabs()
  #streams = new Map<string, AsyncIterator<Batch>>()

  constructor(options: HolderOptions) {
    this.#options = options
    this.epoch = options.epoch
    this.#requests = new BroadcastChannel(options.group.requestsTo(options.epoch))
    this.#requests.onmessage = ({ data }: MessageEvent<Request>) => {
      const channel = this.#channelTo(data.from)
      this.serve(data, (answer) => post(channel, answer))
    }
  }

  /** Connects, and tells of it. */
  async begin(): Promise<void> {
    const { backend, credentials } = this.#options
    this.announce()
    try {
      const session = await backend.connect({ ...credentials, signal: this.#end.signal }, this)
      if (this.#end.signal.aborted || !(await this.#options.lock.isStillMine())) {
        await session.close()
        return
      }
      this.#session = session
      this.announce()
    } catch (error) {
      this.closed(IMError.from(error, ErrorCode.RC_NET_UNAVAILABLE))
    }
  }

  /** Says who holds the connection, and what it can do. */
  announce(): void {
    const session = this.#session
    this.#options.tell({
      kind: 'here',
      epoch: this.epoch,
      ahead: session ? session.serverTime() - Date.now() : 0,
      ...(session
        ? {
            session: {
              userId: session.userId,
              capabilities: [...session.capabilities],
              parts: partsOf(session),
            },
          }
        : {}),
    })
  }

  /** Undefined while there is no session yet. */
  serverTime(): number | undefined {
    return this.#session?.serverTime()
  }

  batch(batch: Batch): void {
    this.#tell({ kind: 'batch', epoch: this.epoch, batch })
  }

  status(messages: readonly StatusMessage[]): void {
    this.#tell({ kind: 'status', epoch: this.epoch, messages })
  }

  presence(states: readonly PresenceState[]): void {
    this.#tell({ kind: 'presence', epoch: this.epoch, states })
  }

  closed(reason: IMError): void {
    if (this.#end.signal.aborted) return
    void this.#whileMine(() => {
      if (isOfToken(reason)) this.#options.onEnd(reason)
      else this.#tell({ kind: 'closed', epoch: this.epoch, reason: plain(reason) })
    })
  }

  disbelieved(reason: IMError): void {
    this.#options.onDisbelieved(reason)
  }

  serve(request: Request, respond: Respond): void {
    const name = `${request.from} ${request.id}`
    if (request.kind === 'call') void this.#answer(request, respond)
    else this.#drop(name)
  }

  /** Ends the session. What is asked of it is not answered: the next holder is asked again. */
  async end(): Promise<void> {
    if (this.#end.signal.aborted) return
    this.#end.abort()
    this.#requests.close()
    for (const channel of this.#tabs.values()) channel.close()
    const dropped = [...this.#droppable.values()].map((drop) => drop())
    // It is over for us, whether it ends well or not.
    await Promise.allSettled([...dropped, this.#session?.close()])
  }

  #tell(announcement: Announcement): void {
    if (!this.#end.signal.aborted) this.#options.tell(announcement)
  }

  /** A tab that did not run for a while may have lost the connection before it learns of that. */
  async #whileMine(run: () => void): Promise<void> {
    if ((await this.#options.lock.isStillMine()) && !this.#end.signal.aborted) run()
  }

  async #answer(call: Call, respond: Respond): Promise<void> {
    const { epoch } = this
    const { id } = call
    try {
      // What the tab that took the connection has done since must not be undone by an old request.
      if (Date.now() - call.sentTime > LATE && !(await this.#options.lock.isStillMine())) return
      const value = await this.#run(call, respond)
      if (!this.#end.signal.aborted) respond({ epoch, id, value })
    } catch (error) {
      const known = IMError.from(error)
      const answer = () => respond({ epoch, id, error: plain(known) })
      if (this.#end.signal.aborted) return
      if (isRetryable(known.code)) await this.#whileMine(answer)
      else answer()
    }
  }

  #run(call: Call, respond: Respond): unknown {
    const session = this.#session
    if (!session) throw new IMError(ErrorCode.RC_NET_UNAVAILABLE, 'There is no connection yet.')
    const { from, name, values } = call
    switch (name) {
      case 'catchUp':
        return this.#nextBatch(session, call)
      case 'files.upload':
        return this.#upload(session.files, call, respond)
      case 'files.url':
        return addressOf(session.files, values[0] as string)
      case 'presence.watch':
        if (!session.presence) throw notSupported('presence')
        return this.#presence.watch(session.presence, from, values[0] as string[])
    }
    return callOf(session, name)(...values)
  }

  /** One batch at a time, when it is asked for: who stores slowly is not overrun. */
  async #nextBatch(session: BackendSession, { from, values }: Call): Promise<Batch | undefined> {
    const [stream, cursor] = values as CatchUpValues
    const name = `${from} ${stream}`
    let batches = this.#streams.get(name)
    if (!batches) {
      const begun = (batches = session.catchUp(cursor)[Symbol.asyncIterator]())
      this.#streams.set(name, begun)
      this.#droppable.set(name, async () => {
        this.#streams.delete(name)
        await begun.return?.()
        this.#droppable.delete(name)
      })
    }
    let isOver = true
    try {
      const { value, done } = await batches.next()
      if (done) return undefined
      isOver = false
      return value
    } finally {
      if (isOver) {
        this.#droppable.delete(name)
        this.#streams.delete(name)
      }
    }
  }

  async #upload(files: Files | undefined, { from, id, values }: Call, respond: Respond) {
    if (!files) throw notSupported('files')
    const [file, name] = values as [Blob, string | undefined]
    const abort = new AbortController()
    const uploading = files.upload(file, {
      ...(name === undefined ? {} : { name }),
      signal: abort.signal,
      onProgress: (progress) => {
        if (!this.#end.signal.aborted) respond({ epoch: this.epoch, id, progress })
      },
    })
    this.#droppable.set(`${from} ${id}`, () => {
      abort.abort()
      return uploading
    })
    try {
      return await uploading
    } finally {
      this.#droppable.delete(`${from} ${id}`)
    }
  }

  #drop(name: string): void {
    // What comes of it is told to whoever asked for it, if they still want to know.
    this.#droppable
      .get(name)?.()
      .catch(() => undefined)
  }

  #channelTo(tabId: string): BroadcastChannel {
    const known = this.#tabs.get(tabId)
    if (known) return known
    const name = this.#options.group.answersTo(tabId)
    const channel = new BroadcastChannel(name)
    this.#tabs.set(tabId, channel)
    whenGone(name, this.#end.signal, () => this.#forget(tabId))
    return channel
  }

  #forget(tabId: string): void {
    this.#tabs.get(tabId)?.close()
    this.#tabs.delete(tabId)
    this.#presence.forget(this.#session?.presence, tabId)
    for (const name of [...this.#droppable.keys()]) {
      if (name.startsWith(`${tabId} `)) this.#drop(name)
    }
  }
}

/** An address that ends with this tab goes over as the file itself. */
async function addressOf(files: Files | undefined, uri: string): Promise<string | Blob> {
  if (!files) throw notSupported('files')
  const url = await files.url(uri)
  return url.startsWith('blob:') ? (await fetch(url)).blob() : url
}

/** Only this tab's token is no good: another tab's may be. */
function isOfToken({ code }: IMError): boolean {
  return code === ErrorCode.RC_CONN_TOKEN_INCORRECT || code === ErrorCode.RC_CONN_TOKEN_EXPIRED
}
