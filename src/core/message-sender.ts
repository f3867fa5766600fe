/** Sends: checks, stores, queues, and tells who waits whether the server has it. */
import type { MessageRow } from '../database/schema.js'
import type { ConversationId } from '../model/conversation.js'
import { ErrorCode, IMError, invalidParameter } from '../model/errors.js'
import { limits } from '../model/limits.js'
import type { BaseMessage } from '../model/message-types.js'
import {
  isUnsent,
  MessageDirection,
  ReceivedStatus,
  SentStatus,
  type Message,
  type MessageEnvelope,
} from '../model/message.js'
import { combine, type CombineOptions } from './combine.js'
import { toMessage } from './conversation.js'
import { checkSize, newEnvelope, pendingRow, type SendOptions } from './envelope.js'
import { Outbox, type PendingUpload } from './outbox.js'
import type { Scope } from './scope.js'
import type { TypingStatus } from './typing.js'

export interface FileOptions extends SendOptions {
  /** The file's name, for the backend. */
  name?: string
  /** The field of the content that gets the file's address: `imageUri`, `fileUrl`, … */
  field: string
  /** Called with the address; a message that is returned is sent instead. */
  onComplete?: (uri: string) => Pick<BaseMessage, 'messageType' | 'content'> | undefined | void
}

export interface ForwardOptions extends CombineOptions {
  /** All as one message that can be opened; otherwise each by itself. */
  isMerged?: boolean
}

interface Waiter {
  resolve: (message: Message) => void
  reject: (error: IMError) => void
}

export class MessageSender {
  readonly outbox: Outbox
  readonly #scope: Scope
  readonly #typing: TypingStatus
  readonly #waiters = new Map<number, Waiter[]>()
  readonly #completions = new Map<string, NonNullable<FileOptions['onComplete']>>()
  readonly #offs: (() => void)[]

