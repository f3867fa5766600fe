/** The rows of a message window: sorted by the archive's order, each once, never too many. */
import { messageKey, type Message } from '../model/message.js'
import type { Display } from './display.js'

export interface Row {
  /** As it is shown. */
  message: Message
  /** The host hides it; it still marks its place. */
  isHidden: boolean
}

/** Which part of the conversation the rows cover, without holes. */
export interface Stretch {
  rows: readonly Row[]
  hasOlder: boolean
  hasNewer: boolean
}

export interface TakeInOptions {
  /** What was read; what of it is not among the rows is gone. */
  asked: ReadonlySet<number>
  /** Rows held at most. */
  most: number
  /** Whether new messages push old ones out when there are too many, or wait out of sight. */
  mayPushOut: boolean
}

/** Messages as the host wants them shown. */
export async function shownRows(messages: readonly Message[], display: Display): Promise<Row[]> {
  return Promise.all(
    messages.map(async (message) => {
      const isHidden = display.hidesMessage(message)
      if (isHidden || !display.contentInList) return { message, isHidden }
      return { message: { ...message, content: await display.contentInList(message) }, isHidden }
    }),
  )
}

/** Rows that come after all that is there and are not there yet. */
export function arrivals({ rows }: Stretch, fresh: readonly Row[]): Row[] {
  const known = new Set(rows.map((row) => row.message.messageId))
  const last = rows.at(-1)?.message.order ?? ''
  return fresh.filter(({ message }) => !known.has(message.messageId) && message.order > last)
}

/** A stretch with rows that are new or have changed, wherever they belong. */
export function takenIn(
  before: Stretch,
  fresh: readonly Row[],
  { asked, most, mayPushOut }: TakeInOptions,
): Stretch {
  const count = arrivals(before, fresh).length
  const isTooMuch = count > 0 && before.rows.length + count > most && !mayPushOut
  const room = isTooMuch ? { ...before, hasNewer: true } : before
  const replaced = new Set([...asked, ...idsOf(fresh)])
  const kept = room.rows.filter((row) => !replaced.has(row.message.messageId))
  // A message that has just got its place in the archive may now stand before all others.
  const held = idsOf(before.rows)
  const fitting = fresh.filter((row) => held.has(row.message.messageId) || fits(room, row))
  return bounded({ ...room, rows: [...kept, ...fitting].sort(byOrder) }, most, 'older')
}

/** A stretch with the page that comes before or after it; the far side makes room. */
export function extended(
  before: Stretch,
  end: 'older' | 'newer',
  page: Stretch,
  most: number,
): Stretch {
  const ids = idsOf(page.rows)
  const kept = before.rows.filter((row) => !ids.has(row.message.messageId))
  return end === 'older'
    ? bounded({ ...before, rows: [...page.rows, ...kept], hasOlder: page.hasOlder }, most, 'newer')
    : bounded({ ...before, rows: [...kept, ...page.rows], hasNewer: page.hasNewer }, most, 'older')
}

export function withoutRows(stretch: Stretch, ids: ReadonlySet<number>): Stretch {
  return { ...stretch, rows: stretch.rows.filter((row) => !ids.has(row.message.messageId)) }
}

export function holds({ rows }: Stretch, key: string): boolean {
  return rows.some((row) => messageKey(row.message) === key)
}

/** messageKeys of those that can be seen. */
export function keysOf(rows: readonly Row[]): string[] {
  return rows.filter((row) => !row.isHidden).map((row) => messageKey(row.message))
}

function bounded(stretch: Stretch, most: number, farSide: 'older' | 'newer'): Stretch {
  const { rows } = stretch
  if (rows.length <= most) return stretch
  return farSide === 'older'
    ? { ...stretch, rows: rows.slice(rows.length - most), hasOlder: true }
    : { ...stretch, rows: rows.slice(0, most), hasNewer: true }
}

/** Whether a message is part of the stretch, or follows it without a hole. */
function fits({ rows, hasOlder, hasNewer }: Stretch, { message }: Row): boolean {
  const first = rows[0]?.message.order
  const last = rows.at(-1)?.message.order
  if (first === undefined || last === undefined) return !hasNewer
  if (message.order < first) return !hasOlder
  return message.order <= last || !hasNewer
}

function idsOf(rows: readonly Row[]): Set<number> {
  return new Set(rows.map((row) => row.message.messageId))
}

function byOrder(one: Row, other: Row): number {
  if (one.message.order === other.message.order) return 0
  return one.message.order < other.message.order ? -1 : 1
}
