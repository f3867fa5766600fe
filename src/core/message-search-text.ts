/** What of a message is searched, and where a keyword stands in it. */
import type { Message } from '../model/message.js'
import type { MessageTypeRegistry } from '../model/message-types.js'
import type { TextMatch } from './message-search.js'

/**
 * A text as it is compared: case, full and half width, ligatures, the two small sigmas and the kind
 * of white space make no difference. Never holds a line break, which therefore parts texts.
 */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').replace(/\s+/g, ' ')
}

export function searchedTexts(
  { messageType, content }: Pick<Message, 'messageType' | 'content'>,
  types: MessageTypeRegistry,
): { field: string; text: string }[] {
  const fields = types.get(messageType)?.searchProps ?? []
  return fields.flatMap((field) =>
    [content[field] as unknown]
      .flat()
      .filter((part) => typeof part === 'string' || typeof part === 'number')
      .map((part) => ({ field, text: String(part) })),
  )
}

/** @param keyword folded, not empty */
export function matchIn(
  message: Pick<Message, 'messageType' | 'content'>,
  keyword: string,
  types: MessageTypeRegistry,
): TextMatch | undefined {
  for (const { field, text } of searchedTexts(message, types)) {
    const at = folded(text).indexOf(keyword)
    if (at >= 0) return { field, text, ...unfoldedRange(text, at, at + keyword.length) }
  }
  return undefined
}

/**
 * Where in a text a stretch of its folded form comes from. Folding makes some characters longer and
 * some sequences shorter, so that only beginnings can be compared: a longer one never folds to less.
 */
function unfoldedRange(text: string, start: number, end: number): { start: number; end: number } {
  const lastUpTo = (most: number) =>
    firstWhere(text.length + 1, (length) => foldedLength(text, length) > most) - 1
  const firstFrom = firstWhere(text.length, (length) => foldedLength(text, length) >= end)
  // Accents that stand behind their letter belong to it.
  return { start: lastUpTo(start), end: Math.max(firstFrom, lastUpTo(end)) }
}

function foldedLength(text: string, length: number): number {
  return folded(text.slice(0, length)).length
}

/** The least number for which something is so, if it is so for all greater ones; else `most`. */
function firstWhere(most: number, isSo: (number: number) => boolean): number {
  let [low, high] = [0, most]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isSo(middle)) high = middle
    else low = middle + 1
  }
  return low
}
