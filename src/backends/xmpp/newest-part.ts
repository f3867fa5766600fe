/**
 * The newest page of an archive whose ids are no places, for who asks for it again and again, as each
 * message that is sent does to find its place: read once, and from then on only what came since.
 */
import { placeInSecond, secondOf } from './archive-place.js'
import type { ArchiveAnswer, ArchivePage } from './archive-query.js'
import type { NumberedPlaces } from './numbered-places.js'

export class NewestPart {
  #page: ArchivePage
  #reading: Promise<unknown> = Promise.resolve()
  /** Begins when what is being read now is here. */
  #next: Promise<ArchivePage> | undefined

  /**
   * @param count entries that are wanted of it
   * @param page as it was when it was read
   * @param last the id of the last entry in it
   * @param places that have numbered what is in it
   * @param readBehind what came behind an entry
   */
  constructor(
    private readonly count: number,
    page: ArchivePage,
    private last: string,
    private readonly places: NumberedPlaces,
    private readonly readBehind: (id: string) => Promise<ArchiveAnswer>,
  ) {
    this.#page = page
  }

  /** As it is now, with all that came since it was last read. @throws StanzaError when its last entry is gone */
  page(): Promise<ArchivePage> {
    // What is being read may have been asked for before something was there.
    this.#next ??= this.#reading
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined
        const reading = this.#readOn()
        this.#reading = reading
        return reading
      })
    return this.#next
  }

  async #readOn(): Promise<ArchivePage> {
    this.#page = cut(this.#page, this.count)
    for (let isComplete = false; !isComplete;) {
      const { results, last, total, ...answer } = await this.readBehind(this.last)
      isComplete = answer.isComplete || last === undefined
      this.last = last ?? this.last
      const entries = [...this.#page.entries, ...this.places.placed(results)]
      this.#page = { ...this.#page, entries, last: entries.at(-1)?.order, total }
    }
    return this.#page
  }
}

/** The newest whole seconds of a page, with so many entries. */
function cut(page: ArchivePage, count: number): ArchivePage {
  const oldest = page.entries.at(-count)
  if (!oldest) return page
  const first = placeInSecond(secondOf(Number(oldest.order)), 0)
  const entries = page.entries.filter(({ order }) => order >= first)
  return entries.length < page.entries.length
    ? { ...page, entries, first, isComplete: false }
    : page
}
