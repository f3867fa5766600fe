/** Stretches of one conversation's archive. */
import { Dexie } from 'dexie'
import { ConversationType } from '../../model/conversation.js'
import { invalidParameter } from '../../model/errors.js'
import { limits } from '../../model/limits.js'
import type { HistoryPage, HistoryQuery } from '../backend.js'
import { archiveOf, seqOf } from './archive.js'
import { assertMember } from './audience.js'
import type { LogEntry, Participation, ServiceDatabase } from './service-database.js'
import { asSeenBy, operationsOn, viewOf, type View } from './view.js'

const nothing: HistoryPage = { messages: [], operations: [], hasOlder: false, hasNewer: false }

/** @throws IMError 22406 for a group one is not in, 33003 for a place or count that makes no sense */
export async function readHistory(
  database: ServiceDatabase,
  userId: string,
  query: HistoryQuery,
): Promise<HistoryPage> {
  const { conversation } = query
  const archive = archiveOf(userId, conversation)
  const cut = cutOf(query)
  return database.read(async () => {
    const participation =
      conversation.conversationType === ConversationType.GROUP
        ? await assertMember(database, userId, conversation.targetId)
        : await database.participations.get([userId, archive])
    return participation ? readPage(database, participation, cut) : nothing
  })
}

/** Where to cut the archive in two, and how many shown messages to take from each side at most. */
interface Cut {
  /** The first number of the newer side. */
  place: number
  older: number
  newer: number
  /** of both together */
  count: number
}

function cutOf({ before, after, around, count }: HistoryQuery): Cut {
  const { min, max } = limits.historyCount
  if (!Number.isInteger(count) || count < min || count > max) {
    throw invalidParameter(`\`count\` has to be between ${min} and ${max}.`)
  }
  if (around !== undefined) return { place: seqOf(around), older: count, newer: count, count }
  if (after !== undefined) return { place: seqOf(after) + 1, older: 0, newer: count, count }
  const place = before === undefined ? Number.MAX_SAFE_INTEGER : seqOf(before)
  return { place, older: count, newer: 0, count }
}

async function readPage(
  database: ServiceDatabase,
  participation: Participation,
  cut: Cut,
): Promise<HistoryPage> {
  const { userId, archive } = participation
  const view = await viewOf(database, participation)
  const shown = new ShownMessages(database, archive, view)
  // One more than wanted tells whether there are more.
  const older = await shown.before(cut.place, cut.older + 1)
  const newer = await shown.from(cut.place, cut.newer + 1)

  const isAround = cut.older > 0 && cut.newer > 0
  const half = Math.floor(cut.count / 2)
  const takenOlder = Math.min(
    older.length,
    isAround ? Math.max(half, cut.count - newer.length) : cut.older,
  )
  const takenNewer = Math.min(newer.length, isAround ? cut.count - takenOlder : cut.newer)
  const entries = [...older.slice(0, takenOlder).reverse(), ...newer.slice(0, takenNewer)]
  const hasOlder = older.length > takenOlder
  const hasNewer = newer.length > takenNewer

  const first = hasOlder ? (entries[0]?.seq ?? cut.place) : 0
  const next = hasNewer ? newer[takenNewer]!.seq : Number.MAX_SAFE_INTEGER
  const operations = [
    ...(await operationsOn(database, participation, entries)),
    ...(await shown.receiptsBetween(first, next)),
  ].sort((one, another) => one.seq - another.seq)
  return {
    messages: asSeenBy(userId, entries),
    operations: asSeenBy(userId, operations),
    hasOlder,
    hasNewer,
  }
}

/** One archive as one user sees it. */
class ShownMessages {
  constructor(
    readonly database: ServiceDatabase,
    readonly archive: string,
    readonly view: View,
  ) {}

  /** Newest first. */
  before(seq: number, count: number): Promise<LogEntry[]> {
    return this.#seen(count, seq, (end) => this.#between('message', 0, end).reverse())
  }

  /** Oldest first. */
  from(seq: number, count: number): Promise<LogEntry[]> {
    const end = Number.MAX_SAFE_INTEGER
    return this.#seen(count, seq - 1, (last) => this.#between('message', last + 1, end))
  }

  /**
   * As many as wanted of those that are seen, read many at a time: to let the database pass over
   * what is not seen would ask it for one after the other.
   * @param rest what lies behind the number of the last one read
   */
  async #seen(
    count: number,
    start: number,
    rest: (last: number) => Dexie.Collection<LogEntry, number>,
  ): Promise<LogEntry[]> {
    const seen: LogEntry[] = []
    let last = start
    while (seen.length < count) {
      const entries = await rest(last).limit(count).toArray()
      seen.push(...entries.filter(this.view))
      if (entries.length < count) break
      last = entries.at(-1)!.seq
    }
    return seen.slice(0, count)
  }

  receiptsBetween(from: number, before: number): PromiseLike<LogEntry[]> {
    return this.#between('receipt', from, before).filter(this.view).toArray()
  }

  #between(
    kind: LogEntry['kind'],
    from: number,
    before: number,
  ): Dexie.Collection<LogEntry, number> {
    const { archive } = this
    return this.database.log
      .where('[archive+kind+seq]')
      .between([archive, kind, from], [archive, kind, before], true, false)
  }
}
