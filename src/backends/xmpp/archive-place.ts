/**
 * Places in archives: the ids that ejabberd gives, microseconds since 1970; where ids say nothing,
 * what `timed-archives.ts` makes in their likeness. Those of one conversation compare as strings, and
 * so do those of different ones, by time.
 */
import { invalidParameter } from '../../model/errors.js'

const DIGITS = 16

/** The order token of an archive's id; undefined for an id that is no number. */
export function orderOf(archiveId: string | undefined): string | undefined {
  return archiveId && /^\d{1,16}$/.test(archiveId) ? archiveId.padStart(DIGITS, '0') : undefined
}

/** The archive's id of a place. */
export function archiveId(order: string): string {
  return String(Number(order))
}

/** Unix milliseconds. */
export function timeOf(order: string): number {
  return Math.floor(Number(order) / 1000)
}

/** The second in which a place or a time lies, both in microseconds; in seconds since 1970. */
export function secondOf(microseconds: number): number {
  return Math.floor(microseconds / 1_000_000)
}

/**
 * The place of what is the so-manieth of its second, from 0 on. The first thousand stand milliseconds
 * apart, so that their times tell them apart too; what comes behind them shares what is left.
 */
export function placeInSecond(second: number, number: number): string {
  const apart = Math.min(number, 999)
  const left = Math.min(number - apart, 999)
  return String(second * 1_000_000 + apart * 1000 + left).padStart(DIGITS, '0')
}

/** The place at a time. @param time Unix milliseconds */
export function placeAt(time: number): string {
  return String(Math.max(0, Math.floor(time) * 1000)).padStart(DIGITS, '0')
}

/** @throws IMError 33003 for what is no token of ours */
export function assertOrder(order: string): string {
  if (orderOf(order) !== order) {
    throw invalidParameter(`"${order}" is no place in an archive: pass a message's \`order\`.`)
  }
  return order
}

/** The place right behind another. */
export function placeBehind(order: string): string {
  return String(Number(order) + 1).padStart(DIGITS, '0')
}
