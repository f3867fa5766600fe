/** The host's hooks, called so that whatever one of them does, the kit goes on. */
import type { TemplateResult } from 'lit'
import type { Conversation } from '../core/conversation.js'
import type { MessageContent } from '../model/content.js'
import type { Message } from '../model/message.js'

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

/** Gives the content that is sent or shown instead, at once or as a promise. */
export type ContentHook = (
  content: MessageContent,
  conversationType: number,
  targetId: string,
  messageType: string,
) => MessageContent | Promise<MessageContent>

export interface CustomDisplayMessage {
  willSendMessage?: ContentHook
  willDisplayMessages?: ContentHook
  willDisplayConversationMessage?: ContentHook
}
