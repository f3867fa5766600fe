/** Who of a group has said that they have read a message. Its author is told, nobody else. */
import { xml, type Element } from '@xmpp/component'
import type { User } from './addresses.js'
import type { Archive, Archives } from './archives.js'
import type { Database } from './database.js'
import { namespace, Refusal, type Request } from './request.js'

const mostMessages = 100

/** Readers of one message in one answer. */
const mostReaders = 1_000

interface Reader {
  message_id: string
  receipt_id: string
  sender: string
  place: number
  total: number
}

export class Readers {
  constructor(
    readonly database: Database,
    readonly archives: Archives,
  ) {}

  /** `<readers with='…' count='100' after='place'><message id='…'/>…</readers>` */
  async list(request: Request): Promise<Element> {
    const { user } = request
    const archive = await this.archives.of(user, request.address('with'))
    if (!this.archives.isRoom(archive.conversation)) {
      throw new Refusal('bad-request', 'Reader lists are for groups.')
    }
    const ids = request.children('message', mostMessages).map((it) => request.id('id', it))
    const count = request.number('count', 0, mostReaders) ?? 100
    const after = request.number('after') ?? 0
    const authored = await this.#authored(user, archive, ids)
    if (ids.some((id) => !authored.has(id))) {
      throw new Refusal('forbidden', 'Only the author of a message is told who has read it.')
    }
    const readers = await this.#readers(user, archive, ids, after, count)
    return xml(
      'readers',
      { xmlns: namespace, with: archive.conversation },
      ...ids.map((id) => {
        const all = readers.filter(({ message_id }) => message_id === id)
        return messageElement(id, all, count)
      }),
    )
  }

  async #authored(user: User, archive: Archive, ids: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.rows<{ message_id: string }>(
      `select message_id from companion.message
       where server_host = $1 and owner = any($2) and message_id = any($3) and sender = $4
         and conversation = $5 and kind = 'message'`,
      [this.archives.host, archive.owners, ids, user.address, archive.conversation],
    )
    return new Set(rows.map(({ message_id }) => message_id))
  }

  /** Everybody once for each message, by the time of the first receipt; of each message one too many. */
  async #readers(
    user: User,
    archive: Archive,
    ids: readonly string[],
    after: number,
    count: number,
  ): Promise<Reader[]> {
    return this.database.rows<Reader>(
      `select wanted.message_id, reader.* from unnest($3::text[]) as wanted (message_id)
       cross join lateral (
         select sender, place, receipt_id, total from (
           select first.*, count(*) over () as total from (
             select distinct on (sender) sender, place, message_id as receipt_id
             from companion.message
             where targets @> array[wanted.message_id] and message_type = 'RC:RRRspMsg'
               and kind = 'operation' and server_host = $1 and owner = any($2)
               and conversation = $8
               and sender <> $4 and $5 = any(directed)
             order by sender, place
           ) as first
         ) as everybody
         where place > $6 or $7 = 0
         order by place limit greatest($7 + 1, 1)
       ) as reader`,
      [
        this.archives.host,
        archive.owners,
        ids,
        user.address,
        user.id,
        after,
        count,
        archive.conversation,
      ],
    )
  }
}

function messageElement(id: string, readers: readonly Reader[], count: number): Element {
  return xml(
    'message',
    { id, count: String(readers[0]?.total ?? 0), more: String(readers.length > count) },
    ...readers
      .slice(0, count)
      .map(({ sender, place, receipt_id }) =>
        xml('reader', { user: sender, at: String(place), receipt: receipt_id }),
      ),
  )
}
