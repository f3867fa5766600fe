/**
 * How far a tab has come in the user's stream of batches. Hands them on, and when the connection
 * has changed hands brings what was missed in between before what is new.
 */
import type { Batch, Cursor } from '../backend.js'

/** The stretch of the stream from a cursor on, one batch at a time. */
export interface BatchSource {
  next(after: Cursor | undefined): Promise<Batch | undefined>
  close(): void
}

export class PlaceInStream {
  readonly #open: () => BatchSource
  readonly #deliver: (batch: Batch) => void
  readonly #onFailed: (error: unknown) => void
  #cursor: Cursor | undefined
  /** Catch-ups that our caller reads. They go on by themselves from the last cursor. */
  #catchUps = 0
  /** Live batches that wait until what came before them is here. */
  #held: Batch[] | undefined
  #isBehind = false

  constructor(
    open: () => BatchSource,
    deliver: (batch: Batch) => void,
    onFailed: (error: unknown) => void,
  ) {
    this.#open = open
    this.#deliver = deliver
    this.#onFailed = onFailed
  }

  live(batch: Batch): void {
    if (this.#held) {
      this.#held.push(batch)
      return
    }
    // While a catch-up is read, everything up to here has not been delivered.
    if (this.#catchUps === 0) this.#cursor = batch.cursor
    this.#deliver(batch)
  }

  async *catchUp(cursor: Cursor | undefined): AsyncGenerator<Batch> {
    this.#catchUps += 1
    try {
      for await (const batch of this.#read(cursor)) yield batch
    } finally {
      this.#catchUps -= 1
    }
  }

  /** Another session has begun: batches may have come between the last one and it. */
  resume(): void {
    // Who has no place yet, or is catching up, learns of everything by catching up.
    if (this.#catchUps > 0 || this.#cursor === undefined) return
    this.#isBehind = true
    if (!this.#held) void this.#readOn()
  }

  async #readOn(): Promise<void> {
    const held = (this.#held = [])
    try {
      while (this.#isBehind) {
        this.#isBehind = false
        for await (const batch of this.#read(this.#cursor)) this.#deliver(batch)
      }
    } catch (error) {
      this.#onFailed(error)
      return
    }
    this.#held = undefined
    for (const batch of held) this.live(batch)
  }

  async *#read(cursor: Cursor | undefined): AsyncGenerator<Batch> {
    const source = this.#open()
    this.#cursor = cursor ?? this.#cursor
    let after = cursor
    try {
      for (;;) {
        const batch = await source.next(after)
        if (!batch) return
        after = this.#cursor = batch.cursor
        yield batch
      }
    } finally {
      source.close()
    }
  }
}
