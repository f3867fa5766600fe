/** What lives as long as one user's database is open: everything a client offers of that user. */
import { openDatabase, type DatabaseOptions } from '../database/open.js'
import type { ClientDatabase } from '../database/schema.js'
import type { IMError } from '../model/errors.js'
import { OwnBlockList } from './block-list.js'
import { ChangeRelay } from './change-relay.js'
import { Changes } from './changes.js'
import { ConversationBook } from './conversation-book.js'
import { GroupDirectory } from './group-directory.js'
import { MessageActions } from './message-actions.js'
import { MessageReader } from './message-reader.js'
import { MessageSearch } from './message-search.js'
import { MessageSender } from './message-sender.js'
import type { Outbox } from './outbox.js'
import { ReadState } from './read-state.js'
import { PresenceStates } from './presence.js'
import type { Scope } from './scope.js'
import { Stream } from './stream.js'
import { TypingStatus } from './typing.js'

export interface OpenUserOptions {
  appkey: string
  database?: DatabaseOptions
  /** What the user's parts share with the client. */
  shared: Omit<Scope, 'userId' | 'database' | 'ownOperations' | 'untold' | 'publish'>
  /** Everything missed is here. */
  onCaughtUp: () => void
  /** The session is of no more use: another one has to be begun. */
  onFailed: (reason: IMError) => void
  /** Somebody else has closed the database. */
  onDatabaseLost: (user: OpenUser) => void
}

export class OpenUser {
  readonly scope: Scope
  /** Empty until it is known. */
  deviceId = ''
  readonly stream: Stream
  readonly conversations: ConversationBook
  readonly reader: MessageReader
  readonly search: MessageSearch
  readonly sender: MessageSender
  readonly outbox: Outbox
  readonly actions: MessageActions
  readonly readState: ReadState
  readonly typing: TypingStatus
  readonly groups: GroupDirectory
  readonly blockList: OwnBlockList
  readonly presence: PresenceStates
  readonly #relay: ChangeRelay

  /** @throws IMError 33002 when the database can't be opened */
  static async open(userId: string, options: OpenUserOptions): Promise<OpenUser> {
    const database = await openDatabase(options.appkey, userId, options.database)
    return new OpenUser(userId, database, options)
  }

  private constructor(
    userId: string,
    database: ClientDatabase,
    { shared, onCaughtUp, onFailed, onDatabaseLost }: OpenUserOptions,
  ) {
    const relay = new ChangeRelay(database, shared.events, shared.report)
    const scope: Scope = {
      ...shared,
      userId,
      database,
      ownOperations: new Set(),
      untold: new Set(),
      publish: (changes, events) => relay.publish(changes, events),
    }
    this.scope = scope
    this.#relay = relay
    this.conversations = new ConversationBook(scope)
    this.typing = new TypingStatus(scope)
    this.sender = new MessageSender(scope, this.typing, onFailed)
    this.outbox = this.sender.outbox
    this.reader = new MessageReader(scope)
    this.search = new MessageSearch(this)
    this.actions = new MessageActions(scope, this.outbox)
    this.readState = new ReadState(scope, this.outbox)
    this.groups = new GroupDirectory(scope)
    this.blockList = new OwnBlockList(scope)
    this.presence = new PresenceStates(scope)
    this.stream = new Stream(scope, {
      onCaughtUp: () => {
        relay.publish(new Changes(), [['offlineMessagesPulled', undefined]])
        onCaughtUp()
      },
      onListBehind: (session) => this.conversations.refreshFrom(session),
      onFailed,
    })
    database.on('close', () => onDatabaseLost(this))
  }

  /** Finds out what this device is called. @param newId what from now on, if it has no name yet */
  async identify(newId: string): Promise<void> {
    const { meta } = this.scope.database
    const known = await meta.get('deviceId')
    const deviceId = typeof known?.value === 'string' ? known.value : newId
    if (!known) await meta.put({ key: 'deviceId', value: deviceId })
    this.deviceId = deviceId
  }

  /** The database stays as it is; nothing of the user is told any more. */
  close(): void {
    this.stream.stop()
    this.sender.close()
    this.typing.close()
    this.#relay.close()
    this.scope.database.close()
  }
}
