/**
 * Brings a session's stream of batches into the database, in order. Those that come while others
 * are being stored go in together. Live batches wait until catching up has ended, or the cursor
 * would pass what is still missing.
 */
import type { Batch, BackendSession } from '../backends/backend.js'
import { databaseError } from '../database/open.js'
import { type IMError, isRetryable } from '../model/errors.js'
import { ingest } from './inbox.js'
import { CATCH_UP_LOT_SIZE, lotsOf } from './lots.js'
import { readAhead } from './read-ahead.js'
import type { Scope } from './scope.js'

/**
 * Milliseconds from one transaction to the next while messages come fast: as soon as none has come
 * for a moment, at the latest after three frames. What comes faster can't be read one by one, and
 * each transaction, and drawing what it brought, keeps the page busy.
 */
const PACE = { least: 33, quiet: 12, most: 50 }

export interface StreamEnds {
  /** Catching up has ended: everything missed is here. */
  onCaughtUp: () => void
  /** The counts and last messages of some conversations have to be asked for. Never rejects. */
  onListBehind: (session: BackendSession) => Promise<void>
  /** This session is of no more use: another one has to be begun. */
  onFailed: (reason: IMError) => void
}

export class Stream {
  readonly #scope: Scope
  readonly #ends: StreamEnds
  #live: Batch[] = []
  /** When the last of them came. */
  #cameAt = 0
  /** Until a session has caught up, live batches are held back. */
  #isHeld = true
  #isDraining = false
  #session: BackendSession | undefined

  constructor(scope: Scope, ends: StreamEnds) {
    this.#scope = scope
    this.#ends = ends
  }

  /** Catches up, then lets the live batches through that came meanwhile. */
  async start(session: BackendSession): Promise<void> {
    const { meta } = this.#scope.database
    this.#session = session
    this.#isHeld = true
    try {
      const cursor = await meta.get('cursor')
      await this.#catchUp(session, cursor?.value as string | undefined)
      if (this.#session !== session) return
      if (await meta.get('isListBehind')) await this.#ends.onListBehind(session)
    } catch (error) {
      this.#failed(session, error, 'catching up')
      return
    }
    if (this.#session !== session) return
    this.#isHeld = false
    this.#ends.onCaughtUp()
    await this.#drain()
  }

  live(batch: Batch): void {
    this.#live.push(batch)
    this.#cameAt = performance.now()
    void this.#drain()
  }

  /** What has not been stored yet comes again: the cursor has not moved past it. */
  stop(): void {
    this.#session = undefined
    this.#isHeld = true
    this.#live = []
  }

  async #catchUp(session: BackendSession, cursor: string | undefined): Promise<void> {
    // What came before a failure is stored: the next session goes on from there.
    for await (const batches of readAhead(session.catchUp(cursor), CATCH_UP_LOT_SIZE)) {
      for (const lot of lotsOf(batches, CATCH_UP_LOT_SIZE)) {
        if (this.#session !== session) return
        await ingest(this.#scope, { ...lot, source: 'offline' })
      }
    }
  }

  async #drain(): Promise<void> {
    if (this.#isDraining) return
    this.#isDraining = true
    // While a batch is stored another session may begin, which has to catch up first.
    while (this.#session && !this.#isHeld && this.#live.length) {
      const began = performance.now()
      await this.#store(this.#session, this.#live.splice(0))
      // More has come meanwhile, so it comes fast: what comes until then goes in together.
      if (this.#live.length) await this.#pauseSince(began)
    }
    this.#isDraining = false
  }

  async #pauseSince(began: number): Promise<void> {
    let end: number
    do {
      end = Math.max(began + PACE.least, Math.min(this.#cameAt + PACE.quiet, began + PACE.most))
    } while (await isAhead(end))
  }

  async #store(session: BackendSession, batches: readonly Batch[]): Promise<void> {
    try {
      for (const lot of lotsOf(batches)) {
        if (this.#session !== session) return
        const { isListBehind } = await ingest(this.#scope, { ...lot, source: 'live' })
        if (isListBehind && this.#session === session) void this.#ends.onListBehind(session)
      }
    } catch (error) {
      this.#failed(session, error, 'storing what was received')
    }
  }

  /**
   * A batch could not be stored, or the rest not be had. Going on would move the cursor past it,
   * so nothing more is taken from this session: all of it comes again with the next one.
   */
  #failed(session: BackendSession, error: unknown, context: string): void {
    if (this.#session !== session) return
    this.stop()
    const known = databaseError(error)
    if (!isRetryable(known.code)) this.#scope.report(known, context)
    this.#ends.onFailed(known)
  }
}

/** Waits until a time, if it is still to come. */
async function isAhead(time: number): Promise<boolean> {
  const wait = time - performance.now()
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
  return wait > 0
}
