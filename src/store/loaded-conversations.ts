/**
 * What of the conversation list is in memory: its top, a part around the place somebody looks at
 * farther down, and what the user has opened and the database does not list.
 */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals-core'
import type { Conversation } from '../core/conversation.js'
import { ConversationPlaces, type LoadedPart } from './conversation-places.js'
import { Stretch, type ListRow } from './stretch.js'

/** Rows that are held while somebody looks at the list. */
const mostRows = 1000
/** Rows of the top that stay when somebody looks at a place far down. */
const topRows = 300

const nothing = new Stretch([], { hasMore: false })

export class LoadedConversations {
  /** From the top of the list, without holes. */
  readonly #top = signal(nothing)
  /** Around a place farther down; between the two is what is not loaded. */
  readonly #far = signal<Stretch | undefined>(undefined)
  /** Rows of both, by key. */
  readonly #byKey = new Map<string, ListRow>()
  /** Opened and not in the list of the database, by key. */
  readonly #added = signal<ReadonlyMap<string, Conversation>>(new Map())
  /** Rows that somebody holds on to, with the places they had, though they may not be loaded. */
  #kept = new Map<string, { row: ListRow; index: number }>()
  /** As many as the database had on its list when it was last counted, kept up as far as it shows. */
  readonly total = signal(0)
  /** Rows of the top that stay, since somebody has been given that many. */
  most = topRows

