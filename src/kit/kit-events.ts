/** The kit's listeners, and where failures go that must not stop anything. */
import { Emitter, type Listener } from '../core/events.js'
import type { CoreEvent, CoreEventDetails, CoreEventName } from './core-events.js'

/** An event by its constant or its value: `CoreEvent.MESSAGES`, `'MESSAGES'`. */
export type EventName = CoreEvent | CoreEventName

export type DetailOf<Name extends EventName> = CoreEventDetails[`${Name}`]

export class KitEvents {
  readonly #emitter = new Emitter<CoreEventDetails>((error, context) => this.report(error, context))
  readonly #onUnheard: (error: unknown, context: string) => void
  #errorListeners: Listener<CoreEventDetails['error']>[] = []

  /** @param onUnheard where an error goes that nobody listens for */
  constructor(onUnheard: (error: unknown, context: string) => void) {
    this.#onUnheard = onUnheard
  }

  on<Name extends EventName>(name: Name, listener: Listener<DetailOf<Name>>): () => void {
    if (name !== 'error') return this.#emitter.on(keyOf(name), listener)
    const errorListener = listener as Listener<CoreEventDetails['error']>
    this.#errorListeners = [...this.#errorListeners, errorListener]
    return () => this.off(name, listener)
  }

  once<Name extends EventName>(name: Name, listener: Listener<DetailOf<Name>>): () => void {
    const off = this.on(name, (detail) => {
      off()
      listener(detail)
    })
    return off
  }

  /** Without a listener: all of that name. */
  off<Name extends EventName>(name: Name, listener?: Listener<DetailOf<Name>>): void {
    if (name !== 'error') this.#emitter.off(keyOf(name), listener)
    else {
      this.#errorListeners = this.#errorListeners.filter((one) => listener && one !== listener)
    }
  }

  /** A listener that throws is reported; the others still run. */
  emit<Name extends EventName>(name: Name, detail: DetailOf<Name>): void {
    this.#emitter.emit(keyOf(name), detail)
  }

  /** What an `error` listener throws itself is told to nobody but the console. */
  report(error: unknown, context: string): void {
    if (!this.#errorListeners.length) this.#onUnheard(error, context)
    for (const listener of this.#errorListeners) {
      try {
        listener({ error, context })
      } catch (failure) {
        this.#onUnheard(failure, 'a listener of "error"')
      }
    }
  }
}

function keyOf<Name extends EventName>(name: Name): `${Name}` {
  return `${name}`
}
