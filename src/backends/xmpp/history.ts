/** Stretches of one conversation, with all that was done to the messages in them. */
import { IMError, invalidParameter, isRetryable } from '../../model/errors.js'
import { limits } from '../../model/limits.js'
import { MessageType } from '../../model/message-types.js'
import { messageKey, type ArchivedMessage, type MessageReference } from '../../model/message.js'
import type { ReceiptResponseContent } from '../../model/operations.js'
import { isOperation } from '../message-rules.js'
import type { HistoryPage, HistoryQuery } from '../backend.js'
import { assertOrder, placeBehind, timeOf } from './archive-place.js'
import { assembled, MOST_KEPT, type ConversationArchive } from './conversation-archive.js'
import type { SourcePage } from './archive-source.js'
import { isShown, nameOf, type Received } from './received.js'

/** Where to cut the archive in two, and how many shown messages to take from each side at most. */
interface Cut {
  /** The first place of the newer side; undefined: behind everything. */
  place: string | undefined
  older: number
  newer: number
  /** of both together */
  count: number
}

type View = (message: ArchivedMessage) => boolean

/**
 * What lies farther back than what is kept of the archive is asked of `farBack`, where the server has
 * that. Else, of what lies so far back that more than `MOST_KEPT` messages came after it, operations
 * are only found that were sent soon afterwards, or not long ago.
 * @param isVisible whether the user still has a message
 * @param farBack gives a stretch with all operations on it
 * @throws IMError 22406 for a group one is not in, 33003 for a place or count that makes no sense
 */
export async function readHistory(
  archive: ConversationArchive,
  query: HistoryQuery,
  isVisible: View,
  farBack?: (query: HistoryQuery) => Promise<HistoryPage>,
): Promise<HistoryPage> {
  const cut = cutOf(query)
  if (farBack && cut.place !== undefined && archive.from > cut.place) {
    const page = await farBack(query).catch(readOneself)
    if (page) return { ...page, messages: page.messages.filter(isVisible) }
  }
  const view = (message: ArchivedMessage) => isShown(message) && isVisible(message)
  const countBefore = () => {
    const { place } = cut
    if (place !== undefined && archive.from > place) return -1
    return archive
      .entries()
      .filter((entry) => view(entry) && (place === undefined || entry.order < place)).length
  }
  // One more than wanted tells whether there are more.
  const isEnough = () => countBefore() > cut.older
  if (await isWithinReach(archive, cut)) {
    if ((await archive.readBack(isEnough)) || archive.isWhole) {
      return pageOf(archive.entries(), cut, view, archive.isWhole)
    }
  }
  return readApart(archive, cut, view)
}

/** The archive has it too, with more questions. */
function readOneself(error: unknown): undefined {
  if (!isRetryable(IMError.from(error).code)) throw error
}

function cutOf({ before, after, around, count }: HistoryQuery): Cut {
  const { min, max } = limits.historyCount
  if (!Number.isInteger(count) || count < min || count > max) {
    throw invalidParameter(`\`count\` has to be between ${min} and ${max}.`)
  }
  if (around !== undefined) return { place: assertOrder(around), older: count, newer: count, count }
  if (after !== undefined) {
    return { place: placeBehind(assertOrder(after)), older: 0, newer: count, count }
  }
  const place = before === undefined ? undefined : assertOrder(before)
  return { place, older: count, newer: 0, count }
}

/** Whether what lies between a place and now is little enough to be read whole. */
async function isWithinReach(archive: ConversationArchive, { place }: Cut): Promise<boolean> {
  if (place === undefined || archive.from <= place) return true
  return (await archive.source.countSince(timeOf(place))) < MOST_KEPT
}

/** A stretch far back, read by itself. */
async function readApart(archive: ConversationArchive, cut: Cut, view: View): Promise<HistoryPage> {
  const { source } = archive
  const place = cut.place ?? placeBehind(archive.entries().at(-1)?.order ?? NOWHERE)
  const older = await readUntil((from) => source.before(from ?? place, PAGE_SIZE), cut.older, view)
  const start = placeBefore(place)
  const newer = await readUntil((from) => source.after(from ?? start, PAGE_SIZE), cut.newer, view)
  const stretch = assembled(
    [...older.received, ...newer.received],
    older.isComplete ? '' : older.end,
  )
  const known = new Set(stretch.map(nameOf))
  const later = archive.entries().filter((it) => !isShown(it) && !known.has(nameOf(it)))
  const page = pageOf([...stretch, ...later], { ...cut, place }, view, older.isComplete)
  return { ...page, hasNewer: page.hasNewer || !newer.isComplete }
}

