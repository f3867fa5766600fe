/** A user's conversations with the last message, what is unread, and what was done to that message. */
import { xml, type Element } from '@xmpp/component'
import type { User } from './addresses.js'
import { ownArchive, sourcesOf, type Archive, type Archives } from './archives.js'
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
  conversation: string
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
    const archives = await this.#archivesOf(user)
    return fitting(request.count(20, 200), this.answerSize, async (count) => {
      const latest = await this.#latest(user, archives, before, count + 1)
      const items = await this.#described(user, archives, latest.slice(0, count))
      const more = String(latest.length > count)
      return xml('conversations', { xmlns: namespace, more }, ...items)
    })
  }

  /** The last message of each conversation, the newest first. */
  async #latest(
    user: User,
    archives: readonly Archive[],
    before: number,
    limit: number,
  ): Promise<MessageRow[]> {
    return this.database.rows(
      `select * from (
         select distinct on (latest.conversation) latest.*
         from unnest($4::text[], $5::text[], $6::bigint[])
           as source (owner, conversation, entered)
         cross join lateral (
           select ${messageColumns} from companion.message
           where message.server_host = $1 and message.owner = source.owner
             and message.conversation = source.conversation and message.kind = 'message'
             and message.place >= source.entered and ${isSeenBy('$2', '$3')}
           order by message.place desc limit 1
         ) as latest
         order by latest.conversation, latest.place desc
       ) as latest
       where place < $7
       order by place desc
       limit $8`,
      [this.archives.host, user.address, user.id, ...sourcesOf(archives), before, limit],
    )
  }

  async #archivesOf(user: User): Promise<Archive[]> {
    const { host, rooms } = this.archives
    // Steps from conversation to conversation in the index, however many messages are in each.
    const peers = await this.database.rows<{ conversation: string }>(
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
       )
       select conversation from peer
       where conversation is not null and not conversation like '%@' || $3`,
      [host, user.name, rooms],
    )
    const privately = peers.map(({ conversation }) => ownArchive(user, conversation))
    return [...privately, ...(await this.archives.roomsOf(user))]
  }

  async #described(
    user: User,
    all: readonly Archive[],
    latest: readonly MessageRow[],
  ): Promise<Element[]> {
    const { database } = this
    const { host } = this.archives
    const archives = latest.map((row) =>
      all.find(({ conversation }) => conversation === row.conversation)!,
    )
    const unread = await this.#unread(user, archives)
    const messages = await withStanzas(database, host, latest)
    const operations = await withStanzas(database, host, [
      ...(await operationsOn(database, host, user, archives, latest, {
        limit: mostOperations,
        hasReadersApart: false,
      })),
      ...(await this.#receiptsBehind(latest)),
    ])
    return latest.flatMap((row) => {
      const isOfThis = ({ conversation }: { conversation: string }) =>
        conversation === row.conversation
      const message = messages.find(isOfThis)
      return message ? [item(message, operations.filter(isOfThis), unread.find(isOfThis)!)] : []
    })
  }

  async #unread(user: User, archives: readonly Archive[]): Promise<Unread[]> {
    const positions = await this.settings.readPositions(
      user.address,
      archives.map(({ conversation }) => conversation),
    )
    const [owners, conversations] = sourcesOf(archives)
    const starts = archives.flatMap(({ joined, owners }, index) =>
      owners.map(() => Math.max(joined, positions[index] ?? 0)),
    )
    return this.database.rows<Unread>(
      `select source.conversation, sum(counted.unread) as unread, sum(counted.mentions) as mentions
       from unnest($4::text[], $5::text[], $6::bigint[]) as source (owner, conversation, start)
       cross join lateral (
         select count(*) as unread, count(*) filter (where mentioned && array['*', $3]) as mentions
         from (
           select mentioned from companion.message
           where message.server_host = $1 and message.owner = source.owner
             and message.conversation = source.conversation and message.kind = 'message'
             and message.place > source.start and message.is_counted
             and message.sender <> $2 and ${isSeenBy('$2', '$3')}
           limit ${mostUnread}
         ) as message
       ) as counted
       group by source.conversation`,
      [this.archives.host, user.address, user.id, owners, conversations, starts],
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
