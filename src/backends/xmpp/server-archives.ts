/** The archives of a server, read in the way that its ids want. */
import { orderOf } from './archive-place.js'
import {
  askArchive,
  queryArchive,
  type ArchivePage,
  type ArchiveQuery,
  type Archives,
} from './archive-query.js'
import type { NamedPlace } from './numbered-places.js'
import type { People } from './people.js'
import { TimedArchives } from './timed-archives.js'
import type { Element, Wire } from './wire.js'

export class ServerArchives implements Archives {
  readonly #timed: TimedArchives
  /** Whether ids are places; undefined while no archive that was looked into has held anything. */
  #haveIdsPlaces: boolean | undefined

  /**
   * @param newest entry of the own archive, from which the kind of its ids is seen; true: they are
   *   known to be places
   */
  constructor(
    private readonly wire: Wire,
    private readonly people: People,
    newest: Element | true | undefined,
  ) {
    this.#timed = new TimedArchives(wire, people, newest === true ? undefined : newest)
    this.#haveIdsPlaces = newest === true || (newest && isPlace(newest))
  }

  async page(query: ArchiveQuery): Promise<ArchivePage> {
    const { wire, people } = this
    if (this.#haveIdsPlaces === undefined) {
      const newest = await newestEntry(wire, people, query.room)
      if (!newest) return { entries: [], isComplete: true, total: 0 }
      this.#haveIdsPlaces = isPlace(newest)
    }
    return this.#haveIdsPlaces ? queryArchive(wire, people, query) : this.#timed.page(query)
  }

  /** Where something stands in the own archive that came live under an id which is no place. */
  placeOf(id: string): Promise<NamedPlace | undefined> {
    return this.#timed.placeOf(id)
  }
}

/** The newest entry of an archive, the own one unless a room's is said; undefined: it is empty. */
export async function newestEntry(
  wire: Wire,
  people: People,
  room?: string,
): Promise<Element | undefined> {
  return (await askArchive(wire, people, { room, count: 1 })).results.at(-1)
}

function isPlace({ attrs }: Element): boolean {
  return orderOf(attrs.id) !== undefined
}
