import { said, type Archive } from './archive.js'
import type { Contender } from './contender.js'
import { drawn } from './frames.js'
import { belowScreen, isLastOnScreen } from './screen.js'

export interface Appending {
  /** Milliseconds between two frames, the longest time of it. */
  longestFrame: number
  /** Pixels the end was away from the bottom, in the worst of all frames. */
  offBottom: number
  /** Milliseconds from the arrival of the last message until it has been drawn. */
  lastShown: number
}

/** Messages arrive one by one while the reader is at the end. */
export async function append(
  contender: Contender,
  archive: Archive,
  { count, perSecond }: { count: number; perSecond: number },
): Promise<Appending> {
  const arriving = arrive(contender, archive, { count, perSecond })
  const result: Appending = { longestFrame: 0, offBottom: 0, lastShown: 0 }
  let last = await drawn()
  for (;;) {
    const time = await drawn()
    result.longestFrame = Math.max(result.longestFrame, time - last)
    result.offBottom = Math.max(result.offBottom, belowScreen(contender))
    last = time
    if (arriving.endedAt && isLastOnScreen(contender, archive.count + count - 1)) {
      return { ...result, lastShown: performance.now() - arriving.endedAt }
    }
  }
}

/** A timer may come late: what should have come by then comes at once, so that the rate holds. */
function arrive(
  contender: Contender,
  archive: Archive,
  { count, perSecond }: { count: number; perSecond: number },
): { endedAt: number | undefined } {
  const state: { endedAt: number | undefined } = { endedAt: undefined }
  const start = performance.now()
  let arrived = 0
  const timer = setInterval(() => {
    const due = Math.min(count, Math.floor(((performance.now() - start) * perSecond) / 1000))
    for (; arrived < due; arrived++) contender.append(said(archive, archive.count + arrived))
    if (arrived < count) return
    clearInterval(timer)
    state.endedAt = performance.now()
  }, 1000 / perSecond)
  return state
}
