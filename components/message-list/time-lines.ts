/** When a line with the time stands between two messages. */
import type { Message } from '../../src/model/message.js'

/** Milliseconds of silence after which the time is told again. */
export const TIME_LINE_GAP = 5 * 60_000

type Sent = Pick<Message, 'sentTime'>

/** Before the first message, after five minutes of silence, and where a new day begins. */
export function needsTimeLine(previous: Sent | undefined, message: Sent): boolean {
  if (!previous) return true
  const gap = message.sentTime - previous.sentTime
  return gap >= TIME_LINE_GAP || (gap > 0 && !isSameDay(previous.sentTime, message.sentTime))
}

function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString()
}
