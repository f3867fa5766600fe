/** Where a key leads among the messages of a list. */
import type { Motion } from '../internal/roving-focus.js'

export interface KeyReachedOptions {
  /** Of all messages there are, in order. */
  keys: readonly string[]
  /** The message that has the focus; the last one, if it is not there any more. */
  fromKey: string | undefined
  /** Messages that PageUp and PageDown go over. */
  perPage: number
}

/** The key of the message; the first or last one where there is none farther on. */
export function keyReached(
  motion: Motion,
  { keys, fromKey, perPage }: KeyReachedOptions,
): string | undefined {
  const last = keys.length - 1
  const known = fromKey === undefined ? -1 : keys.indexOf(fromKey)
  const from = known < 0 ? last : known
  const target = {
    first: 0,
    last,
    next: from + 1,
    previous: from - 1,
    'page-next': from + perPage,
    'page-previous': from - perPage,
  }[motion]
  return keys[Math.max(0, Math.min(target, last))]
}
