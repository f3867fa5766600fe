/**
 * A user's stream: the log from a place on, and what of it is theirs. Live readers and those who
 * catch up read the same way.
 */
import type { ConversationId } from '../../model/conversation.js'
import type { Batch, Cursor, GroupChange } from '../backend.js'
import { canSee, spanOf } from './audience.js'
import { blockListBetween } from './block-list.js'
import type { LogEntry, Participation, ServiceDatabase } from './service-database.js'
import { settingsBetween } from './settings.js'
import { asSeenBy } from './view.js'

/** Log entries looked at for one batch. */
export const BATCH_SIZE = 200

/** A batch, and the number its cursor stands for. */
export interface Stretch {
  batch: Batch
  upTo: number
}

export function cursorOf(epoch: string, seq: number): Cursor {
  return `${epoch}:${seq}`
}

/** The number of a cursor; undefined if it is none of this database. */
export function placeOf(cursor: Cursor | undefined, epoch: string): number | undefined {
  const [, ofEpoch, seq] = /^(.*):(\d+)$/.exec(cursor ?? '') ?? []
  return ofEpoch === epoch ? Number(seq) : undefined
}

/** The next stretch behind a number; undefined: there is nothing more. */
export function readStretch(
  database: ServiceDatabase,
  userId: string,
  after: number,
): Promise<Stretch | undefined> {
  return database.read(async () => {
    const clock = await database.now()
    if (clock.seq <= after) return undefined
    const entries = await database.log.where('seq').above(after).limit(BATCH_SIZE).toArray()
    const upTo = entries.length < BATCH_SIZE ? clock.seq : entries.at(-1)!.seq
    const visible = await visibleAmong(database, userId, entries)
    const changes = visible.filter(({ entry }) => entry.changesGroup)
    const batch: Batch = {
      messages: asSeenBy(
        userId,
        visible.map(({ entry }) => entry),
      ),
      settings: await settingsBetween(database, userId, after, upTo),
      ...(await blockListBetween(database, userId, after, upTo)),
      groups: changes.map(groupChange),
      gaps: changes.flatMap(earlierHistory),
      cursor: cursorOf(clock.epoch, upTo),
    }
    return { batch, upTo }
  })
}

/** Whether a batch has nothing but its cursor. */
export function isEmpty({ messages, settings, blockList }: Batch): boolean {
  return messages.length === 0 && !settings?.length && !blockList
}

/** An entry, and by what right a user sees it. */
interface Sighting {
  entry: LogEntry
  participation: Participation
}

export async function visibleAmong(
  database: ServiceDatabase,
  userId: string,
  entries: readonly LogEntry[],
): Promise<Sighting[]> {
  const archives = [...new Set(entries.map(({ archive }) => archive))]
  const rows = await database.participations.bulkGet(
    archives.map((archive): [string, string] => [userId, archive]),
  )
  const participations = new Map(rows.map((row) => [row?.archive, row]))
  return entries.flatMap((entry) => {
    const participation = participations.get(entry.archive)
    return canSee(participation, entry) ? [{ entry, participation }] : []
  })
}

/** What a notice says of this user's membership: who was shown it as the last thing has left. */
function groupChange({ entry, participation }: Sighting): GroupChange {
  return {
    groupId: participation.conversation.targetId,
    isMember: spanOf(participation, entry.seq)?.to !== entry.seq,
  }
}

/** The conversation, if its user came with this notice and may see what was said before. */
function earlierHistory({ entry, participation }: Sighting): ConversationId[] {
  const span = spanOf(participation, entry.seq)
  const hasEarlier = span?.joined === entry.seq && span.from < entry.seq
  return hasEarlier ? [participation.conversation] : []
}
