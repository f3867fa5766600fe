/**
 * Which stretches of a conversation's archive are here without holes. Between two stretches there
 * is a gap, which is filled from the backend before anything is shown across it.
 */
import { Dexie } from 'dexie'
import type { ClientDatabase, SegmentRow } from '../database/schema.js'

/** All stretches of a conversation, oldest first. */
export function segmentsOf(database: ClientDatabase, key: string): Promise<SegmentRow[]> {
  return database.segments
    .where('[conversationKey+newest]')
    .between([key, Dexie.minKey], [key, Dexie.maxKey])
    .toArray()
}

/** Overlapping or touching stretches become one. Pure; the result is sorted, oldest first. */
export function merged(segments: readonly SegmentRow[]): SegmentRow[] {
  const sorted = [...segments].sort((one, other) => (one.oldest < other.oldest ? -1 : 1))
  const result: SegmentRow[] = []
  for (const segment of sorted) {
    const last = result.at(-1)
    if (last && segment.oldest <= last.newest) {
      last.newest = last.newest > segment.newest ? last.newest : segment.newest
      last.reachesStart ||= segment.reachesStart
    } else {
      result.push({ ...segment })
    }
  }
  return result
}

/** Notes that a stretch is here. Inside a transaction. */
export async function addSegment(database: ClientDatabase, segment: SegmentRow): Promise<void> {
  const before = await segmentsOf(database, segment.conversationKey)
  await replaceSegments(database, before, merged([...before, segment]))
}

/** What came live in one conversation, by its ends. */
export interface Arrival {
  conversationKey: string
  oldest: string
  newest: string
  /** Something may be missing before it: a new stretch begins. */
  isAfterGap: boolean
}

/**
 * Notes live messages, which follow what was here before without a hole. Inside a transaction.
 * All conversations together: one after the other would be most of the time a batch takes.
 * @param read stretches of conversations that were read already
 */
export async function extendNewest(
  database: ClientDatabase,
  arrivals: readonly Arrival[],
  read: ReadonlyMap<string, readonly SegmentRow[]> = new Map(),
): Promise<void> {
  const known = await Promise.all(
    arrivals.map(({ conversationKey: key }) => read.get(key) ?? segmentsOf(database, key)),
  )
  const before: SegmentRow[] = []
  const after: SegmentRow[] = []
  for (const [index, { isAfterGap, ...ends }] of arrivals.entries()) {
    const segments = known[index]!
    const last = segments.at(-1)
    if (!last || isAfterGap) {
      before.push(...segments)
      after.push(...merged([...segments, { ...ends, reachesStart: false }]))
    } else if (ends.newest > last.newest) {
      before.push(last)
      after.push({ ...last, newest: ends.newest })
    }
  }
  await replaceSegments(database, before, after)
}

/** History up to a place was cleared: what is left starts there. Inside a transaction. */
export async function cutSegments(
  database: ClientDatabase,
  key: string,
  before: string,
): Promise<void> {
  const segments = await segmentsOf(database, key)
  const left = segments
    .filter((segment) => segment.newest > before)
    .map((segment) =>
      segment.oldest <= before ? { ...segment, oldest: before, reachesStart: true } : segment,
    )
  await replaceSegments(database, segments, left)
}

/** The stretch a place lies in, if any. */
export function segmentAt(segments: readonly SegmentRow[], order: string): SegmentRow | undefined {
  return segments.find((segment) => segment.oldest <= order && order <= segment.newest)
}

/** Whether the newest stretch has all that came after a place; none: all there ever was. */
export function reachesBack(newest: SegmentRow, order: string | undefined): boolean {
  if (newest.reachesStart) return true
  return order !== undefined && newest.oldest <= order
}

async function replaceSegments(
  database: ClientDatabase,
  before: readonly SegmentRow[],
  after: readonly SegmentRow[],
): Promise<void> {
  const kept = new Set(after.map(nameOf))
  const ended = before.filter((segment) => !kept.has(nameOf(segment)))
  // They have no row in common, so that neither has to wait for the other.
  await Promise.all([
    ended.length &&
      database.segments.bulkDelete(
        ended.map(({ conversationKey, newest }) => [conversationKey, newest]),
      ),
    after.length && database.segments.bulkPut(after),
  ])
}

function nameOf({ conversationKey, newest }: SegmentRow): string {
  return `${newest}/${conversationKey}`
}
