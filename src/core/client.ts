/**
 * The headless client: one user's messages and conversations, kept in the browser's database and
 * in step with a backend. Has no screen and needs none.
 */
import type {
  Backend,
  BackendSession,
  Batch,
  Capability,
  PushRegistry,
  StatusMessage,
} from '../backends/backend.js'
import { databaseError, deleteDatabase, type DatabaseOptions } from '../database/open.js'
import { ConnectionStatus } from '../model/connection-status.js'
import { checkedStatusMessage } from '../model/incoming.js'
import { ErrorCode, IMError, invalidParameter } from '../model/errors.js'
import { uuidv7 } from '../model/identity.js'
import { MessageType, MessageTypeRegistry } from '../model/message-types.js'
import type { OwnBlockList } from './block-list.js'
import type { IMClientEvents } from './client-events.js'
import { Connection, type BackOff } from './connection.js'
import type { ConversationBook } from './conversation-book.js'
import type { Diagnosis } from './diagnosis.js'
import { Emitter } from './events.js'
import type { GroupDirectory } from './group-directory.js'
import type { MessageActions } from './message-actions.js'
import type { MessageReader } from './message-reader.js'
import type { MessageSearch } from './message-search.js'
import type { MessageSender } from './message-sender.js'
import { OpenUser } from './open-user.js'
import type { PresenceStates } from './presence.js'
import { ProfileStore } from './profile-store.js'
import type { ReadState } from './read-state.js'
import { scheduleTimer } from './schedule.js'
import type { Report, Schedule } from './scope.js'
import { pushSettings } from './settings-sync.js'
import type { Stream } from './stream.js'
import type { TypingStatus } from './typing.js'

/**
 * Gives a new token for the user who is logged in; nothing if they have to log in anew, which ends
 * the connection with 31020. Called once when a token has expired. If it throws, that is reported
 * and it is called again after a pause, as a lost connection is tried again.
 */
export type TokenSource = () => string | undefined | Promise<string | undefined>

export interface IMClientOptions {
  /** Application id; with the user's id it names the database. */
  appkey: string
  backend: Backend
  /** Asked for a new token when the one given to `connect` has expired. */
  getToken?: TokenSource | undefined
  /** Everything that must not stop the client comes here. */
  report?: Report
  /** An IndexedDB of one's own, for Node. */
  database?: DatabaseOptions
  /** Unix milliseconds; `Date.now` unless a test says otherwise. */
  now?: () => number
  schedule?: Schedule
  backOff?: BackOff
}

export class IMClient {
  readonly appkey: string
  readonly events: Emitter<IMClientEvents>
  readonly messageTypes = new MessageTypeRegistry()
  readonly profiles: ProfileStore
  readonly #options: IMClientOptions
  readonly #report: Report
  #user: OpenUser | undefined
  #connection: Connection | undefined
  #capabilities: ReadonlySet<Capability> = new Set()
  /** One user's database is opened at a time; undefined: none is being opened. */
  #turn: Promise<unknown> | undefined
  /** Where the session's batches go, once its user's database is open. */
  #stream: Stream | undefined
  /** What the session sent before that. */
  #early: Batch[] = []

