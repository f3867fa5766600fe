/** A typed event emitter. A listener that throws is reported; the others still run. */

export type Listener<Detail> = (detail: Detail) => void

export class Emitter<Events extends object> {
  #listeners = new Map<keyof Events, Listener<never>[]>()
  #report: (error: unknown, context: string) => void

  constructor(report: (error: unknown, context: string) => void) {
    this.#report = report
  }

  /** Gives the function that ends listening. A listener added twice runs twice. */
  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): () => void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener])
    return () => this.off(name, listener)
  }

  once<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): () => void {
    const off = this.on(name, (detail) => {
      off()
      listener(detail)
    })
    return off
  }

  /** Without a listener: all of that name. */
  off<Name extends keyof Events>(name: Name, listener?: Listener<Events[Name]>): void {
    if (!listener) {
      this.#listeners.delete(name)
      return
    }
    const listeners = [...(this.#listeners.get(name) ?? [])]
    const index = listeners.indexOf(listener)
    if (index < 0) return
    listeners.splice(index, 1)
    this.#listeners.set(name, listeners)
  }

  emit<Name extends keyof Events>(name: Name, detail: Events[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      try {
        ;(listener as Listener<Events[Name]>)(detail)
      } catch (error) {
        this.#report(error, `a listener of "${String(name)}"`)
      }
    }
  }

  /** Whether anybody listens. */
  has(name: keyof Events): boolean {
    return (this.#listeners.get(name)?.length ?? 0) > 0
  }

  clear(): void {
    this.#listeners.clear()
  }
}
