/** A user's conversations with the last message, what is unread, and what was done to that message. */
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
  type ArchivedMessage,
  type MessageRow,
} from './archived-messages.js'
import type { Database } from './database.js'
import { namespace, type Request } from './request.js'
import type { Settings } from './settings.js'

/** Counting goes no further: it would only take longer. */
const mostUnread = 9_999

/** For one conversation of a list. */
const mostOperations = 200

interface Unread {
  unread: number
  mentions: number
}

export class Conversations {
  constructor(
    readonly database: Database,
    readonly archives: Archives,
    readonly settings: Settings,
    readonly answerSize: number,
  ) {}

  /** `<conversations count='20' before='…'/>` */
  async list(request: Request): Promise<Element> {
    const { user } = request
    const before = request.number('before') ?? Number.MAX_SAFE_INTEGER
    return fitting(request.count(20, 200), this.answerSize, async (count) => {
      const latest = await this.#latest(user, before, count + 1)
      const items = await this.#described(user, latest.slice(0, count))
      const more = String(latest.length > count)
      return xml('conversations', { xmlns: namespace, more }, ...items)
    })
  }

  /** The last message of each conversation, the newest first. */
  async #latest(user: User, before: number, limit: number): Promise<(MessageRow & Archive)[]> {
    const { host, rooms } = this.archives
    const groups = await this.archives.roomsOf(user)
    return this.database.rows(
      // The first part steps from conversation to conversation in the index, however many messages
      // there are in each.
      `with recursive peer as (
         (select conversation from companion.message
          where server_host = $1 and owner = $2 and kind = 'message'
          order by conversation limit 1)
         union all
         select (select conversation from companion.message
           where server_host = $1 and owner = $2 and kind = 'message'
             and conversation > peer.conversation
           order by conversation limit 1)
         from peer where peer.conversation is not null
       ), candidate as (
         select $2 as owner, conversation, 0::bigint as joined from peer
         where conversation is not null and not conversation like '%@' || $5
         union all
         select * from unnest($6::text[], $6::text[], $7::bigint[])
       )
       select candidate.joined, latest.*
       from candidate cross join lateral (
         select ${messageColumns} from companion.message
         where message.server_host = $1 and message.owner = candidate.owner
           and message.conversation = candidate.conversation and message.kind = 'message'
           and ${isSeenBy('$3', '$4')}
         order by message.place desc limit 1
       ) as latest
       where latest.place < $8
       order by latest.place desc
       limit $9`,
      [
        host,
        user.name,
        user.address,
        user.id,
        rooms,
        groups.map(({ owner }) => owner),
        groups.map(({ joined }) => joined),
        before,
        limit,
      ],
    )
  }

  async #described(user: User, latest: readonly (MessageRow & Archive)[]): Promise<Element[]> {
    const { database } = this
    const { host } = this.archives
    const unread = await this.#unread(user, latest)
    const messages = await withStanzas(database, host, latest)
    const operations = await withStanzas(database, host, [
      ...(await operationsOn(database, host, user, latest, mostOperations)),
      ...(await this.#receiptsBehind(latest)),
    ])
    return latest.flatMap((row, index) => {
      const isOfThis = (it: MessageRow) =>
        it.owner === row.owner && it.conversation === row.conversation
      const message = messages.find(isOfThis)
      return message ? [item(message, operations.filter(isOfThis), unread[index]!)] : []
    })
  }

  async #unread(user: User, archives: readonly Archive[]): Promise<Unread[]> {
    const positions = await this.settings.readPositions(
      user.address,
      archives.map(({ conversation }) => conversation),
    )
    return this.database.rows<Unread>(
      `select counted.* from
         unnest($4::text[], $5::text[], $6::bigint[])
           with ordinality as archive (owner, conversation, position, number)
       cross join lateral (
         select count(*) as unread, count(*) filter (where mentioned && array['*', $3]) as mentions
         from (
           select mentioned from companion.message
           where message.server_host = $1 and message.owner = archive.owner
             and message.conversation = archive.conversation and message.kind = 'message'
             and message.place > archive.position and message.is_counted
             and message.sender <> $2 and ${isSeenBy('$2', '$3')}
           limit ${mostUnread}
         ) as message
       ) as counted
       order by archive.number`,
      [
        this.archives.host,
        user.address,
        user.id,
        archives.map(({ owner }) => owner),
        archives.map(({ conversation }) => conversation),
        archives.map(({ joined }, index) => Math.max(joined, positions[index] ?? 0)),
      ],
    )
  }

  /** Private receipts that a page of history up to the last message would not hold. */
  async #receiptsBehind(latest: readonly MessageRow[]): Promise<MessageRow[]> {
    return this.database.rows<MessageRow>(
      `select receipt.* from unnest($2::text[], $3::text[], $4::bigint[])
         as latest (owner, conversation, place)
       cross join lateral (
         select ${messageColumns} from companion.message
         where message.server_host = $1 and message.owner = latest.owner
           and message.conversation = latest.conversation
           and message.kind = 'receipt' and message.place >= latest.place
         order by message.place desc limit ${mostOperations}
       ) as receipt
       order by receipt.place`,
      [
        this.archives.host,
        latest.map(({ owner }) => owner),
        latest.map(({ conversation }) => conversation),
        latest.map(({ place }) => place),
      ],
    )
  }
}

function item(
  message: ArchivedMessage,
  operations: readonly ArchivedMessage[],
  { unread, mentions }: Unread,
): Element {
  return xml(
    'conversation',
    { with: message.conversation, unread: String(unread), mentions: String(mentions) },
    xml('latest', {}, resultOf(message)),
    xml('operations', {}, ...operations.map(resultOf)),
  )
}
