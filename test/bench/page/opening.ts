import type { Archive } from './archive.js'
import type { Contender } from './contender.js'
import { drawn, frame } from './frames.js'
import { isLastOnScreen } from './screen.js'

/**
 * Milliseconds from asking for a conversation to the second animation frame with its newest
 * message: what is in the first one has been drawn by then.
 */
export async function open(contender: Contender, archive: Archive): Promise<number> {
  await drawn()
  const start = performance.now()
  contender.open(archive)
  do await frame()
  while (!isLastOnScreen(contender, archive.count - 1))
  await frame()
  return performance.now() - start
}

/** The conversations in turn, again and again; milliseconds of each switch. */
export async function switchThrough(
  contender: Contender,
  archives: readonly Archive[],
  count: number,
): Promise<number[]> {
  const times: number[] = []
  for (let at = 0; at < count; at++) {
    times.push(await open(contender, archives[at % archives.length]!))
  }
  return times
}
