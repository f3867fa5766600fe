/**
 * One tab among those that share a connection. It queues for the lock; until it has it, it asks the
 * tab that does, and takes over from one that is gone or does not move.
 */
import type { Backend, BackendSession, BackendSink, Batch, Credentials } from '../backend.js'
import { ErrorCode, IMError } from '../../model/errors.js'
import { uuidv7 } from '../../model/identity.js'
import { holdLock } from '../sign-of-life.js'
import { CallsUnderWay } from './calls-under-way.js'
import { Holder } from './holder.js'
import { MomentLater } from './moment-later.js'
import { PlaceInStream } from './place-in-stream.js'
import type { CatchUpValues } from './session-calls.js'
import { PresenceOfTab } from './presence-of-tabs.js'
import { sharedSession } from './shared-session.js'
import type { TabGroup } from './tab-group.js'
import {
  epochAfter,
  fromPlain,
  type Announcement,
  type Answer,
  type Epoch,
  type Request,
  type SharedFacts,
} from './tab-messages.js'
import { TurnLock } from './turn-lock.js'
import { post } from './post.js'

/** Milliseconds between two looks at whether the holder still moves. */
const PULSE = 400
/** Milliseconds without a sign of life after which the connection is taken from it. */
const PATIENCE = 1200

/** The events with which a browser says that a page may not run for a while, if ever again. */
const asides = ['pagehide', 'freeze']

/** Joins the tabs of a group. Resolves when one of them has a session. */
export async function connectTab(
  backend: Backend,
  group: TabGroup,
  credentials: Credentials,
  sink: BackendSink,
): Promise<BackendSession> {
  const tabId = uuidv7()
  let leave: () => void
  try {
    leave = await holdLock(group.answersTo(tabId))
  } catch {
    // A page that may not use locks, such as a sandboxed frame, has no others to share with.
    return backend.connect(credentials, sink)
  }
  const tab = new Tab({ backend, group, credentials, sink, tabId, leave })
  return tab.join()
}

interface TabOptions {
  backend: Backend
  group: TabGroup
  credentials: Credentials
  sink: BackendSink
  tabId: string
  /** Takes back the sign that this tab lives. */
  leave: () => void
}

class Tab {
  readonly #options: TabOptions
  readonly #calls: CallsUnderWay
  readonly #place: PlaceInStream
  /** Live batches from another tab, which stores them before this one. */
  readonly #later = new MomentLater<Batch>((batch) => this.#place.live(batch))
  readonly #presence = new PresenceOfTab((userIds) => this.#calls.make('presence.watch', [userIds]))
  readonly #lock: TurnLock
  #announcements: BroadcastChannel
  #answers: BroadcastChannel
  #requests: BroadcastChannel | undefined
  #holder: Holder | undefined
  /** Whose session this tab shares; empty: nobody's yet. */
  #epoch: Epoch = ''
  #newestEpoch: Epoch = ''
  #facts: SharedFacts | undefined
  /** Milliseconds by which the server's clock is ahead. */
  #ahead = 0
  #lastSign = performance.now()
  #lastLook = performance.now()
  #timer: ReturnType<typeof setInterval>
  #isOver = false
  #joined!: { resolve: (session: BackendSession) => void; reject: (reason: IMError) => void }

