/** Reads messages out of the database; pages ask the backend for what is missing. */
import type { ConversationRow, MessageRow } from '../database/schema.js'
import { conversationKey, type ConversationId } from '../model/conversation.js'
import { invalidParameter } from '../model/errors.js'
import { UNSENT_ORDER, type Message, type MessageReference } from '../model/message.js'
import { toMessage } from './conversation.js'
import { countsAsUnread, newConversationRow } from './conversation-rows.js'
import { checkConversation } from './envelope.js'
import { readHistory, type HistoryRange } from './history.js'
import type { Scope } from './scope.js'

export interface MessagePage {
  /** Oldest first; unsent ones at the end. */
  messages: Message[]
  hasOlder: boolean
  hasNewer: boolean
}

export class MessageReader {
  readonly #scope: Scope

  constructor(scope: Scope) {
    this.#scope = scope
  }

  /**
   * A stretch of a conversation: before or after a place, around it, or the newest. Places are
   * `order` tokens. Without a connection it ends at the first gap, and `hasOlder` stays true.
   */
  async history(conversation: ConversationId, range: HistoryRange): Promise<MessagePage> {
    checkConversation(conversation)
    if (!(range.count >= 1)) throw invalidParameter('history() needs a count of at least 1.')
    const { rows, ...rest } = await readHistory(this.#scope, conversation, range)
    return { messages: await this.#toMessages(rows), ...rest }
  }

  /** Messages by their numbers in this database; those that are gone are left out. */
  async byId(ids: readonly number[]): Promise<Message[]> {
    const rows = await this.#scope.database.messages.bulkGet([...ids])
    return this.#toMessages(rows.filter((row) => row !== undefined))
  }

  /** A message of the database by its identity. */
  async find(
    conversation: ConversationId,
    reference: MessageReference,
  ): Promise<Message | undefined> {
    const row = await this.#scope.database.messages
      .where('[conversationKey+senderUserId+messageUId]')
      .equals([conversationKey(conversation), reference.senderUserId, reference.messageUId])
      .first()
    return row && (await this.#toMessages([row]))[0]
  }

  /** The oldest message of others that counts and is not read yet, of those that are here. */
  async firstUnread(conversation: ConversationId): Promise<Message | undefined> {
    const key = conversationKey(conversation)
    const conversationRow = await this.#conversationRow(key, conversation)
    if (!conversationRow.unreadMessageCount) return undefined
    const row = await this.#scope.database.messages
      .where('[conversationKey+order]')
      .between([key, conversationRow.readPosition?.order ?? ''], [key, UNSENT_ORDER], false, false)
      .filter((message) => countsAsUnread(message, conversationRow))
      .first()
    return row && toMessage(row, conversationRow)
  }

  async #toMessages(rows: readonly MessageRow[]): Promise<Message[]> {
    const conversations = new Map<string, ConversationRow>()
    for (const row of rows) {
      if (conversations.has(row.conversationKey)) continue
      conversations.set(row.conversationKey, await this.#conversationRow(row.conversationKey, row))
    }
    return rows.map((row) => toMessage(row, conversations.get(row.conversationKey)))
  }

  async #conversationRow(key: string, conversation: ConversationId): Promise<ConversationRow> {
    return (await this.#scope.database.conversations.get(key)) ?? newConversationRow(conversation)
  }
}
