/**
 * Archives whose ids say nothing of where something stands, as those of Prosody, which tells only in
 * which second an entry came in. Its place is made of that second and of its number among what the
 * archive has of the same counterpart in it. Archives are appended to, so every device that reads one
 * comes to the same places, wherever it begins; that takes reading seconds from their beginning, and
 * so pages here hold whole ones. What a user writes to the own account is there twice, as sent and as
 * received: then the first counts.
 */
import { bareAddress } from './addresses.js'
import { placeInSecond, secondOf } from './archive-place.js'
import {
  archivedAt,
  askArchive,
  messagesIn,
  type ArchiveAnswer,
  type ArchivePage,
  type ArchiveQuery,
  type ArchiveQuestion,
  type Archives,
} from './archive-query.js'
import { forwardedMessage, type ArchivedDelivery } from './deliveries.js'
import type { People } from './people.js'
import { StanzaError, type Element, type Wire } from './wire.js'

/** Ids whose places are remembered. */
const MOST_REMEMBERED = 2000

/** Entries read at once where what has come since is looked for. */
const PAGE_SIZE = 250

/** An entry by its place and by what the archive calls it. */
export type NamedPlace = Pick<ArchivedDelivery, 'order'> & { id: string }

export class TimedArchives implements Archives {
  /** Places in the own archive by id. */
  readonly #places = new Map<string, NamedPlace>()
  /** The last entry of the own archive that is in `#places`, and how many each second had by then. */
  #last: { id: string; second: number } | undefined
  #numbers = new Numbers()
  #following: Promise<void> | undefined

  /** @param newest of the own archive when this session began; none: there was nothing in it */
  constructor(
    private readonly wire: Wire,
    private readonly people: People,
    private readonly newest?: Element,
  ) {}

  async page(query: ArchiveQuery): Promise<ArchivePage> {
    const { room, counterpart, count, before, after, since } = query
    const kept = { room, counterpart, count }
    if (after !== undefined) return this.#behind(kept, after)
    if (since === undefined) return this.#before(kept, before)
    // Of a second that has begun nobody can tell what came before and what behind.
    const start = Math.ceil(since / 1000) * 1000
    const { isComplete, total } = await this.#ask({ ...kept, after: '', start })
    return { entries: [], isComplete, total }
  }

  /** Where something stands in the own archive that came live; where its first is, if it is there twice. */
  async placeOf(id: string): Promise<NamedPlace | undefined> {
    if (this.#places.has(id)) return this.#places.get(id)
    // What is being read may have been asked for before this was there.
    await this.#following?.catch(() => undefined)
    if (!this.#places.has(id)) await this.#follow()
    return this.#places.get(id)
  }

  async #before(
    kept: Pick<ArchiveQuery, 'room' | 'counterpart' | 'count'>,
    place: string | undefined,
  ): Promise<ArchivePage> {
    const end = place === undefined ? undefined : (secondOf(Number(place)) + 1) * 1000
    const results: Element[] = []
    for (let before = ''; ;) {
      const answer = await this.#ask({ ...kept, before, end })
      const { first, isComplete, total } = answer
      results.unshift(...answer.results)
      const isWhole = isComplete || first === undefined
      // Of the oldest second there may be more farther back.
      const oldest = isWhole ? -Infinity : secondAt(results[0]!)
      const all = this.#placed(results, oldest)
      const entries = all.filter(({ order }) => place === undefined || order < place)
      if (entries.length > 0 || isWhole) {
        const from = isWhole ? undefined : placeInSecond(oldest + 1, 0)
        return {
          entries,
          ...endsOf(entries),
          ...(from && { first: from }),
          isComplete: isWhole,
          total,
        }
      }
      before = first
    }
  }

  async #behind(
    kept: Pick<ArchiveQuery, 'room' | 'counterpart' | 'count'>,
    place: string,
  ): Promise<ArchivePage> {
    const start = secondOf(Number(place) + 1) * 1000
    const results: Element[] = []
    for (let after = ''; ;) {
      const answer = await this.#ask({ ...kept, after, start })
      const { last, isComplete, total } = answer
      results.push(...answer.results)
      const isWhole = isComplete || last === undefined
      // Of the newest second there may be more farther on.
      const newest = isWhole ? Infinity : secondAt(results.at(-1)!)
      const all = this.#placed(results, newest)
      const entries = all.filter(({ order }) => order > place)
      if (entries.length > 0 || isWhole) {
        const until = isWhole ? undefined : placeBefore(newest)
        return {
          entries,
          ...endsOf(entries),
          ...(until && { last: until }),
          isComplete: isWhole,
          total,
        }
      }
      after = last
    }
  }

