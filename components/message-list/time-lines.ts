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

/** The day asked about last, as its first moment and the next day's: lists go through days in order. */
let day = { start: 0, end: 0 }

function isSameDay(one: number, other: number): boolean {
  if (one < day.start || one >= day.end) day = dayOf(one)
  return other >= day.start && other < day.end
}

function dayOf(time: number): { start: number; end: number } {
  const date = new Date(time)
  const [year, month, number] = [date.getFullYear(), date.getMonth(), date.getDate()]
  return {
    start: new Date(year, month, number).getTime(),
    end: new Date(year, month, number + 1).getTime(),
  }
}
