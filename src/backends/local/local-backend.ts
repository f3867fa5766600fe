/**
 * The embedded backend: a whole IM service in one IndexedDB that all tabs of the origin share.
 * No tab leads. Each appends in transactions of its own, rings, and reads on from where it was.
 */
import { ConversationType } from '../../model/conversation.js'
import { ErrorCode, IMError } from '../../model/errors.js'
import { uuidv7 } from '../../model/identity.js'
import type { MessageEnvelope } from '../../model/message.js'
import type {
  Acknowledgement,
  Backend,
  BackendSession,
  BackendSink,
  Credentials,
} from '../backend.js'
import { acknowledgementOf, appendEntry } from './append.js'
import { archiveOf } from './archive.js'
import { enterConversation } from './audience.js'
import { Bell } from './bell.js'
import { Directory } from './directory.js'
import { removeAbandonedFiles } from './files.js'
import { acceptedForm } from '../message-rules.js'
import { findEntry } from './operation-rules.js'
import { rulesFrom, type LocalOptions, type ServiceRules } from './options.js'
import { showUp } from './presence.js'
import { LocalSession, type SessionStart } from './session.js'
import type { Service } from './service.js'
import { openServiceDatabase, serviceError, ServiceDatabase } from './service-database.js'
import { authenticate, tokenUser } from './token.js'

/** What the server says to one user, in a system conversation. */
export interface SystemMessage extends Pick<MessageEnvelope, 'messageType' | 'content'> {
  /** Who speaks; the id of the conversation as the user sees it. */
  senderUserId: string
  /** Sending twice with one id is sending once. One is made if there is none. */
  messageUId?: string
  /** Adds to the unread count; yes unless false is said. */
  isCounted?: boolean
}

const DEFAULT_NAME = 'imkit-service'

/** Milliseconds between two looks for what no ring announced. */
const DEFAULT_POLL_INTERVAL = 2000

const removed = 'The data of the local service was removed.'

export class LocalBackend implements Backend {
  readonly name = 'local'

  #options: LocalOptions
  #databaseName: string
  #rules: ServiceRules
  #directory: Directory
  #bell: Bell
  #database: Promise<ServiceDatabase> | undefined
  #sessions = new Set<LocalSession>()
  #isOnline = true

  constructor(options: LocalOptions = {}) {
    this.#options = options
    this.#databaseName = options.name ?? DEFAULT_NAME
    this.#rules = rulesFrom(options)
    this.#directory = new Directory(options.users ?? [], this.#rules.openUsers)
    this.#bell = new Bell(this.#databaseName, options.pollInterval ?? DEFAULT_POLL_INTERVAL)
  }

  userIdOf(token: string): string | undefined {
    return tokenUser(token, this.#directory.users)
  }

  /**
   * @throws IMError 31004, 31020 for the token; 30019 while offline; 30001 when the attempt was
   *   aborted; 33002 when there is no database to be had
   */
  async connect({ token, signal }: Credentials, sink: BackendSink): Promise<BackendSession> {
    this.#assertOnline()
    const { openUsers, now } = this.#rules
    const userId = authenticate(token, this.#directory.users, openUsers, now())
    const service = await this.#service()
    const leave = await showUp(service.bell, userId, uuidv7(this.#rules.now()))
    try {
      const { seq } = await service.database.read(() => service.database.now())
      this.#assertOnline()
      if (signal?.aborted) {
        throw new IMError(ErrorCode.RC_NET_CHANNEL_INVALID, 'The attempt to connect was given up.')
      }
      return this.#begin(service, userId, sink, { place: seq, leave })
    } catch (error) {
      leave?.()
      throw error
    }
  }

  #begin(service: Service, userId: string, sink: BackendSink, start: SessionStart): LocalSession {
    const session = new LocalSession(service, userId, sink, start, (ended) =>
      this.#sessions.delete(ended),
    )
    this.#sessions.add(session)
    return session
  }

  /**
   * Pulls the plug of this instance, for demos and tests: its sessions end with 30011, and nobody
   * connects (30019) until it is in again. Other tabs go on.
   */
  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline
    if (isOnline) return
    this.#endAll(ErrorCode.RC_SOCKET_DISCONNECTED, 'The connection was lost.')
  }

  /** The server's own voice: a message in the system conversation of one user. */
  async sendSystemMessage(userId: string, draft: SystemMessage): Promise<Acknowledgement> {
    const { database, rules, directory, bell } = await this.#service()
    directory.assertExists(userId)
    const { senderUserId, messageType, content, isCounted = true } = draft
    const message = acceptedForm(
      {
        conversationType: ConversationType.SYSTEM,
        targetId: senderUserId,
        messageUId: draft.messageUId ?? uuidv7(rules.now()),
        messageType,
        content,
        senderUserId,
        isPersisted: true,
        isCounted,
        isStatusMessage: false,
      },
      senderUserId,
      rules.limits.messageSize,
    )
    const archive = archiveOf(userId, message)
    const entry = await database.write(async () => {
      const known = await findEntry(database, archive, message)
      if (known) return known
      await enterConversation(database, [userId], message)
      return appendEntry(database, rules.now(), { archive, message })
    })
    bell.ring({ kind: 'appended' })
    return acknowledgementOf(entry)
  }

  /**
   * Deletes the service with everything that all users have in it. Sessions of all tabs end with
   * 30011; who connects again finds it empty.
   */
  async destroy(): Promise<void> {
    const sessions = [...this.#sessions]
    this.#endAll(ErrorCode.RC_SOCKET_DISCONNECTED, removed)
    await Promise.all(sessions.map((session) => session.close()))
    const database = await this.#database?.catch(() => undefined)
    database?.close()
    try {
      await new ServiceDatabase(this.#databaseName, this.#options).delete()
    } catch (error) {
      throw serviceError(error)
    }
  }

  async #service(): Promise<Service> {
    this.#database ??= this.#openDatabase()
    const database = await this.#database
    return { database, rules: this.#rules, directory: this.#directory, bell: this.#bell }
  }

  async #openDatabase(): Promise<ServiceDatabase> {
    try {
      const database = await openServiceDatabase(this.#databaseName, this.#options)
      database.on('versionchange', ({ newVersion }) => {
        this.#makeWay(database, newVersion)
        // Dexie's own answer would come after it, with a warning on the console.
        return false
      })
      database.on('close', () => this.#lose())
      await removeAbandonedFiles(database, this.#rules.now())
      return database
    } catch (error) {
      // The next attempt opens it anew.
      this.#database = undefined
      throw serviceError(error)
    }
  }

  /** Another tab deletes the database, or brings a newer version of it: holding on would block it. */
  #makeWay(database: ServiceDatabase, newVersion: number | null): void {
    if (newVersion !== null) {
      this.#endAll(
        ErrorCode.BIZ_ERROR_DATABASE_ERROR,
        'Another tab runs a newer version of imkit: load this page again.',
      )
    }
    database.close()
  }

  /** However it came: by our own hand, another tab's, or because the user cleared the site's data. */
  #lose(): void {
    this.#database = undefined
    this.#endAll(ErrorCode.RC_SOCKET_DISCONNECTED, removed)
  }

  #endAll(code: ErrorCode, message: string): void {
    for (const session of [...this.#sessions]) session.end(new IMError(code, message))
  }

  #assertOnline(): void {
    if (!this.#isOnline) {
      throw new IMError(
        ErrorCode.RC_NETWORK_DOWN,
        'The local service is switched off: setOnline(true).',
      )
    }
  }
}
