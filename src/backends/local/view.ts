/** What one user sees of the archives: the entries meant for them that they have not removed. */
import { Dexie } from 'dexie'
import type { ArchivedMessage } from '../../model/message.js'
import { seenBy, targetKey } from './archive.js'
import { canSee } from './audience.js'
import type { LogEntry, Participation, ServiceDatabase } from './service-database.js'

export type View = (entry: LogEntry) => boolean

/** Which entries of one archive a participant still has. */
export async function viewOf(
  database: ServiceDatabase,
  participation: Participation,
): Promise<View> {
  const { userId, archive } = participation
  const rows = await database.deletions
    .where('[userId+archive]')
    .equals([userId, archive])
    .toArray()
  return viewWithout(participation, new Set(rows.map(({ seq }) => seq)))
}

/** The same for many archives of one user at once. */
export async function viewsOf(
  database: ServiceDatabase,
  userId: string,
): Promise<(participation: Participation) => View> {
  const rows = await database.deletions
    .where('[userId+archive]')
    .between([userId, Dexie.minKey], [userId, Dexie.maxKey])
    .toArray()
  const deleted = new Set(rows.map(({ seq }) => seq))
  return (participation) => viewWithout(participation, deleted)
}

/** @param deleted numbers of entries; no number is in two archives */
function viewWithout(participation: Participation, deleted: ReadonlySet<number>): View {
  const { clearedUpTo = 0 } = participation
  return (entry) =>
    entry.seq > clearedUpTo && !deleted.has(entry.seq) && canSee(participation, entry)
}

/** Everything a user takes part in, or once did. */
export function participationsOf(
  database: ServiceDatabase,
  userId: string,
): PromiseLike<Participation[]> {
  return database.participations
    .where('[userId+archive]')
    .between([userId, Dexie.minKey], [userId, Dexie.maxKey])
    .toArray()
}

/** Operations on some messages of an archive, as a participant sees them, in order. */
export async function operationsOn(
  database: ServiceDatabase,
  participation: Participation,
  messages: readonly LogEntry[],
): Promise<LogEntry[]> {
  const keys = messages.map(({ archive, message }) => targetKey(archive, message))
  const operations = await database.log.where('targets').anyOf(keys).distinct().toArray()
  return operations
    .filter((entry) => canSee(participation, entry))
    .sort((one, other) => one.seq - other.seq)
}

export function asSeenBy(userId: string, entries: readonly LogEntry[]): ArchivedMessage[] {
  return entries.map((entry) => seenBy(userId, entry))
}
