import { signal } from '@preact/signals-core'

/**
 * Code without which something can be drawn at first, if not at its best: asked for while drawing,
 * it is loaded, and what was drawn without it is drawn again when it is there.
 */
export class DrawnLater<Module> {
  readonly #module = signal<Module | undefined>(undefined)
  readonly #load: () => Promise<Module>
  #isLoading = false

  constructor(load: () => Promise<Module>) {
    this.#load = load
  }

  /** @param report called once for a load that failed; drawing again tries again */
  read(report: (error: unknown) => void): Module | undefined {
    const module = this.#module.value
    if (!module && !this.#isLoading) void this.#fetch(report)
    return module
  }

  async #fetch(report: (error: unknown) => void): Promise<void> {
    this.#isLoading = true
    try {
      this.#module.value = await this.#load()
    } catch (error) {
      report(error)
    } finally {
      this.#isLoading = false
    }
  }
}