  /** Reads what has come into the own archive since it was last done, one reading at a time. */
  #follow(): Promise<void> {
    this.#following ??= this.#readOn().finally(() => (this.#following = undefined))
    return this.#following
  }

  async #readOn(): Promise<void> {
    for (let isComplete = false; !isComplete;) {
      const answer = await this.#since(this.#last)
      for (const result of answer.results) {
        const { id = '' } = result.attrs
        const { place, first } = this.#numbers.placeOf(result, this.people)
        this.#places.set(id, first ?? place)
        this.#last = { id, second: secondAt(result) }
      }
      while (this.#places.size > MOST_REMEMBERED) {
        this.#places.delete(this.#places.keys().next().value!)
      }
      isComplete = answer.isComplete
    }
  }

  async #since(last: { id: string; second: number } | undefined): Promise<ArchiveAnswer> {
    const question = { count: PAGE_SIZE }
    if (!last) {
      const start = this.newest && secondAt(this.newest) * 1000
      return this.#ask({ ...question, after: '', start })
    }
    try {
      return await this.#ask({ ...question, after: last.id })
    } catch (error) {
      if (!(error instanceof StanzaError)) throw error
      // It is no longer kept. Its second is read again, and numbered anew.
      this.#numbers = new Numbers()
      return this.#ask({ ...question, after: '', start: last.second * 1000 })
    }
  }

  /** @param leftOut a second of which the results do not have all */
  #placed(results: readonly Element[], leftOut: number): ArchivedDelivery[] {
    const numbers = new Numbers()
    return results.flatMap((result) => {
      const { place, first } = numbers.placeOf(result, this.people)
      if (first || secondAt(result) === leftOut) return []
      return messagesIn(this.people, result).map((message) => ({ message, ...place }))
    })
  }

  #ask(question: ArchiveQuestion): Promise<ArchiveAnswer> {
    return askArchive(this.wire, this.people, question)
  }
}

/** Numbers what comes in the order of an archive, by its second and its counterpart. */
class Numbers {
  readonly #next = new Map<string, number>()
  /** The entry before, if the user wrote it to the own account. */
  #toSelf: { messageId: string; place: NamedPlace } | undefined

  /** The place of an entry; and that of the one before, if this is the same, as it was received. */
  placeOf(result: Element, people: People): { place: NamedPlace; first?: NamedPlace } {
    const place = { id: result.attrs.id ?? '', order: this.#numbered(result, people) }
    const messageId = idOfNote(result, people)
    const first = messageId === this.#toSelf?.messageId ? this.#toSelf?.place : undefined
    this.#toSelf = messageId === undefined || first ? undefined : { messageId, place }
    return first ? { place, first } : { place }
  }

  #numbered(result: Element, people: People): string {
    const second = secondAt(result)
    const key = `${second}/${counterpartOf(result, people)}`
    const number = this.#next.get(key) ?? 0
    this.#next.delete(key)
    this.#next.set(key, number + 1)
    // Those of long ago do not come again.
    if (this.#next.size > MOST_REMEMBERED) this.#next.delete(this.#next.keys().next().value!)
    return placeInSecond(second, number)
  }
}

function secondAt(result: Element): number {
  return Math.floor((archivedAt(result) || 0) / 1000)
}

/** Whom an entry of the own archive is about, by which it can be asked for alone. */
function counterpartOf(result: Element, people: People): string {
  const { from, to } = forwardedMessage(result)?.attrs ?? {}
  const sender = bareAddress(from)
  return from === undefined || sender === people.self ? bareAddress(to ?? people.self) : sender
}

/** The id of what the user has written to the own account; undefined: it is something else. */
function idOfNote(result: Element, people: People): string | undefined {
  const { id, from } = forwardedMessage(result)?.attrs ?? {}
  const isOwn = bareAddress(from) === people.self
  return isOwn && counterpartOf(result, people) === people.self ? id : undefined
}

/** The last place before a second. */
function placeBefore(second: number): string {
  return placeInSecond(second - 1, Infinity)
}

function endsOf(entries: readonly ArchivedDelivery[]): Pick<ArchivePage, 'first' | 'last'> {
  const orders = entries.map(({ order }) => order).sort()
  return orders.length > 0 ? { first: orders[0], last: orders.at(-1) } : {}
}
