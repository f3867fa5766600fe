/** Has what is about one thing done one after the other. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Begins when all that was given before it under this name has ended, however it did. */
  async take<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(name) ?? Promise.resolve()
    const turn = before.catch(() => undefined).then(work)
    this.#last.set(name, turn)
    try {
      return await turn
    } finally {
      if (this.#last.get(name) === turn) this.#last.delete(name)
    }
  }
}
