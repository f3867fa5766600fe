/** The conversation list: read in pages, kept in step with the backend, and what is set for each. */
import type { BackendSession, ServerConversation } from '../backends/backend.js'
import type { ConversationRow } from '../database/schema.js'
import {
  conversationIdOf,
  conversationKey,
  ConversationType,
  isMuted,
  NotificationLevel,
  type ConversationId,
  type Draft,
} from '../model/conversation.js'
import { IMError, invalidParameter, isRetryable, notSupported } from '../model/errors.js'
import { limits } from '../model/limits.js'
import { Changes } from './changes.js'
import { toConversation, withLatest, type Conversation } from './conversation.js'
import { newConversationRow, recount, withLatestMessage } from './conversation-rows.js'
import { checkConversation } from './envelope.js'
import { ingest } from './inbox.js'
import type { Scope } from './scope.js'
import { readHistory } from './history.js'
import { pushSettings, setForConversation, type ConversationSettings } from './settings-sync.js'
import { reachesBack, segmentsOf } from './segments.js'

export interface UnreadQuery {
  /** Whether muted conversations count too. */
  includeMuted?: boolean
  types?: readonly ConversationType[]
  levels?: readonly NotificationLevel[]
}

export interface ListQuery {
  /** Conversations at most. Default: a page of 30. */
  count?: number
  /** The `listOrder` of the one above those that are wanted. */
  after?: string
  /** The `listOrder` of the one right below those that are wanted. */
  before?: string
  /** As many to pass over first, from the top or from `after`. */
  skip?: number
}

/** Conversations whose newest page is asked for at a time. */
const filledAtOnce = 8

/** Pages asked for at most to count what is unread in a conversation exactly. */
const pagesCounted = 5

/** Rows read at once where all of a list are looked at: the page has to stay alive meanwhile. */
const lookedAtOnce = 500

export class ConversationBook {
  readonly #scope: Scope
  /** Whose list has to be asked for, once what is being asked for is here. */
  #behind: BackendSession | undefined
  #refreshing: Promise<void> | undefined

  constructor(scope: Scope) {
    this.#scope = scope
  }

  /** A page of the list, from top to bottom: pinned ones first, then by time. */
  async list(query: ListQuery = {}): Promise<Conversation[]> {
    const { count = limits.conversationPullCount.default, after, before, skip = 0 } = query
    const { database } = this.#scope
    const { conversations } = database
    if (before !== undefined) {
      const rows = await conversations.where('listOrder').above(before).limit(count).toArray()
      return withLatest(database, rows.reverse())
    }
    let below = conversations
      .where('listOrder')
      .below(after ?? '\uffff')
      .reverse()
    if (skip > 0) below = below.offset(skip)
    return withLatest(database, await below.limit(count).toArray())
  }

  /** How many there are on the list. @param query.before only those above the one with this `listOrder` */
  count({ before }: { before?: string } = {}): Promise<number> {
    const { conversations } = this.#scope.database
    return before === undefined
      ? conversations.orderBy('listOrder').count()
      : conversations.where('listOrder').above(before).count()
  }

  /** Those of the conversations that are stored. */
  async byKey(keys: readonly string[]): Promise<Conversation[]> {
    const rows = await this.#scope.database.conversations.bulkGet([...keys])
    return withLatest(
      this.#scope.database,
      rows.filter((row) => row !== undefined),
    )
  }

  /** One conversation; made up from its id if nothing is stored of it. */
  async get(conversation: ConversationId): Promise<Conversation> {
    checkConversation(conversation)
    const [known] = await this.byKey([conversationKey(conversation)])
    return known ?? toConversation(newConversationRow(conversation), undefined)
  }

