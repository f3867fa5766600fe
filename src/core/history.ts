/**
 * Reads a stretch of one conversation: from the database where it is complete, and where it is
 * not, the gap is filled from the backend first.
 */
import { Dexie } from 'dexie'
import type { HistoryPage, HistoryQuery } from '../backends/backend.js'
import type { MessageRow, SegmentRow } from '../database/schema.js'
import { conversationKey, type ConversationId } from '../model/conversation.js'
import { IMError, isRetryable } from '../model/errors.js'
import { limits } from '../model/limits.js'
import { UNSENT_ORDER } from '../model/message.js'
import { ingest } from './inbox.js'
import type { Scope } from './scope.js'
import { segmentAt, segmentsOf } from './segments.js'

/** Order tokens; with none of them the newest messages are meant. */
export interface HistoryRange {
  before?: string
  after?: string
  around?: string
  count: number
}

export interface HistoryRows {
  /** Oldest first. */
  rows: MessageRow[]
  hasOlder: boolean
  hasNewer: boolean
}

export async function readHistory(
  scope: Scope,
  conversation: ConversationId,
  range: HistoryRange,
): Promise<HistoryRows> {
  const reader = new HistoryReader(scope, conversation)
  if (range.after !== undefined) return reader.newer(range.after, range.count)
  if (range.around !== undefined) return reader.around(range.around, range.count)
  return reader.older(range.before, range.count)
}

/** An order token; none: behind everything. */
type Place = string | undefined

class HistoryReader {
  readonly #scope: Scope
  readonly #conversation: ConversationId
  readonly #key: string

  constructor(scope: Scope, conversation: ConversationId) {
    this.#scope = scope
    this.#conversation = conversation
    this.#key = conversationKey(conversation)
  }

