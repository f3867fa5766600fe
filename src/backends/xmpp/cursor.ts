/**
 * How far a client has come in its stream. Archives are not filled strictly in the order of their
 * places: of two messages stored at the same moment the later one may be there first. So a cursor
 * also names what was delivered lately, and whoever goes on from it looks a little farther back.
 */
import type { Cursor } from '../backend.js'
import { orderOf } from './archive-place.js'
import { parsedJson } from './json-text.js'

/** Microseconds, as places are: longer than it takes to store a message. */
const OVERLAP = 5_000_000

/** Of so many a cursor names at most: what falls out may come twice. */
const MOST_NAMED = 500

export interface Place {
  /** The last place of the archive that was delivered. */
  at: string
  /** Names of those delivered that lie so near that something may still come before them. */
  lately: readonly string[]
  /** The highest number of a setting. */
  settings: number
  /** What tells the block list that was delivered from others; none: nobody was on it. */
  blocked?: string | undefined
  /** On a new device: before this place nobody has looked yet which conversations there are. */
  unseen?: string
}

/** The place from which on to look. */
export function startOf({ at }: Place): string {
  return String(Math.max(0, Number(at) - OVERLAP)).padStart(at.length, '0')
}

export function cursorOf({ at, lately, settings, blocked, unseen }: Place): Cursor {
  return JSON.stringify({ v: 1, at, lately, settings, blocked, unseen })
}

/** The place of a cursor; undefined if it is none of this backend's. */
export function placeOfCursor(cursor: Cursor | undefined): Place | undefined {
  const value = parsedJson(cursor ?? '') as Partial<Record<keyof Place, unknown>> | undefined
  if (typeof value !== 'object' || value === null) return undefined
  const { at, lately, settings, blocked, unseen } = value
  const isPlace = typeof at === 'string' && orderOf(at) === at && Array.isArray(lately)
  if (!isPlace || typeof settings !== 'number') return undefined
  return {
    at,
    lately: lately.filter((it): it is string => typeof it === 'string'),
    settings,
    ...(typeof blocked === 'string' && { blocked }),
    ...(typeof unseen === 'string' && { unseen }),
  }
}

/** The place after some more was delivered. @param names of the entries in the archive (`entryName`) */
export function advanced(place: Place, names: readonly string[]): Place {
  const placeIn = (name: string) => name.slice(0, place.at.length)
  const at = names.map(placeIn).reduce((last, it) => (it > last ? it : last), place.at)
  const start = startOf({ ...place, at })
  const lately = [...new Set([...place.lately, ...names])].filter((name) => name > start)
  return { ...place, at, lately: lately.sort().slice(-MOST_NAMED) }
}

/** Having come as far as either of two places of one stream; back in it as far as the second. */
export function joined(one: Place, other: Place): Place {
  const { at } = one.at > other.at ? one : other
  const settings = Math.max(one.settings, other.settings)
  return { ...advanced({ ...other, at }, [...one.lately, ...other.lately]), settings }
}
