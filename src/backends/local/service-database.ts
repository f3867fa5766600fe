/**
 * The service's database: one for all users and all tabs of the origin.
 *
 * Everything that happens takes the next number of one sequence, inside the transaction that
 * writes it. Writers of all tabs queue up for the `clock` row, so what a reader sees up to the
 * clock's number is complete: a place in the sequence is all a reader has to remember.
 *
 * A change of a table is a new version below with an upgrade of its own, never an edit of an old one.
 */
import { Dexie, type Table } from 'dexie'
import type { ConversationId } from '../../model/conversation.js'
import { ErrorCode, IMError } from '../../model/errors.js'
import { uuidv7 } from '../../model/identity.js'
import type { MessageEnvelope } from '../../model/message.js'
import type { GroupRole, UserProfile } from '../../model/people.js'

export interface ClockRow {
  id: 'clock'
  /** The last number given. */
  seq: number
  /** The last time given, Unix milliseconds. */
  sentTime: number
  /** Made with the database: tells its places from those of one that was deleted. */
  epoch: string
}

/** `message`: shown. `receipt`: a read receipt, found by its place. `operation`: found by its targets. */
export type EntryKind = 'message' | 'receipt' | 'operation'

/** One message or operation. */
export interface LogEntry {
  seq: number
  sentTime: number
  archive: string
  kind: EntryKind
  /** As its sender sent it: `targetId` is seen from the sender's side. */
  message: MessageEnvelope
  /** Only these of the participants see it; absent: all of them. */
  visibleTo?: string[]
  /** Messages an operation is about, each a `targetKey`. */
  targets?: string[]
  /** Adds to unread counts; absent once it has been recalled. */
  counted?: 1
  /** Recalled without a trace. */
  vanished?: true
  /** Keys of the message's expansion as it stands. */
  expansionKeys?: string[]
  /** A notice of something that changed the group or who is in it. */
  changesGroup?: true
}

/** A stretch of an archive, in sequence numbers. */
export interface Span {
  /** The first number that is seen. */
  from: number
  /** The number of the notice that told of the user's coming; 0 where nobody has to join. */
  joined: number
  /** The last number that is seen; absent while the user takes part. */
  to?: number
}

/** That a user takes part in a conversation, and what of it they may see. */
export interface Participation {
  userId: string
  archive: string
  /** As this user names it. */
  conversation: ConversationId
  spans: Span[]
  /** The user has cleared everything up to this number. */
  clearedUpTo?: number
  /** Groups only. */
  role?: GroupRole
  joinedTime?: number
}

/** A conversation as all see it. */
export interface ArchiveRow {
  archive: string
  /** The last shown message. */
  lastSeq: number
}

/** A message that one user has removed for themselves. */
export interface DeletionRow {
  userId: string
  archive: string
  seq: number
}

export interface GroupRow {
  groupId: string
  name: string
  portraitUri?: string
  ownerId: string
  /** 0: it was dismissed. */
  memberCount: number
}

export interface SettingRow {
  userId: string
  key: string
  value: unknown
  /** A number of the sequence. */
  version: number
}

/** Everyone a user blocks. */
export interface BlockListRow {
  userId: string
  blocked: string[]
  /** A number of the sequence. */
  version: number
}

export interface FileRow {
  id: string
  name: string
  type: string
  /** bytes */
  size: number
  /** 0 until the last slice is written. */
  isComplete: 0 | 1
  startedTime: number
}

export interface FileSliceRow {
  fileId: string
  index: number
  bytes: Blob
}

export interface DatabaseOptions {
  indexedDB?: IDBFactory
  IDBKeyRange?: typeof IDBKeyRange
}

const SCHEMA_VERSION = 2

export class ServiceDatabase extends Dexie {
  declare clock: Table<ClockRow, string>
  declare log: Table<LogEntry, number>
  declare archives: Table<ArchiveRow, string>
  declare participations: Table<Participation, [string, string]>
  declare deletions: Table<DeletionRow, [string, number]>
  declare groups: Table<GroupRow, string>
  declare settings: Table<SettingRow, [string, string]>
  declare profiles: Table<UserProfile, string>
  declare blockLists: Table<BlockListRow, string>
  declare files: Table<FileRow, string>
  declare fileSlices: Table<FileSliceRow, [string, number]>

