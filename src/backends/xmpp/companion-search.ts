/** Search in everything a user may read, by the companion. */
import { invalidParameter } from '../../model/errors.js'
import type { ServerSearch, ServerSearchPage, ServerSearchQuery } from '../backend.js'
import { orderOf } from './archive-place.js'
import {
  askCompanion,
  companionAddress,
  companionFailed,
  conversationAt,
  receivedFrom,
  type CompanionContext,
} from './companion-request.js'
import { withReceipts } from './companion-receipts.js'
import { assembled } from './conversation-archive.js'
import { operationsOn } from './history.js'
import { NS_ARCHIVE } from './namespaces.js'
import { isShown } from './received.js'
import { StanzaError, xml, type Element } from './wire.js'
import { asXmlText } from './xml.js'

/** Characters of a text it takes. What it finds by the first ones may not match; that is seen here. */
const LONGEST_TEXT = 128

/** Senders or types it takes. */
const MOST_NAMES = 50

/** Milliseconds, the latest time it takes. */
const LAST_TIME = 1e13

const nothing: ServerSearchPage = { messages: [], operations: [] }

export class CompanionSearch implements ServerSearch {
  /** @param address of the companion */
  constructor(
    private readonly address: string,
    private readonly context: CompanionContext,
  ) {}

  /** @throws IMError 33003 for more than 50 senders or types */
  async messages(query: ServerSearchQuery): Promise<ServerSearchPage> {
    const companion = { wire: this.context.wire, address: this.address }
    const { count, from, to, before } = query
    const attributes = { count, since: timeWithin(from), until: timeWithin(to), before }
    try {
      const asked = this.#criteria(query)
      return await this.#page(await askCompanion(companion, 'search', attributes, ...asked))
    } catch (error) {
      // Of a group the user is not in.
      if (error instanceof StanzaError && error.condition === 'forbidden') return nothing
      throw companionFailed(error)
    }
  }

  #criteria({ keyword = '', conversation, ...query }: ServerSearchQuery): Element[] {
    const { people } = this.context
    const { senderUserIds = [], messageTypes = [] } = query
    if (Math.max(senderUserIds.length, messageTypes.length) > MOST_NAMES) {
      throw invalidParameter(`A server is asked for at most ${MOST_NAMES} senders or types.`)
    }
    return [
      xml('text', {}, asXmlText(keyword.slice(0, LONGEST_TEXT).replace(halfOfOne, ''))),
      ...(conversation ? [xml('conversation', {}, companionAddress(people, conversation))] : []),
      ...senderUserIds.map((userId) => xml('sender', {}, people.user(userId))),
      ...messageTypes.map((type) => xml('type', {}, asXmlText(type))),
    ]
  }

  async #page(answer: Element | undefined): Promise<ServerSearchPage> {
    const parts = new Map<string, Element[]>()
    for (const element of answer?.getChildElements() ?? []) {
      const address = element.attrs.with ?? ''
      parts.set(address, [...(parts.get(address) ?? []), element])
    }
    const pages = await Promise.all(
      [...parts].map(([address, elements]) => this.#foundIn(address, elements)),
    )
    const messages = pages.flatMap((page) => page.messages)
    const next = answer?.attrs.more === 'true' ? answer.attrs.last : undefined
    return {
      messages: messages.sort((one, other) => (one.order < other.order ? 1 : -1)),
      operations: pages.flatMap((page) => page.operations),
      ...(next !== undefined && { next }),
    }
  }

  async #foundIn(address: string, elements: readonly Element[]): Promise<ServerSearchPage> {
    const conversation = conversationAt(this.context.people, address)
    if (!conversation) return nothing
    const found = elements.filter(({ name }) => name === 'found')
    const orders = new Set(
      found.map((element) => orderOf(element.getChild('result', NS_ARCHIVE)?.attrs.id)),
    )
    const all = assembled(await receivedFrom(conversation, this.context, ...elements), '~')
    const messages = all.filter((message) => isShown(message) && orders.has(message.order))
    const page = { messages, operations: operationsOn(all, messages, () => false) }
    return {
      messages,
      operations: await withReceipts(this.address, this.context, conversation, page),
    }
  }
}

/** What is left of a character that was cut in two. */
const halfOfOne = /[\ud800-\udbff]$/

function timeWithin(time: number | undefined): number | undefined {
  return time === undefined ? undefined : Math.min(LAST_TIME, Math.max(0, Math.trunc(time)))
}