  /** @throws IMError 33003 without an appkey or a backend */
  constructor(options: IMClientOptions) {
    if (typeof options?.appkey !== 'string' || !options.appkey) {
      throw invalidParameter('An appkey is needed: any text that names your application.')
    }
    if (typeof options.backend?.connect !== 'function') {
      throw invalidParameter(
        'A backend is needed, for example local() from "imkit/backends/local".',
      )
    }
    if (options.getToken !== undefined && typeof options.getToken !== 'function') {
      throw invalidParameter('`getToken` must be a function that gives a new token.')
    }
    this.#options = options
    this.appkey = options.appkey
    this.#report = reporting(options.report)
    this.events = new Emitter<IMClientEvents>(this.#report)
    this.profiles = new ProfileStore(() => this.#user?.scope)
  }

  /** Empty while no database is open. */
  get userId(): string {
    return this.#user?.scope.userId ?? ''
  }

  /** Tells this device from the user's others; empty until it has been read from the database. */
  get deviceId(): string {
    return this.#user?.deviceId ?? ''
  }

  get isOpen(): boolean {
    return this.#user !== undefined
  }

  get status(): ConnectionStatus {
    return this.#connection?.status ?? ConnectionStatus.DISCONNECTED
  }

  /** What the backend can do; what it could, while there is no connection. */
  get capabilities(): ReadonlySet<Capability> {
    return this.#capabilities
  }

  /** Unix milliseconds by the server's clock, as far as it is known. */
  serverTime(): number {
    return this.#connection?.session?.serverTime() ?? this.#now()
  }

  /**
   * Logs in. The user's database is opened at once if the token tells whose it is, so that lists
   * are drawn before there is a connection. Resolves with the user's id when the first attempt has
   * ended: also without a network, which `status` tells and the client keeps trying to mend.
   * @throws IMError 33003 no token, 33006 connecting already, 34001 connected already, 35007 trying
   *   again already, 31004/31020 wrong or expired token, 33002 no database, 30001 disconnected meanwhile
   */
  async connect(token: string): Promise<string> {
    if (typeof token !== 'string' || !token) {
      throw invalidParameter('connect() needs the token your server issued for the user.')
    }
    this.#refuseSecondConnection()
    const { appkey } = this
    const { backend } = this.#options
    const newDeviceId = uuidv7()
    let current = token
    const { getToken } = this.#options
    const renewToken = async (ask: TokenSource) => {
      const renewed = await this.#newToken(ask)
      if (renewed) current = renewed
      return renewed !== undefined
    }
    const connection = (this.#connection = new Connection({
      backend,
      credentials: () => ({
        appkey,
        token: current,
        deviceId: this.#user?.deviceId || newDeviceId,
      }),
      renewToken: getToken && (() => renewToken(getToken)),
      schedule: this.#schedule,
      ...(this.#options.backOff ? { backOff: this.#options.backOff } : {}),
      sink: {
        batch: (batch) => this.#received(batch),
        status: (messages) => this.#receivedStatus(messages),
        disbelieved: (reason) => this.#report(reason, 'receiving messages'),
        presence: (states) => this.#user?.presence.received(states),
      },
      onStatus: (status, reason) => this.#statusChanged(connection, status, reason),
      onSession: (session) => void this.#begin(connection, session, newDeviceId),
    }))
    try {
      const userId = backend.userIdOf?.(token)
      // A list that is read before the first attempt and empty is not known to be empty yet.
      connection.announce()
      if (userId) await this.#open(connection, userId, newDeviceId)
      await connection.start()
      if (connection.session) await this.#open(connection, connection.session.userId, newDeviceId)
      this.#assertCurrent(connection)
    } catch (error) {
      const known = IMError.from(error)
      await connection.close(ConnectionStatus.DISCONNECTED, known)
      if (this.#connection === connection) {
        this.#connection = undefined
        if (known.code === ErrorCode.RC_CONN_TOKEN_INCORRECT) this.#close()
      }
      throw known
    }
    if (this.#user) return this.userId
    await this.disconnect()
    throw new IMError(
      ErrorCode.RC_NET_UNAVAILABLE,
      'There is no connection, and the token does not tell whose messages to show. Connect again when there is one.',
    )
  }

  /** Logs out: the connection ends and nothing of the user is shown any more. What they have stays stored. */
  async disconnect(): Promise<void> {
    if (this.#user) this.events.emit('closing', { userId: this.userId })
    const connection = this.#connection
    this.#connection = undefined
    const closed = connection?.close()
    this.#close()
    await closed
  }

  /** Logs out and removes everything the user has stored on this device. */
  async clearLocalData(userId = this.userId): Promise<void> {
    if (userId === this.userId) await this.disconnect()
    if (!userId) return
    await deleteDatabase(this.appkey, userId, this.#options.database)
    this.events.emit('cleared', { userId })
  }

  /** Reads messages: pages, single ones, the first unread. */
  get reader(): MessageReader {
    return this.#require().reader
  }

  /** Finds stored messages, and conversations that have them, by text, sender, type and time. */
  get search(): MessageSearch {
    return this.#require().search
  }

  /** Sends messages and files, again if need be, and forwards. */
  get sender(): MessageSender {
    return this.#require().sender
  }

  /** Recall, delete for me, expansion. */
  get actions(): MessageActions {
    return this.#require().actions
  }

  /** The conversation list and what is set for each. */
  get conversations(): ConversationBook {
    return this.#require().conversations
  }

  /** Read positions and receipts. */
  get readState(): ReadState {
    return this.#require().readState
  }

  get typing(): TypingStatus {
    return this.#require().typing
  }

  get groups(): GroupDirectory {
    return this.#require().groups
  }

  /** Whom the user does not want to hear from. */
  get blockList(): OwnBlockList {
    return this.#require().blockList
  }

  /** Who is online, of the people one follows. */
  get presence(): PresenceStates {
    return this.#require().presence
  }

  /** Where the server is told of this browser, for when the user is away; none without a connection. */
  get push(): PushRegistry | undefined {
    return this.#require().scope.session()?.push
  }

  /**
   * An address this page can load: `http(s):` as it is, a backend's own scheme as `blob:`.
   * @throws IMError 30002 for the latter without a connection, 33003 for other schemes
   */
  async fileUrl(uri: string): Promise<string> {
    if (/^(https?|blob):/i.test(uri)) return uri
    const session = this.#require().scope.requireSession()
    if (!session.files) throw invalidParameter(`"${uri}" is not an address a page can load.`)
    return session.files.url(uri)
  }

  /** What is stored of the user and what waits to be sent, for those who look for a fault. */
  async diagnose(): Promise<Diagnosis> {
    const { scope } = this.#require()
    const { diagnose } = await import('./diagnosis.js')
    return diagnose(scope)
  }

  #require(): OpenUser {
    if (this.#user) return this.#user
    throw new IMError(
      ErrorCode.RC_NET_CHANNEL_INVALID,
      'Nobody is logged in: call connect(token) first and wait for it.',
    )
  }

  #refuseSecondConnection(): void {
    if (!this.#connection || this.#connection.isClosed) return
    switch (this.#connection.status) {
      case ConnectionStatus.CONNECTED:
        throw new IMError(
          ErrorCode.RC_CONNECTION_EXIST,
          'There is a connection already. Call disconnect() first to change the user.',
        )
      case ConnectionStatus.NETWORK_UNAVAILABLE:
      case ConnectionStatus.SOCKET_UNAVAILABLE:
        throw new IMError(
          ErrorCode.CAN_NOT_RECONNECT,
          'The client is trying to connect again by itself. Call disconnect() first to start over.',
        )
      default:
        throw new IMError(
          ErrorCode.BIZ_ERROR_CONNECTING,
          'connect() has been called already and is at it.',
        )
    }
  }

  /** @throws IMError 30001 when another call has put an end to a connection */
  #assertCurrent(connection: Connection): void {
    if (this.#connection === connection) return
    throw new IMError(
      ErrorCode.RC_NET_CHANNEL_INVALID,
      'disconnect() was called before connect() had come to an end.',
    )
  }

  /** undefined: there is none. Rejects with what has been reported. */
  async #newToken(getToken: TokenSource): Promise<string | undefined> {
    const { userId } = this
    try {
      const token = await getToken()
      if (token === undefined || token === null || token === '') return undefined
      if (typeof token !== 'string') throw invalidParameter('getToken() must give a token, a text.')
      const owner = this.#options.backend.userIdOf?.(token)
      if (userId && owner !== undefined && owner !== userId) {
        throw invalidParameter(
          `getToken() gave a token of "${owner}" while "${userId}" is logged in. To change the user, call disconnect() and connect().`,
        )
      }
      return token
    } catch (error) {
      this.#report(error, 'getToken')
      throw error
    }
  }

  /**
   * The user of a connection with their database open; whoever else was there is closed. Begins at
   * once: what is on the screen first waits for it.
   */
  #open(connection: Connection, userId: string, newDeviceId: string): Promise<OpenUser> {
    const open = async () => {
      this.#assertCurrent(connection)
      if (this.#user?.scope.userId === userId) return this.#user
      this.#close()
      const user = await this.#openUser(userId)
      if (this.#connection !== connection) user.close()
      this.#assertCurrent(connection)
      this.#user = user
      // Who shows lists reads them now, before anything else is read.
      this.events.emit('opened', { userId })
      await this.#identify(connection, user, newDeviceId)
      return user
    }
    const opened = this.#turn ? this.#turn.then(open) : open()
    const isOver = () => {
      if (this.#turn === turn) this.#turn = undefined
    }
    const turn = opened.then(isOver, isOver)
    this.#turn = turn
    return opened
  }

  /** A device that does not know its name can't connect, and its database is of no use. */
  async #identify(connection: Connection, user: OpenUser, newDeviceId: string): Promise<void> {
    try {
      await user.identify(newDeviceId)
    } catch (error) {
      this.#assertCurrent(connection)
      if (this.#user === user) this.#close()
      throw databaseError(error)
    }
    this.#assertCurrent(connection)
  }

  #openUser(userId: string): Promise<OpenUser> {
    const { appkey, events, messageTypes } = this
    return OpenUser.open(userId, {
      appkey,
      ...(this.#options.database ? { database: this.#options.database } : {}),
      shared: {
        events,
        messageTypes,
        schedule: this.#schedule,
        report: this.#report,
        now: () => this.serverTime(),
        session: () => this.#connection?.session,
        requireSession: () => requireSession(this.#connection),
      },
      onCaughtUp: () => {
        this.#connection?.confirm()
        void this.#flush()
      },
      onFailed: (reason) => this.#connection?.restart(reason),
      onDatabaseLost: (user) => this.#databaseLost(user),
    })
  }

  #close(): void {
    const user = this.#user
    if (!user) return
    this.#user = undefined
    user.close()
    this.events.emit('closed', { userId: user.scope.userId })
  }

  /** The browser or another tab has closed the database: without it there is nothing to show. */
  #databaseLost(user: OpenUser): void {
    if (this.#user !== user) return
    const reason = new IMError(
      ErrorCode.BIZ_ERROR_DATABASE_ERROR,
      'The database of this user was closed: another tab runs a newer version of imkit or has removed their data. Load this page again.',
    )
    this.#report(reason, 'keeping the database open')
    this.#close()
    void this.#connection?.close(ConnectionStatus.DISCONNECTED, reason)
  }

  /** A session has begun: the right database, what was missed, then what waits. */
  async #begin(
    connection: Connection,
    session: BackendSession,
    newDeviceId: string,
  ): Promise<void> {
    this.#capabilities = session.capabilities
    try {
      const user = await this.#open(connection, session.userId, newDeviceId)
      if (connection.session !== session) return
      this.#stream = user.stream
      user.presence.began()
      const caughtUp = user.stream.start(session)
      for (const batch of this.#early.splice(0)) user.stream.live(batch)
      await caughtUp
    } catch (error) {
      if (this.#connection !== connection) return
      this.#report(error, 'opening the database')
      await connection.close(ConnectionStatus.DISCONNECTED, IMError.from(error))
    }
  }

  async #flush(): Promise<void> {
    const user = this.#user
    if (!user) return
    try {
      await Promise.all([pushSettings(user.scope), user.outbox.drainAll()])
    } catch (error) {
      if (this.#user === user) this.#report(error, 'sending what waits')
    }
  }

  #received(batch: Batch): void {
    if (this.#stream) this.#stream.live(batch)
    else this.#early.push(batch)
  }

  #receivedStatus(messages: readonly StatusMessage[]): void {
    for (const message of messages) {
      const checked = checkedStatusMessage(message)
      if (!checked) continue
      if (checked.messageType === MessageType.TYPING) this.#user?.typing.received(checked)
      else this.events.emit('statusMessage', { message: checked })
    }
  }

  #statusChanged(connection: Connection, status: ConnectionStatus, reason?: IMError): void {
    if (this.#connection && this.#connection !== connection) return
    if (status !== ConnectionStatus.CONNECTED) {
      this.#stream?.stop()
      this.#stream = undefined
      this.#early = []
      this.#user?.presence.lost()
    }
    this.events.emit('status', reason ? { status, reason } : { status })
  }

  #now = (): number => (this.#options.now ?? Date.now)()

  #schedule: Schedule = (run, milliseconds) =>
    (this.#options.schedule ?? scheduleTimer)(run, milliseconds)
}

/** A host's own way to report, if there is one, that can't stop the client by throwing itself. */
function reporting(
  report: Report = (error, context) => console.error(`imkit: ${context}:`, error),
) {
  return (error: unknown, context: string) => {
    try {
      report(error, context)
    } catch (failure) {
      console.error('imkit: report() failed:', failure, error)
    }
  }
}

function requireSession(connection: Connection | undefined): BackendSession {
  if (connection?.session) return connection.session
  throw new IMError(
    ErrorCode.RC_NET_UNAVAILABLE,
    'There is no connection right now. It is being tried again; this call needs it.',
  )
}
