/** When a message may have been sent, by its id: ids made by our clients begin with the time (RFC 9562). */
import { placeAt } from './archive-place.js'

/** Milliseconds that the clock of who made an id may be wrong by. */
const CLOCK_TOLERANCE = 60 * 60 * 1000

/** When an id was made, Unix milliseconds by the clock of who made it; undefined if it does not say. */
export function madeAt(messageUId: string): number | undefined {
  const [, high, low] = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-/i.exec(messageUId) ?? []
  return high && low ? Number.parseInt(high + low, 16) : undefined
}

/** A place in the archive before which a message of this id can't be; empty: it may be anywhere. */
export function sentAfter(messageUId: string, now: number): string {
  const made = madeAt(messageUId)
  return made === undefined || made > now + CLOCK_TOLERANCE ? '' : placeAt(made - CLOCK_TOLERANCE)
}
