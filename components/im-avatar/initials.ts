const cjk = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u

/**
 * The one or two characters that stand for a name: the first letters of the first and the last word;
 * of a name in Chinese, Japanese or Korean its last two, which is the given name.
 */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean)
  const lastOfCjk = words.findLast((word) => cjk.test(word))
  if (lastOfCjk) return graphemes(lastOfCjk).slice(-2).join('')
  const firstAndLast = words.length > 1 ? [words[0]!, words.at(-1)!] : words
  return firstAndLast
    .map((word) => graphemes(word)[0] ?? '')
    .join('')
    .toLocaleUpperCase()
}

/** Placeholder colours there are; `im-avatar.styles.ts` has one for each. */
export const paletteSize = 8

/** The same colour for the same id, on every page and device. */
export function paletteIndex(id: string): number {
  let hash = 0
  for (const character of id) hash = (hash * 31 + character.codePointAt(0)!) >>> 0
  return hash % paletteSize
}

// Making one takes longer than using it.
let segmenter: Intl.Segmenter | undefined

function graphemes(text: string): string[] {
  segmenter ??= new Intl.Segmenter()
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}
