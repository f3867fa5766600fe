/** What a user missed: replayed if it is little, named if it is much. */
import {
  conversationIdOf,
  conversationKey,
  ConversationType,
  type ConversationId,
} from '../../model/conversation.js'
import type { Batch, Cursor, GroupChange } from '../backend.js'
import type { ArchivePage, Archives } from './archive-query.js'
import { timeOf } from './archive-place.js'
import type { Belief } from './belief.js'
import { assembled } from './conversation-archive.js'
import { advanced, cursorOf, placeOfCursor, startOf, type Place } from './cursor.js'
import { entryName } from './deliveries.js'
import type { XmppBlockList } from './block-list.js'
import type { Entered, GroupWatch } from './group-watch.js'
import type { XmppGroups } from './groups.js'
import type { People } from './people.js'
import { allReceived, isShown, membershipAfter, nameOf, type Received } from './received.js'
import type { XmppSettings } from './settings.js'

/** Entries of the archive read at once. */
const PAGE_SIZE = 250

/** Pages a new device looks through for the conversations there are, besides the newest. */
const PAGES_BACK = 7

export interface CatchUpContext {
  archives: Archives
  people: People
  belief: Belief
  /** The last place at which the user came into a group by an invitation; empty: none is known. */
  enteredAt: (groupId: string) => string
  settings: XmppSettings
  /** Where the server keeps one. */
  blockList?: XmppBlockList
  /** Where the server has groups. */
  groups?: XmppGroups
  watch?: GroupWatch
  /** Shown messages that are replayed at most. */
  limit: number
  /** With the message it is about, where another client named one; undefined: that is not known. */
  completed(received: Received): Promise<Received | undefined>
}

/** The port's `catchUp`, for one user. */
export async function* catchUp(
  context: CatchUpContext,
  cursor: Cursor | undefined,
): AsyncGenerator<Batch> {
  const place = placeOfCursor(cursor)
  if (!place) {
    yield await beginning(context)
    return
  }
  const { settings, place: settingsPlace } = await context.settings.since(place.settings)
  const start = { ...place, settings: settingsPlace, blocked: context.blockList?.mark }
  yield* missed(context, start, {
    ...(settings.length > 0 && { settings }),
    ...(start.blocked !== place.blocked && blockListOf(context)),
  })
}

/** Everything as it stands, for a device that has seen nothing: as far as the newest page tells. */
async function beginning(context: CatchUpContext): Promise<Batch> {
  const { archives, groups } = context
  const [{ settings, place: settingsPlace }, page, known] = await Promise.all([
    context.settings.since(undefined),
    archives.page({ count: PAGE_SIZE }),
    groups?.ids() ?? [],
  ])
  const entered = await followInvitations(context, page.entries)
  const groupIds = [...new Set([...known, ...entered.map(({ groupId }) => groupId)])]
  const conversations = conversationsIn(context, page)
  for (const targetId of groupIds) {
    const group = { conversationType: ConversationType.GROUP, targetId }
    conversations.set(conversationKey(group), group)
  }
  return {
    messages: [],
    settings,
    ...blockListOf(context),
    groups: groupIds.map((groupId) => ({ groupId, isMember: true })),
    gaps: [...conversations.values()].filter(
      ({ conversationType, targetId }) =>
        conversationType !== ConversationType.GROUP || groupIds.includes(targetId),
    ),
    cursor: cursorOf({
      ...placeAfter(page, settingsPlace),
      ...unseenBefore(page),
      blocked: context.blockList?.mark,
    }),
  }
}

/**
 * What there is farther back than a new device has seen at first, from a place on.
 * @param told keys of the conversations it has been told of
 * @param quiet waits until nothing else is asked for
 */
export async function* lookBack(
  context: CatchUpContext,
  place: Place,
  told: Set<string>,
  quiet: () => Promise<void>,
): AsyncGenerator<Pick<Batch, 'groups' | 'gaps'> & Pick<Place, 'unseen'>> {
  const { archives } = context
  let before = place.unseen
  for (let pages = 1; pages <= PAGES_BACK && before !== undefined; pages += 1) {
    await quiet()
    const page: ArchivePage = await archives.page({ before, count: PAGE_SIZE })
    const groups = await followInvitations(context, page.entries)
    const gaps = [...conversationsIn(context, page)].flatMap(([key, conversation]) =>
      told.has(key) ? [] : [conversation],
    )
    for (const conversation of gaps) told.add(conversationKey(conversation))
    const rest = pages < PAGES_BACK ? unseenBefore(page) : {}
    yield {
      groups: groups.map(({ groupId }) => ({ groupId, isMember: true })),
      // Groups were all told of at first.
      gaps: gaps.filter(({ conversationType }) => conversationType !== ConversationType.GROUP),
      ...rest,
    }
    before = rest.unseen
  }
}

/** Those of which there is something on a page, the one that was spoken in last first. */
function conversationsIn(
  { people }: CatchUpContext,
  { entries }: ArchivePage,
): Map<string, ConversationId> {
  const shown = allReceived(people, entries).filter(({ message }) => isShown(message))
  return new Map(
    shown
      .reverse()
      .map(({ message }) => [conversationKey(message), conversationIdOf(message)] as const),
  )
}

function unseenBefore({ isComplete, first }: ArchivePage): Pick<Place, 'unseen'> {
  return isComplete || first === undefined ? {} : { unseen: first }
}

