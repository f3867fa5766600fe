/** Tells others that this user is composing something. */
import { checkConversation } from '../core/envelope.js'
import { pageClient } from './page-client.js'
import type { IConversationOption } from './received.js'
import { result, type IAsyncRes } from './results.js'

/**
 * May be called at every keystroke: it is sent at most once in 5 seconds, and shown for 6. Nobody
 * hears of it later; without a connection nothing is sent.
 * @param typingContentType object name of what is being composed, such as `RC:TxtMsg`
 */
export function sendTypingStatusMessage(
  conversation: IConversationOption,
  typingContentType: string,
): Promise<IAsyncRes> {
  return result(() => {
    checkConversation(conversation)
    pageClient().typing.send(conversation, typingContentType)
  })
}
