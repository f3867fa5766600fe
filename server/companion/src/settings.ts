/**
 * What users have set for their conversations. It lives in a node of each user's own (XEP-0163) that
 * nobody else reads: an item for each setting, its key as JSON the item's id, its value JSON in the
 * item (`src/backends/xmpp/settings.ts` of imkit writes them).
 */
import parse from '@xmpp/xml/lib/parse.js'
import { conversationKey } from './addresses.js'
import type { Database } from './database.js'

const node = 'urn:imkit:settings:0'

/** Above 0: fewer pushes. The documents' numbers. */
export const notificationLevels = { mentions: 1, mentionsOfMe: 2, mentionsOfAll: 4, nothing: 5 }

export class Settings {
  constructor(
    readonly database: Database,
    readonly rooms: string,
  ) {}

  /** How far a user has read each of some conversations: a place in its archive, 0 where nothing is known. */
  async readPositions(address: string, conversations: readonly string[]): Promise<number[]> {
    const values = await this.#valuesOf(address, conversations, 'readPosition')
    return values.map(readPlace)
  }

  /** How much a user wants to hear of a conversation; 0: everything. */
  async notificationLevel(address: string, conversation: string): Promise<number> {
    const [level] = await this.#valuesOf(address, [conversation], 'level')
    return typeof level === 'number' ? level : 0
  }

  async #valuesOf(
    address: string,
    conversations: readonly string[],
    field: string,
  ): Promise<unknown[]> {
    const keys = conversations.map((it) =>
      JSON.stringify(`${conversationKey(it, this.rooms)}:${field}`),
    )
    const rows = await this.database.rows<{ itemid: string; payload: string }>(
      `select item.itemid, item.payload from pubsub_item as item join pubsub_node as node using (nodeid)
       where node.host = $1 and node.node = $2 and item.itemid = any($3)`,
      [address, node, keys],
    )
    const payloads = new Map(rows.map(({ itemid, payload }) => [itemid, payload]))
    return keys.map((key) => valueIn(payloads.get(key)))
  }
}

/** The client's read position as a place. Its order is one where it comes from this archive. */
function readPlace(value: unknown): number {
  const { order, sentTime } = (value ?? {}) as { order?: unknown; sentTime?: unknown }
  if (typeof order === 'string' && /^\d{16}$/.test(order)) return Number(order)
  return typeof sentTime === 'number' && sentTime > 0 ? sentTime * 1000 + 999 : 0
}

/** The JSON of an item, or undefined for what is none: the node is the user's own, and may hold anything. */
function valueIn(payload: string | undefined): unknown {
  if (payload === undefined) return undefined
  try {
    return JSON.parse(parse(payload).text())
  } catch {
    // As good as not set.
    return undefined
  }
}
