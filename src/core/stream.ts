/**
 * Brings a session's stream of batches into the database, one after the other. Live batches wait
 * until catching up has ended, or the cursor would pass what is still missing.
 */
import type { Batch, BackendSession } from '../backends/backend.js'
import { databaseError } from '../database/open.js'
import { type IMError, isRetryable } from '../model/errors.js'
import { ingest } from './inbox.js'
import type { Scope } from './scope.js'

export interface StreamEnds {
  /** Catching up has ended: everything missed is here. */
  onCaughtUp: () => void
  /** Conversations with a hole: their list entries and counts have to be asked for. */
  onGaps: (session: BackendSession) => Promise<void>
  /** This session is of no more use: another one has to be begun. */
  onFailed: (reason: IMError) => void
}

export class Stream {
  readonly #scope: Scope
  readonly #ends: StreamEnds
  #live: Batch[] = []
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
    this.#session = session
    this.#isHeld = true
    try {
      const cursor = await this.#scope.database.meta.get('cursor')
      for await (const batch of session.catchUp(cursor?.value as string | undefined)) {
        if (this.#session !== session) return
        await ingest(this.#scope, { ...batch, source: 'offline' })
        if (batch.gaps?.length) await this.#ends.onGaps(session)
      }
    } catch (error) {
      this.#failed(error, 'catching up')
      return
    }
    if (this.#session !== session) return
    this.#isHeld = false
    this.#ends.onCaughtUp()
    await this.#drain()
  }

  live(batch: Batch): void {
    this.#live.push(batch)
    void this.#drain()
  }

  /** What has not been stored yet comes again: the cursor has not moved past it. */
  stop(): void {
    this.#session = undefined
    this.#isHeld = true
    this.#live = []
  }

  async #drain(): Promise<void> {
    if (this.#isHeld || this.#isDraining) return
    this.#isDraining = true
    try {
      for (let batch = this.#live.shift(); batch; batch = this.#live.shift()) {
        await ingest(this.#scope, { ...batch, source: 'live' })
        if (batch.gaps?.length && this.#session) await this.#ends.onGaps(this.#session)
      }
    } catch (error) {
      this.#failed(error, 'storing what was received')
    } finally {
      this.#isDraining = false
    }
  }

  /**
   * A batch could not be stored, or the rest not be had. Going on would move the cursor past it,
   * so nothing more is taken from this session: all of it comes again with the next one.
   */
  #failed(error: unknown, context: string): void {
    if (!this.#session) return
    this.stop()
    const known = databaseError(error)
    if (!isRetryable(known.code)) this.#scope.report(known, context)
    this.#ends.onFailed(known)
  }
}