  /** The top of the list without holes, in list order; stable keys: `conversationKey`. */
  readonly items: ReadonlySignal<readonly Conversation[]> = computed(() => {
    const listed = this.#top.value.shown
    const added = [...this.#added.value.values()].reverse()
    if (!added.length) return listed
    const onTop = (isTop: boolean) => [
      ...added.filter((conversation) => conversation.isTop === isTop),
      ...listed.filter((conversation) => conversation.isTop === isTop),
    ]
    return [...onTop(true), ...onTop(false)]
  })

  /** The whole list, each conversation at its place. */
  readonly places: ReadonlySignal<ConversationPlaces> = computed(() => {
    const top = this.#top.value
    const items = this.items.value
    const far = this.#far.value
    const parts: LoadedPart[] = [{ start: 0, items }]
    const shift = items.length - top.rows.length
    let end = items.length
    let hidden = 0
    if (far) {
      const start = Math.max(end, far.start + shift)
      parts.push({ start, items: far.shown })
      end = start + far.shown.length
      hidden = far.rows.length - far.shown.length
    }
    const { hasMore } = far ?? top
    const length = hasMore ? Math.max(end, this.total.value + shift - hidden) : end
    return new ConversationPlaces(parts, length, hasMore && length === end)
  })

  readonly hasMore: ReadonlySignal<boolean> = computed(() => this.#top.value.hasMore)

  get top(): Stretch {
    return this.#top.peek()
  }

  get far(): Stretch | undefined {
    return this.#far.peek()
  }

  /**
   * What makes of a place in the database's list one on the screen: hidden ones take none there, and
   * added ones do. Those that are not loaded are not known to be hidden.
   */
  get shift(): number {
    return this.items.peek().length - this.top.rows.length
  }

  /** Where the part farther down begins on the screen. */
  get farStart(): number {
    return this.far ? this.far.start + this.shift : Infinity
  }

  get keys(): string[] {
    return [...this.#byKey.keys()]
  }

  find(key: string): Conversation | undefined {
    const row = this.#byKey.get(key) ?? this.#kept.get(key)?.row
    return row?.conversation ?? this.#added.peek().get(key)
  }

  placeOf(key: string): number | undefined {
    const index = this.places.peek().indexOf(key)
    return index >= 0 ? index : this.#kept.get(key)?.index
  }

  add(conversation: Conversation): void {
    this.#added.value = new Map(this.#added.peek()).set(conversation.conversationKey, conversation)
  }

  forget(key: string): void {
    if (!this.#added.peek().has(key)) return
    const added = new Map(this.#added.peek())
    added.delete(key)
    this.#added.value = added
  }

  /** Keeps what was added up to date, as long as the database does not list it. */
  updateAdded(conversation: Conversation): void {
    const { conversationKey, listOrder } = conversation
    if (!this.#added.peek().has(conversationKey)) return
    if (listOrder === undefined) this.add(conversation)
    else this.forget(conversationKey)
  }

  /** A page behind the top. */
  extendTop(rows: readonly ListRow[], hasMore: boolean): void {
    const end = rows.at(-1)?.listOrder ?? this.top.end
    this.#top.value = this.top.endingAt({ end, hasMore })
    this.#attach(rows)
  }

  /** A page behind the part farther down. */
  extendFar(rows: readonly ListRow[], hasMore: boolean): void {
    if (!this.far) return
    const end = rows.at(-1)?.listOrder ?? this.far.end
    this.#far.value = this.far.endingAt({ end, hasMore })
    this.#attach(rows)
  }

  /** A page above it; an empty one shows that nothing lies between it and the top. */
  extendFarUpwards(rows: readonly ListRow[]): void {
    if (!this.far) return
    const from = rows[0]?.listOrder ?? this.top.end
    this.#far.value = this.far.beginningAt(Math.max(0, this.far.start - rows.length), from)
    this.#attach(rows)
  }

  /** Another part farther down. @param start how many are listed above it */
  jump(start: number, rows: readonly ListRow[], hasMore: boolean): void {
    const [from, end] = [rows[0]?.listOrder, rows.at(-1)?.listOrder]
    this.#far.value = new Stretch([], { start, from, end, hasMore })
    this.#indexRows()
    this.#attach(rows)
  }

  /** There may be more behind the end of the list after all, or there is no more to be had. */
  endOpen(hasMore: boolean): void {
    const { end, rows } = this.far ?? this.top
    const open = { end: hasMore ? rows.at(-1)?.listOrder : end, hasMore }
    if (this.far) this.#far.value = this.far.endingAt(open)
    else this.#top.value = this.top.endingAt(open)
  }

  /**
   * Takes rows out of where they stood and puts them where they stand now, if that is loaded.
   * @returns whether it is to be counted again how many there are, in all and above the part farther
   *   down: some came from where nothing is loaded, from above or from below, or went there
   */
  replace(keys: Iterable<string>, rows: readonly ListRow[]): boolean {
    const fresh = new Map(rows.map((row) => [row.conversation.conversationKey, row]))
    const top = { stretch: this.top, removed: [] as ListRow[], added: [] as ListRow[] }
    const far = { stretch: this.far, removed: [] as ListRow[], added: [] as ListRow[] }
    const isAboveFar = (row: ListRow) => row.listOrder > (far.stretch?.from ?? '')
    let start = far.stretch?.start ?? 0
    let isMiscounted = false
    for (const key of keys) {
      const before = this.#byKey.get(key)
      const row = fresh.get(key)
      if (before) {
        ;(top.stretch.has(before) ? top : far).removed.push(before)
        this.#byKey.delete(key)
        if (!row) this.total.value = Math.max(0, this.total.peek() - 1)
        start += Number(row !== undefined && isAboveFar(row)) - Number(isAboveFar(before))
      }
      isMiscounted ||= !before || !row || isAboveFar(before) !== isAboveFar(row)
      const place = row && [top, far].find(({ stretch }) => stretch?.covers(row.listOrder))
      if (place) {
        place.added.push(row)
        this.#byKey.set(key, row)
      }
      this.#updateKept(key, row)
    }
    if (top.added.length || top.removed.length) {
      this.#top.value = top.stretch.with(top.added, top.removed)
    }
    if (far.stretch && (far.added.length || far.removed.length || start !== far.stretch.start)) {
      const changed = far.stretch.with(far.added, far.removed)
      this.#far.value = changed.beginningAt(start, far.stretch.from)
    }
    return isMiscounted && (far.stretch !== undefined || top.stretch.hasMore)
  }

  /** @param above how many are listed above the part farther down */
  count(total: number, above: number | undefined): void {
    this.total.value = total
    const { far } = this
    if (far && above !== undefined) this.#far.value = far.beginningAt(above, far.from)
  }

  /** Conversations that stay known, with their places, when they are let go of. */
  keep(keys: Iterable<string>): void {
    const kept = new Map<string, { row: ListRow; index: number }>()
    for (const key of keys) {
      const row = this.#byKey.get(key)
      const known = row ? { row, index: this.places.peek().indexOf(key) } : this.#kept.get(key)
      if (known) kept.set(key, known)
    }
    this.#kept = kept
  }

  /** Lets go of rows that are far from the places somebody looks at. */
  letGo(first: number, last: number): void {
    const around = (mostRows - topRows) / 2
    const { top, far, farStart } = this
    batch(() => {
      if (far && last < top.rows.length && last + around < farStart) {
        this.#far.value = undefined
      } else if (far && far.rows.length > mostRows) {
        const cut = Math.max(0, first - around - farStart)
        this.#far.value = far.after(cut).first(last - first + 2 * around)
      } else if (!far && top.rows.length > Math.max(mostRows, this.most)) {
        this.#cutTop(first - around, last + around)
      } else {
        return
      }
      this.#indexRows()
    })
  }

  clear(): void {
    this.#byKey.clear()
    this.#kept.clear()
    this.most = topRows
    this.#top.value = nothing
    this.#far.value = undefined
    this.#added.value = new Map()
    this.total.value = 0
  }

  /** Of a long top, its beginning and what is looked at stay. */
  #cutTop(first: number, last: number): void {
    const { top, most } = this
    if (first > most) this.#far.value = top.first(last).after(first)
    this.#top.value = top.first(first > most ? most : Math.max(last, most))
  }

  /** The rows of a page, at their places. One that stood elsewhere stands there no more. */
  #attach(rows: readonly ListRow[]): void {
    const keys = rows.map((row) => row.conversation.conversationKey)
    for (const key of keys) this.forget(key)
    this.replace(keys, rows)
    this.#join()
  }

  /** The top and the part farther down are one, once nothing is left between. */
  #join(): void {
    const { top, far } = this
    if (!far || (top.hasMore && (top.end ?? '\uffff') > (far.from ?? ''))) return
    const last = top.hasMore && (top.end ?? '') > (far.end ?? '') ? far : top
    this.#top.value = top.with(far.rows).endingAt(last)
    this.#far.value = undefined
  }

  #indexRows(): void {
    this.#byKey.clear()
    for (const stretch of [this.top, this.far]) {
      for (const row of stretch?.rows ?? []) this.#byKey.set(row.conversation.conversationKey, row)
    }
  }

  #updateKept(key: string, row: ListRow | undefined): void {
    const kept = this.#kept.get(key)
    if (!kept) return
    if (row) this.#kept.set(key, { ...kept, row })
    else this.#kept.delete(key)
  }
}
