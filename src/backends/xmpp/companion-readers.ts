/**
 * Who has read own messages of a group, as the companion tells: for all messages and readers in one
 * answer, where the archive has a message of each reader. Given as those messages would be.
 *
 * Loaded when there is such a message, and imports nothing that is loaded at start: what both had
 * would be cut off into pieces of its own, and weigh more.
 */
import type { ConversationId } from '../../model/conversation.js'
import type { MessageType } from '../../model/message-types.js'
import type { ArchivedMessage } from '../../model/message.js'
import type { HistoryPage } from '../backend.js'
import type * as place from './archive-place.js'
import type * as request from './companion-request.js'
import type { CompanionContext } from './companion-request.js'
import type { Element, xml } from './wire.js'

/** Readers in one answer, of all messages together: a megabyte, about. */
const MOST_READERS = 10_000

/** Of one message: the companion gives no more. */
const MOST_OF_ONE = 1_000

/** The messages and all that is needed to ask for their readers. */
export interface ReadersAsked
  extends Pick<HistoryPage, 'messages' | 'operations'>, CompanionContext, Loaded {
  conversation: ConversationId
  /** of the companion */
  address: string
}

/** What is loaded at start. */
interface Loaded
  extends
    Pick<typeof request, 'askCompanion' | 'companionAddress'>,
    Pick<typeof place, 'orderOf' | 'timeOf'> {
  xml: typeof xml
  types: typeof MessageType
}

/**
 * The operations on some messages, with what was answered about those that asked for it.
 * @throws StanzaError when the companion refuses
 */
export async function withReceipts(asked: ReadersAsked): Promise<ArchivedMessage[]> {
  const { operations, conversation, people, xml, askCompanion } = asked
  const ids = askingOf(asked)
  if (ids.length === 0) return operations
  const count = Math.min(MOST_OF_ONE, Math.floor(MOST_READERS / ids.length))
  const group = asked.companionAddress(people, conversation)
  const receipts = new Map<string, ArchivedMessage>()
  /** @param after the place of the last reader that is known */
  const read = async (ids: readonly string[], after?: string): Promise<void> => {
    const names = ids.map((id) => xml('message', { id }))
    const attributes = { with: group, count, after }
    const answer = await askCompanion(asked, 'readers', attributes, ...names)
    for (const message of answer?.getChildren('message') ?? []) {
      const { id, more } = message.attrs
      const readers = message.getChildren('reader')
      for (const { attrs } of readers) noteReader(receipts, asked, id, attrs)
      const last = readers.at(-1)?.attrs.at
      if (more === 'true' && id && last) await read([id], last)
    }
  }
  await read(ids)
  const all = [...operations, ...receipts.values()]
  return all.sort((one, other) => (one.order < other.order ? -1 : 1))
}

/** Own messages that ask who has read them, from the beginning or later. */
function askingOf({ messages, operations, people, types }: ReadersAsked): string[] {
  const requested = new Set<unknown>()
  for (const { messageType, content } of operations) {
    if (messageType === types.READ_RECEIPT_REQUEST) requested.add(content.messageUId)
  }
  return messages
    .filter(({ senderUserId }) => senderUserId === people.userId)
    .filter(({ needReceipt, messageUId }) => needReceipt || requested.has(messageUId))
    .map(({ messageUId }) => messageUId)
}

/** Of what a member has answered for several messages at once there is one receipt. */
function noteReader(
  receipts: Map<string, ArchivedMessage>,
  { conversation, people, types, orderOf, timeOf }: ReadersAsked,
  messageUId: string | undefined,
  { user, at, receipt: receiptId }: Element['attrs'],
): void {
  const senderUserId = people.userOf(user)
  const order = orderOf(at)
  if (!messageUId || !receiptId || senderUserId === undefined || order === undefined) return
  const name = `${senderUserId} ${receiptId}`
  const author = people.userId
  const known: string[] = receipts.get(name)?.content.receiptMessageDic[author] ?? []
  receipts.set(name, {
    ...conversation,
    messageUId: receiptId,
    messageType: types.READ_RECEIPT_RESPONSE,
    content: { receiptMessageDic: { [author]: [...known, messageUId] } },
    senderUserId,
    directedUserIds: [author],
    isPersisted: true,
    isCounted: false,
    isStatusMessage: false,
    order,
    sentTime: timeOf(order),
  })
}
