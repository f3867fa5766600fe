/** The way out: the host's hook, then the client. */
import type { IMClient } from '../core/client.js'
import type { SendOptions } from '../core/envelope.js'
import { combine } from '../core/combine.js'
import type { FileOptions, ForwardOptions } from '../core/message-sender.js'
import { conversationKey, type ConversationId } from '../model/conversation.js'
import { invalidParameter } from '../model/errors.js'
import type { BaseMessage } from '../model/message-types.js'
import { isUnsent, type Message } from '../model/message.js'
import type { Hooks } from './hooks.js'
import { fileFieldOf } from './send-content.js'

export type Outgoing = Pick<BaseMessage, 'messageType' | 'content'>

export class OutgoingMessages {
  readonly #client: () => IMClient
  readonly #hooks: Hooks
  /** By conversation: the hook is at work on a message, and those after it wait their turn. */
  readonly #queues = new Map<string, Promise<unknown>>()

  constructor(client: () => IMClient, hooks: Hooks) {
    this.#client = client
    this.#hooks = hooks
  }

  /** Resolves as soon as the message is stored and on screen. @throws IMError 34017, and as `post` */
  post(conversation: ConversationId, message: Outgoing, options?: SendOptions): Promise<Message> {
    return this.#inTurn(conversation, async () => {
      const { sender } = this.#client()
      return sender.post(conversation, await this.#prepared(conversation, message), options)
    })
  }

  /** Resolves when the server has the message. @throws IMError 34017, and as `send` */
  async send(
    conversation: ConversationId,
    message: Outgoing,
    options?: SendOptions,
  ): Promise<Message> {
    return this.#sent(
      await this.#inTurn(conversation, async () => {
        const { sender } = this.#client()
        const prepared = await this.#prepared(conversation, message)
        return { answer: sender.send(conversation, prepared, options) }
      }),
    )
  }

  /** @param options.field the field that takes the file's address; known for the built-in types */
  postFile(
    conversation: ConversationId,
    message: Outgoing,
    file: Blob,
    options: Partial<FileOptions> = {},
  ): Promise<Message> {
    return this.#inTurn(conversation, async () => {
      const { sender } = this.#client()
      const prepared = await this.#prepared(conversation, message)
      return sender.postFile(conversation, prepared, file, withField(message, options))
    })
  }

  async sendFile(
    conversation: ConversationId,
    message: Outgoing,
    file: Blob,
    options: Partial<FileOptions> = {},
  ): Promise<Message> {
    return this.#sent(
      await this.#inTurn(conversation, async () => {
        const { sender } = this.#client()
        const prepared = await this.#prepared(conversation, message)
        const whole = withField(message, options)
        return { answer: sender.sendFile(conversation, prepared, file, whole) }
      }),
    )
  }

  /**
   * Sends messages on: each by itself, or all as one. Their contents are as they are shown, so
   * the hook is asked again for each target.
   * @throws IMError 33003 for a message that was not sent itself, 34017
   */
  async forward(
    messages: readonly Message[],
    targets: readonly ConversationId[],
    options: ForwardOptions = {},
  ): Promise<Message[]> {
    if (messages.some((message) => isUnsent(message))) {
      throw invalidParameter('Only messages that were sent can be forwarded.')
    }
    const copies = options.isMerged ? [combine(messages, options)] : messages.map(copyOf)
    const posted: Message[] = []
    for (const target of targets) {
      for (const copy of copies) posted.push(await this.post(target, copy))
    }
    return posted
  }

  async #prepared(conversation: ConversationId, message: Outgoing): Promise<Outgoing> {
    const content = await this.#hooks.contentToSend(conversation, message)
    return { ...message, content }
  }

  /** A turn ends when the message is on its way, not when the server has it. */
  #sent({ answer }: { answer: Promise<Message> }): Promise<Message> {
    return answer
  }

  async #inTurn<Value>(conversation: ConversationId, send: () => Promise<Value>): Promise<Value> {
    const key = conversationKey(conversation)
    const before = this.#queues.get(key)
    const turn = (async () => {
      await before?.catch(() => undefined)
      return send()
    })()
    this.#queues.set(key, turn)
    try {
      return await turn
    } finally {
      if (this.#queues.get(key) === turn) this.#queues.delete(key)
    }
  }
}

/** Who was mentioned and who wrote it belongs to the former conversation. */
function copyOf({ messageType, content }: Message): Outgoing {
  const { mentionedInfo: _mention, user: _user, ...rest } = content
  return { messageType, content: rest }
}

function withField({ messageType }: Outgoing, options: Partial<FileOptions>): FileOptions {
  const field = options.field ?? fileFieldOf(messageType)
  if (field) return { ...options, field }
  throw invalidParameter(
    `Say in which field of a ${messageType} message the file's address goes: { field: '…' }.`,
  )
}
