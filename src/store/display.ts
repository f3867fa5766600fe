/** What the host has a say in between the database and the screen. The kit fills it in. */
import type { Conversation } from '../core/conversation.js'
import type { MessageContent } from '../model/content.js'
import type { Message } from '../model/message.js'

/** None of these throws or waits for ever: the kit sees to it. */
export interface Display {
  hidesConversation(conversation: Conversation): boolean
  hidesMessage(message: Message): boolean
  /** The content to show in the message list; undefined leaves it as it is. */
  contentInList?(message: Message): MessageContent | Promise<MessageContent>
  /** The content to show as a conversation's last message. */
  contentInConversation?(message: Message): MessageContent | Promise<MessageContent>
}

export const showsEverything: Display = {
  hidesConversation: () => false,
  hidesMessage: () => false,
}
