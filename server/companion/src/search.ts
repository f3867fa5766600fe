/** Search in everything a user may read. */
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
  type MessageRow,
} from './archived-messages.js'
import type { Database } from './database.js'
import { namespace, Refusal, type Request } from './request.js'

/** Conversations, senders or types one may name. */
const mostNames = 50

const longestText = 128

/** On one message: the newest. */
const mostOperations = 200

interface Wanted {
  text: string
  /** none: all */
  conversations: string[]
  senders: string[]
  types: string[]
  since: number
  until: number
  /** The last one of the page before: its place, and its row where two have one place. */
  before: { place: number; row: number }
}

export class Search {
  constructor(
    readonly database: Database,
    readonly archives: Archives,
    readonly answerSize: number,
  ) {}

  /**
   * `<search count='20' since='…' until='…' before='…'><text/><conversation/>…<sender/>…<type/>…</search>`;
   * times are Unix milliseconds.
   */
  async page(request: Request): Promise<Element> {
    const { user } = request
    const wanted = wantedBy(request)
    const archives = await this.#searched(user, wanted.conversations)
    return fitting(request.count(20, 50), this.answerSize, async (count) => {
      const rows = await this.#found(user, wanted, archives, count + 1)
      const page = rows.slice(0, count)
      const found = await withStanzas(this.database, this.archives.host, page)
      const last = page.at(-1)
      return xml(
        'search',
        {
          xmlns: namespace,
          more: String(rows.length > count),
          last: last && `${last.place}.${last.archive_row}`,
        },
        ...found.map((it) => xml('found', { with: it.conversation }, resultOf(it))),
        ...(await this.#operations(user, archives, page)),
      )
    })
  }

  /** Archives to look into. A conversation one is not in is refused, not passed over. */
  async #searched(user: User, conversations: readonly string[]): Promise<Archive[]> {
    if (conversations.length > 0) {
      return Promise.all(conversations.map((it) => this.archives.of(user, it)))
    }
    // All private conversations are in one archive.
    return [ownArchive(user, ''), ...(await this.archives.roomsOf(user))]
  }

  /** What was done to the messages of a page, by conversation. */
  async #operations(
    user: User,
    searched: readonly Archive[],
    page: readonly MessageRow[],
  ): Promise<Element[]> {
    const { host } = this.archives
    const conversations = [...new Map(page.map((row) => [row.conversation, row])).values()]
    const archives = conversations.map(
      ({ conversation }) =>
        searched.find((archive) => archive.conversation === conversation) ??
        ownArchive(user, conversation),
    )
    const rows = await operationsOn(this.database, host, user, archives, page, {
      limit: mostOperations,
      hasReadersApart: true,
    })
    const operations = await withStanzas(this.database, host, rows)
    return conversations.flatMap(({ conversation }) => {
      const results = operations.filter((it) => it.conversation === conversation).map(resultOf)
      return results.length === 0 ? [] : [xml('operations', { with: conversation }, ...results)]
    })
  }

  async #found(
    user: User,
    wanted: Wanted,
    archives: readonly Archive[],
    limit: number,
  ): Promise<MessageRow[]> {
    const { host, rooms } = this.archives
    const patterns = await this.#patterns(wanted.text)
    return this.database.rows<MessageRow>(
      // Archive by archive: the index of words has the archive in it, so that it never has to go
      // through what others have written.
      `select found.* from unnest($5::text[], $6::text[], $7::bigint[])
         as archive (owner, conversation, entered)
       cross join lateral (
         select ${messageColumns} from companion.message
         where message.server_host = $1 and message.owner = archive.owner and message.kind = 'message'
           and message.recalled_by is null
           and case when archive.conversation = ''
             then message.conversation not like '%@' || $4
             else message.conversation = archive.conversation end
           and message.place >= archive.entered
           and ($8::text[] = '{}' or message.sender = any($8))
           and ($9::text[] = '{}' or message.message_type = any($9))
           and message.place between $10 and $11
           and (message.place, message.archive_row) < ($12, $13)
           and ${isSeenBy('$2', '$3')}
           ${patterns.length > 0 ? hasWords('$15', '$16') : ''}
         order by message.place desc, message.archive_row desc
         limit $14
       ) as found
       order by found.place desc, found.archive_row desc
       limit $14`,
      [
        host,
        user.address,
        user.id,
        rooms,
        ...sourcesOf(archives),
        wanted.senders,
        wanted.types,
        wanted.since,
        wanted.until,
        wanted.before.place,
        wanted.before.row,
        limit,
        ...patterns,
      ],
    )
  }

  /** The text as it is stored, and a pattern of it as it is indexed. None: any text. */
  async #patterns(text: string): Promise<string[]> {
    if (text === '') return []
    const row = await this.database.row<{ words: string; letters: string }>(
      `select words, companion.lettered(words) as letters
       from (select companion.folded($1) as words) as folded`,
      [text],
    )
    return [row!.words, containing(row!.letters)]
  }
}

/**
 * The index finds, and the text decides: letters as they are indexed may be those of another text.
 * @param words @param letters places of the patterns among the values
 */
function hasWords(words: string, letters: string): string {
  return `and message.words is not null and companion.lettered(message.words) like ${letters}
    and strpos(message.words, ${words}) > 0`
}

function wantedBy(request: Request): Wanted {
  const text = (request.element.getChildText('text', namespace) ?? '').trim()
  if (text.length > longestText) {
    throw new Refusal('bad-request', `The text of a search has at most ${longestText} characters.`)
  }
  const wanted: Wanted = {
    text,
    conversations: request.addresses('conversation', mostNames),
    senders: request.addresses('sender', mostNames),
    types: request.texts('type', mostNames),
    since: (request.number('since') ?? 0) * 1000,
    until: Math.min(Number.MAX_SAFE_INTEGER, (request.number('until') ?? 1e13) * 1000 + 999),
    before: placeAndRow(request.element.attrs.before),
  }
  if (!text && wanted.senders.length + wanted.types.length === 0) {
    throw new Refusal('bad-request', 'A search needs a text, a sender or a type.')
  }
  return wanted
}

function placeAndRow(text: string | undefined): Wanted['before'] {
  const end = Number.MAX_SAFE_INTEGER
  if (text === undefined) return { place: end, row: end }
  const [, place, row] = /^(\d{1,16})\.(\d{1,16})$/.exec(text) ?? []
  if (place && row) return { place: Number(place), row: Number(row) }
  throw new Refusal('bad-request', '"before" is the "last" of the page before.')
}

function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
