/** Stretches of a conversation from the companion: all that was done to their messages is with them. */
import type { HistoryPage, HistoryQuery } from '../backend.js'
import { orderOf } from './archive-place.js'
import {
  askCompanion,
  companionAddress,
  companionFailed,
  receivedFrom,
  type CompanionContext,
} from './companion-request.js'
import { assembled } from './conversation-archive.js'
import { operationsOn } from './history.js'
import { isShown } from './received.js'

export class CompanionHistory {
  /** @param address of the companion */
  constructor(
    private readonly address: string,
    private readonly context: CompanionContext,
  ) {}

  /** @throws IMError (retryable) when it does not answer, or not with that */
  async page({ conversation, count, ...place }: HistoryQuery): Promise<HistoryPage> {
    const companion = { wire: this.context.wire, address: this.address }
    const asked = { with: companionAddress(this.context.people, conversation), count, ...place }
    const answer = await askCompanion(companion, 'history', asked).catch((error: unknown) => {
      throw companionFailed(error)
    })
    const parts = ['messages', 'operations'].map((name) => answer?.getChild(name))
    // Of messages that were taken back only the place is told; the recall tells what was there.
    const orders = new Set(parts[0]?.getChildElements().map(({ attrs }) => orderOf(attrs.id)))
    const all = assembled(await receivedFrom(conversation, this.context, ...parts), '')
    const messages = all.filter((message) => isShown(message) && orders.has(message.order))
    return {
      messages,
      operations: operationsOn(all, messages, () => true),
      hasOlder: answer?.attrs.older === 'true',
      hasNewer: answer?.attrs.newer === 'true',
    }
  }
}
