/**
 * How batches go into the database: small ones that wait are joined, since a transaction costs
 * more than a message; large ones are cut, since the page should not stand still meanwhile. Pure.
 */
import type { Batch } from '../backends/backend.js'

/** What is stored in one transaction. Without a cursor more of the same batch follows. */
export type Lot = Omit<Batch, 'cursor'> & Partial<Pick<Batch, 'cursor'>>

/** Messages stored in one transaction: some 10 ms of work for the page on a slow machine. */
export const LOT_SIZE = 250

/**
 * The same while catching up: most of a transaction's cost is its conversations, however many
 * messages each has.
 */
export const CATCH_UP_LOT_SIZE = 1000

/**
 * The batches as they are stored. Together they bring the same, in the same order.
 * @param size messages a lot, at most
 */
export function lotsOf(batches: readonly Batch[], size = LOT_SIZE): Lot[] {
  const lots: Lot[] = []
  let waiting: Batch[] = []
  let count = 0
  const join = () => {
    if (waiting.length) lots.push(joined(waiting))
    waiting = []
    count = 0
  }
  for (const batch of batches) {
    const isAlone = standsAlone(batch, size)
    if (isAlone || count + batch.messages.length > size) join()
    if (isAlone) {
      lots.push(...cut(batch, size))
      continue
    }
    waiting.push(batch)
    count += batch.messages.length
  }
  join()
  return lots
}

/**
 * A gap lies before the messages it comes with, and not before those of the batch ahead; what a
 * change of a group means depends on what was stored until then.
 */
function standsAlone({ messages, gaps, groups }: Batch, size: number): boolean {
  return messages.length > size || !!gaps?.length || !!groups?.length
}

function joined(batches: readonly Batch[]): Batch {
  const [first] = batches
  if (batches.length === 1 && first) return first
  const blockList = batches.findLast((batch) => batch.blockList)?.blockList
  return {
    messages: batches.flatMap(({ messages }) => messages),
    settings: batches.flatMap(({ settings = [] }) => settings),
    ...(blockList && { blockList }),
    cursor: batches.at(-1)!.cursor,
  }
}

/**
 * Only the last part moves the cursor: if the page ends before, all of the batch comes again, and
 * what is here of it is known.
 */
function cut(batch: Batch, size: number): Lot[] {
  const { messages, gaps, ...rest } = batch
  if (messages.length <= size) return [batch]
  const count = Math.ceil(messages.length / size)
  return Array.from({ length: count }, (_, index) => ({
    messages: messages.slice(index * size, (index + 1) * size),
    ...(index === 0 && gaps ? { gaps } : {}),
    ...(index === count - 1 ? rest : {}),
  }))
}
