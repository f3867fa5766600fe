/** What the facade has to say to the developer of the page. */
import { LogL } from './enums.js'

type Report = (error: unknown, context: string) => void

const toConsole: Report = (error, context) => console.error(`RongIMLib: ${context}:`, error)

let report = toConsole
let outputLevel: LogL = LogL.WARN

/** For what went wrong and must not stop anything. */
export function reportError(error: unknown, context: string): void {
  report(error, context)
}

/** Where errors go from now on, instead of to the console. */
export function reportTo(other: Report): void {
  report = other
}

export function setOutputLevel(level: LogL): void {
  outputLevel = level
}

export function warn(text: string): void {
  if (outputLevel >= LogL.WARN) console.warn(`RongIMLib: ${text}`)
}