  /** Asks the backend for older conversations than are here. False: there are no more. */
  async pullOlder(count: number = limits.conversationPullCount.default): Promise<boolean> {
    const session = this.#scope.session()
    const { meta } = this.#scope.database
    if (!session?.conversations) return false
    if ((await meta.get('hasConversationList'))?.value === true) return false
    const before = (await meta.get('conversationListCursor'))?.value as number | undefined
    return (await this.#pull(session, count, before)).hasMore
  }

  /**
   * Asks the backend for counts and last messages: the newest page on a new device, and as many as
   * it takes to reach every conversation of the list in which more was missed than was replayed.
   */
  refreshFrom(session: BackendSession): Promise<void> {
    this.#behind = session
    this.#refreshing ??= this.#refreshAll().finally(() => (this.#refreshing = undefined))
    return this.#refreshing
  }

  async #refreshAll(): Promise<void> {
    try {
      for (let session = this.#behind; session; session = this.#behind) {
        this.#behind = undefined
        // What was read here without a connection is not unread there.
        await pushSettings(this.#scope)
        await this.#refresh(session)
        if (!this.#behind) await this.#scope.database.meta.delete('isListBehind')
      }
    } catch (error) {
      // It is still marked as behind: the next session asks again.
      const known = IMError.from(error)
      if (!isRetryable(known.code)) this.#scope.report(known, 'reading the conversation list')
    }
  }

  async #refresh(session: BackendSession): Promise<void> {
    if (session.conversations) {
      let before: number | undefined
      let hasMore = true
      while (hasMore) {
        const page = await this.#pull(session, limits.conversationPullCount.default, before)
        before = page.oldest
        hasMore = page.hasMore && before !== undefined && (await this.#hasStale())
      }
    } else {
      await this.#fillGaps()
    }
  }

  /** The sum over the conversations of the list. */
  async unread(query: UnreadQuery = {}): Promise<number> {
    const { includeMuted = true, types, levels } = query
    let sum = 0
    await this.#unread().each((row) => {
      if (!includeMuted && isMuted(row.notificationLevel)) return
      if (types?.length && !types.includes(row.conversationType)) return
      if (levels?.length && !levels.includes(row.notificationLevel)) return
      sum += row.unreadMessageCount
    })
    return sum
  }

  /** Conversations of the list with unread messages, in list order. Reads no others. */
  async withUnread(): Promise<Conversation[]> {
    const rows = (await this.#unread().sortBy('listOrder')).reverse()
    return withLatest(this.#scope.database, rows)
  }

  /** Conversations a caller picks, in list order. For the documents' pinned, unread and muted lists. */
  async filter(pick: (row: ConversationRow) => boolean): Promise<Conversation[]> {
    const { conversations } = this.#scope.database
    const picked: ConversationRow[] = []
    let from = ''
    let rows: ConversationRow[]
    do {
      rows = await conversations.where('listOrder').above(from).limit(lookedAtOnce).toArray()
      picked.push(...rows.filter(pick))
      from = rows.at(-1)?.listOrder ?? from
    } while (rows.length === lookedAtOnce)
    return withLatest(this.#scope.database, picked.reverse())
  }

  setTop(conversation: ConversationId, isTop: boolean): Promise<void> {
    return this.#set(conversation, 'top', Boolean(isTop))
  }

  /** @throws IMError 33003 for a number that is no level */
  async setNotificationLevel(
    conversation: ConversationId,
    level: NotificationLevel,
  ): Promise<void> {
    if (typeof level !== 'number' || !(level in NotificationLevel)) {
      throw invalidParameter('A notification level is one of -1, 0, 1, 2, 4 and 5.')
    }
    await this.#set(conversation, 'level', level)
  }

  /** undefined or an empty text without a quote removes the draft. */
  saveDraft(conversation: ConversationId, draft: Draft | undefined): Promise<void> {
    const isEmpty = !draft || (draft.text === '' && !draft.reference)
    return this.#set(conversation, 'draft', isEmpty ? null : draft)
  }

  /** Takes a conversation out of the list until its next message. Its messages stay. */
  async remove(conversation: ConversationId): Promise<void> {
    const { sortTime } = await this.get(conversation)
    await this.#set(conversation, 'removed', { at: Math.max(this.#scope.now(), sortTime) })
  }

  async #set(...[conversation, field, value]: [ConversationId, ...SettingOf]): Promise<void> {
    checkConversation(conversation)
    await setForConversation(this.#scope, conversationKey(conversation), field, value)
  }

  #unread() {
    const { conversations } = this.#scope.database
    return conversations
      .where('unreadMessageCount')
      .above(0)
      .filter((row) => row.listOrder !== undefined)
  }

  async #hasStale(): Promise<boolean> {
    const stale = this.#scope.database.conversations.where('isStale').equals(1)
    return (await stale.filter((row) => row.listOrder !== undefined).first()) !== undefined
  }

  async #pull(
    session: BackendSession,
    count: number,
    before?: number,
  ): Promise<{ oldest: number | undefined; hasMore: boolean }> {
    if (!session.conversations) throw notSupported('conversations')
    const query = before === undefined ? { count } : { count, before }
    const { items, hasMore } = await session.conversations.list(query)
    for (const item of items) await this.#takeOver(item)
    const oldest = items.at(-1)?.latestMessage?.sentTime
    const { meta } = this.#scope.database
    if (oldest !== undefined) {
      const known = (await meta.get('conversationListCursor'))?.value as number | undefined
      const cursor = Math.min(known ?? oldest, oldest)
      await meta.put({ key: 'conversationListCursor', value: cursor })
    }
    if (!hasMore) await meta.put({ key: 'hasConversationList', value: true })
    return { oldest, hasMore }
  }

