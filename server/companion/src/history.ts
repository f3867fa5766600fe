/** Stretches of one conversation with what was done to their messages, in one answer. */
import { xml, type Element } from '@xmpp/component'
import type { User } from './addresses.js'
import type { Archive, Archives } from './archives.js'
import {
  fitting,
  isSeenBy,
  messageColumns,
  operationsOn,
  resultOf,
  withStanzas,
  type MessageRow,
} from './archived-messages.js'
import type { Database } from './database.js'
import { namespace, Refusal, type Request } from './request.js'

/** On one message: reactions of a large group, receipts of its members. */
const mostOperations = 3_000

/** Of private receipts, in one stretch. */
const mostReceipts = 500

/** Messages one may ask the operations of at once. */
const mostMessages = 200

/** A place in the archive, and how many messages to take before it and from it on. */
interface Cut {
  place: number
  older: number
  newer: number
  count: number
}

export class History {
  constructor(
    readonly database: Database,
    readonly archives: Archives,
    readonly answerSize: number,
  ) {}

  /** `<history with='…' before|after|around='place' count='20'/>` */
  async page(request: Request): Promise<Element> {
    const { user } = request
    const archive = await this.archives.of(user, request.address('with'))
    return fitting(request.count(20, 100), this.answerSize, (count) =>
      this.#page(user, archive, cutOf(request, count)),
    )
  }

  /** `<operations with='…'><message id='…'/>…</operations>` */
  async operations(request: Request): Promise<Element> {
    const { user } = request
    const archive = await this.archives.of(user, request.address('with'))
    const messages = request.children('message', mostMessages).map((element) => ({
      conversation: archive.conversation,
      message_id: request.id('id', element),
    }))
    return fitting(mostOperations, this.answerSize, async (limit) => {
      const { host } = this.archives
      const rows = await operationsOn(this.database, host, user, [archive], messages, {
        limit,
        hasReadersApart: false,
      })
      const results = (await withStanzas(this.database, host, rows)).map(resultOf)
      return xml('operations', { xmlns: namespace, with: archive.conversation }, ...results)
    })
  }

  async #page(user: User, archive: Archive, cut: Cut): Promise<Element> {
    // One more than wanted tells whether there are more.
    const older = await this.#shown(user, archive, 'before', cut.place, cut.older + 1)
    const newer = await this.#shown(user, archive, 'from', cut.place, cut.newer + 1)
    const half = Math.floor(cut.count / 2)
    const isAround = cut.older > 0 && cut.newer > 0
    const takenOlder = Math.min(
      older.length,
      isAround ? Math.max(half, cut.count - newer.length) : cut.older,
    )
    const takenNewer = Math.min(newer.length, isAround ? cut.count - takenOlder : cut.newer)
    const messages = [...older.slice(0, takenOlder).reverse(), ...newer.slice(0, takenNewer)]
    const hasOlder = older.length > takenOlder
    const hasNewer = newer.length > takenNewer

    const { host } = this.archives
    const first = hasOlder ? (messages[0]?.place ?? cut.place) : 0
    const next = hasNewer ? newer[takenNewer]!.place : Number.MAX_SAFE_INTEGER
    const operations = [
      ...(await operationsOn(this.database, host, user, [archive], messages, {
        limit: mostOperations,
        hasReadersApart: true,
      })),
      ...(await this.#receipts(archive, first, next)),
    ].sort((one, other) => one.place - other.place)
    const results = async (rows: readonly MessageRow[]) =>
      (await withStanzas(this.database, host, rows)).map(resultOf)
    return xml(
      'history',
      {
        xmlns: namespace,
        with: archive.conversation,
        older: String(hasOlder),
        newer: String(hasNewer),
      },
      xml('messages', {}, ...(await results(messages))),
      xml('operations', {}, ...(await results(operations))),
    )
  }

  /** Before a place the newest first, from it on the oldest first. */
  async #shown(
    user: User,
    archive: Archive,
    side: 'before' | 'from',
    place: number,
    limit: number,
  ): Promise<MessageRow[]> {
    const [compared, direction] = side === 'before' ? ['<', 'desc'] : ['>=', 'asc']
    return this.database.rows<MessageRow>(
      `select message.* from unnest($2::text[]) as source (owner)
       cross join lateral (
         select ${messageColumns} from companion.message
         where message.server_host = $1 and message.owner = source.owner
           and message.conversation = $3 and message.kind = 'message'
           and message.place ${compared} $6 and message.place >= $8
           and ${isSeenBy('$4', '$5')}
         order by message.place ${direction} limit $7
       ) as message
       order by message.place ${direction} limit $7`,
      [
        this.archives.host,
        archive.owners,
        archive.conversation,
        user.address,
        user.id,
        place,
        limit,
        archive.entered,
      ],
    )
  }

  /** Only private conversations have them. */
  async #receipts(archive: Archive, from: number, before: number): Promise<MessageRow[]> {
    return this.database.rows<MessageRow>(
      `select ${messageColumns} from companion.message
       where message.server_host = $1 and message.owner = any($2) and message.conversation = $3
         and message.kind = 'receipt' and message.place >= $4 and message.place < $5
       order by message.place desc limit ${mostReceipts}`,
      [this.archives.host, archive.owners, archive.conversation, from, before],
    )
  }
}

function cutOf(request: Request, count: number): Cut {
  const [before, after, around] = ['before', 'after', 'around'].map((name) => request.number(name))
  if ([before, after, around].filter((place) => place !== undefined).length > 1) {
    throw new Refusal('bad-request', 'Only one of "before", "after" and "around".')
  }
  if (around !== undefined) return { place: around, older: count, newer: count, count }
  if (after !== undefined) return { place: after + 1, older: 0, newer: count, count }
  return { place: before ?? Number.MAX_SAFE_INTEGER, older: count, newer: 0, count }
}
