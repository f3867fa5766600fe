/** Stretches of a conversation from the companion: all that was done to their messages is with them. */
import type { ConversationId } from '../../model/conversation.js'
import type { HistoryPage, HistoryQuery } from '../backend.js'
import { orderOf } from './archive-place.js'
import {
  askCompanion,
  companionAddress,
  companionFailed,
  receivedFrom,
  type CompanionContext,
} from './companion-request.js'
import { withReceipts } from './companion-receipts.js'
import { assembled } from './conversation-archive.js'
import { operationsOn } from './history.js'
import { isShown } from './received.js'
import type { Element } from './wire.js'

export class CompanionHistory {
  /** @param address of the companion */
  constructor(
    private readonly address: string,
    private readonly context: CompanionContext,
  ) {}

  /** @throws IMError (retryable) when it does not answer, or not with that */
  async page({ conversation, count, ...place }: HistoryQuery): Promise<HistoryPage> {
    try {
      const asked = {
        with: companionAddress(this.context.people, conversation),
        count,
        ...place,
      }
      const companion = { wire: this.context.wire, address: this.address }
      return await this.#page(conversation, await askCompanion(companion, 'history', asked))
    } catch (error) {
      throw companionFailed(error)
    }
  }

  async #page(conversation: ConversationId, answer: Element | undefined): Promise<HistoryPage> {
    const parts = ['messages', 'operations'].map((name) => answer?.getChild(name))
    // Of messages that were taken back only the place is told; the recall tells what was there.
    const orders = new Set(parts[0]?.getChildElements().map(({ attrs }) => orderOf(attrs.id)))
    const all = assembled(await receivedFrom(conversation, this.context, ...parts), '')
    const messages = all.filter((message) => isShown(message) && orders.has(message.order))
    const page = { messages, operations: operationsOn(all, messages, () => true) }
    return {
      messages,
      operations: await withReceipts(this.address, this.context, conversation, page),
      hasOlder: answer?.attrs.older === 'true',
      hasNewer: answer?.attrs.newer === 'true',
    }
  }
}