  constructor(name: string, options: DatabaseOptions = {}) {
    super(name, { ...options, autoOpen: false })
    this.version(1).stores({
      clock: 'id',
      log: 'seq, &[archive+message.senderUserId+message.messageUId], [archive+kind+seq], [archive+counted+seq], [kind+seq], *targets',
      archives: 'archive',
      participations: '[userId+archive], archive',
      deletions: '[userId+seq], [userId+archive]',
      groups: 'groupId',
      settings: '[userId+key], [userId+version]',
      profiles: 'id',
      files: 'id, isComplete',
      fileSlices: '[fileId+index]',
    })
    this.version(SCHEMA_VERSION).stores({ blockLists: 'userId' })
    this.on('populate', () => {
      void this.clock.add({ id: 'clock', seq: 0, sentTime: 0, epoch: uuidv7() })
    })
  }

  /** One consistent look at everything but files. */
  read<Result>(work: () => PromiseLike<Result>): Promise<Result> {
    return this.#run('r', work)
  }

  /** All of it or nothing; only one at a time among all tabs. */
  write<Result>(work: () => PromiseLike<Result>): Promise<Result> {
    return this.#run('rw', work)
  }

  async #run<Result>(mode: 'r' | 'rw', work: () => PromiseLike<Result>): Promise<Result> {
    const { clock, log, archives, participations, deletions, groups, settings, profiles } = this
    const people = [groups, settings, profiles, this.blockLists]
    try {
      return await this.transaction(
        mode,
        [clock, log, archives, participations, deletions, ...people],
        work,
      )
    } catch (error) {
      throw serviceError(error)
    }
  }

  async now(): Promise<ClockRow> {
    const clock = await this.clock.get('clock')
    if (!clock) throw new IMError(ErrorCode.BIZ_ERROR_DATABASE_ERROR, damaged)
    return clock
  }

  /**
   * The next number and the time that goes with it, within a `write`. Times rise with the
   * numbers and never repeat, whatever the clocks of the tabs say.
   */
  async tick(time: number): Promise<{ seq: number; sentTime: number }> {
    const clock = await this.now()
    const next = { seq: clock.seq + 1, sentTime: Math.max(time, clock.sentTime + 1) }
    await this.clock.put({ ...clock, ...next })
    return next
  }
}

/** @throws IMError 33002 when IndexedDB is refused or the database is of a newer version, 33000 when full */
export async function openServiceDatabase(
  name: string,
  options: DatabaseOptions,
): Promise<ServiceDatabase> {
  if (!options.indexedDB && typeof indexedDB === 'undefined') throw serviceError(undefined)
  const database = new ServiceDatabase(name, options)
  try {
    await database.open()
    // Dexie opens what a newer version wrote as if nothing were the matter. It counts in tens.
    if (database.backendDB().version > SCHEMA_VERSION * 10) {
      throw new IMError(ErrorCode.BIZ_ERROR_DATABASE_ERROR, tooNew)
    }
    return database
  } catch (error) {
    database.close()
    throw serviceError(error)
  }
}

const damaged =
  'The local service lost part of its database. Remove it with `backend.destroy()` and start anew.'

const tooNew =
  'The local service was last used by a newer version of imkit. Load that version, or remove its data with `backend.destroy()`.'

const refused =
  'IndexedDB is not available: the browser refuses storage to this page. Allow site data, or leave private browsing.'

/** What a failed database call means to somebody who reads the message. */
export function serviceError(error: unknown): IMError {
  if (error instanceof IMError) return error
  const name = innermostName(error)
  if (name === 'QuotaExceededError') {
    return new IMError(
      ErrorCode.PROTOCOL_MESSAGE_SAVED_ERROR,
      'The browser gives this site no more storage: the local service could not keep this. Free some space and try again.',
      error,
    )
  }
  if (!error || /MissingAPI|SecurityError|InvalidState|OpenFailed|UnknownError/.test(name)) {
    return new IMError(ErrorCode.BIZ_ERROR_DATABASE_ERROR, refused, error)
  }
  return IMError.from(
    error,
    ErrorCode.BIZ_ERROR_DATABASE_ERROR,
    "The local service's database failed.",
  )
}

/** Dexie wraps the browser's errors; the name that tells is the innermost. */
function innermostName(error: unknown): string {
  let name = ''
  for (let at = error as { name?: string; inner?: unknown } | undefined; at;) {
    if (at.name) name = at.name
    at = at.inner as typeof at
  }
  return name
}
