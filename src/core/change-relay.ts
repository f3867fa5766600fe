/**
 * Tells of changes in the database: this page through events, the user's other tabs through their
 * channel, and the host of what was received, in whichever tab it was stored.
 */
import type { ClientDatabase, MessageRow } from '../database/schema.js'
import { toMessage } from './conversation.js'
import type { ChangeSet, Changes } from './changes.js'
import type { ClientEvent, IMClientEvents } from './client-events.js'
import type { Emitter } from './events.js'
import type { Report } from './scope.js'
import { TabChannel } from './tab-channel.js'

export class ChangeRelay {
  readonly #database: ClientDatabase
  readonly #events: Emitter<IMClientEvents>
  readonly #report: Report
  readonly #tabs: TabChannel
  #isClosed = false
  /** Keeps what hosts are told in order though rows are read in between. */
  #telling: Promise<void> = Promise.resolve()

  constructor(database: ClientDatabase, events: Emitter<IMClientEvents>, report: Report) {
    this.#database = database
    this.#events = events
    this.#report = report
    this.#tabs = new TabChannel(database.name, (set) => this.#tell(set))
  }

  /** @param events told once the messages have been told that came with them */
  publish(changes: Changes, events: readonly ClientEvent[] = []): void {
    if (this.#isClosed) return
    if (!changes.isEmpty) {
      const set = changes.toSet()
      this.#tabs.tell(set)
      this.#tell(set, changes.receivedRows)
    }
    for (const [name, detail] of events) {
      this.#telling = this.#telling.then(() => {
        if (!this.#isClosed) this.#events.emit(name, detail)
      })
    }
  }

  close(): void {
    this.#isClosed = true
    this.#tabs.close()
  }

  /** @param received the rows, if they were stored by this page: another tab's have to be read */
  #tell(set: ChangeSet, received?: readonly MessageRow[]): void {
    this.#events.emit('change', set)
    if (!set.received.length) return
    this.#telling = this.#telling.then(() => this.#tellReceived(set.received, received))
  }

  async #tellReceived(ids: readonly number[], known?: readonly MessageRow[]): Promise<void> {
    try {
      const rows = known ?? (await this.#database.messages.bulkGet([...ids]))
      const messages = rows.flatMap((row) => (row ? [toMessage(row)] : []))
      if (messages.length && !this.#isClosed) this.#events.emit('messages', { messages })
    } catch (error) {
      if (!this.#isClosed) this.#report(error, 'telling of received messages')
    }
  }
}
