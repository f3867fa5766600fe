/** What the kit writes for the developer of the page: how much of it, and where to. */
import { signal } from '@preact/signals-core'
import { IMError } from '../model/errors.js'

/** Where it goes: the console, or what a host hands to `init`. */
export interface Logger {
  error(...what: unknown[]): void
  warn(...what: unknown[]): void
  info(...what: unknown[]): void
  debug(...what: unknown[]): void
}

/** As `logOutputLevel` has them: each includes those before. */
const levels = { error: 1, warn: 2, info: 3, debug: 4 } as const

export class Log {
  #logger: Logger = console
  readonly #level = signal<number>(levels.warn)
  readonly #isDebugging = signal(false)

  /** What is left out is as it was before: warnings, to the console. */
  setUp(level: number = levels.warn, logger: Logger = console): void {
    this.#level.value = level
    this.#logger = logger
  }

  /** Everything, whatever level was set. */
  set isDebugging(isOn: boolean) {
    this.#isDebugging.value = isOn
  }

  /** Whether the course of things is written, and not only trouble. Following it is possible. */
  get isTelling(): boolean {
    return this.#writes('info')
  }

  error(context: string, error: unknown): void {
    const help = error instanceof IMError ? [`See ${error.help}`] : []
    this.write('error', `${context}:`, error, ...help)
  }

  write(level: keyof Logger, text: string, ...more: unknown[]): void {
    if (this.#writes(level)) this.#logger[level](`imkit: ${text}`, ...more)
  }

  #writes(level: keyof Logger): boolean {
    return this.#isDebugging.value || this.#level.value >= levels[level]
  }
}
