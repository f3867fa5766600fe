/** Opens the client's database and turns what can go wrong into errors that say what to do. */
import { Dexie } from 'dexie'
import { ErrorCode, IMError } from '../model/errors.js'
import { ClientDatabase, databaseName } from './schema.js'

export interface DatabaseOptions {
  /** For Node and tests: an IndexedDB of one's own. */
  indexedDB?: IDBFactory
  IDBKeyRange?: typeof IDBKeyRange
}

/** @throws IMError 33002 when IndexedDB is refused, full, or the database is of a newer version */
export async function openDatabase(
  appkey: string,
  userId: string,
  options: DatabaseOptions = {},
): Promise<ClientDatabase> {
  if (!options.indexedDB && typeof indexedDB === 'undefined') throw refused(undefined)
  // Asked for first: the answer comes while this page makes ready what it opens.
  const known = knownDatabases(options.indexedDB ?? indexedDB)
  const database = new ClientDatabase(databaseName(appkey, userId), options)
  try {
    assertNotNewer(database, await known)
    await database.open()
  } catch (error) {
    database.close()
    throw databaseError(error)
  }
  // Another tab brings a newer version of the page: let its upgrade pass instead of blocking it.
  database.on('versionchange', () => {
    database.close()
  })
  return database
}

async function knownDatabases(factory: IDBFactory): Promise<readonly IDBDatabaseInfo[]> {
  return (await factory.databases?.()) ?? []
}

/** Dexie would open a database that a newer version has made, and change it back to its own ways. */
function assertNotNewer(database: ClientDatabase, known: readonly IDBDatabaseInfo[]): void {
  const { version = 0 } = known.find(({ name }) => name === database.name) ?? {}
  // Dexie multiplies its version numbers by ten.
  if (version >= (database.verno + 1) * 10) throw newerVersion(undefined)
}

/** What a failed database call means to somebody who reads the message. */
export function databaseError(error: unknown): IMError {
  if (error instanceof IMError) return error
  const name = nameOf(error)
  if (name === 'VersionError') return newerVersion(error)
  if (name === 'QuotaExceededError') {
    return new IMError(
      ErrorCode.PROTOCOL_MESSAGE_SAVED_ERROR,
      'The browser gives this site no more storage: the message could not be kept. Free some space and try again.',
      error,
    )
  }
  if (/MissingAPI|SecurityError|InvalidState|OpenFailed|UnknownError/.test(name))
    return refused(error)
  return IMError.from(error, ErrorCode.BIZ_ERROR_DATABASE_ERROR, 'The database failed.')
}

/** Removes everything one user has stored here. */
export async function deleteDatabase(
  appkey: string,
  userId: string,
  options: DatabaseOptions = {},
): Promise<void> {
  try {
    await new Dexie(databaseName(appkey, userId), options).delete()
  } catch (error) {
    throw databaseError(error)
  }
}

function newerVersion(error: unknown): IMError {
  return new IMError(
    ErrorCode.BIZ_ERROR_DATABASE_ERROR,
    'The database of this user was written by a newer version of imkit. Load that version, or remove the database with clearLocalData().',
    error,
  )
}

function refused(error: unknown): IMError {
  return new IMError(
    ErrorCode.BIZ_ERROR_DATABASE_ERROR,
    'IndexedDB is not available: the browser refuses storage to this page. Allow site data, or leave private browsing.',
    error,
  )
}

/** Dexie wraps the browser's errors; the name that tells is the innermost. */
function nameOf(error: unknown): string {
  let name = ''
  for (let at = error as { name?: string; inner?: unknown } | undefined; at;) {
    if (at.name) name = at.name
    at = at.inner as typeof at
  }
  return name
}
