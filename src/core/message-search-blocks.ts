/** Makes blocks out of messages, and finds messages in them. */
import type { MessageRow } from '../database/schema.js'
import type { SearchBlockRow } from '../database/search-blocks.js'
import type { MessageTypeRegistry } from '../model/message-types.js'
import type { Wanted } from './message-search-query.js'
import { folded, searchedTexts } from './message-search-text.js'

/** A message that is wanted. */
export interface Hit {
  messageId: number
  sentTime: number
  conversationKey: string
}

/** Only bubbles are searched: notices and what was recalled are not. */
export function isSearched(messageType: string, types: MessageTypeRegistry): boolean {
  return types.get(messageType)?.role === 'content'
}

/**
 * @param block its number
 * @param firstId the first number of a message it stands for
 * @param rows those it stands for, in the order of their numbers
 */
export function blockOf(
  block: number,
  firstId: number,
  rows: readonly MessageRow[],
  types: MessageTypeRegistry,
): SearchBlockRow {
  const searched = rows.filter(({ messageType }) => isSearched(messageType, types))
  const conversations = new Places()
  const senders = new Places()
  const typeNames = new Places()
  const starts = new Uint32Array(searched.length)
  let text = ''
  searched.forEach((row, index) => {
    starts[index] = text.length
    const parts = searchedTexts(row, types).map((part) => folded(part.text))
    text += `${parts.join('\n')}\n`
  })
  const times = Float64Array.from(searched, ({ sentTime }) => sentTime)
  return {
    block,
    firstId,
    newest: times.length ? times.reduce((one, other) => Math.max(one, other)) : 0,
    oldest: times.length ? times.reduce((one, other) => Math.min(one, other)) : 0,
    text,
    starts,
    times,
    numbers: Uint8Array.from(searched, ({ messageId }) => messageId - firstId),
    conversationAt: Uint8Array.from(searched, (row) => conversations.of(row.conversationKey)),
    senderAt: Uint8Array.from(searched, (row) => senders.of(row.senderUserId)),
    typeAt: Uint8Array.from(searched, (row) => typeNames.of(row.messageType)),
    conversations: conversations.names,
    senders: senders.names,
    types: typeNames.names,
  }
}

/** Messages of a block that are wanted, in no order. */
export function hitsIn(block: SearchBlockRow, wanted: Wanted): Hit[] {
  const { text, starts } = block
  const { keyword } = wanted
  const isWanted = wantedIn(block, wanted)
  const hits: Hit[] = []
  const count = starts.length
  // Without a keyword every message is looked at: an empty one stands everywhere.
  for (let at = text.indexOf(keyword); at >= 0 && count;) {
    const index = messageAt(starts, at)
    if (isWanted(index)) {
      hits.push({
        messageId: block.firstId + block.numbers[index]!,
        sentTime: block.times[index]!,
        conversationKey: block.conversations[block.conversationAt[index]!]!,
      })
    }
    if (index + 1 === count) break
    at = text.indexOf(keyword, starts[index + 1])
  }
  return hits
}

function wantedIn(block: SearchBlockRow, wanted: Wanted): (index: number) => boolean {
  const { from, to, before } = wanted
  const conversations = block.conversations.map((key) => isWantedConversation(key, wanted))
  const senders = block.senders.map((sender) => wanted.senders?.has(sender) ?? true)
  const types = block.types.map((type) => wanted.types?.has(type) ?? true)
  return (index) => {
    const time = block.times[index]!
    return (
      conversations[block.conversationAt[index]!]! &&
      senders[block.senderAt[index]!]! &&
      types[block.typeAt[index]!]! &&
      time >= from &&
      time <= to &&
      (time !== before?.sentTime || block.firstId + block.numbers[index]! < before.messageId)
    )
  }
}

function isWantedConversation(key: string, wanted: Wanted): boolean {
  if (wanted.conversationKey !== undefined) return key === wanted.conversationKey
  return wanted.conversationTypes?.has(Number.parseInt(key, 10)) ?? true
}

/** The message whose text a place is in: the last one that begins there or before. */
function messageAt(starts: Uint32Array, at: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= at) low = middle
    else high = middle - 1
  }
  return low
}

/** Names, each once, and the place of each. */
class Places {
  readonly names: string[] = []
  readonly #places = new Map<string, number>()

  of(name: string): number {
    const known = this.#places.get(name)
    if (known !== undefined) return known
    const place = this.names.push(name) - 1
    this.#places.set(name, place)
    return place
  }
}
