/** What the messages of a lot say of what is here without holes. */
import { conversationKey } from '../model/conversation.js'
import type { ConversationRow, SegmentRow } from '../database/schema.js'
import type { ArchivedMessage } from '../model/message.js'
import type { IngestState } from './ingest-state.js'
import type { NamedMessage } from './message-names.js'
import { addSegment, extendNewest, segmentsOf, type Arrival } from './segments.js'

export class IngestStretches {
  readonly #state: IngestState
  /** Where what came without a hole ends, for messages that are found apart from it. */
  readonly #ends = new Map<string, string>()
  /** Those that were read ahead, by conversation. */
  readonly #known = new Map<string, SegmentRow[]>()

  constructor(state: IngestState) {
    this.#state = state
  }

  async readEnds(): Promise<void> {
    for (const key of this.#state.conversations.keys()) {
      const last = (await segmentsOf(this.#state.scope.database, key)).at(-1)
      if (last) this.#ends.set(key, last.newest)
    }
  }

  /** What is found before it has come: it comes by itself, and is counted then. */
  isOnItsWay({ order }: ArchivedMessage, { conversationKey, hasGap }: ConversationRow): boolean {
    const end = this.#ends.get(conversationKey)
    return end !== undefined && !hasGap && order > end
  }

  /** Of a conversation that is not here otherwise nobody knows yet how it ends. */
  async noteApart(shown: readonly NamedMessage[]): Promise<void> {
    for (const { message, key, name } of shown) {
      const { order } = message
      if (this.#state.rows.get(name)?.order !== order) continue
      const stretch = { conversationKey: key, oldest: order, newest: order, reachesStart: false }
      await addSegment(this.#state.scope.database, stretch)
      const row = this.#state.conversations.get(key)!
      const isUnknown = !this.#ends.has(key) && row.latestMessageId === undefined
      if (isUnknown && !row.hasGap) {
        this.#state.conversations.set(key, { ...row, hasGap: 1, isStale: 1 })
      }
    }
  }

  /**
   * Reads them for messages that come without a hole behind those before. For lots without
   * operations alone, which may change them.
   */
  async read(shown: readonly NamedMessage[]): Promise<void> {
    if (this.#state.incoming.source === 'history') return
    const { database } = this.#state.scope
    const keys = [...new Set(shown.map(({ key }) => key))]
    const found = await Promise.all(keys.map((key) => segmentsOf(database, key)))
    keys.forEach((key, index) => this.#known.set(key, found[index]!))
  }

  /**
   * Notes in the conversations' rows what the lot leaves missing and what it closes. Only shown
   * messages make stretches: an operation may come alone out of the midst of a gap.
   * @returns what is to be written
   */
  note(shown: readonly NamedMessage[]): Arrival[] {
    const { incoming, conversations, changes } = this.#state
    const { source, stretch, reachesEnd, gaps = [] } = incoming
    if (stretch && reachesEnd) this.#close(stretch.conversationKey)
    if (source === 'history') return []
    for (const key of new Set(gaps.map(conversationKey))) {
      conversations.set(key, { ...conversations.get(key)!, hasGap: 1, isStale: 1 })
      changes.reset(key)
      this.#state.isListBehind = true
    }
    const arrivals = this.#arrivalsOf(shown)
    for (const { conversationKey } of arrivals) {
      this.#close(conversationKey)
      if (conversations.get(conversationKey)!.isStale) this.#state.isListBehind = true
    }
    return arrivals
  }

  async write(arrivals: readonly Arrival[]): Promise<void> {
    const { database } = this.#state.scope
    const { stretch } = this.#state.incoming
    if (stretch) await addSegment(database, stretch)
    if (arrivals.length) await extendNewest(database, arrivals, this.#known)
  }

  #arrivalsOf(shown: readonly NamedMessage[]): Arrival[] {
    const arrivals = new Map<string, Arrival>()
    for (const { message, key } of shown) {
      const { order } = message
      const known = arrivals.get(key)
      if (!known) {
        const isAfterGap = this.#state.conversations.get(key)!.hasGap === 1
        arrivals.set(key, { conversationKey: key, oldest: order, newest: order, isAfterGap })
      } else if (order < known.oldest) known.oldest = order
      else if (order > known.newest) known.newest = order
    }
    return [...arrivals.values()]
  }

  #close(key: string): void {
    const row = this.#state.conversations.get(key)!
    if (row.hasGap) this.#state.conversations.set(key, withoutGap(row))
  }
}

function withoutGap({ hasGap: _, ...row }: ConversationRow): ConversationRow {
  return row
}
