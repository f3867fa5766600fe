/** The conversation list as the companion keeps it. */
import type { ArchivedMessage } from '../../model/message.js'
import type { Page, ServerConversation, ServerConversations } from '../backend.js'
import { orderOf } from './archive-place.js'
import {
  askCompanion,
  companionFailed,
  conversationAt,
  placeWithin,
  receivedFrom,
  type CompanionContext,
} from './companion-request.js'
import { assembled } from './conversation-archive.js'
import { operationsOn } from './history.js'
import { NS_ARCHIVE } from './namespaces.js'
import { isShown } from './received.js'
import type { Element } from './wire.js'

/** Conversations it lists at once. */
const MOST_AT_ONCE = 200

export class CompanionConversations implements ServerConversations {
  /** @param address of the companion */
  constructor(
    private readonly address: string,
    private readonly context: CompanionContext,
  ) {}

  async list(query: { count: number; before?: number }): Promise<Page<ServerConversation>> {
    const answer = await this.#ask(query).catch((error: unknown) => {
      throw companionFailed(error)
    })
    const elements = answer?.getChildren('conversation') ?? []
    const items = await Promise.all(elements.map((element) => this.#conversation(element)))
    return { items: items.flatMap((it) => it ?? []), hasMore: answer?.attrs.more === 'true' }
  }

  #ask({ count, before }: { count: number; before?: number }): Promise<Element | undefined> {
    const companion = { wire: this.context.wire, address: this.address }
    return askCompanion(companion, 'conversations', {
      count: Math.min(count, MOST_AT_ONCE),
      ...(before !== undefined && { before: placeWithin(before) }),
    })
  }

  /** Undefined: its last message is none that this client shows. */
  async #conversation(element: Element): Promise<ServerConversation | undefined> {
    const conversation = conversationAt(this.context.people, element.attrs.with)
    const latest = element.getChild('latest')
    // Of a message that was taken back only the place is told; the recall tells what was there.
    const left = latest?.getChild('result', NS_ARCHIVE) ?? latest?.getChild('remains')
    const order = orderOf(left?.attrs.id)
    if (!conversation || order === undefined) return undefined
    const operations = element.getChild('operations')
    const received = await receivedFrom(conversation, this.context, latest, operations)
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

function counted(text: string | undefined): number {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : 0
}

function isAtOrBehind({ order }: ArchivedMessage): (message: ArchivedMessage) => boolean {
  return (message) => message.order >= order
}
