/** Pages of an archive (XEP-0313), oldest first. */
import { uuidv7 } from '../../model/identity.js'
import { orderOf } from './archive-place.js'
import { filledForm } from './data-form.js'
import { forwardedMessage, groupMessagesOf, isOwn, type ArchivedDelivery } from './deliveries.js'
import { NS_ARCHIVE, NS_DELAY, NS_FORWARD, NS_RESULT_SET } from './namespaces.js'
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
  entries: ArchivedDelivery[]
  /** The places of the first and the last, whatever they are. */
  first?: string
  last?: string
  /** There is nothing more in the direction that was asked for. */
  isComplete: boolean
  /** Of the whole query, wherever the page is. */
  total: number
}

/** The archives a user may read. */
export interface Archives {
  /** @throws StanzaError when the archive is not to be read by this user */
  page(query: ArchiveQuery): Promise<ArchivePage>
}

/** A query as it is put to an archive, which knows its entries by ids. */
export interface ArchiveQuestion extends Pick<ArchiveQuery, 'room' | 'counterpart' | 'count'> {
  /** The newest before this id, or with none of all; the oldest behind it, or with none of all. */
  before?: string
  after?: string
  /** Unix milliseconds, themselves included. */
  start?: number
  end?: number
}

export interface ArchiveAnswer extends Pick<ArchivePage, 'isComplete' | 'total'> {
  results: Element[]
  /** Ids. */
  first?: string
  last?: string
}

/** Where ids are places, as those of ejabberd are. @throws StanzaError as `Archives` does */
export async function queryArchive(
  wire: Wire,
  people: People,
  { since, ...query }: ArchiveQuery,
): Promise<ArchivePage> {
  const { results, first, last, ...rest } = await askArchive(wire, people, {
    ...query,
    start: since,
  })
  const entries = results.flatMap((result) => entriesOf(people, result))
  return { ...rest, entries, first: orderOf(first), last: orderOf(last) }
}

/** @throws StanzaError when the archive is not to be read by this user */
export async function askArchive(
  wire: Wire,
  people: People,
  question: ArchiveQuestion,
): Promise<ArchiveAnswer> {
  const id = uuidv7()
  const results: Element[] = []
  const stopListening = wire.on((stanza) => {
    const result = stanza.getChild('result', NS_ARCHIVE)
    if (result?.attrs.queryid !== id) return
    const { from } = stanza.attrs
    const isFromArchive = question.room === undefined ? isOwn(people, from) : from === question.room
    if (isFromArchive) results.push(result)
  })
  try {
    const answer = await wire.iq('set', questionElement(id, question), question.room)
    const end = answer.getChild('fin', NS_ARCHIVE)
    const set = end?.getChild('set', NS_RESULT_SET)
    return {
      results,
      first: set?.getChildText('first') ?? undefined,
      last: set?.getChildText('last') ?? undefined,
      isComplete: end?.attrs.complete === 'true',
      total: Number(set?.getChildText('count') ?? 0),
    }
  } finally {
    stopListening()
  }
}

/** What a `<result>` of an archive holds whose ids are places. */
export function entriesOf(people: People, result: Element): ArchivedDelivery[] {
  const order = orderOf(result.attrs.id)
  return order === undefined
    ? []
    : messagesIn(people, result).map((message) => ({ message, order }))
}

/** The messages of a `<result>`, out of what a room wraps them in. */
export function messagesIn(people: People, result: Element): Element[] {
  const message = forwardedMessage(result)
  if (!message) return []
  const wrapped = groupMessagesOf(people, message)
  return wrapped ? wrapped.map(({ message }) => message) : [message]
}

/** When a `<result>` came into the archive, Unix milliseconds; NaN if it does not say. */
export function archivedAt(result: Element): number {
  const stamp = result.getChild('forwarded', NS_FORWARD)?.getChild('delay', NS_DELAY)?.attrs.stamp
  return Date.parse(stamp ?? '')
}

function questionElement(id: string, question: ArchiveQuestion): Element {
  const { counterpart, before, after, start, end, count } = question
  const fields = {
    ...(counterpart !== undefined && { with: counterpart }),
    ...(start !== undefined && { start: new Date(start).toISOString() }),
    ...(end !== undefined && { end: new Date(end).toISOString() }),
  }
  // Without an id: from the beginning.
  const isForward = after !== undefined
  const place = isForward ? after && xml('after', {}, after) : xml('before', {}, before ?? '')
  const page = xml('set', { xmlns: NS_RESULT_SET }, xml('max', {}, count), place || undefined)
  return xml('query', { xmlns: NS_ARCHIVE, queryid: id }, filledForm(NS_ARCHIVE, fields), page)
}
