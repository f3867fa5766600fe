/** Reads messages out of the database; pages ask the backend for what is missing. */
import type { ConversationRow, MessageRow } from '../database/schema.js'
import { conversationKey, type ConversationId } from '../model/conversation.js'
import { invalidParameter } from '../model/errors.js'
import { limits } from '../model/limits.js'
import { UNSENT_ORDER, type Message, type MessageReference } from '../model/message.js'
import { toConversation, toMessage, withLatest, type Conversation } from './conversation.js'
import { countsAsUnread, newConversationRow } from './conversation-rows.js'
import { checkConversation } from './envelope.js'
import { readHistory, type HistoryRange } from './history.js'
import { readOpening } from './opening.js'
import type { Scope } from './scope.js'
import { reachesBack, segmentsOf } from './segments.js'

export interface MessagePage {
  /** Oldest first; unsent ones at the end. */
  messages: Message[]
  hasOlder: boolean
  hasNewer: boolean
}

/** What is shown when a conversation is opened. */
export interface Opening {
  /** Made up from its id if nothing is stored of it. */
  conversation: Conversation
  /** The oldest message of others that counts and is not read yet. */
  firstUnread: Message | undefined
  /** Around the first unread message unless the newest page holds it; else around the place; else the newest. */
  page: MessagePage
}

/** Pages fetched at most to find one message. */
const pagesBack = 10

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

  /**
   * All that opening a conversation needs. In one look into the database, however much is stored,
   * where it is here; else what is missing is asked for first.
   * @param range.count messages of the page, at least 1
   * @param range.place `order` token of the message the reader was at
   */
  async open(
    conversation: ConversationId,
    { count, place }: { count: number; place?: string | undefined },
  ): Promise<Opening> {
    checkConversation(conversation)
    if (!(count >= 1)) throw invalidParameter('open() needs a count of at least 1.')
    const opening = await readOpening(this.#scope, conversation, count, place)
    if (!opening) return this.#openAsking(conversation, count, place)
    const { row, latest, firstUnread, page } = opening
    return {
      conversation: toConversation(row, latest),
      firstUnread: firstUnread && toMessage(firstUnread, row),
      page: {
        messages: page.rows.map((message) => toMessage(message, row)),
        hasOlder: page.hasOlder,
        hasNewer: page.hasNewer,
      },
    }
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

  /**
   * A message by its identity, brought here from the archive if it is not too far back: at most
   * 1,000 messages before the oldest of the newest stretch.
   */
  async locate(
    conversation: ConversationId,
    reference: MessageReference,
  ): Promise<Message | undefined> {
    await this.#pageBackUntil(conversation, async () => {
      return (await this.find(conversation, reference)) !== undefined
    })
    return this.find(conversation, reference)
  }

  /**
   * The oldest message of others that counts and is not read yet. A new device has the count
   * before it has the messages: with a connection the first of them is brought here.
   */
  async firstUnread(conversation: ConversationId): Promise<Message | undefined> {
    const row = await this.#conversationRow(conversationKey(conversation), conversation)
    const { unreadMessageCount, readPosition } = row
    if (!unreadMessageCount) return undefined
    const isHere = () => this.#isUnreadHere(row)
    if (!readPosition) await this.#pageBackUntil(conversation, isHere)
    else if (!(await isHere())) {
      const { default: count } = limits.historyCount
      await readHistory(this.#scope, conversation, { after: readPosition.order, count })
    }
    const first = await this.#behindReadPosition(row)
      .filter((message) => countsAsUnread(message, row))
      .first()
    return first && toMessage(first, row)
  }

  async #openAsking(
    conversation: ConversationId,
    count: number,
    place: string | undefined,
  ): Promise<Opening> {
    const row = await this.#conversationRow(conversationKey(conversation), conversation)
    const [opened] = await withLatest(this.#scope.database, [row])
    const firstUnread = await this.firstUnread(conversation)
    const newest = async () => this.history(conversation, { count })
    const around = async (order: string) => this.history(conversation, { count, around: order })
    if (!firstUnread) {
      const page = await (place === undefined ? newest() : around(place))
      return { conversation: opened!, firstUnread, page }
    }
    const page = await newest()
    const isIncluded = page.messages.some(({ messageId }) => messageId === firstUnread.messageId)
    return {
      conversation: opened!,
      firstUnread,
      page: isIncluded ? page : await around(firstUnread.order),
    }
  }

  /**
   * Whether all that is unread is here. Where the newest stretch begins says so mostly; else a
   * count by index, and the messages are looked at only if there may be enough of them.
   */
  async #isUnreadHere(row: ConversationRow): Promise<boolean> {
    const { database } = this.#scope
    const newest = (await segmentsOf(database, row.conversationKey)).at(-1)
    if (newest && !row.hasGap && reachesBack(newest, row.readPosition?.order)) return true
    const count = await this.#behindReadPosition(row).count()
    if (count < row.unreadMessageCount) return false
    const messages = await this.#behindReadPosition(row).toArray()
    const unread = messages.filter((message) => countsAsUnread(message, row))
    return unread.length >= row.unreadMessageCount
  }

  #behindReadPosition({ conversationKey: key, readPosition }: ConversationRow) {
    return this.#scope.database.messages
      .where('[conversationKey+order]')
      .between([key, readPosition?.order ?? ''], [key, UNSENT_ORDER], false, false)
  }

  /** Fetches older and older pages until something is here, the archive ends, or it gets too far. */
  async #pageBackUntil(
    conversation: ConversationId,
    isHere: () => Promise<boolean>,
  ): Promise<void> {
    const count = limits.historyCount.max
    let range: HistoryRange = { count }
    for (let page = 0; page < pagesBack; page++) {
      if (!this.#scope.session() || (await isHere())) return
      const { rows, hasOlder } = await readHistory(this.#scope, conversation, range)
      const oldest = rows[0]?.order
      if (!hasOlder || oldest === undefined) return
      range = { before: oldest, count }
    }
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
