/** Finds a place in a conversation by time: archives are ordered by tokens, people think in dates. */
import type { MessageReader } from '../core/message-reader.js'
import type { ConversationId } from '../model/conversation.js'
import { limits } from '../model/limits.js'
import { isUnsent } from '../model/message.js'

/**
 * The order token of the first message at or after a time, walking back from the newest; undefined
 * if there is none.
 * @param sentTime Unix milliseconds
 */
export async function orderAtTime(
  reader: MessageReader,
  conversation: ConversationId,
  sentTime: number,
): Promise<string | undefined> {
  let found: string | undefined
  let before: string | undefined
  for (;;) {
    const page = await reader.history(conversation, { before, count: limits.historyCount.max })
    const archived = page.messages.filter((message) => !isUnsent(message))
    const first = archived.find((message) => message.sentTime >= sentTime)
    if (first) found = first.order
    const reachesFurther = archived[0] !== undefined && archived[0].sentTime >= sentTime
    if (!reachesFurther || !page.hasOlder) return found
    before = page.messages[0]?.order
  }
}
