/** Rows of a conversation list of which only the place and the name matter. */
import { toConversation } from '../../src/core/conversation.js'
import { newConversationRow } from '../../src/core/conversation-rows.js'
import { ConversationType } from '../../src/model/conversation.js'
import type { ListRow } from '../../src/store/stretch.js'

/** @param name the other side; without it named as its place is */
export function listRow(listOrder: string, { name = listOrder, isHidden = false } = {}): ListRow {
  const id = { conversationType: ConversationType.PRIVATE, targetId: name }
  const row = { ...newConversationRow(id), listOrder }
  return { conversation: { ...toConversation(row, undefined), listOrder }, listOrder, isHidden }
}

export const named = ({ conversation }: ListRow): string => conversation.targetId