  async #takeOver(item: ServerConversation): Promise<void> {
    const { database } = this.#scope
    const key = conversationKey(item)
    const { latestMessage, operations = [] } = item
    const before = await database.conversations.get(key)
    // What has come through the stream without a gap is here, and counted, exactly.
    if (before?.latestMessageId !== undefined && !before.isStale) return
    if (latestMessage) {
      await ingest(this.#scope, {
        source: 'history',
        messages: [latestMessage, ...operations],
        stretch: {
          conversationKey: key,
          oldest: latestMessage.order,
          newest: latestMessage.order,
          reachesStart: false,
        },
      })
    }
    const changes = new Changes()
    await database.transaction('rw', [database.conversations, database.messages], async () => {
      const known = (await database.conversations.get(key)) ?? newConversationRow(item)
      const { isStale: _, hasGap: __, ...row } = known
      const upTo = latestMessage?.order ?? ''
      const next = await recount(database, { ...row, countedUpTo: upTo }, this.#scope.userId, {
        ...item,
        upTo,
      })
      await database.conversations.put(await withLatestMessage(database, next))
      changes.conversation(key)
    })
    this.#scope.publish(changes)
  }

  /** Without a list on the backend: the newest page of each conversation with a gap, then what is unread. */
  async #fillGaps(): Promise<void> {
    const { conversations, meta } = this.#scope.database
    const order = (await meta.get('isListBehind'))?.value
    const places = new Map((Array.isArray(order) ? order : []).map((key, at) => [key, at]))
    const placeOf = ({ conversationKey: key }: ConversationRow) => places.get(key) ?? places.size
    const rows = await conversations.where('hasGap').equals(1).toArray()
    rows.sort((one, other) => placeOf(one) - placeOf(other))
    await several(rows, (row) => this.#fillGap(row))
    await several(rows, (row) => this.#countExactly(row))
  }

  async #fillGap(row: ConversationRow): Promise<void> {
    const { database } = this.#scope
    const count = limits.historyCount.default
    await readHistory(this.#scope, conversationIdOf(row), { count })
    if ((await segmentsOf(database, row.conversationKey)).length) await this.#recount(row)
  }

  /** The newest page may not have all that is unread. Beyond some hundreds it is more than anybody counts. */
  async #countExactly(row: ConversationRow): Promise<void> {
    const { database } = this.#scope
    for (let page = 0; page < pagesCounted; page += 1) {
      const [now, newest] = await Promise.all([
        database.conversations.get(row.conversationKey),
        segmentsOf(database, row.conversationKey).then((segments) => segments.at(-1)),
      ])
      if (!now || !newest || reachesBack(newest, now.readPosition?.order)) break
      const range = { before: newest.oldest, count: limits.historyCount.max }
      const { rows } = await readHistory(this.#scope, conversationIdOf(row), range)
      if (!rows.length) break
      await this.#recount(row)
    }
  }

  async #recount(row: ConversationRow): Promise<void> {
    const { database } = this.#scope
    await database.transaction('rw', [database.conversations, database.messages], async () => {
      const { isStale: _, ...now } = (await database.conversations.get(row.conversationKey)) ?? row
      await database.conversations.put(await recount(database, now, this.#scope.userId))
    })
    const changes = new Changes()
    changes.conversation(row.conversationKey)
    this.#scope.publish(changes)
  }
}

/** Some at a time, in order. */
async function several<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values()
  const workOff = async () => {
    for (const item of waiting) await work(item)
  }
  await Promise.all(Array.from({ length: filledAtOnce }, workOff))
}

type SettingOf = {
  [Field in keyof ConversationSettings]: [Field, ConversationSettings[Field]]
}[keyof ConversationSettings]
