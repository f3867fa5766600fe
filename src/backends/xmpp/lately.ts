/** What was there lately, so that it is told again from what is new. Forgets the oldest. */
export class Lately {
  readonly #names = new Set<string>()

  constructor(private readonly most: number) {}

  /** Notes a name. @returns whether it was new */
  add(name: string): boolean {
    if (this.#names.has(name)) return false
    this.#names.add(name)
    if (this.#names.size > this.most) this.#names.delete(this.#names.values().next().value!)
    return true
  }

  has(name: string): boolean {
    return this.#names.has(name)
  }
}
