/** What the parts of an open client share: one user's database and the way to tell of changes. */
import type { ClientDatabase } from '../database/schema.js'
import type { MessageTypeRegistry } from '../model/message-types.js'
import type { BackendSession } from '../backends/backend.js'
import type { Changes } from './changes.js'
import type { Emitter } from './events.js'
import type { ClientEvent, IMClientEvents } from './client-events.js'

export type Report = (error: unknown, context: string) => void

/** Runs a function later; gives what cancels it. Tests inject their own. */
export type Schedule = (run: () => void, milliseconds: number) => () => void

export interface Scope {
  readonly userId: string
  readonly database: ClientDatabase
  readonly messageTypes: MessageTypeRegistry
  readonly events: Emitter<IMClientEvents>
  /** Ids of operations made here: when one comes back from the backend, nobody has to be told. */
  readonly ownOperations: Set<string>
  /** Messages that were read before they came by themselves: when they do, the host is told. */
  readonly untold: Set<string>
  readonly schedule: Schedule
  readonly report: Report
  /** Unix milliseconds by the server's clock as far as it is known. */
  now(): number
  /** The connection, while there is one. */
  session(): BackendSession | undefined
  /** The connection. @throws IMError 30002 without one */
  requireSession(): BackendSession
  /**
   * Tells this page and the user's other tabs what a transaction has changed.
   * @param events what this page's host is told of afterwards, when it has the messages
   */
  publish(changes: Changes, events?: readonly ClientEvent[]): void
}
