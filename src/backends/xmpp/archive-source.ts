/** Where the messages of a conversation are kept, and how they are read from there page by page. */
import { ConversationType, type ConversationId } from '../../model/conversation.js'
import { ErrorCode, IMError } from '../../model/errors.js'
import type { ArchivePage, Archives } from './archive-query.js'
import type { Belief } from './belief.js'
import type { People } from './people.js'
import { allReceived, type Received } from './received.js'
import { errorFrom } from './stanza-error.js'
import { StanzaError } from './wire.js'

/** A stretch of a conversation, oldest first. */
export interface SourcePage {
  received: Received[]
  /** All of the conversation from here to where the page was asked for is in it. */
  from: string
  isComplete: boolean
}

export interface ArchiveSource {
  /** The newest before a place; without one, of all. */
  before(place: string | undefined, count: number): Promise<SourcePage>
  /** The oldest behind a place; `from` is then where the stretch ends. */
  after(place: string, count: number): Promise<SourcePage>
  /** How much there is from a time on. @param time Unix milliseconds */
  countSince(time: number): Promise<number>
}

export interface SourceContext {
  archives: Archives
  people: People
  belief: Pick<Belief, 'verified'>
}

export function sourceOf(context: SourceContext, conversation: ConversationId): ArchiveSource {
  return conversation.conversationType === ConversationType.GROUP
    ? new GroupSource(context, conversation)
    : new OwnSource(context, conversation)
}

/** What belongs to a conversation, as far as it may be believed. */
export async function receivedIn(
  { conversationType, targetId }: ConversationId,
  { people, belief }: Pick<SourceContext, 'people' | 'belief'>,
  entries: ArchivePage['entries'],
): Promise<Received[]> {
  const received = allReceived(people, entries).filter(
    ({ message }) =>
      message.conversationType === conversationType &&
      message.targetId === targetId &&
      message.audience !== 'self',
  )
  const verified = await Promise.all(received.map((it) => belief.verified(it)))
  return verified.flatMap((it) => it ?? [])
}

/** Private and system conversations: the user's own archive, as far as it is about the other side. */
class OwnSource implements ArchiveSource {
  constructor(
    protected readonly context: SourceContext,
    protected readonly conversation: ConversationId,
  ) {}

  async before(place: string | undefined, count: number): Promise<SourcePage> {
    const page = await this.query({ before: place, count })
    return { received: await this.checked(page), ...endsOf(page, page.first ?? place) }
  }

  async after(place: string, count: number): Promise<SourcePage> {
    const page = await this.query({ after: place, count })
    return { received: await this.checked(page), ...endsOf(page, page.last ?? place) }
  }

  async countSince(time: number): Promise<number> {
    return (await this.query({ since: time, count: 0 })).total
  }

  protected query(
    part: { before?: string; after?: string; since?: number; count: number },
    room?: string,
  ): Promise<ArchivePage> {
    const { archives, people } = this.context
    const counterpart = people.counterpart(this.conversation)
    return archives.page(room ? { ...part, room } : { ...part, counterpart })
  }

  /** What of a page is of this conversation; the archive finds it by the addresses alone. */
  protected checked({ entries }: Pick<ArchivePage, 'entries'>): Promise<Received[]> {
    return receivedIn(this.conversation, this.context, entries)
  }
}

/**
 * Groups: the room's archive, and from the user's own what members have said to this user alone,
 * which goes through the room and is not kept by it.
 */
class GroupSource extends OwnSource {
  override async before(place: string | undefined, count: number): Promise<SourcePage> {
    const page = await this.room({ before: place, count })
    const isWhole = page.isComplete || page.first === undefined
    const from = isWhole ? undefined : page.first
    const whispers = await this.whispers(from, place)
    const received = await this.checked({ entries: [...page.entries, ...whispers] })
    return { received: received.sort(byPlace), from: from ?? '', isComplete: isWhole }
  }

  override async after(place: string, count: number): Promise<SourcePage> {
    const page = await this.room({ after: place, count })
    const isWhole = page.isComplete || page.last === undefined
    const whispers = await this.whispers(place, isWhole ? undefined : page.last)
    const received = await this.checked({ entries: [...page.entries, ...whispers] })
    return { received: received.sort(byPlace), from: page.last ?? place, isComplete: isWhole }
  }

  override async countSince(time: number): Promise<number> {
    return (await this.room({ since: time, count: 0 })).total
  }

  private async room(part: Parameters<OwnSource['query']>[0]): Promise<ArchivePage> {
    const { people } = this.context
    if (people.rooms === undefined) throw withoutGroups()
    try {
      return await this.query(part, people.room(this.conversation.targetId))
    } catch (error) {
      if (!(error instanceof StanzaError)) throw error
      if (!closedRoom.has(error.condition)) throw errorFrom(error, ErrorCode.UNKNOWN)
      throw notInGroup(this.conversation.targetId, error)
    }
  }

  /** What was said to some behind one place and before another. */
  private async whispers(
    after: string | undefined,
    before: string | undefined,
  ): Promise<ArchivePage['entries']> {
    const found: ArchivePage['entries'] = []
    let place = after ?? '0'
    for (;;) {
      const page = await this.query({ after: place, count: WHISPERS_AT_ONCE })
      const isWithin = ({ order }: { order: string }) => before === undefined || order < before
      found.push(...page.entries.filter(isWithin))
      const isPast = page.last === undefined || (before !== undefined && page.last >= before)
      if (page.isComplete || isPast) return found
      place = page.last!
    }
  }
}

const WHISPERS_AT_ONCE = 100

const closedRoom: ReadonlySet<string> = new Set([
  'forbidden',
  'item-not-found',
  'not-acceptable',
  'not-allowed',
  'registration-required',
])

/** Of a server that has no rooms, or only such that one has to enter. */
export function withoutGroups(): IMError {
  return new IMError(
    ErrorCode.NOT_IN_GROUP,
    'This server has no groups: it takes rooms with subscribers (MUC/Sub), as those of ejabberd (mod_muc).',
  )
}

export function notInGroup(groupId: string, cause?: unknown): IMError {
  return new IMError(
    ErrorCode.NOT_IN_GROUP,
    `You are not a member of the group "${groupId}", or there is no such group.`,
    cause,
  )
}

function endsOf(
  { isComplete }: ArchivePage,
  from: string | undefined,
): Pick<SourcePage, 'from' | 'isComplete'> {
  return { from: from ?? '', isComplete: isComplete || from === undefined }
}

function byPlace(one: Received, other: Received): number {
  return one.message.order < other.message.order ? -1 : 1
}
