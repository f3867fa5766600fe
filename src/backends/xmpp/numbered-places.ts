/** Places for what an archive only dates by the second: its number among those of the same counterpart. */
import { bareAddress } from './addresses.js'
import { placeInSecond } from './archive-place.js'
import { archivedAt, messagesIn } from './archive-query.js'
import { forwardedMessage, type ArchivedDelivery } from './deliveries.js'
import type { People } from './people.js'
import type { Element } from './wire.js'

/** Seconds that are counted at the same time; those of long ago do not come again. */
const MOST_COUNTED = 2000

/** An entry by its place and by what the archive calls it. */
export type NamedPlace = Pick<ArchivedDelivery, 'order'> & { id: string }

/** Gives places to what comes in the order of an archive, from the beginning of a second on. */
export class NumberedPlaces {
  readonly #next = new Map<string, number>()
  /** The entry before, if the user wrote it to the own account. */
  #toSelf: { messageId: string; place: NamedPlace } | undefined

  constructor(private readonly people: People) {}

  /** The place of an entry; and that of the one before, if this is the same, as it was received. */
  placeOf(result: Element): { place: NamedPlace; first?: NamedPlace } {
    const place = { id: result.attrs.id ?? '', order: this.#numbered(result) }
    const messageId = this.#idOfNote(result)
    const first = messageId === this.#toSelf?.messageId ? this.#toSelf?.place : undefined
    this.#toSelf = messageId === undefined || first ? undefined : { messageId, place }
    return first ? { place, first } : { place }
  }

  /**
   * The messages of entries, with their places.
   * @param leftOut a second of which these are not all
   */
  placed(results: readonly Element[], leftOut?: number): ArchivedDelivery[] {
    return results.flatMap((result) => {
      const { place, first } = this.placeOf(result)
      if (first || secondAt(result) === leftOut) return []
      return messagesIn(this.people, result).map((message) => ({ message, ...place }))
    })
  }

  #numbered(result: Element): string {
    const second = secondAt(result)
    const key = `${second}/${this.#counterpartOf(result)}`
    const number = this.#next.get(key) ?? 0
    this.#next.delete(key)
    this.#next.set(key, number + 1)
    if (this.#next.size > MOST_COUNTED) this.#next.delete(this.#next.keys().next().value!)
    return placeInSecond(second, number)
  }

  /** Whom an entry of the own archive is about, by which it can be asked for alone. */
  #counterpartOf(result: Element): string {
    const { self } = this.people
    const { from, to } = forwardedMessage(result)?.attrs ?? {}
    const sender = bareAddress(from)
    return from === undefined || sender === self ? bareAddress(to ?? self) : sender
  }

  /** The id of what the user has written to the own account; undefined: it is something else. */
  #idOfNote(result: Element): string | undefined {
    const { id, from } = forwardedMessage(result)?.attrs ?? {}
    const isNote =
      bareAddress(from) === this.people.self && this.#counterpartOf(result) === this.people.self
    return isNote ? id : undefined
  }
}

/** The second in which an entry came into its archive, since 1970. */
export function secondAt(result: Element): number {
  return Math.floor((archivedAt(result) || 0) / 1000)
}
