/**
 * Tells of changes in the database: this page through events, the user's other tabs through their
 * channel, and the host of what was received, in whichever tab it was stored.
 */
import type { ClientDatabase } from '../database/schema.js'
import type { Message } from '../model/message.js'
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
      const received = changes.receivedRows.map((row) => toMessage(row))
      const set = changes.toSet(received)
      this.#tabs.tell(set)
      this.#tell(set, received)
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

  /** @param received if they were stored by this page: another tab's have to be read */
  #tell(set: ChangeSet, received?: readonly Message[]): void {
    this.#events.emit('change', set)
    if (set.blockList) this.#events.emit('blockList', { userIds: [...set.blockList] })
    if (!set.received.length || !this.#events.has('messages')) return
    this.#telling = this.#telling.then(() => this.#tellReceived(set.received, received))
  }

  async #tellReceived(ids: readonly number[], known?: readonly Message[]): Promise<void> {
    try {
      // A host may change what it is given; what is shown stays as it is.
      const messages = known ? structuredClone([...known]) : await this.#read(ids)
      if (messages.length && !this.#isClosed) this.#events.emit('messages', { messages })
    } catch (error) {
      if (!this.#isClosed) this.#report(error, 'telling of received messages')
    }
  }

  async #read(ids: readonly number[]): Promise<Message[]> {
    const rows = await this.#database.messages.bulkGet([...ids])
    return rows.flatMap((row) => (row ? [toMessage(row)] : []))
  }
}
