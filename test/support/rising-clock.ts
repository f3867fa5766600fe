/** A clock on which no two messages are sent at the same time: what is looked up by time is one. */
export function risingClock(): () => number {
  let last = 0
  return () => (last = Math.max(Date.now(), last + 1))
}
