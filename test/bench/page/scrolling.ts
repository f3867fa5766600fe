import type { Archive } from './archive.js'
import type { Contender } from './contender.js'
import { drawn, frameTime } from './frames.js'
import { blankShare, countElements, rowInMiddle, serialOf } from './screen.js'

export interface Scrolling {
  /** Between 0 and 1: frames that came more than half a frame too late. */
  late: number
  /** Between 0 and 1: the part of the list's area that showed nothing, over all frames. */
  blank: number
  /** Between 0 and 1: the part of the way asked for that the list moved. */
  moved: number
  /** The furthest message from the end that was seen, as a number of messages. */
  passed: number
  /** In the document, where the way turns. */
  elements: number
}

export interface ScrollingOptions {
  /** Pixels a frame. */
  speed: number
  /** Frames up, and as many back, unless the first message is reached before. */
  frames: number
}

/** Upwards and back at a speed at which nobody can read, as a flick on the scroll bar's thumb. */
export async function scrollFast(
  contender: Contender,
  archive: Archive,
  { speed, frames }: ScrollingOptions,
): Promise<Scrolling> {
  const scroller = contender.scroller()
  const sums = { frames: 0, late: 0, blank: 0, asked: 0, moved: 0 }
  let first = archive.count - 1
  let last = await drawn()

  /** The way is asked for between two frames: where a wheel or a finger would ask for it. */
  const step = async (way: number) => {
    const before = scroller.scrollTop
    scroller.scrollTop = before + way
    sums.asked += Math.abs(way)
    sums.moved += Math.abs(scroller.scrollTop - before)
    const time = await drawn()
    sums.frames += 1
    if (time - last > 1.5 * frameTime) sums.late += 1
    sums.blank += blankShare(contender)
    last = time
    first = Math.min(first, serialOf(rowInMiddle(contender)) ?? Infinity)
  }

  let steps = 0
  while (steps < frames && first > 20) {
    await step(-speed)
    steps += 1
  }
  const elements = countElements()
  last = await drawn()
  for (; steps > 0; steps--) await step(speed)
  return {
    late: sums.late / sums.frames,
    blank: sums.blank / sums.frames,
    moved: sums.moved / sums.asked,
    passed: archive.count - 1 - first,
    elements,
  }
}
