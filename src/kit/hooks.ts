/** The host's hooks, called so that whatever one of them does, the kit goes on. */
import { signal } from '@preact/signals-core'
import type { TemplateResult } from 'lit'
import type { Conversation } from '../core/conversation.js'
import type { MessageContent } from '../model/content.js'
import type { ConversationId } from '../model/conversation.js'
import { ErrorCode, IMError, invalidParameter } from '../model/errors.js'
import type { BaseMessage } from '../model/message-types.js'
import type { Message } from '../model/message.js'
import type { Display } from '../store/display.js'
import type { Schedule } from '../core/scope.js'
import { withinTime } from './schedule.js'

/** What a renderer gives: a Lit template, a node, or a string of HTML, which is sanitised. */
export type CustomRendering = TemplateResult | Node | string | null | undefined

export type CustomRenderer = (message: Message) => CustomRendering

/** Renderers by message type. */
export interface CustomMessage {
  /** A bubble with an avatar. */
  userMessage?: Record<string, CustomRenderer>
  /** A grey line. */
  notifyMessage?: Record<string, CustomRenderer>
  /** One line in the conversation list. */
  lastMessage?: Record<string, CustomRenderer>
}

/** true hides. */
export interface CustomIntercept {
  interceptConversation?: (conversation: Conversation) => boolean
  interceptMessage?: (message: Message) => boolean
}

/**
 * Gives the content that is sent or shown instead, at once or as a promise. A host takes for the
 * content whatever types its messages have.
 */
export type ContentHook = (
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as in the original
  content: any,
  conversationType: number,
  targetId: string,
  messageType: string,
) => MessageContent | Promise<MessageContent>

export interface CustomDisplayMessage {
  /** Before a message is stored and sent. If it fails, nothing is sent: it may be encryption. */
  willSendMessage?: ContentHook
  /** Before a message is shown in the list. */
  willDisplayMessages?: ContentHook
  /** Before a message is shown as the last one of its conversation. */
  willDisplayConversationMessage?: ContentHook
}

/** The host's renderer for a type. Types are named by peers: `constructor` is none of the host's. */
export function rendererOf(
  customMessage: CustomMessage,
  kind: keyof CustomMessage,
  { messageType }: Pick<Message, 'messageType'>,
): CustomRenderer | undefined {
  const renderers = customMessage[kind] ?? {}
  if (!Object.hasOwn(renderers, messageType)) return undefined
  const renderer: unknown = renderers[messageType]
  return typeof renderer === 'function' ? (renderer as CustomRenderer) : undefined
}

/** Milliseconds a hook may take. */
const patience = 10_000

/** The hooks as the store wants them: never throwing, never waiting for ever. */
export class Hooks implements Display {
  /** Renderers may be changed at any time; who draws with them follows. */
  readonly customMessage = signal<CustomMessage>({})
  customIntercept: CustomIntercept = {}
  customDisplayMessage: CustomDisplayMessage = {}
  readonly #schedule: Schedule
  readonly #report: (error: unknown, context: string) => void

  constructor(schedule: Schedule, report: (error: unknown, context: string) => void) {
    this.#schedule = schedule
    this.#report = report
  }

  hidesConversation(conversation: Conversation): boolean {
    return this.#hides('interceptConversation', () =>
      this.customIntercept.interceptConversation?.(conversation),
    )
  }

  hidesMessage(message: Message): boolean {
    return this.#hides('interceptMessage', () => this.customIntercept.interceptMessage?.(message))
  }

  contentInList(message: Message): MessageContent | Promise<MessageContent> {
    return this.#shown('willDisplayMessages', message)
  }

  contentInConversation(message: Message): MessageContent | Promise<MessageContent> {
    return this.#shown('willDisplayConversationMessage', message)
  }

  /** @throws IMError 34017 when the hook fails: what it was to change must not be sent as it is */
  async contentToSend(
    { conversationType, targetId }: ConversationId,
    { content, messageType }: Pick<BaseMessage, 'content' | 'messageType'>,
  ): Promise<MessageContent> {
    const name = 'willSendMessage'
    const hook = this.customDisplayMessage[name]
    if (typeof hook !== 'function') return content
    try {
      const changed = hook(structuredClone(content), conversationType, targetId, messageType)
      return checkedContent(name, await this.#within(name, changed))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new IMError(
        ErrorCode.MESSAGE_INTERCEPTION_PRODUCED_NULL_MESSAGE,
        `customDisplayMessage.${name} failed, so the message was not sent. (${reason})`,
        error,
      )
    }
  }

  #hides(name: keyof CustomIntercept, ask: () => boolean | undefined): boolean {
    try {
      return ask() === true
    } catch (error) {
      this.#report(error, `customIntercept.${name}`)
      return false
    }
  }

  #shown(
    name: Exclude<keyof CustomDisplayMessage, 'willSendMessage'>,
    { content, conversationType, targetId, messageType }: Message,
  ): MessageContent | Promise<MessageContent> {
    const hook = this.customDisplayMessage[name]
    if (typeof hook !== 'function') return content
    const failed = (error: unknown) => {
      this.#report(error, `customDisplayMessage.${name}`)
      return content
    }
    try {
      const changed = hook(structuredClone(content), conversationType, targetId, messageType)
      if (!isPromise(changed)) return checkedContent(name, changed)
      return this.#within(name, changed)
        .then((one) => checkedContent(name, one))
        .catch(failed)
    } catch (error) {
      return failed(error)
    }
  }

  async #within<Value>(name: string, value: Value | Promise<Value>): Promise<Value> {
    if (!isPromise(value)) return value
    return withinTime(value, this.#schedule, patience, `customDisplayMessage.${name}`)
  }
}

function checkedContent(name: string, content: unknown): MessageContent {
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) {
    return content as MessageContent
  }
  throw invalidParameter(
    `customDisplayMessage.${name} must return the content, an object; it returned ${String(content)}.`,
  )
}

function isPromise<Value>(value: Value | Promise<Value>): value is Promise<Value> {
  return typeof (value as Promise<Value> | undefined)?.then === 'function'
}