/** Pages from a place on in one direction, until there is one shown message more than wanted. */
async function readUntil(
  read: (from: string | undefined) => Promise<SourcePage>,
  wanted: number,
  view: View,
): Promise<{ received: Received[]; end: string; isComplete: boolean }> {
  const received: Received[] = []
  let page: SourcePage | undefined
  do {
    page = await read(page?.from)
    received.push(...page.received)
  } while (!page.isComplete && received.filter(({ message }) => view(message)).length <= wanted)
  return { received, end: page.from, isComplete: page.isComplete }
}

/** Before everything. */
const NOWHERE = '0'.repeat(16)

/** Messages and operations read at once. */
const PAGE_SIZE = 200

function placeBefore(place: string): string {
  return String(Number(place) - 1).padStart(place.length, '0')
}

/** @param isWhole whether nothing lies before these */
function pageOf(
  entries: readonly ArchivedMessage[],
  cut: Cut,
  view: View,
  isWhole: boolean,
): HistoryPage {
  const shown = entries.filter(view)
  const split = cut.place === undefined ? shown.length : shown.findIndex(isAtOrBehind(cut.place))
  const middle = split < 0 ? shown.length : split
  const { older, newer } = shares(cut, middle, shown.length - middle)
  const start = middle - older
  const end = middle + newer
  const messages = shown.slice(start, end)
  const first = start > 0 ? (messages[0]?.order ?? cut.place ?? '') : ''
  const next = shown[end]?.order ?? '~'
  return {
    messages,
    operations: operationsOn(entries, messages, ({ order }) => order >= first && order < next),
    hasOlder: start > 0 || (!isWhole && cut.older > 0),
    hasNewer: end < shown.length,
  }
}

function isAtOrBehind(place: string): View {
  return ({ order }) => order >= place
}

/** How many to take from each side, when so many are there. */
function shares(cut: Cut, older: number, newer: number): { older: number; newer: number } {
  const isAround = cut.older > 0 && cut.newer > 0
  if (!isAround) return { older: Math.min(older, cut.older), newer: Math.min(newer, cut.newer) }
  const half = Math.floor(cut.count / 2)
  const takenOlder = Math.min(older, Math.max(half, cut.count - newer))
  return { older: takenOlder, newer: Math.min(newer, cut.count - takenOlder) }
}

/** What was done to some messages, and the read receipts of a stretch, oldest first. */
export function operationsOn(
  entries: readonly ArchivedMessage[],
  messages: readonly ArchivedMessage[],
  isInStretch: View,
): ArchivedMessage[] {
  const names = new Set(messages.map(messageKey))
  return entries.filter((entry) => {
    if (!isOperation(entry.messageType)) return false
    if (entry.messageType === MessageType.READ_RECEIPT) return isInStretch(entry)
    return targetsOf(entry).some((target) => names.has(messageKey(target)))
  })
}

/** The messages an operation names. */
export function targetsOf({
  messageType,
  content,
  senderUserId,
}: ArchivedMessage): MessageReference[] {
  switch (messageType) {
    case MessageType.RECALL:
    case MessageType.EXPANSION:
    case MessageType.EDIT:
    case MessageType.REACTION:
      return referenceOf(content)
    case MessageType.READ_RECEIPT_REQUEST:
      return referenceOf({ ...content, senderUserId })
    case MessageType.READ_RECEIPT_RESPONSE:
      return respondedOf(content as Partial<ReceiptResponseContent>)
    default:
      return []
  }
}

function referenceOf({ messageUId, senderUserId }: Record<string, unknown>): MessageReference[] {
  const isReference = typeof messageUId === 'string' && typeof senderUserId === 'string'
  return isReference ? [{ messageUId, senderUserId }] : []
}

function respondedOf({ receiptMessageDic }: Partial<ReceiptResponseContent>): MessageReference[] {
  return Object.entries(receiptMessageDic ?? {}).flatMap(([senderUserId, ids]) =>
    Array.isArray(ids)
      ? ids.flatMap((messageUId) => referenceOf({ messageUId, senderUserId }))
      : [],
  )
}
