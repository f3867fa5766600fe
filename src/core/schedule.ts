/** Waiting, by the page's own timers. */
import type { Schedule } from './scope.js'

export const scheduleTimer: Schedule = (run, milliseconds) => {
  const timer = setTimeout(run, milliseconds)
  return () => clearTimeout(timer)
}
