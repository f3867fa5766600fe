/** Rows of the archive, and the form in which they are handed out: that of XEP-0313. */
import { xml, type Element } from '@xmpp/component'
import parse from '@xmpp/xml/lib/parse.js'
import type { User } from './addresses.js'
import type { Archive } from './archives.js'
import type { Database } from './database.js'
import { Refusal } from './request.js'

/** What stands in `companion.message`, as far as anybody here asks for it. */
export interface MessageRow {
  owner: string
  conversation: string
  place: number
  archive_row: number
  message_id: string
  message_type: string
  sender: string
  /** null: nobody has taken it back */
  recalled_by: number | null
}

export interface ArchivedMessage extends MessageRow {
  /** Absent when it was taken back: then nobody gets it any more. */
  xml?: string
}

/** The columns of a `MessageRow`, of a table called `message`. */
export const messageColumns = [
  ...['owner', 'conversation', 'place', 'archive_row'],
  ...['message_id', 'message_type', 'sender', 'recalled_by'],
]
  .map((column) => `message.${column}`)
  .join(', ')

/**
 * Whether something is for a user, as a condition on a table called `message`.
 * @param address @param id the places of the user's address and id among the values of the query
 */
export function isFor(address: string, id: string): string {
  return `(message.directed is null or message.sender = ${address} or ${id} = any(message.directed))`
}

/** As `isFor`, and the user has not removed it. */
export function isSeenBy(address: string, id: string): string {
  return `${isFor(address, id)}
    and message.place > coalesce((
      select cleared.place from companion.cleared_conversation as cleared
      where cleared.address = ${address} and cleared.conversation = message.conversation
    ), 0)
    and not exists (
      select from companion.removed_message as removed
      where removed.address = ${address} and removed.conversation = message.conversation
        and removed.message_id = message.message_id and removed.sender = message.sender
    )`
}

/** Messages with what was archived. Those deleted from the archive meanwhile are left out. */
export async function withStanzas(
  database: Database,
  host: string,
  rows: readonly MessageRow[],
): Promise<ArchivedMessage[]> {
  const kept = rows.filter(({ recalled_by }) => recalled_by === null)
  if (kept.length === 0) return [...rows]
  const stanzas = await database.rows<{ id: number; xml: string }>(
    `select archive.id, archive.xml
     from unnest($2::text[], $3::bigint[], $4::bigint[]) as wanted (owner, place, archive_row)
     join archive on archive.server_host = $1 and archive.username = wanted.owner
       and archive.timestamp = wanted.place and archive.id = wanted.archive_row`,
    [
      host,
      kept.map(({ owner }) => owner),
      kept.map(({ place }) => place),
      kept.map(({ archive_row }) => archive_row),
    ],
  )
  const xmlOf = new Map(stanzas.map(({ id, xml }) => [id, xml]))
  return rows
    .map((row) => ({ ...row, xml: xmlOf.get(row.archive_row) }))
    .filter(({ xml, recalled_by }) => xml !== undefined || recalled_by !== null)
}

/** What names a message within its conversation. */
export type MessageName = Pick<MessageRow, 'conversation' | 'message_id'>

/** What of the operations on messages is asked for. */
export interface OperationsWanted {
  /** Of each message at most; the newest. */
  limit: number
  /** Without those that say who has read messages of the user's own: `readers` tells that. */
  hasReadersApart: boolean
}

/**
 * Operations on some messages, oldest first.
 * @param archives of all the conversations they are in
 */
export async function operationsOn(
  database: Database,
  host: string,
  user: User,
  archives: readonly Archive[],
  messages: readonly MessageName[],
  { limit, hasReadersApart }: OperationsWanted,
): Promise<MessageRow[]> {
  if (messages.length === 0) return []
  const ownersOf = new Map(archives.map(({ conversation, owners }) => [conversation, owners]))
  const wanted = messages.flatMap((message) =>
    (ownersOf.get(message.conversation) ?? []).map((owner) => ({ ...message, owner })),
  )
  return database.rows<MessageRow>(
    `select distinct operation.* from
       unnest($4::text[], $5::text[], $6::text[]) as wanted (owner, conversation, message_id)
     cross join lateral (
       select ${messageColumns} from companion.message
       where message.targets @> array[wanted.message_id] and message.kind = 'operation'
         and message.server_host = $1 and message.owner = wanted.owner
         and message.conversation = wanted.conversation and ${isFor('$2', '$3')}
         and not ($8 and message.message_type = 'RC:RRRspMsg' and message.sender <> $2)
       order by message.place desc limit $7
     ) as operation
     order by operation.place`,
    [
      host,
      user.address,
      user.id,
      wanted.map(({ owner }) => owner),
      wanted.map(({ conversation }) => conversation),
      wanted.map(({ message_id }) => message_id),
      limit,
      hasReadersApart,
    ],
  )
}

/**
 * A message as an archive would give it, `<result xmlns='urn:xmpp:mam:2'>`. Of one that was taken
 * back only where it stood: `<remains/>`.
 */
export function resultOf(message: ArchivedMessage): Element {
  const { xml: text, place, message_id, message_type, sender } = message
  const id = String(place)
  if (text === undefined || message.recalled_by !== null) {
    return xml('remains', { id, message: message_id, type: message_type, from: sender })
  }
  const stamp = new Date(Math.floor(place / 1000)).toISOString()
  return xml(
    'result',
    { xmlns: 'urn:xmpp:mam:2', id },
    xml(
      'forwarded',
      { xmlns: 'urn:xmpp:forward:0' },
      xml('delay', { xmlns: 'urn:xmpp:delay', stamp }),
      inNameOfRoom(parse(text), message),
    ),
  )
}

/** Rooms archive what members say as it came to them, and hand it out as theirs. */
function inNameOfRoom(stanza: Element, { owner, conversation, sender }: MessageRow): Element {
  if (owner === conversation) {
    stanza.attrs.from = `${conversation}/${sender.slice(0, sender.indexOf('@'))}`
  }
  return stanza
}

/**
 * An answer that is not too large: of fewer things, if it has to be.
 * @param answer makes one of at most so many
 * @throws Refusal resource-constraint when even one thing is too much
 */
export async function fitting(
  count: number,
  answerSize: number,
  answer: (count: number) => Promise<Element>,
): Promise<Element> {
  for (let fewer = count; fewer >= 1; fewer = Math.floor(fewer / 2)) {
    const element = await answer(fewer)
    if (Buffer.byteLength(element.toString()) <= answerSize) return element
  }
  throw new Refusal('resource-constraint', `The answer would have more than ${answerSize} bytes.`)
}
