/** One client's connection to the embedded service. */
import { ErrorCode, IMError } from '../../model/errors.js'
import { uuidv7 } from '../../model/identity.js'
import type {
  Acknowledgement,
  BackendSession,
  BackendSink,
  Batch,
  BlockList,
  Capability,
  Cursor,
  Files,
  Groups,
  HistoryPage,
  HistoryQuery,
  OutgoingMessage,
  Presence,
  PresenceState,
  ServerConversations,
  Profiles,
  SyncedSettings,
} from '../backend.js'
import { sendMessage, type Origin } from './append.js'
import { fromSideOf } from './archive.js'
import type { Ring } from './bell.js'
import { blockListOf } from './block-list.js'
import { catchUp } from './catch-up.js'
import { conversationsOf } from './conversation-list.js'
import { profilesOf } from './directory.js'
import { LocalFiles } from './files.js'
import { LocalGroups } from './groups.js'
import { readHistory } from './history.js'
import { LocalPresence } from './presence.js'
import { RateLimit } from '../rate-limit.js'
import type { Service } from './service.js'
import { settingsOf } from './settings.js'
import { isEmpty, readStretch } from './stream.js'

const always: readonly Capability[] = [
  'recall',
  'expansion',
  'edit',
  'reactions',
  'groupReceipts',
  'directedMessages',
  'statusMessages',
  'deleteForMe',
  'conversations',
  'groups',
  'files',
  'profiles',
  'blockList',
]

/** What a session begins with. */
export interface SessionStart {
  /** Number from which on the sink is told of everything. */
  place: number
  /** Takes back the sign that the session is there, if it could give one. */
  leave: (() => void) | undefined
}

export class LocalSession implements BackendSession {
  readonly capabilities: ReadonlySet<Capability>
  readonly settings: SyncedSettings
  readonly conversations: ServerConversations
  readonly groups: Groups
  readonly files: Files
  readonly profiles: Profiles
  readonly blockList: BlockList
  readonly presence?: Presence

  #origin: Origin
  #isOpen = true
  /** Number up to which the sink has everything. */
  #place: number
  #following: Promise<void> | undefined
  #hasRungMeanwhile = false
  #stopListening: () => void
  #ownFiles: LocalFiles
  #ownPresence: LocalPresence | undefined
  #leave: SessionStart['leave']

  /** @param onEnd called once, however the session ends */
  constructor(
    private readonly service: Service,
    readonly userId: string,
    private readonly sink: BackendSink,
    { place, leave }: SessionStart,
    private readonly onEnd: (session: LocalSession) => void,
  ) {
    const { database, directory, rules } = service
    this.#place = place
    this.#origin = {
      userId,
      sessionId: uuidv7(),
      rate: new RateLimit(rules.limits.sendRate, rules.now),
    }
    this.#ownFiles = new LocalFiles(database, rules.limits.fileSize, rules.now)
    this.settings = this.#whileOpen(settingsOf(userId, service))
    this.conversations = this.#whileOpen(conversationsOf(userId, database))
    this.groups = this.#whileOpen<Groups>(new LocalGroups(service, userId))
    this.files = this.#whileOpen<Files>(this.#ownFiles)
    this.profiles = this.#whileOpen(profilesOf(userId, database, directory))
    this.blockList = this.#whileOpen(blockListOf(userId, service))
    this.#leave = leave
    if (leave) {
      // Who can't show that they are there can't see it of others.
      this.#ownPresence = new LocalPresence(service.bell, (states) => this.#tellPresence(states))
      this.presence = this.#whileOpen<Presence>(this.#ownPresence)
    }
    this.capabilities = new Set(leave ? [...always, 'presence'] : always)
    this.#stopListening = service.bell.listen((ring) => this.#heard(ring))
  }

  serverTime(): number {
    return this.service.rules.now()
  }

  async send(message: OutgoingMessage): Promise<Acknowledgement> {
    this.#begin()
    return sendMessage(this.service, this.#origin, message)
  }

  async history(query: HistoryQuery): Promise<HistoryPage> {
    this.#begin()
    return readHistory(this.service.database, this.userId, query)
  }

  async *catchUp(cursor: Cursor | undefined): AsyncGenerator<Batch> {
    this.#assertOpen()
    for await (const batch of catchUp(this.service, this.userId, cursor)) {
      this.#assertOpen()
      yield batch
    }
  }

  /** Resolves when nothing of the session is under way in the database any more. */
  async close(): Promise<void> {
    this.end()
    await this.#following
  }

  /** @param reason told to the sink; none: the client wanted it */
  end(reason?: IMError): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#stopListening()
    this.#ownFiles.close()
    this.#ownPresence?.close()
    this.#leave?.()
    this.onEnd(this)
    if (reason) this.sink.closed(reason)
  }

  #assertOpen(): void {
    if (this.#isOpen) return
    throw new IMError(ErrorCode.RC_NET_CHANNEL_INVALID, 'This session is over: connect again.')
  }

  /** Every call also looks for what no ring announced. */
  #begin(): void {
    this.#assertOpen()
    this.#heard({ kind: 'appended' })
  }

  /** A part of the port, all of whose calls are refused once the session is over. */
  #whileOpen<Part extends object>(part: Part): Part {
    return new Proxy(part, {
      get: (target, name) => {
        const call: unknown = Reflect.get(target, name)
        if (typeof call !== 'function') return call
        return async (...values: unknown[]): Promise<unknown> => {
          this.#begin()
          return Reflect.apply(call, target, values)
        }
      },
    })
  }

  #heard(ring: Ring): void {
    if (ring.kind === 'appended') {
      this.#hasRungMeanwhile = true
      this.#following ??= this.#follow()
    } else if (ring.kind === 'arrived') {
      this.#ownPresence?.arrived(ring.userId)
    } else if (ring.from !== this.#origin.sessionId && ring.recipients.includes(this.userId)) {
      this.sink.status([fromSideOf(this.userId, ring.message)])
    }
  }

  #tellPresence(states: PresenceState[]): void {
    if (this.#isOpen) this.sink.presence(states)
  }

  /** Gives the sink everything behind the place it has. */
  async #follow(): Promise<void> {
    try {
      while (this.#isOpen && this.#hasRungMeanwhile) {
        this.#hasRungMeanwhile = false
        await this.#readOn()
      }
    } catch (error) {
      this.end(IMError.from(error))
    } finally {
      this.#following = undefined
    }
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const stretch = await readStretch(this.service.database, this.userId, this.#place)
      if (!stretch || !this.#isOpen) return
      this.#place = stretch.upTo
      if (!isEmpty(stretch.batch)) this.sink.batch(stretch.batch)
    }
  }
}