/** The whole of it, as it is. */
function blockListOf({ blockList }: CatchUpContext): Pick<Batch, 'blockList'> {
  return blockList ? { blockList: blockList.blocked } : {}
}

async function followInvitations(
  { watch }: CatchUpContext,
  entries: ArchivePage['entries'],
): Promise<Entered[]> {
  const entered: Entered[] = []
  for (const entry of entries) {
    const group = watch?.isInvitation(entry) ? await watch.follow(entry) : undefined
    if (group) entered.push(group)
  }
  return entered
}

/** The place of somebody who has seen the newest page. */
function placeAfter({ entries, last }: ArchivePage, settings: number): Place {
  const at = last ?? '0'.repeat(16)
  return advanced({ at, lately: [], settings }, entries.map(entryName))
}

/** Everything behind a place. @param state what has changed of the rest, told with the first of it */
async function* missed(
  context: CatchUpContext,
  start: Place,
  state: Pick<Batch, 'settings' | 'blockList'>,
): AsyncGenerator<Batch> {
  const { people, enteredAt } = context
  const isMuch = (await countSince(context, start)) > context.limit
  const pages = await readMissed(context, start)
  const isMeant = meantFor(
    pages.flatMap(({ received }) => received),
    enteredAt,
  )
  const told = new Set<string>()
  let place = start
  let rest = state
  for (const { received, names, hasNews } of pages) {
    const messages = assembled(received.filter(isMeant), '~').filter((it) => isFirst(told, it))
    place = advanced(place, names)
    const batch = { ...rest, ...batchOf(messages, people.userId, isMuch), cursor: cursorOf(place) }
    rest = {}
    if (hasNews || batch.settings || batch.blockList) yield batch
  }
}

/** A page of what was missed. */
interface MissedPage {
  received: Received[]
  /** Of its entries in the archive. */
  names: string[]
  /** Whether there is anything in it that was not delivered before. */
  hasNews: boolean
}

/** All pages: the last may tell what of the first is for this user. */
async function readMissed(context: CatchUpContext, start: Place): Promise<MissedPage[]> {
  const { archives, people } = context
  const seen = new Set(start.lately)
  const pages: MissedPage[] = []
  for (let after: string | undefined = startOf(start); after !== undefined;) {
    const page: ArchivePage = await archives.page({ after, count: PAGE_SIZE })
    const news = page.entries.filter((entry) => !seen.has(entryName(entry)))
    const entered = await followInvitations(context, news)
    const deliveries = [...news, ...entered.flatMap((group) => group.deliveries)]
    pages.push({
      received: await verified(context, allReceived(people, deliveries)),
      names: page.entries.map(entryName),
      hasNews: news.length > 0,
    })
    after = page.isComplete ? undefined : page.last
  }
  return pages
}

/**
 * Which of the messages are for a user: of a group into which the user came meanwhile, those from
 * then on. The archive has all of a group for all who are in it now.
 */
function meantFor(
  received: readonly Received[],
  enteredAt: (groupId: string) => string,
): (received: Received) => boolean {
  const entries = new Map<string, string>()
  const entryInto = (groupId: string) => entries.get(groupId) ?? enteredAt(groupId)
  for (const { message, isEntry } of received) {
    const { targetId, order } = message
    if (isEntry && order > entryInto(targetId)) entries.set(targetId, order)
  }
  return ({ message: { conversationType, targetId, order } }) =>
    conversationType !== ConversationType.GROUP || order >= entryInto(targetId)
}

/** About how many shown messages were missed: all there are in the archive, one per conversation and more. */
async function countSince({ archives }: CatchUpContext, { at }: Place): Promise<number> {
  const { total } = await archives.page({ since: timeOf(at) + 1, count: 0 })
  return total
}

/** Those that may be believed, with what they claim only if it is so. */
async function verified(
  { belief, completed }: CatchUpContext,
  received: readonly Received[],
): Promise<Received[]> {
  const looked = await Promise.all(
    received.map(async (it) => {
      const whole = await completed(it)
      return (whole && (await belief.verified(whole))) ?? []
    }),
  )
  return looked.flat()
}

function isFirst(told: Set<string>, message: Received['message']): boolean {
  const name = nameOf(message)
  if (told.has(name)) return false
  told.add(name)
  return true
}

/** @param isMuch whether shown messages are only named by their conversation */
function batchOf(
  messages: Received['message'][],
  userId: string,
  isMuch: boolean,
): Pick<Batch, 'messages' | 'groups' | 'gaps'> {
  const groups = groupChangesIn(messages, userId)
  const left = isMuch ? messages.filter((message) => !isShown(message)) : messages
  const gaps = new Map(
    isMuch
      ? messages.filter(isShown).map((it) => [conversationKey(it), conversationIdOf(it)] as const)
      : [],
  )
  return {
    messages: left,
    ...(groups.length > 0 && { groups }),
    ...(gaps.size > 0 && { gaps: [...gaps.values()] }),
  }
}

/** What notices tell about groups; of each the last. */
export function groupChangesIn(
  messages: readonly Received['message'][],
  userId: string,
): GroupChange[] {
  const changes = new Map<string, GroupChange>()
  for (const message of messages) {
    const isMember = membershipAfter(message, userId)
    if (isMember !== undefined)
      changes.set(message.targetId, { groupId: message.targetId, isMember })
  }
  return [...changes.values()]
}