  /** @param onUnstored a message was sent that could not be stored: another session brings it */
  constructor(scope: Scope, typing: TypingStatus, onUnstored: (reason: IMError) => void) {
    this.#scope = scope
    this.#typing = typing
    this.outbox = new Outbox(scope, {
      onUploaded: (messageUId, uri) => this.#uploaded(messageUId, uri),
      onUnstored: (reason) => {
        scope.report(reason, 'storing a message that was sent')
        onUnstored(reason)
      },
    })
    this.#offs = [
      // Another tab may have sent it: what the row says counts.
      scope.events.on('change', ({ messages }) => {
        for (const { updated, removed } of messages.values())
          void this.#settle([...updated, ...removed])
      }),
    ]
  }

  /**
   * Stores a message and queues it: resolves with it as it waits, sent or not, connected or not.
   * Without a number (`messageId` 0) it was sent and could not be stored: it comes back when the
   * client catches up.
   * @throws IMError as `newEnvelope`, and 33000/33002 when it can't be stored
   */
  async post(
    conversation: ConversationId,
    message: Pick<BaseMessage, 'messageType' | 'content'>,
    options: SendOptions = {},
  ): Promise<Message> {
    const { messageTypes, userId } = this.#scope
    const envelope = newEnvelope(messageTypes, userId, conversation, message, options)
    this.#typing.sent(conversation)
    if (!envelope.isPersisted) return this.#sendUnkept(envelope, options)
    return this.#store(envelope, options)
  }

  /** As `post`, but resolves when the server has the message, and rejects with its refusal. */
  async send(
    conversation: ConversationId,
    message: Pick<BaseMessage, 'messageType' | 'content'>,
    options: SendOptions = {},
  ): Promise<Message> {
    return this.#untilSent(await this.post(conversation, message, options))
  }

  /** A file with its message, whose `field` gets the file's address once it is uploaded. */
  async postFile(
    conversation: ConversationId,
    message: Pick<BaseMessage, 'messageType' | 'content'>,
    file: Blob,
    options: FileOptions,
  ): Promise<Message> {
    if (!(file instanceof Blob) || file.size === 0) {
      throw new IMError(
        ErrorCode.UPLOAD_FAIL,
        'There is nothing to send: the file is empty (0 bytes).',
      )
    }
    if (file.size > limits.fileSize) {
      throw new IMError(
        ErrorCode.UPLOAD_FAIL,
        `The file has ${file.size} bytes; at most ${limits.fileSize} can be sent.`,
      )
    }
    const { field, name = (file as File).name ?? '', onComplete } = options
    const { messageTypes, userId } = this.#scope
    const envelope = newEnvelope(messageTypes, userId, conversation, message, options)
    if (onComplete) this.#completions.set(envelope.messageUId, onComplete)
    return this.#store(envelope, options, { file, name, field })
  }

  async sendFile(...file: Parameters<MessageSender['postFile']>): Promise<Message> {
    return this.#untilSent(await this.postFile(...file))
  }

  /** Sends a failed message again, under the id it has. @throws IMError 33003 for any other */
  async resend(messageId: number): Promise<Message> {
    return toMessage(await this.outbox.again(messageId))
  }

  /** As `resend`, but resolves when the server has it. */
  async resendAndWait(messageId: number): Promise<Message> {
    return this.#untilSent(await this.resend(messageId))
  }

  /** Ends an upload or takes a waiting or failed message back before it was sent. */
  cancel(messageId: number): Promise<void> {
    return this.outbox.cancel(messageId)
  }

  /**
   * Sends messages on: each by itself, or all as one.
   * @throws IMError 33003 for no target, more than 5, or a message that was not sent itself
   */
  async forward(
    messages: readonly Message[],
    targets: readonly ConversationId[],
    options: ForwardOptions = {},
  ): Promise<Message[]> {
    if (!targets.length || targets.length > limits.forwardTargets) {
      throw invalidParameter(
        `Forward to 1 to ${limits.forwardTargets} conversations at once, not ${targets.length}.`,
      )
    }
    if (messages.some((message) => isUnsent(message))) {
      throw invalidParameter('Only messages that were sent can be forwarded.')
    }
    const outgoing = options.isMerged ? [combine(messages, options)] : messages.map(forwardable)
    const posted: Message[] = []
    for (const target of targets) {
      for (const message of outgoing) posted.push(await this.post(target, message))
    }
    return posted
  }

  close(): void {
    this.outbox.close()
    for (const off of this.#offs) off()
    const left = new IMError(
      ErrorCode.RC_NET_CHANNEL_INVALID,
      'The user was logged out. The message is kept and sent after the next login.',
    )
    for (const waiters of this.#waiters.values()) {
      for (const waiter of waiters) waiter.reject(left)
    }
    this.#waiters.clear()
    this.#completions.clear()
  }

  async #store(
    envelope: MessageEnvelope,
    options: SendOptions,
    upload?: PendingUpload,
  ): Promise<Message> {
    const row = await this.outbox.add(pendingRow(envelope, this.#scope.now()), {
      upload,
      // The host hears of it, as it is stored, before it is sent.
      mayGoEarly: !options.onSendBefore,
    })
    const message = toMessage(row)
    try {
      options.onSendBefore?.(message)
    } catch (error) {
      this.#scope.report(error, 'onSendBefore')
    }
    return message
  }

  /** Neither stored nor queued: it reaches those online now, or nobody. */
  async #sendUnkept(envelope: MessageEnvelope, options: SendOptions): Promise<Message> {
    const message: Message = {
      ...envelope,
      messageId: 0,
      order: '',
      sentTime: this.#scope.now(),
      receivedTime: this.#scope.now(),
      messageDirection: MessageDirection.SEND,
      sentStatus: SentStatus.SENT,
      receivedStatus: ReceivedStatus.READ,
      isOffLineMessage: false,
    }
    options.onSendBefore?.(message)
    const { sentTime } = await this.#scope.requireSession().send(envelope)
    return { ...message, sentTime }
  }

  #uploaded(messageUId: string, uri: string) {
    const onComplete = this.#completions.get(messageUId)
    this.#completions.delete(messageUId)
    try {
      const instead = onComplete?.(uri)
      if (!instead) return undefined
      checkSize(instead as MessageEnvelope)
      return { messageType: instead.messageType, content: instead.content }
    } catch (error) {
      this.#scope.report(error, 'onComplete')
      return undefined
    }
  }

  #untilSent(message: Message): Promise<Message> {
    if (!message.messageId) return Promise.resolve(message)
    return new Promise((resolve, reject) => {
      const waiters = this.#waiters.get(message.messageId) ?? []
      this.#waiters.set(message.messageId, [...waiters, { resolve, reject }])
      void this.#settle([message.messageId])
    })
  }

  async #settle(ids: readonly number[]): Promise<void> {
    for (const id of ids) {
      if (!this.#waiters.has(id)) continue
      const row = await this.#scope.database.messages.get(id).catch(() => undefined)
      if (row?.sentStatus === SentStatus.SENDING) continue
      const waiters = this.#waiters.get(id) ?? []
      this.#waiters.delete(id)
      for (const waiter of waiters) answer(waiter, row)
    }
  }
}

function answer(waiter: Waiter, row: MessageRow | undefined): void {
  if (!row) {
    waiter.reject(
      new IMError(ErrorCode.RC_MSG_SEND_FAIL, 'The message was taken back before it was sent.'),
    )
  } else if (row.failure) {
    waiter.reject(new IMError(row.failure.code, row.failure.message))
  } else {
    waiter.resolve(toMessage(row))
  }
}

/** A copy to be sent on: what belongs to the former conversation stays behind. */
function forwardable({
  messageType,
  content,
}: Message): Pick<BaseMessage, 'messageType' | 'content'> {
  const { mentionedInfo: _mention, user: _user, ...rest } = content
  return { messageType, content: rest }
}
