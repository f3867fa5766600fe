/** Rows of the archive, and the form in which they are handed out: that of XEP-0313. */
import { xml, type Element } from '@xmpp/component'
import parse from '@xmpp/xml/lib/parse.js'
import type { User } from './addresses.js'
import type { Database } from './database.js'
import { Refusal } from './request.js'

/** What stands in `companion.message`, as far as anybody here asks for it. */
export interface MessageRow {
  owner: string
  conversation: string
  place: number
  archive_row: number
  message_id: string
  sender: string
}

export interface ArchivedMessage extends MessageRow {
  xml: string
}

/** The columns of a `MessageRow`, of a table called `message`. */
export const messageColumns =
  'message.owner, message.conversation, message.place, message.archive_row, message.message_id, message.sender'

/**
 * Whether a message is for a user, as a condition on a table called `message`.
 * @param address @param id the places of the user's address and id among the values of the query
 */
export function isSeenBy(address: string, id: string): string {
  return `(message.directed is null or message.sender = ${address} or ${id} = any(message.directed))`
}

/** The same archive's place of each message, with what was archived. Those deleted meanwhile are missing. */
export async function withStanzas(
  database: Database,
  host: string,
  rows: readonly MessageRow[],
): Promise<ArchivedMessage[]> {
  if (rows.length === 0) return []
  const stanzas = await database.rows<{ id: number; xml: string }>(
    `select archive.id, archive.xml
     from unnest($2::text[], $3::bigint[], $4::bigint[]) as wanted (owner, place, archive_row)
     join archive on archive.server_host = $1 and archive.username = wanted.owner
       and archive.timestamp = wanted.place and archive.id = wanted.archive_row`,
    [
      host,
      rows.map(({ owner }) => owner),
      rows.map(({ place }) => place),
      rows.map(({ archive_row }) => archive_row),
    ],
  )
  const xmlOf = new Map(stanzas.map(({ id, xml }) => [id, xml]))
  return rows.flatMap((row) => {
    const stanza = xmlOf.get(row.archive_row)
    return stanza === undefined ? [] : { ...row, xml: stanza }
  })
}

/**
 * Operations on some messages, oldest first in each archive.
 * @param limit operations on each message; the newest ones
 */
export async function operationsOn(
  database: Database,
  host: string,
  user: User,
  messages: readonly Pick<MessageRow, 'owner' | 'conversation' | 'message_id'>[],
  limit: number,
): Promise<MessageRow[]> {
  if (messages.length === 0) return []
  return database.rows<MessageRow>(
    `select distinct operation.* from
       unnest($4::text[], $5::text[], $6::text[]) as wanted (owner, conversation, message_id)
     cross join lateral (
       select ${messageColumns} from companion.message
       where message.targets @> array[wanted.message_id] and message.kind = 'operation'
         and message.server_host = $1 and message.owner = wanted.owner
         and message.conversation = wanted.conversation and ${isSeenBy('$2', '$3')}
       order by message.place desc limit $7
     ) as operation
     order by operation.place`,
    [
      host,
      user.address,
      user.id,
      messages.map(({ owner }) => owner),
      messages.map(({ conversation }) => conversation),
      messages.map(({ message_id }) => message_id),
      limit,
    ],
  )
}

/** `<result xmlns='urn:xmpp:mam:2'>`, as an archive would give it. */
export function resultOf({ xml: text, place }: ArchivedMessage): Element {
  const stamp = new Date(Math.floor(place / 1000)).toISOString()
  return xml(
    'result',
    { xmlns: 'urn:xmpp:mam:2', id: String(place) },
    xml(
      'forwarded',
      { xmlns: 'urn:xmpp:forward:0' },
      xml('delay', { xmlns: 'urn:xmpp:delay', stamp }),
      parse(text),
    ),
  )
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
