/** The far side of the port as tests need it: keeps what a backend delivers, and waits for it. */
import type {
  Batch,
  BackendSink,
  GroupChange,
  PresenceState,
  Setting,
  StatusMessage,
} from '../../src/backends/backend.js'
import type { IMError } from '../../src/model/errors.js'
import type { ArchivedMessage } from '../../src/model/message.js'

export class BackendRecorder implements BackendSink {
  readonly batches: Batch[] = []
  readonly statuses: StatusMessage[] = []
  readonly presences: PresenceState[] = []
  readonly closings: IMError[] = []
  readonly disbeliefs: IMError[] = []
  #waiting = new Set<() => void>()

  batch(batch: Batch): void {
    this.batches.push(batch)
    this.#changed()
  }

  status(messages: readonly StatusMessage[]): void {
    this.statuses.push(...messages)
    this.#changed()
  }

  presence(states: readonly PresenceState[]): void {
    this.presences.push(...states)
    this.#changed()
  }

  closed(reason: IMError): void {
    this.closings.push(reason)
    this.#changed()
  }

  disbelieved(reason: IMError): void {
    this.disbeliefs.push(reason)
    this.#changed()
  }

  /** Shown messages and operations, in the order in which they came. */
  get messages(): ArchivedMessage[] {
    return this.batches.flatMap(({ messages }) => messages)
  }

  get settings(): Setting[] {
    return this.batches.flatMap(({ settings }) => settings ?? [])
  }

  get groups(): GroupChange[] {
    return this.batches.flatMap(({ groups }) => groups ?? [])
  }

  get blockLists(): (readonly string[])[] {
    return this.batches.flatMap(({ blockList }) => (blockList ? [blockList] : []))
  }

  /** Number of calls so far, of whatever kind. */
  get callCount(): number {
    return this.batches.length + this.statuses.length + this.presences.length + this.closings.length
  }

  /** What `find` finds, as soon as it finds something. A test that waits in vain times out. */
  until<Found>(find: (recorder: this) => Found): Promise<NonNullable<Found>> {
    return new Promise((resolve, reject) => {
      const look = () => {
        try {
          const found = find(this)
          if (found === undefined || found === null || found === false) return
          this.#waiting.delete(look)
          resolve(found as NonNullable<Found>)
        } catch (error) {
          this.#waiting.delete(look)
          reject(error instanceof Error ? error : new Error(String(error)))
        }
      }
      this.#waiting.add(look)
      look()
    })
  }

  untilMessage({ messageUId }: { messageUId: string }): Promise<ArchivedMessage> {
    return this.until(({ messages }) => messages.find((it) => it.messageUId === messageUId))
  }

  untilStatus({ messageUId }: { messageUId: string }): Promise<StatusMessage> {
    return this.until(({ statuses }) => statuses.find((it) => it.messageUId === messageUId))
  }

  /** How somebody stands by the last that was told; undefined: nothing was. */
  isOnline(userId: string): boolean | undefined {
    return this.presences.findLast((state) => state.userId === userId)?.isOnline
  }

  #changed(): void {
    for (const look of [...this.#waiting]) look()
  }
}
