/** What tabs that share a connection say to each other. */
import type { Batch, Capability, PresenceState, StatusMessage } from '../backend.js'
import { IMError, type ErrorCode } from '../../model/errors.js'
import type { CallName } from './session-calls.js'

/** What the tabs need to know of the session they share. */
export interface SharedFacts {
  userId: string
  capabilities: readonly Capability[]
  /** Names of the parts there are: `settings`, `groups`. */
  parts: readonly string[]
}

/**
 * Names one tab's time with the connection. Compares as a string: whoever gets it later has the
 * higher one.
 */
export type Epoch = string

/** The epoch of a tab that gets the connection after every other that it has heard of. */
export function epochAfter(newest: Epoch, tabId: string): Epoch {
  // Clocks are put back at times; and two tabs may take the connection in the same millisecond.
  const time = Math.max(Date.now(), (parseInt(newest, 10) || 0) + 1)
  return `${String(time).padStart(15, '0')} ${tabId}`
}

/** What all tabs hear. */
export type Announcement =
  /** Who holds the connection? */
  | { kind: 'ask' }
  /**
   * I do; without a session I am still connecting.
   * @property ahead milliseconds by which the server's clock is ahead of this machine's
   */
  | { kind: 'here'; epoch: Epoch; ahead: number; session?: SharedFacts }
  | { kind: 'batch'; epoch: Epoch; batch: Batch }
  | { kind: 'status'; epoch: Epoch; messages: readonly StatusMessage[] }
  | { kind: 'presence'; epoch: Epoch; states: readonly PresenceState[] }
  /** The session is over, for all. */
  | { kind: 'closed'; epoch: Epoch; reason: PlainError }

/** What a holder is asked. */
export type Request =
  | {
      kind: 'call'
      /** The tab that asks. */
      from: string
      id: number
      name: CallName
      values: readonly unknown[]
      /** Unix milliseconds */
      sentTime: number
    }
  /** No more of this: an upload was given up, a catch-up has ended. */
  | { kind: 'drop'; from: string; id: number }

/** What a tab is answered. */
export type Answer = { epoch: Epoch; id: number } & (
  { value: unknown } | { error: PlainError } | { progress: number }
)

/** An error as it crosses from one tab to another. */
export interface PlainError {
  code: ErrorCode
  message: string
}

export const plain = ({ code, message }: IMError): PlainError => ({ code, message })

export const fromPlain = ({ code, message }: PlainError): IMError => new IMError(code, message)
