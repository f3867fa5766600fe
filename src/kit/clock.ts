/** One timer for all that shows relative times. */
import type { ReadonlySignal } from '@preact/signals-core'

export interface Clock {
  /** Unix milliseconds, renewed at midnight: reading it while drawing follows the day. */
  readonly today: ReadonlySignal<number>
  /** Unix milliseconds, renewed every second while read: for what ends in a few minutes. */
  readonly second: ReadonlySignal<number>
}
