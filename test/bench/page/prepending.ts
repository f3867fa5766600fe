import type { Archive } from './archive.js'
import type { Contender } from './contender.js'
import { drawn, frame } from './frames.js'
import { open } from './opening.js'
import { drawnBox, rowInMiddle, serialOf } from './screen.js'

export interface Prepending {
  /** Frames from coming near the top until older messages are in the list. */
  frames: number
  /** Pixels by which the message being read was drawn away from its place, in the worst frame. */
  drift: number
}

/** Pixels from the top at which the reader stops: near enough for a list that loads by itself. */
const nearTop = 300
const olderCount = 50
/** Frames after which the images that are there at first have come. */
const settling = 60
/** Frames that are watched: the last of the late images has come by then. */
const watched = 90
/** Pixels of height that only older messages can bring, and no image. */
const grown = 1500

/** Older messages come in above the one that is being read. */
export async function prepend(contender: Contender, archive: Archive): Promise<Prepending> {
  await open(contender, archive)
  for (let at = 0; at < settling; at++) await drawn()
  const scroller = contender.scroller()
  scroller.scrollTop = nearTop
  await frame()
  const reading = await Reading.begin(contender)
  const height = scroller.scrollHeight
  const oldest = oldestSerial(contender)
  contender.showOlder?.(olderCount)
  let frames: number | undefined
  for (let at = 1; at <= watched; at++) {
    await frame()
    await reading.look()
    const isThere = scroller.scrollHeight > height + grown || oldestSerial(contender) < oldest
    if (isThere) frames ??= at
  }
  return { frames: frames ?? Infinity, drift: reading.drift }
}

/** Follows one message; a list may show it in another element from one frame to the next. */
class Reading {
  drift = 0
  readonly #contender: Contender
  readonly #serial: number
  readonly #top: number
  #row: Element

  static async begin(contender: Contender): Promise<Reading> {
    const row = rowInMiddle(contender)
    const serial = serialOf(row)
    if (!row || serial === undefined) throw new Error('There is no message to read.')
    return new Reading(contender, row, serial, (await drawnBox(row)).top)
  }

  private constructor(contender: Contender, row: Element, serial: number, top: number) {
    this.#contender = contender
    this.#row = row
    this.#serial = serial
    this.#top = top
  }

  /** In an animation frame; resolves when the frame has been drawn. */
  async look(): Promise<void> {
    if (!this.#row.isConnected || serialOf(this.#row) !== this.#serial) {
      const row = rowsOf(this.#contender).find((row) => serialOf(row) === this.#serial)
      // Gone from the list is as far away as it gets.
      if (!row) return void (this.drift = Infinity)
      this.#row = row
    }
    const { top } = await drawnBox(this.#row)
    const isStill = this.#row.isConnected && serialOf(this.#row) === this.#serial
    if (isStill) this.drift = Math.max(this.drift, Math.abs(top - this.#top))
  }
}

function oldestSerial(contender: Contender): number {
  return Math.min(...rowsOf(contender).map((row) => serialOf(row) ?? Infinity))
}

function rowsOf(contender: Contender): Element[] {
  return [...contender.root().querySelectorAll(contender.row)]
}
