/** Pages of an archive (XEP-0313), oldest first. */
import { uuidv7 } from '../../model/identity.js'
import { orderOf } from './archive-place.js'
import { filledForm } from './data-form.js'
import { forwardedMessage, groupMessagesOf, isOwn, type Delivery } from './deliveries.js'
import { NS_ARCHIVE, NS_RESULT_SET } from './namespaces.js'
import type { People } from './people.js'
import { xml, type Element, type Wire } from './wire.js'

export interface ArchiveQuery {
  /** Whose archive; the own one unless a room's is said. */
  room?: string
  /** Only messages from or to this address; without a resource, from or to any of it. */
  counterpart?: string
  /** The newest before this place; without both, the newest of all. */
  before?: string
  /** The oldest behind this place. */
  after?: string
  /** Only from this time on, Unix milliseconds. */
  since?: number
  count: number
}

export interface ArchivePage {
  /** In order; several of one place if a message is there for several receivers. */
  entries: Required<Delivery>[]
  /** The places of the first and the last, whatever they are. */
  first?: string
  last?: string
  /** There is nothing more in the direction that was asked for. */
  isComplete: boolean
  /** Of the whole query, wherever the page is. */
  total: number
}

/** @throws StanzaError when the archive is not to be read by this user */
export async function queryArchive(
  wire: Wire,
  people: People,
  query: ArchiveQuery,
): Promise<ArchivePage> {
  const id = uuidv7()
  const entries: Required<Delivery>[] = []
  const stopListening = wire.on((stanza) => {
    const result = stanza.getChild('result', NS_ARCHIVE)
    if (result?.attrs.queryid !== id) return
    const { from } = stanza.attrs
    const isFromArchive = query.room === undefined ? isOwn(people, from) : from === query.room
    if (isFromArchive) entries.push(...entriesOf(people, result))
  })
  try {
    const answer = await wire.iq('set', queryElement(id, query), query.room)
    const end = answer.getChild('fin', NS_ARCHIVE)
    const set = end?.getChild('set', NS_RESULT_SET)
    return {
      entries,
      first: orderOf(set?.getChildText('first') ?? undefined),
      last: orderOf(set?.getChildText('last') ?? undefined),
      isComplete: end?.attrs.complete === 'true',
      total: Number(set?.getChildText('count') ?? 0),
    }
  } finally {
    stopListening()
  }
}

/** What a `<result>` of an archive holds. */
export function entriesOf(people: People, result: Element): Required<Delivery>[] {
  const order = orderOf(result.attrs.id)
  const message = forwardedMessage(result)
  if (!message || order === undefined) return []
  const wrapped = groupMessagesOf(people, message)
  const messages = wrapped ? wrapped.map(({ message }) => message) : [message]
  return messages.map((message) => ({ message, order }))
}

function queryElement(id: string, query: ArchiveQuery): Element {
  const { counterpart, before, after, since, count } = query
  const fields = {
    ...(counterpart !== undefined && { with: counterpart }),
    ...(since !== undefined && { start: new Date(since).toISOString() }),
  }
  const place = after === undefined ? xml('before', {}, before ?? '') : xml('after', {}, after)
  const page = xml('set', { xmlns: NS_RESULT_SET }, xml('max', {}, count), place)
  return xml('query', { xmlns: NS_ARCHIVE, queryid: id }, filledForm(NS_ARCHIVE, fields), page)
}
