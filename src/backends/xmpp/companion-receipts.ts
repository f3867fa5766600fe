/** What members of a group have answered to who asked whether they have read, beside other operations. */
import { ConversationType, type ConversationId } from '../../model/conversation.js'
import { MessageType } from '../../model/message-types.js'
import type { ArchivedMessage } from '../../model/message.js'
import type { HistoryPage } from '../backend.js'
import { orderOf, timeOf } from './archive-place.js'
import { askCompanion, companionAddress, type CompanionContext } from './companion-request.js'
import { xml } from './wire.js'

/**
 * The operations on some messages of a conversation, and who has read those of this user's own: of
 * that the companion tells apart.
 * @param address of the companion
 * @throws StanzaError when the companion refuses
 */
export async function withReceipts(
  address: string,
  context: CompanionContext,
  conversation: ConversationId,
  page: Pick<HistoryPage, 'messages' | 'operations'>,
): Promise<ArchivedMessage[]> {
  const { conversationType } = conversation
  const hasOwn = page.messages.some(({ senderUserId }) => senderUserId === context.people.userId)
  if (conversationType !== ConversationType.GROUP || !hasOwn) return page.operations
  const readers = await import('./companion-readers.js')
  const loaded = { askCompanion, companionAddress, xml, orderOf, timeOf, types: MessageType }
  return readers.withReceipts({ ...page, ...context, ...loaded, address, conversation })
}
