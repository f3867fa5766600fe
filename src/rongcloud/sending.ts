/** Sends messages: `sendMessage`, `sendTextMessage`, and what can be said with them. */
import type { SendOptions } from '../core/envelope.js'
import type { MentionedType, MessageContent, TextContent } from '../model/content.js'
import { invalidParameter } from '../model/errors.js'
import { isOwn, SentStatus, type Message } from '../model/message.js'
import { delivery } from './delivery.js'
import { TextMessage, type BaseMessage } from './messages.js'
import { pageClient } from './page-client.js'
import { toReceivedMessage, type IAReceivedMessage, type IConversationOption } from './received.js'
import { result, success, type IAsyncRes } from './results.js'

export interface ISendMessageOptions extends Omit<SendOptions, 'onSendBefore'> {
  /** Called with the stored message, which has its `messageId`, before anything is sent. */
  onSendBefore?: (message: IAReceivedMessage) => void
  /**
   * Sends a message again, under the id it has: nobody gets it twice, however often it is sent. One
   * that is on its way is waited for; one that has arrived is given back.
   */
  messageId?: number
  /** Deprecated: `content.mentionedInfo` says it. Used where the content does not. */
  mentionedType?: MentionedType
  /** Deprecated, as `mentionedType`. */
  mentionedUserIdList?: string[]
}

/**
 * Sends a message. It is stored first, so that nothing is lost: not with the network, not with the
 * tab.
 *
 * `data` is the message, also when it could not be sent: `data.messageId` sends it again.
 * `code`: 0 the server has it · 30002 no connection: it is queued and goes out by itself ·
 * 30001 nobody is logged in · 33001 before `init` · 33003 wrong conversation or content ·
 * 34021 unregistered type · 30016 over 128 KB · 34008/34010 expansion · 20109 system conversation ·
 * 22406 not in the group · 405 rejected. More than 5 messages a second are not refused (20604) but
 * sent in the pace the server takes.
 */
export async function sendMessage(
  conversation: IConversationOption,
  message: Pick<BaseMessage, 'messageType' | 'content'>,
  options?: ISendMessageOptions | null,
): Promise<IAsyncRes<IAReceivedMessage>> {
  const { messageId } = options ?? {}
  return deliver(() =>
    messageId === undefined
      ? pageClient().sender.post(
          conversation,
          withMentions(message, options),
          toSendOptions(options),
        )
      : again(messageId),
  )
}

/** Sends text: `sendMessage` with `new TextMessage(messageBody)`. */
export function sendTextMessage(
  conversation: IConversationOption,
  messageBody: TextContent,
  options?: ISendMessageOptions | null,
): Promise<IAsyncRes<IAReceivedMessage>> {
  return sendMessage(conversation, new TextMessage(messageBody), options)
}

/** Posts a message and waits for what becomes of it. */
export async function deliver(post: () => Promise<Message>): Promise<IAsyncRes<IAReceivedMessage>> {
  const { data: message, code, msg } = await result(post)
  if (!message) return { code, msg }
  // Neither kept nor queued, it has been sent or refused already.
  if (!message.messageId) return success(toReceivedMessage(message))
  return delivery(pageClient(), message)
}

/** The original's options as the core has them. */
export function toSendOptions(options: ISendMessageOptions | null | undefined): SendOptions {
  const {
    onSendBefore,
    messageId: _messageId,
    mentionedType: _type,
    mentionedUserIdList: _users,
    ...rest
  } = options ?? {}
  if (!onSendBefore) return rest
  return { ...rest, onSendBefore: (message) => onSendBefore(toReceivedMessage(message)) }
}

/** Puts the deprecated options to where mentions are now: the content. */
export function withMentions<Sendable extends { content: MessageContent }>(
  message: Sendable,
  options: ISendMessageOptions | null | undefined,
): Sendable {
  const { mentionedType: type, mentionedUserIdList } = options ?? {}
  if (type === undefined || message?.content?.mentionedInfo) return message
  const mentionedInfo = { type, userIdList: mentionedUserIdList ?? [] }
  return { ...message, content: { ...message.content, mentionedInfo } }
}

/** An own message that is to be sent again, as it is now. @throws IMError 33003 if it is none */
export async function again(messageId: number): Promise<Message> {
  const { reader, sender } = pageClient()
  const [message] = await reader.byId([messageId])
  if (!message || !isOwn(message)) {
    throw invalidParameter(`There is no own message ${messageId} that could be sent again.`)
  }
  return message.sentStatus === SentStatus.FAILED ? sender.resend(messageId) : message
}
