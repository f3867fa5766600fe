/** Waits until it is known what became of a message. */
import type { IMClient } from '../core/client.js'
import { ConnectionStatus } from '../model/connection-status.js'
import { conversationKey } from '../model/conversation.js'
import { ErrorCode, IMError } from '../model/errors.js'
import { SentStatus, type Message } from '../model/message.js'
import { toReceivedMessage, type IAReceivedMessage } from './received.js'
import { failure, success, type IAsyncRes } from './results.js'

/**
 * Resolves when the server has the message or has refused it, and at once, with 30002, when there
 * is no connection: the message is queued and goes out later. `data` is the message in any case.
 */
export function delivery(client: IMClient, posted: Message): Promise<IAsyncRes<IAReceivedMessage>> {
  const { messageId } = posted
  const key = conversationKey(posted)
  return new Promise((resolve) => {
    const settle = (outcome: IAsyncRes<IAReceivedMessage>) => {
      for (const off of offs) off()
      resolve(outcome)
    }
    const look = async () => {
      try {
        const [message] = await client.reader.byId([messageId])
        const outcome = outcomeOf(message, posted, client.status)
        if (outcome) settle(outcome)
      } catch (error) {
        // The user was logged out. What waits is sent after the next login.
        settle(failure(error, toReceivedMessage(posted)))
      }
    }
    const offs = [
      client.events.on('change', ({ messages }) => {
        const { updated = [], removed = [] } = messages.get(key) ?? {}
        if (updated.includes(messageId) || removed.includes(messageId)) void look()
      }),
      client.events.on('status', () => void look()),
      client.events.on('closed', () => void look()),
    ]
    void look()
  })
}

/** undefined: it is still on its way. */
function outcomeOf(
  message: Message | undefined,
  posted: Message,
  status: ConnectionStatus,
): IAsyncRes<IAReceivedMessage> | undefined {
  if (!message) {
    const error = new IMError(
      ErrorCode.RC_MSG_SEND_FAIL,
      'The message was taken back before it was sent.',
    )
    return failure(error, toReceivedMessage(posted))
  }
  if (message.failure) {
    const { code, message: reason } = message.failure
    return failure(new IMError(code, reason), toReceivedMessage(message))
  }
  if (message.sentStatus !== SentStatus.SENDING) return success(toReceivedMessage(message))
  if (status === ConnectionStatus.CONNECTED) return undefined
  const error = new IMError(
    ErrorCode.RC_NET_UNAVAILABLE,
    'There is no connection. The message is queued and goes out as soon as there is one.',
  )
  return failure(error, toReceivedMessage(message))
}
