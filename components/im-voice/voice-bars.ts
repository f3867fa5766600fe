/** Bars drawn for a voice message. */
export const barCount = 28

/**
 * The heights of the bars, between 0 and 1. Messages carry no loudness, so the picture is drawn from
 * the address: the same for the same message, and no two alike.
 */
export function barHeights(seed: string): number[] {
  let state = 2166136261
  for (const character of seed) state = Math.imul(state ^ character.codePointAt(0)!, 16777619)
  return Array.from({ length: barCount }, (_, index) => {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + index
    const noise = ((state >>> 8) & 0xffff) / 0xffff
    const swell = 0.55 + 0.45 * Math.sin((index / barCount) * Math.PI)
    return 0.18 + 0.82 * noise * swell
  })
}