  /** @param isIncluded whether a message at the place itself is wanted too */
  async older(before: Place, count: number, isIncluded = false): Promise<HistoryRows> {
    for (;;) {
      await this.#fillGapBehind(before)
      const { segment, page } = await this.#atOnce(async () => {
        const segments = await segmentsOf(this.#scope.database, this.#key)
        const segment = this.#stretchAt(segments, before) ?? segments.at(-1)
        const rows = await this.#rowsBefore(before, segment?.oldest, count, isIncluded)
        const hasOlder = segment?.reachesStart
          ? await this.#existsBetween(segment.oldest, rows[0]?.order ?? before)
          : segment !== undefined || rows.length >= count
        const hasNewer = await this.#existsAfter(rows.at(-1)?.order ?? before)
        return { segment, page: { rows, hasOlder, hasNewer } }
      })
      const from = segment?.oldest ?? before
      const isEnough = page.rows.length >= count || segment?.reachesStart === true
      if (isEnough || !(await this.#fill({ before: from }, segment, count))) return page
    }
  }

  async newer(after: string, count: number): Promise<HistoryRows> {
    for (;;) {
      const { segment, rows, hasNewer } = await this.#atOnce(async () => {
        const segments = await segmentsOf(this.#scope.database, this.#key)
        const stretch = this.#stretchAt(segments, after)
        const isTail = stretch?.newest === segments.at(-1)?.newest && !(await this.#hasGap())
        // Behind the last stretch, without a gap, stand only messages that are not archived yet.
        const segment = isTail ? undefined : stretch
        const rows = await this.#rowsAfter(after, segment?.newest, count)
        return { segment, rows, hasNewer: await this.#existsAfter(rows.at(-1)?.order ?? after) }
      })
      if (rows.length >= count || !segment) return { rows, hasOlder: true, hasNewer }
      if (!(await this.#fill({ after: segment.newest }, segment, count))) {
        return { rows, hasOlder: true, hasNewer: true }
      }
    }
  }

  async around(place: string, count: number): Promise<HistoryRows> {
    const segments = await segmentsOf(this.#scope.database, this.#key)
    const isBehindNewest = segments.length > 0 && place > segments.at(-1)!.newest
    if (!segmentAt(segments, place) && !isBehindNewest) {
      await this.#fill({ around: place }, undefined, count)
    }
    const half = Math.max(1, Math.floor(count / 2))
    const older = await this.older(place, half, true)
    const newer = await this.newer(place, half)
    return {
      rows: [...older.rows, ...newer.rows],
      hasOlder: older.hasOlder,
      hasNewer: newer.hasNewer,
    }
  }

  /** The newest page, if more may have come than is here and the place is behind all that is. */
  async #fillGapBehind(place: Place): Promise<void> {
    const last = (await segmentsOf(this.#scope.database, this.#key)).at(-1)
    const isWithin = place !== undefined && last !== undefined && place <= last.newest
    if (isWithin || !(await this.#hasGap())) return
    await this.#fill({}, undefined, limits.historyCount.default)
  }

  /**
   * What is read as of one moment: meanwhile a hole may be filled, here or in another tab, or a
   * message get its place in the archive.
   */
  #atOnce<Result>(read: () => Promise<Result>): Promise<Result> {
    const { database } = this.#scope
    const tables = [database.messages, database.segments, database.conversations]
    return database.transaction('r', tables, async () => await read())
  }

  /** The stretch that holds a place; in a hole it is the place alone. None: behind all of them. */
  #stretchAt(segments: readonly SegmentRow[], place: Place): SegmentRow | undefined {
    const last = segments.at(-1)
    if (!last || place === undefined || place > last.newest) return undefined
    const alone = { conversationKey: this.#key, oldest: place, newest: place, reachesStart: false }
    return segmentAt(segments, place) ?? alone
  }

  async #hasGap(): Promise<boolean> {
    const row = await this.#scope.database.conversations.get(this.#key)
    return row?.hasGap === 1
  }

  /** Asks the backend. False when there is nobody to ask. */
  async #fill(
    place: Pick<HistoryQuery, 'before' | 'after' | 'around'>,
    segment: SegmentRow | undefined,
    count: number,
  ): Promise<boolean> {
    const session = this.#scope.session()
    if (!session) return false
    const wanted = Math.min(
      limits.historyCount.max,
      Math.max(limits.historyCount.default, Math.trunc(count)),
    )
    let page: HistoryPage
    try {
      const query: HistoryQuery = { conversation: this.#conversation, count: wanted }
      for (const [name, value] of Object.entries(place)) {
        if (value !== undefined) query[name as 'before'] = value
      }
      page = await session.history(query)
    } catch (error) {
      const known = IMError.from(error)
      if (!isRetryable(known.code)) this.#scope.report(known, 'reading history')
      return false
    }
    await this.#store(page, place, segment)
    return true
  }

  async #store(
    page: HistoryPage,
    place: Pick<HistoryQuery, 'before' | 'after' | 'around'>,
    segment: SegmentRow | undefined,
  ): Promise<void> {
    // Of an empty conversation it is remembered that there is nothing to ask for.
    const first = page.messages[0]?.order ?? segment?.oldest ?? ''
    const last = page.messages.at(-1)?.order ?? segment?.newest ?? ''
    const isNewest = Object.values(place).every((value) => value === undefined)
    const reachesEnd = isNewest || (place.after !== undefined && !page.hasNewer)
    const newestHere = (await segmentsOf(this.#scope.database, this.#key)).at(-1)?.newest
    await ingest(this.#scope, {
      source: 'history',
      messages: [...page.messages, ...page.operations],
      stretch: {
        conversationKey: this.#key,
        oldest: least(first, segment?.oldest, place.after),
        newest: greatest(last, segment?.newest, place.before, reachesEnd ? newestHere : undefined),
        reachesStart: place.after === undefined && (!page.hasOlder || !page.messages.length),
      },
      reachesEnd,
    })
  }

  async #rowsBefore(
    before: Place,
    oldest: string | undefined,
    count: number,
    isIncluded: boolean,
  ): Promise<MessageRow[]> {
    const rows = await this.#scope.database.messages
      .where('[conversationKey+order]')
      .between(
        [this.#key, oldest ?? Dexie.minKey],
        [this.#key, before ?? Dexie.maxKey],
        true,
        isIncluded,
      )
      .reverse()
      .limit(count)
      .toArray()
    return rows.reverse()
  }

  #rowsAfter(after: string, upTo: Place, count: number): Promise<MessageRow[]> {
    return this.#scope.database.messages
      .where('[conversationKey+order]')
      .between([this.#key, after], [this.#key, upTo ?? Dexie.maxKey], false, true)
      .limit(count)
      .toArray()
  }

  async #existsBetween(oldest: string, before: Place): Promise<boolean> {
    const row = await this.#scope.database.messages
      .where('[conversationKey+order]')
      .between([this.#key, oldest], [this.#key, before ?? Dexie.maxKey], true, false)
      .first()
    return row !== undefined
  }

  async #existsAfter(place: Place): Promise<boolean> {
    if (place === undefined) return false
    const next = await this.#scope.database.messages
      .where('[conversationKey+order]')
      .between([this.#key, place], [this.#key, Dexie.maxKey], false, true)
      .first()
    return next !== undefined
  }
}

function least(one: string, ...others: (string | undefined)[]): string {
  return others.reduce<string>((least, other) => (other && other < least ? other : least), one)
}

function greatest(one: string, ...others: (string | undefined)[]): string {
  return others.reduce<string>((most, other) => (other && other > most ? other : most), one)
}

/** The newest place in the archive that is here. */
export async function newestArchived(scope: Scope, key: string): Promise<MessageRow | undefined> {
  return scope.database.messages
    .where('[conversationKey+order]')
    .between([key, Dexie.minKey], [key, UNSENT_ORDER], true, false)
    .last()
}
