/** What is read out to screen reader users when messages come. */
import { isOwn, type Message } from '../../src/model/message.js'
import type { ConversationView } from './conversation-view.js'

/** More messages at once than this are told as a number. */
const oneByOne = 3

export function arrivalLines(
  messages: readonly Message[],
  view: Pick<ConversationView, 'words' | 'nameOf' | 'digestOf'>,
): string[] {
  const { words } = view
  const others = messages.filter((message) => !isOwn(message))
  if (others.length > oneByOne) return [words.newMessages(others.length)]
  return others.map((message) =>
    words.newMessageFrom(view.nameOf(message.senderUserId), view.digestOf(message)),
  )
}
