/**
 * Goes through the blocks of a database from new to old. What has no block is read from its
 * messages and kept as one, so that only the first search after a change is at pains.
 */
import type { SearchBlockRow } from '../database/search-blocks.js'
import { blockOf } from './message-search-blocks.js'
import type { Wanted } from './message-search-query.js'
import type { Scope } from './scope.js'

/** Some blocks, and the time that no message of those still to come is newer than. */
export interface Step {
  blocks: SearchBlockRow[]
  ceiling: number
}

/** Blocks made in one transaction: others who write wait no longer than for these. */
const mostMade = 4
/** Blocks read in one go: enough to be quick, few enough for no long task. */
const mostRead = 32

export async function* walk(scope: Scope, wanted: Wanted): AsyncGenerator<Step> {
  await forgetOtherFields(scope)
  const { last, unmade, known } = await readPlan(scope, wanted)
  // Nobody knows how new they are before they are read.
  for (let size = 1; unmade.length; size = Math.min(size * 2, mostMade)) {
    const blocks = await makeBlocks(scope, unmade.splice(0, size), last)
    yield { blocks, ceiling: unmade.length || known.length ? Infinity : -Infinity }
  }
  for (let size = 2; known.length; size = Math.min(size * 4, mostRead)) {
    const numbers = known.splice(0, size)
    const read = (await scope.database.searchBlocks.bulkGet(numbers)).filter((one) => !!one)
    const isAsPlanned = read.length === numbers.length
    // One that was forgotten since is made anew, and may not be as new as it was.
    const blocks = isAsPlanned ? read : await makeBlocks(scope, numbers, last)
    const newest = isAsPlanned ? blocks.at(-1)!.newest : Infinity
    yield { blocks, ceiling: known.length ? newest : -Infinity }
    if (newest < wanted.from) return
  }
}

/** With other types or fields the blocks there are would be searched in vain. */
async function forgetOtherFields({ database, messageTypes }: Scope): Promise<void> {
  const { meta, searchBlocks } = database
  const fields = JSON.stringify(
    messageTypes
      .all()
      .filter(({ role }) => role === 'content')
      .map(({ messageType, searchProps }) => [messageType, ...searchProps])
      .sort(),
  )
  const known = await meta.get('searchedFields')
  if (known?.value === fields) return
  await database.transaction('rw', [meta, searchBlocks], async () => {
    await searchBlocks.clear()
    await meta.put({ key: 'searchedFields', value: fields })
  })
}

interface Plan {
  /** The block new messages come into: it is never kept. */
  last: number
  /** From new to old by their numbers. */
  unmade: number[]
  /** From new to old by their newest messages, and only those that may hold what is wanted. */
  known: number[]
}

async function readPlan({ database }: Scope, { to, conversationKey }: Wanted): Promise<Plan> {
  const { messages, searchBlocks, searchBlockSize } = database
  const numberOf = (id: number) => Math.floor(id / searchBlockSize)
  return database.transaction('r', [messages, searchBlocks], async () => {
    const all = messages.toCollection()
    const [firstId, lastId, known, inTime, inConversation] = await Promise.all([
      all.firstKey() as PromiseLike<number | undefined>,
      all.lastKey() as PromiseLike<number | undefined>,
      searchBlocks.orderBy('newest').primaryKeys(),
      to === Infinity ? undefined : searchBlocks.where('oldest').belowOrEqual(to).primaryKeys(),
      conversationKey === undefined
        ? undefined
        : searchBlocks.where('conversations').equals(conversationKey).primaryKeys(),
    ])
    if (firstId === undefined || lastId === undefined) return { last: 0, unmade: [], known: [] }
    const [first, last] = [numberOf(firstId), numberOf(lastId)]
    const made = new Set(known)
    const unmade: number[] = []
    for (let block = last; block >= first; block -= 1) if (!made.has(block)) unmade.push(block)
    const filters = [inTime, inConversation].flatMap((blocks) => (blocks ? [new Set(blocks)] : []))
    return {
      last,
      unmade,
      known: known.reverse().filter((block) => filters.every((filter) => filter.has(block))),
    }
  })
}

/** Blocks of other tabs' making are taken as they are. */
async function makeBlocks(
  scope: Scope,
  numbers: readonly number[],
  last: number,
): Promise<SearchBlockRow[]> {
  const { messages, searchBlocks } = scope.database
  const make = async (mayKeep: boolean) => {
    const known = await searchBlocks.bulkGet([...numbers])
    const blocks = await Promise.all(
      numbers.map((number, index) => known[index] ?? readBlock(scope, number)),
    )
    const fresh = blocks.filter(({ block }, index) => !known[index] && block < last)
    if (mayKeep && fresh.length) await searchBlocks.bulkPut(fresh)
    return blocks
  }
  try {
    const tables = [messages, searchBlocks]
    return await scope.database.transaction('rw', tables, async () => await make(true))
  } catch (error) {
    // A full disk is no reason to find nothing. If the database is gone, this fails as well.
    const blocks = await make(false)
    scope.report(error, 'keeping what is searched')
    return blocks
  }
}

async function readBlock({ database, messageTypes }: Scope, block: number) {
  const { messages, searchBlockSize } = database
  const first = block * searchBlockSize
  const rows = await messages
    .where(':id')
    .between(first, first + searchBlockSize, true, false)
    .toArray()
  return blockOf(block, first, rows, messageTypes)
}
