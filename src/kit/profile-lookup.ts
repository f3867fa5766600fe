/**
 * Looks things up for the screen: at once a placeholder, soon what the database keeps, then what
 * somebody answers. What is asked for within a moment is asked for together, each key once.
 */
import { batch, signal, type ReadonlySignal, type Signal } from '@preact/signals-core'
import type { Schedule } from '../core/scope.js'

export interface LookupOptions<Value> {
  placeholder: (key: string) => Value
  /** What the database keeps of these keys. */
  cached: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>
  keep: (entries: ReadonlyMap<string, Value>) => Promise<void>
  /** Asks; calls `answered` for each answer as it comes. Never throws. */
  ask: (keys: readonly string[], answered: (key: string, value: Value) => void) => Promise<void>
  /** Whether there is anybody to ask yet. */
  isReady: () => boolean
  schedule: Schedule
  report: (error: unknown, context: string) => void
}

/** Milliseconds in which more keys may join a question. */
const gathering = 10

interface Entry<Value> {
  value: Signal<Value>
  /** `idle`: only watched; `unanswered`: asked in vain, and asked again some time. */
  state: 'idle' | 'waiting' | 'asked' | 'answered' | 'unanswered'
  /** There has been an answer, or nobody has one. */
  isSettled: Signal<boolean>
}

export class ProfileLookup<Value> {
  readonly #options: LookupOptions<Value>
  readonly #entries = new Map<string, Entry<Value>>()
  readonly #waiters = new Map<string, ((value: Value) => void)[]>()
  #cancel: (() => void) | undefined
  /** Goes up when everything is forgotten: answers to what was asked before no longer matter. */
  #turn = 0

  constructor(options: LookupOptions<Value>) {
    this.#options = options
  }

  /** What is known, now and later. Asks for it if that has not been done. */
  get(key: string): ReadonlySignal<Value> {
    const entry = this.#entry(key)
    if (entry.state === 'idle') {
      entry.state = 'waiting'
      this.#askSoon()
    }
    return entry.value
  }

  /** The answer, once there is one; the placeholder if there is none. */
  load(key: string): Promise<Value> {
    const value = this.get(key)
    const { state } = this.#entry(key)
    if (state === 'answered' || state === 'unanswered') return Promise.resolve(value.peek())
    return new Promise((resolve) => {
      this.#waiters.set(key, [...(this.#waiters.get(key) ?? []), resolve])
    })
  }

  /** What is known, now and later; nothing is asked for. */
  watch(key: string): ReadonlySignal<Value> {
    return this.#entry(key).value
  }

  /** Whether there has been an answer, or nobody has one. */
  isSettled(key: string): ReadonlySignal<boolean> {
    return this.#entry(key).isSettled
  }

  /** The keys that were asked for. */
  keys(): string[] {
    return [...this.#entries].filter(([, { state }]) => state !== 'idle').map(([key]) => key)
  }

  /** An answer nobody was asked for. */
  put(key: string, value: Value): void {
    this.#answered(key, value)
    this.#settle([key])
    void this.#keep(new Map([[key, value]]))
  }

  /** Asks again for what is known of these keys; what is shown stays until the answer comes. */
  refresh(keys: Iterable<string>): void {
    for (const key of keys) {
      const entry = this.#entries.get(key)
      if (entry && entry.state !== 'idle') entry.state = 'waiting'
    }
    this.#askSoon()
  }

  /** Asks again for what was not answered. */
  retry(): void {
    this.refresh([...this.#entries].filter(([, e]) => e.state === 'unanswered').map(([key]) => key))
  }

  /** Forgets everything: the user has left. */
  clear(): void {
    this.#turn += 1
    this.#cancel?.()
    this.#cancel = undefined
    batch(() => {
      for (const [key, { value, isSettled }] of this.#entries) {
        value.value = this.#options.placeholder(key)
        isSettled.value = false
      }
    })
    const keys = [...this.#entries.keys()]
    this.#settle(keys)
    this.#entries.clear()
  }

  #entry(key: string): Entry<Value> {
    const known = this.#entries.get(key)
    if (known) return known
    const entry: Entry<Value> = {
      value: signal(this.#options.placeholder(key)),
      state: 'idle',
      isSettled: signal(false),
    }
    this.#entries.set(key, entry)
    return entry
  }

  #askSoon(): void {
    if (this.#cancel || !this.#options.isReady()) return
    this.#cancel = this.#options.schedule(() => {
      this.#cancel = undefined
      void this.#ask()
    }, gathering)
  }

  async #ask(): Promise<void> {
    const waiting = [...this.#entries].filter(([, entry]) => entry.state === 'waiting')
    const keys = waiting.map(([key]) => key)
    if (!keys.length) return
    for (const [, entry] of waiting) entry.state = 'asked'
    const turn = this.#turn
    await this.#showCached(keys)
    if (turn !== this.#turn) return
    const answers = new Map<string, Value>()
    await this.#options.ask(keys, (key, value) => {
      if (turn !== this.#turn) return
      answers.set(key, value)
      this.#answered(key, value)
      this.#settle([key])
    })
    if (turn !== this.#turn) return
    batch(() => {
      for (const [, entry] of waiting) {
        if (entry.state === 'asked') entry.state = 'unanswered'
        entry.isSettled.value = true
      }
    })
    this.#settle(keys)
    await this.#keep(answers)
  }

  async #showCached(keys: readonly string[]): Promise<void> {
    const turn = this.#turn
    try {
      const cached = await this.#options.cached(keys)
      if (turn !== this.#turn) return
      batch(() => {
        for (const [key, value] of cached) {
          const entry = this.#entries.get(key)
          if (entry?.state === 'asked') show(entry, value)
        }
      })
    } catch (error) {
      if (turn === this.#turn) this.#options.report(error, 'reading profiles')
    }
  }

  async #keep(entries: ReadonlyMap<string, Value>): Promise<void> {
    if (!entries.size) return
    const turn = this.#turn
    try {
      await this.#options.keep(entries)
    } catch (error) {
      if (turn === this.#turn) this.#options.report(error, 'keeping profiles')
    }
  }

  #answered(key: string, value: Value): void {
    const entry = this.#entry(key)
    entry.state = 'answered'
    batch(() => {
      show(entry, value)
      entry.isSettled.value = true
    })
  }

  #settle(keys: Iterable<string>): void {
    for (const key of keys) {
      const waiters = this.#waiters.get(key)
      if (!waiters) continue
      this.#waiters.delete(key)
      const value = this.#entries.get(key)?.value.peek() ?? this.#options.placeholder(key)
      for (const resolve of waiters) resolve(value)
    }
  }
}

/** The same answer again draws nothing again. */
function show<Value>({ value }: Entry<Value>, next: Value): void {
  if (JSON.stringify(value.peek()) !== JSON.stringify(next)) value.value = next
}
