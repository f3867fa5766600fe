/**
 * Archives whose ids say nothing of where something stands, as those of Prosody, which tells only in
 * which second an entry came in. Its place is made of that second and of its number among what the
 * archive has of the same counterpart in it. Archives are appended to, so every device that reads one
 * comes to the same places, wherever it begins; that takes reading seconds from their beginning, and
 * so pages here hold whole ones. What a user writes to the own account is there twice, as sent and as
 * received: then the first counts.
 */
import { placeInSecond, secondOf } from './archive-place.js'
import {
  askArchive,
  type ArchiveAnswer,
  type ArchivePage,
  type ArchiveQuery,
  type ArchiveQuestion,
  type Archives,
} from './archive-query.js'
import type { ArchivedDelivery } from './deliveries.js'
import { NewestPart } from './newest-part.js'
import { NumberedPlaces, secondAt, type NamedPlace } from './numbered-places.js'
import type { People } from './people.js'
import { StanzaError, type Element, type Wire } from './wire.js'

/** Ids whose places are remembered. */
const MOST_REMEMBERED = 2000

/** Entries read at once where what has come since is looked for. */
const PAGE_SIZE = 250

/** Newest parts that are remembered. */
const MOST_PARTS = 20

type Kept = Pick<ArchiveQuery, 'room' | 'counterpart' | 'count'>

export class TimedArchives implements Archives {
  /** Places in the own archive by id. */
  readonly #places = new Map<string, NamedPlace>()
  /** The last entry of the own archive that is in `#places`, and how many each second had by then. */
  #last: { id: string; second: number } | undefined
  #numbers: NumberedPlaces
  #following: Promise<void> | undefined
  /** By whom they are about and how much was asked for. */
  readonly #parts = new Map<string, NewestPart>()

  /** @param newest of the own archive when this session began; none: there was nothing in it */
  constructor(
    private readonly wire: Wire,
    private readonly people: People,
    private readonly newest?: Element,
  ) {
    this.#numbers = new NumberedPlaces(people)
  }

  async page(query: ArchiveQuery): Promise<ArchivePage> {
    const { room, counterpart, count, before, after, since } = query
    const kept = { room, counterpart, count }
    if (after !== undefined) return this.#behind(kept, after)
    if (before !== undefined) return (await this.#before(kept, before)).page
    if (since === undefined) return this.#newest(kept)
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

  async #newest(kept: Kept): Promise<ArchivePage> {
    const key = JSON.stringify(kept)
    const part = this.#parts.get(key)
    this.#parts.delete(key)
    if (part) {
      this.#parts.set(key, part)
      try {
        return await part.page()
      } catch (error) {
        this.#parts.delete(key)
        if (!(error instanceof StanzaError)) throw error
        // What it went on from is no longer kept.
      }
    }
    const { page, last, places } = await this.#before(kept, undefined)
    if (last !== undefined) {
      const readBehind = (after: string) => this.#ask({ ...kept, after })
      this.#parts.set(key, new NewestPart(kept.count, page, last, places, readBehind))
      if (this.#parts.size > MOST_PARTS) this.#parts.delete(this.#parts.keys().next().value!)
    }
    return page
  }

  /** @returns the page, with what the archive calls its last entry and what has numbered it */
  async #before(
    kept: Kept,
    place: string | undefined,
  ): Promise<{ page: ArchivePage; last?: string; places: NumberedPlaces }> {
    // What stands at the beginning of a second is behind all of the one before.
    const end = place === undefined ? undefined : (secondOf(Number(place) - 1) + 1) * 1000
    const results: Element[] = []
    for (let before = ''; ;) {
      const answer = await this.#ask({ ...kept, before, end })
      const { first, isComplete, total } = answer
      results.unshift(...answer.results)
      const isWhole = isComplete || first === undefined
      // Of the oldest second there may be more farther back.
      const oldest = isWhole ? -Infinity : secondAt(results[0]!)
      const places = new NumberedPlaces(this.people)
      const all = places.placed(results, oldest)
      const entries = all.filter(({ order }) => place === undefined || order < place)
      if (entries.length > 0 || isWhole) {
        const from = isWhole ? undefined : placeInSecond(oldest + 1, 0)
        const ends = { ...endsOf(entries), ...(from && { first: from }) }
        const page = { entries, ...ends, isComplete: isWhole, total }
        return { page, last: results.at(-1)?.attrs.id, places }
      }
      before = first
    }
  }

  async #behind(kept: Kept, place: string): Promise<ArchivePage> {
    const start = secondOf(Number(place) + 1) * 1000
    const results: Element[] = []
    for (let after = ''; ;) {
      const answer = await this.#ask({ ...kept, after, start })
      const { last, isComplete, total } = answer
      results.push(...answer.results)
      const isWhole = isComplete || last === undefined
      // Of the newest second there may be more farther on.
      const newest = isWhole ? Infinity : secondAt(results.at(-1)!)
      const all = new NumberedPlaces(this.people).placed(results, newest)
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
        const { place, first } = this.#numbers.placeOf(result)
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
      this.#numbers = new NumberedPlaces(this.people)
      return this.#ask({ ...question, after: '', start: last.second * 1000 })
    }
  }

  #ask(question: ArchiveQuestion): Promise<ArchiveAnswer> {
    return askArchive(this.wire, this.people, question)
  }
}

/** The last place before a second. */
function placeBefore(second: number): string {
  return placeInSecond(second - 1, Infinity)
}

function endsOf(entries: readonly ArchivedDelivery[]): Pick<ArchivePage, 'first' | 'last'> {
  const orders = entries.map(({ order }) => order).sort()
  return orders.length > 0 ? { first: orders[0], last: orders.at(-1) } : {}
}