  constructor(options: TabOptions) {
    const { group, tabId, credentials, sink } = options
    this.#options = options
    this.#calls = new CallsUnderWay(tabId)
    this.#place = new PlaceInStream(
      () => this.#openStream(),
      (batch) => this.#isOver || sink.batch(batch),
      (error) => this.#fail(ErrorCode.RC_NET_CHANNEL_INVALID, IMError.from(error).message),
    )
    this.#announcements = new BroadcastChannel(group.name)
    this.#announcements.onmessage = ({ data }: MessageEvent<Announcement>) => this.#hear(data)
    this.#answers = new BroadcastChannel(group.answersTo(tabId))
    this.#answers.onmessage = ({ data }: MessageEvent<Answer>) => this.#calls.answered(data)
    this.#lock = new TurnLock(
      group.name,
      () => this.#takeOver(),
      () => this.#robbed(),
    )
    this.#timer = setInterval(this.#look, PULSE)
    for (const name of asides) addEventListener(name, this.#putAside, { capture: true })
    credentials.signal?.addEventListener('abort', this.#giveUp)
  }

  join(): Promise<BackendSession> {
    return new Promise((resolve, reject) => {
      this.#joined = { resolve, reject }
      if (this.#options.credentials.signal?.aborted) {
        this.#giveUp()
        return
      }
      post(this.#announcements, { kind: 'ask' } satisfies Announcement)
      this.#lock.wait()
    })
  }

  #hear(message: Announcement): void {
    if (message.kind === 'ask') {
      this.#holder?.announce()
      return
    }
    // A tab that has lost the connection may not know it yet.
    if (message.epoch < this.#epoch || this.#isOver) return
    this.#lastSign = performance.now()
    if (message.epoch > this.#newestEpoch) this.#newestEpoch = message.epoch
    const isOurs = message.epoch === this.#epoch
    switch (message.kind) {
      case 'here':
        if (!message.session) return
        this.#ahead = message.ahead
        if (!isOurs) this.#follow(message.epoch, message.session)
        break
      case 'batch':
        if (!isOurs) return
        if (this.#holder?.epoch === message.epoch) this.#place.live(message.batch)
        else this.#later.add(message.batch)
        break
      case 'status':
        if (isOurs) this.#options.sink.status(message.messages)
        break
      case 'presence': {
        const states = isOurs ? this.#presence.ofThose(message.states) : []
        if (states.length > 0) this.#options.sink.presence(states)
        break
      }
      case 'closed':
        this.#later.flush()
        void this.#end(fromPlain(message.reason))
    }
  }

  /** Goes to the session of a tab, another one or this one. */
  #follow(epoch: Epoch, facts: SharedFacts): void {
    const isFirst = this.#facts === undefined
    if (!isFirst && JSON.stringify(facts) !== JSON.stringify(this.#facts)) {
      this.#fail(ErrorCode.RC_NET_CHANNEL_INVALID, 'The server offers other things than before.')
      return
    }
    this.#later.flush()
    this.#epoch = epoch
    this.#facts = facts
    this.#calls.goTo(epoch, this.#askerOf(epoch))
    if (isFirst) {
      this.#options.credentials.signal?.removeEventListener('abort', this.#giveUp)
      this.#joined.resolve(this.#session(facts))
    } else {
      this.#place.resume()
      this.#presence.again()
    }
  }

  #askerOf(epoch: Epoch): (request: Request) => void {
    this.#requests?.close()
    this.#requests = undefined
    const holder = this.#holder
    if (holder?.epoch === epoch) {
      return (request) => holder.serve(request, (answer) => this.#calls.answered(answer))
    }
    const channel = (this.#requests = new BroadcastChannel(this.#options.group.requestsTo(epoch)))
    return (request) => channel.postMessage(request)
  }

  #session(facts: SharedFacts): BackendSession {
    return sharedSession({
      facts,
      calls: this.#calls,
      place: this.#place,
      presence: this.#presence,
      serverTime: () => this.#holder?.serverTime() ?? Date.now() + this.#ahead,
      close: () => this.#end(),
    })
  }

  #openStream() {
    const stream = this.#calls.newId()
    return {
      next: (after: string | undefined) =>
        this.#calls.make('catchUp', [stream, after] satisfies CatchUpValues) as Promise<
          Batch | undefined
        >,
      close: () => this.#calls.drop(stream),
    }
  }

  /** The lock has come to this tab. */
  #takeOver(): void {
    const { backend, credentials, group, tabId } = this.#options
    void this.#holder?.end()
    this.#newestEpoch = epochAfter(this.#newestEpoch, tabId)
    this.#holder = new Holder({
      backend,
      credentials,
      group,
      tabId,
      epoch: this.#newestEpoch,
      lock: this.#lock,
      tell: (announcement) => {
        post(this.#announcements, announcement)
        this.#hear(announcement)
      },
      onEnd: (reason) => void this.#end(reason),
      onDisbelieved: (reason) => this.#options.sink.disbelieved?.(reason),
    })
    void this.#holder.begin()
  }

  /** Another tab has taken the connection, for this one did not move. */
  #robbed(): void {
    void this.#holder?.end()
    this.#holder = undefined
    this.#lastSign = performance.now()
    this.#lock.wait()
    post(this.#announcements, { kind: 'ask' } satisfies Announcement)
  }

  #look = (): void => {
    const now = performance.now()
    // What was said while this tab itself did not run it could not hear.
    if (now - this.#lastLook > 2 * PULSE) this.#lastSign = now
    this.#lastLook = now
    if (this.#holder) return
    if (now - this.#lastSign > PATIENCE) {
      this.#lastSign = now
      this.#lock.steal()
    } else if (now - this.#lastSign >= PULSE / 2) {
      post(this.#announcements, { kind: 'ask' } satisfies Announcement)
    }
  }

  #putAside = (): void => {
    this.#fail(ErrorCode.RC_SOCKET_DISCONNECTED, 'The browser has put this page aside.')
  }

  #giveUp = (): void => {
    this.#fail(ErrorCode.RC_NET_CHANNEL_INVALID, 'The attempt to connect was given up.')
  }

  #fail(code: ErrorCode, message: string): void {
    void this.#end(new IMError(code, message))
  }

  /** @param reason told to the sink; none: the client wanted it */
  async #end(reason?: IMError): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    clearInterval(this.#timer)
    this.#later.clear()
    for (const name of asides) removeEventListener(name, this.#putAside, { capture: true })
    this.#options.credentials.signal?.removeEventListener('abort', this.#giveUp)
    const ended = this.#holder?.end()
    this.#lock.release()
    this.#options.leave()
    for (const channel of [this.#announcements, this.#answers, this.#requests]) channel?.close()
    this.#calls.end(
      reason ??
        new IMError(ErrorCode.RC_NET_CHANNEL_INVALID, 'This session is over: connect again.'),
    )
    if (reason && this.#facts) this.#options.sink.closed(reason)
    else if (reason) this.#joined.reject(reason)
    await ended
  }
}
