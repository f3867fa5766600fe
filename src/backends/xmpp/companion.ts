/**
 * The conversation list as the companion (server/companion) keeps it. It vouches for what it hands
 * out as an archive does: what stands in the messages was written by users and is checked like
 * everything they write.
 */
import { ConversationType, type ConversationId } from '../../model/conversation.js'
import { ErrorCode } from '../../model/errors.js'
import type { ArchivedMessage } from '../../model/message.js'
import type { Page, ServerConversation, ServerConversations } from '../backend.js'
import { orderOf, placeAt } from './archive-place.js'
import { entriesOf } from './archive-query.js'
import { receivedIn, type SourceContext } from './archive-source.js'
import { assembled } from './conversation-archive.js'
import { operationsOn } from './history.js'
import { NS_ARCHIVE, NS_COMPANION } from './namespaces.js'
import type { People } from './people.js'
import { isShown } from './received.js'
import { errorFrom } from './stanza-error.js'
import { xml, type Element } from './wire.js'

/** Conversations it lists at once. */
const MOST_AT_ONCE = 200

/** The latest place it takes. */
const LAST_PLACE = String(Number.MAX_SAFE_INTEGER)

export class CompanionConversations implements ServerConversations {
  /** @param address of the companion */
  constructor(
    private readonly address: string,
    private readonly context: SourceContext,
  ) {}

  async list(query: { count: number; before?: number }): Promise<Page<ServerConversation>> {
    const answer = await this.#ask(query)
    const elements = answer?.getChildren('conversation') ?? []
    const items = await Promise.all(elements.map((element) => this.#conversation(element)))
    return { items: items.flatMap((it) => it ?? []), hasMore: answer?.attrs.more === 'true' }
  }

  async #ask({ count, before }: { count: number; before?: number }): Promise<Element | undefined> {
    const request = xml('conversations', {
      xmlns: NS_COMPANION,
      count: Math.min(count, MOST_AT_ONCE),
      ...(before !== undefined && { before: placeWithin(before) }),
    })
    try {
      const answer = await this.context.wire.iq('get', request, this.address)
      return answer.getChild('conversations', NS_COMPANION)
    } catch (error) {
      throw errorFrom(error, ErrorCode.SERVER_UNAVAILABLE)
    }
  }

  /** Undefined: its last message is none that this client shows. */
  async #conversation(element: Element): Promise<ServerConversation | undefined> {
    const { people } = this.context
    const conversation = conversationAt(people, element.attrs.with)
    const latest = element.getChild('latest')
    // Of a message that was taken back only the place is told; the recall tells what was there.
    const left = latest?.getChild('result', NS_ARCHIVE) ?? latest?.getChild('remains')
    const order = orderOf(left?.attrs.id)
    if (!conversation || order === undefined) return undefined
    const results = [latest, element.getChild('operations')].flatMap(
      (part) => part?.getChildren('result', NS_ARCHIVE) ?? [],
    )
    const entries = results.flatMap((result) => entriesOf(people, result))
    const received = await receivedIn(conversation, this.context, entries)
    const messages = assembled(received, order)
    const latestMessage = messages.find((message) => isShown(message) && message.order === order)
    if (!latestMessage) return undefined
    return {
      ...conversation,
      latestMessage,
      operations: operationsOn(messages, [latestMessage], isAtOrBehind(latestMessage)),
      unreadMessageCount: counted(element.attrs.unread),
      unreadMentionedCount: counted(element.attrs.mentions),
    }
  }
}

/** @param time Unix milliseconds */
function placeWithin(time: number): string {
  const place = placeAt(time)
  return place.length > LAST_PLACE.length || place > LAST_PLACE ? LAST_PLACE : place
}

function conversationAt(people: People, address: string | undefined): ConversationId | undefined {
  const groupId = people.groupOf(address)
  if (groupId !== undefined) return { conversationType: ConversationType.GROUP, targetId: groupId }
  const userId = people.userOf(address)
  if (userId !== undefined) return { conversationType: ConversationType.PRIVATE, targetId: userId }
  const voice = people.voiceOf(address)
  return voice === undefined
    ? undefined
    : { conversationType: ConversationType.SYSTEM, targetId: voice }
}

function counted(text: string | undefined): number {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : 0
}

function isAtOrBehind({ order }: ArchivedMessage): (message: ArchivedMessage) => boolean {
  return (message) => message.order >= order
}
