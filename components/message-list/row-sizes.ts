/** How high the rows of a list are: measured where they have been drawn, estimated elsewhere. */

/** Heights of rows that are not listed any more are forgotten when there are this many too many. */
const mostUnlisted = 2000

export class RowSizes {
  #keys: readonly string[] = []
  /** By key, in pixels. */
  #heights = new Map<string, number>()
  readonly #measured = new Set<string>()
  #indexes = new Map<string, number>()
  /** Where each row begins; one more for where the last one ends. */
  #offsets = new Float64Array(1)
  #isStale = false
  /** Of the rows measured so far: how high they are, and how high they were thought to be. */
  #sums = { measured: 0, estimated: 0 }

  get count(): number {
    return this.#keys.length
  }

  /** Pixels of all rows together. */
  get total(): number {
    return this.offset(this.#keys.length)
  }

  /** @param estimate the height of a row that has not been drawn yet, in pixels */
  list(keys: readonly string[], estimate: (index: number) => number): void {
    this.#keys = keys
    this.#indexes = new Map()
    const factor = this.#factor()
    keys.forEach((key, index) => {
      this.#indexes.set(key, index)
      if (!this.#heights.has(key)) this.#heights.set(key, estimate(index) * factor)
    })
    this.#forgetUnlisted()
    this.#isStale = true
  }

  measured(key: string, height: number): void {
    const before = this.#heights.get(key) ?? 0
    if (!this.#measured.has(key)) {
      this.#measured.add(key)
      this.#sums.measured += height
      this.#sums.estimated += before
    }
    if (before === height) return
    this.#heights.set(key, height)
    this.#isStale = true
  }

  indexOf(key: string): number | undefined {
    return this.#indexes.get(key)
  }

  /** Pixels above a row. */
  offset(index: number): number {
    if (this.#isStale) this.#addUp()
    return this.#offsets[index] ?? 0
  }

  /** The row that lies at so many pixels below the first one's upper edge. */
  indexAt(offset: number): number {
    if (this.#isStale) this.#addUp()
    let low = 0
    let high = Math.max(0, this.#keys.length - 1)
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#offsets[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  #addUp(): void {
    const { length } = this.#keys
    if (this.#offsets.length !== length + 1) this.#offsets = new Float64Array(length + 1)
    let offset = 0
    this.#keys.forEach((key, index) => {
      this.#offsets[index] = offset
      offset += this.#heights.get(key) ?? 0
    })
    this.#offsets[length] = offset
    this.#isStale = false
  }

  /** What rows have been so far says what others will be. */
  #factor(): number {
    const { measured, estimated } = this.#sums
    return estimated > 0 ? Math.min(2, Math.max(0.5, measured / estimated)) : 1
  }

  /** Other rows are to come: only what rows are like is remembered. */
  forget(): void {
    this.#heights.clear()
    this.#measured.clear()
    this.list([], () => 0)
  }

  #forgetUnlisted(): void {
    if (this.#heights.size < this.#keys.length + mostUnlisted) return
    const heights = this.#keys.map((key) => [key, this.#heights.get(key)!] as const)
    this.#heights = new Map(heights)
    for (const key of this.#measured) if (!this.#heights.has(key)) this.#measured.delete(key)
  }
}
