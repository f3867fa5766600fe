/** One line of JSON for each thing that happened. Never holds what a message says. */

export type Log = (event: string, details?: Record<string, unknown>) => void

/** @param write takes a line without its end */
export function createLog(write: (line: string) => void, now: () => number = Date.now): Log {
  return (event, details = {}) => {
    const time = new Date(now()).toISOString()
    write(JSON.stringify({ time, event, ...details }, replaceError))
  }
}

function replaceError(_key: string, value: unknown): unknown {
  return value instanceof Error ? (value.stack ?? value.message) : value
}
