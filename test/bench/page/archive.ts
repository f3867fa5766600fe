/**
 * What is said in the conversations of a benchmark: the same for every contender and every run, made
 * from a message's number alone, so that 100,000 of them need no room until they are asked for.
 */

export interface Archive {
  id: string
  /** Messages stored when it is opened. */
  count: number
  /** Every so many messages one is a picture; none if absent. */
  pictureEvery?: number
  /** Shown first by a list that has all in the document at once; all of them if absent. */
  page?: number
}

export interface Said {
  /** From 0, oldest first; text messages begin with it, so that it can be read off the screen. */
  serial: number
  sender: Person
  isOwn: boolean
  text: string
  /** Address of a picture, in place of a text. */
  picture?: string
  /** Unix milliseconds */
  sentTime: number
}

export interface Person {
  id: string
  name: string
}

export const people: readonly Person[] = [
  { id: 'alice', name: 'Alice Ahlgren' },
  { id: 'bob', name: 'Bob Baxter' },
  { id: 'carol', name: 'Carol Costa' },
  { id: 'dave', name: 'Dave Dupont' },
]

/** Whose screen it is. */
export const own = people[0]!

/** Seconds between two messages. */
const pace = 2
const firstTime = Date.UTC(2026, 0, 5, 8)

const words =
  'about after again always answer around because before better between bring call change close come could day different early end enough evening every find first follow from give good great group hand help here home house idea just keep kind know large last later learn leave letter light line little long look make many meet message might minute money morning move name near need never next night nothing number often only open order other part people place plan point question quick read ready right room same school second seem send short should show side simple small some soon start still stop street such sure table take talk tell thank their there thing think though time today together tomorrow town train turn under until usual very wait walk want water week well what when where which while white word work world would write year yes yesterday'.split(
    ' ',
  )

export function said({ id, pictureEvery }: Archive, serial: number): Said {
  const random = randomFrom(`${id}/${serial}`)
  const sender = people[Math.floor(random() * people.length)]!
  const length = 3 + Math.floor(random() * 68)
  const text = Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(' ')
  const message = {
    serial,
    sender,
    isOwn: sender === own,
    text: `#${serial} ${text}`,
    sentTime: firstTime + serial * pace * 1000,
  }
  return pictureEvery && serial % pictureEvery === 0
    ? { ...message, picture: lateImage(serial) }
    : message
}

/** The newest messages of an archive, oldest first. */
export function newest(archive: Archive, count: number): Said[] {
  return stretch(archive, Math.max(0, archive.count - count), archive.count)
}

/** @param end the serial after the last */
export function stretch(archive: Archive, start: number, end: number): Said[] {
  return Array.from({ length: end - start }, (_, index) => said(archive, start + index))
}

/** The server of the benchmark answers after that many milliseconds (serve.js). */
function lateImage(serial: number): string {
  return new URL(`/late/${100 + (serial % 7) * 50}/${serial}.svg`, location.href).href
}

/** Numbers from 0 to 1 that follow from a text: mulberry32 over an FNV-1a hash. */
function randomFrom(seed: string): () => number {
  let state = 0x811c9dc5
  for (let at = 0; at < seed.length; at++) {
    state = Math.imul(state ^ seed.charCodeAt(at), 0x01000193)
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
