/**
 * What the user's devices note for each other, which the archive keeps: what was deleted, and where
 * groups were entered. Read once for a session, and followed from then on.
 */
import type { Archives } from './archive-query.js'
import type { ArchivedDelivery } from './deliveries.js'
import type { People } from './people.js'

const PAGE_SIZE = 250

export class OwnNotes {
  #reading: Promise<void> | undefined

  constructor(
    private readonly archives: Archives,
    private readonly people: People,
    private readonly take: (notes: readonly ArchivedDelivery[]) => void,
  ) {}

  /** Resolves when everything that was noted so far is known. */
  read(): Promise<void> {
    this.#reading ??= this.#readAll()
    this.#reading.catch(() => (this.#reading = undefined))
    return this.#reading
  }

  async #readAll(): Promise<void> {
    const { archives, people } = this
    for (let after: string | undefined = '0'; after !== undefined;) {
      const counterpart = people.ownDevices
      const page = await archives.page({ counterpart, after, count: PAGE_SIZE })
      this.take(page.entries)
      after = page.isComplete ? undefined : page.last
    }
  }
}
