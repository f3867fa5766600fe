/**
 * Blocks of text that search looks through. A block is a cache of the rows of `messages` whose
 * numbers stand in a row: whoever changes such a row forgets its block in the same transaction, and
 * the next search makes it anew. A new message has a number behind all blocks, and costs nothing.
 */
import type { ClientDatabase } from './schema.js'

export interface SearchBlockRow {
  /** Stands for the messages numbered from `searchBlockSize` times this on. */
  block: number
  /** `sentTime` of the newest and the oldest message. */
  newest: number
  oldest: number
  /** Keys of the conversations of the messages, each once. */
  conversations: string[]
  senders: string[]
  types: string[]
  /** Folded text of one message after the other, each part of it ending with a line break. */
  text: string
  /** Where the text of each message begins. */
  starts: Uint32Array
  times: Float64Array
  firstId: number
  /** Its number, less `firstId`. */
  numbers: Uint8Array
  /** Places in `conversations`, `senders` and `types`. */
  conversationAt: Uint8Array
  senderAt: Uint8Array
  typeAt: Uint8Array
}

/** @param messageIds rows whose text, time or type changes, or that go, in this transaction */
export async function forgetBlocks(
  { searchBlocks, searchBlockSize }: ClientDatabase,
  messageIds: readonly number[],
): Promise<void> {
  const blocks = new Set(messageIds.map((id) => Math.floor(id / searchBlockSize)))
  await searchBlocks.bulkDelete([...blocks])
}
