/** What is loaded of the conversation list, in parts without holes. */
import type { Conversation } from '../core/conversation.js'

/** One conversation as it is shown, and whether the host hides it. */
export interface ListRow {
  conversation: Conversation
  listOrder: string
  isHidden: boolean
}

/** Down to where a stretch is complete, and whether there may be more below. */
export interface StretchEnd {
  /** `listOrder` down to which it has been read; absent: nothing has been read. */
  end?: string
  hasMore: boolean
}

/**
 * A part of the conversation list without holes, in list order. Never changes: what changes it
 * gives another, in which all other rows are the same objects at the same places.
 */
export class Stretch {
  readonly rows: readonly ListRow[]
  /** How many are listed above it. */
  readonly start: number
  /** `listOrder` from which on it is complete; absent: from the top of the list. */
  readonly from: string | undefined
  readonly end: string | undefined
  readonly hasMore: boolean
  #shown: readonly Conversation[] | undefined

  constructor(
    rows: readonly ListRow[],
    { start = 0, from, end, hasMore }: StretchEnd & { start?: number; from?: string },
  ) {
    this.rows = rows
    this.start = start
    this.from = from
    this.end = end
    this.hasMore = hasMore
  }

  /** Those of them that the host does not hide. */
  get shown(): readonly Conversation[] {
    this.#shown ??= this.rows.filter((row) => !row.isHidden).map((row) => row.conversation)
    return this.#shown
  }

  /** Whether a conversation that stands there belongs to it. */
  covers(listOrder: string): boolean {
    if (this.from !== undefined && listOrder > this.from) return false
    return !this.hasMore || listOrder >= (this.end ?? '')
  }

  has(row: ListRow): boolean {
    return this.rows[placeOf(this.rows, row.listOrder)]?.listOrder === row.listOrder
  }

  /** Each row is found and put in its place by itself; nothing is sorted. */
  with(added: Iterable<ListRow>, removed: Iterable<ListRow> = []): Stretch {
    const rows = [...this.rows]
    for (const row of removed) {
      const place = placeOf(rows, row.listOrder)
      if (rows[place]?.listOrder === row.listOrder) rows.splice(place, 1)
    }
    for (const row of added) {
      const place = placeOf(rows, row.listOrder)
      rows.splice(place, rows[place]?.listOrder === row.listOrder ? 1 : 0, row)
    }
    return new Stretch(rows, this)
  }

  endingAt(end: StretchEnd): Stretch {
    return new Stretch(this.rows, { start: this.start, from: this.from, ...end })
  }

  beginningAt(start: number, from: string | undefined): Stretch {
    const { end, hasMore } = this
    return new Stretch(this.rows, { start, from, end, hasMore })
  }

  /** Only its first rows: below them there is more. */
  first(count: number): Stretch {
    if (count >= this.rows.length) return this
    const rows = this.rows.slice(0, count)
    return new Stretch(rows, { ...this, end: rows.at(-1)?.listOrder, hasMore: true })
  }

  /** Without its first rows. */
  after(count: number): Stretch {
    if (count <= 0) return this
    const rows = this.rows.slice(count)
    return new Stretch(rows, { ...this, start: this.start + count, from: rows[0]?.listOrder })
  }
}

/** Where a row with this order stands or would stand. */
function placeOf(rows: readonly ListRow[], listOrder: string): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]!.listOrder > listOrder) low = middle + 1
    else high = middle
  }
  return low
}
