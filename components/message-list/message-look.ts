/** How a message is shown: as somebody's bubble, or as a grey line. */
import type { IMKit } from '../../src/kit/kit.js'
import { isUnsent, type Message } from '../../src/model/message.js'
import type { MessageTypeRegistry } from '../../src/model/message-types.js'
import { hasBubble } from './bubbles/bubble.js'
import type { MessageLook } from './list-entries.js'

/** Unknown types, malformed contents and types nobody can draw become a grey line. */
export function lookOf(
  message: Message,
  registry: MessageTypeRegistry,
  custom: Pick<IMKit, 'isCustomUserMessage' | 'isCustomNotifyMessage'>,
): MessageLook {
  const { messageType, content } = message
  if (custom.isCustomNotifyMessage(message)) return 'notice'
  if (custom.isCustomUserMessage(message)) return 'bubble'
  // One's own file has no address until it is uploaded.
  const isReadable = isUnsent(message) || registry.isWellFormed(messageType, content)
  return hasBubble(messageType) && isReadable ? 'bubble' : 'notice'
}
