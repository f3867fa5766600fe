/**
 * Marks as read what is being read. Opening a conversation reads it, as far as it goes then; what
 * comes later is read when the reader is at the end. Nothing is read that nobody looks at.
 */
import type { IMClient } from '../core/client.js'
import type { Schedule } from '../core/scope.js'
import { ConversationType } from '../model/conversation.js'
import { isOwn, type Message } from '../model/message.js'
import type { MessageWindow } from './message-window.js'
import { ReadPace } from './read-pace.js'

/**
 * How a conversation is being looked at: not at all (the page is hidden, the list is gone),
 * somewhere above its end, or at its end.
 */
export type Attention = 'away' | 'reading' | 'newest'

export interface ReadingOptions {
  client: IMClient
  /** How many messages of a conversation are unread, as far as it is shown. */
  unreadOf: (key: string) => number
  schedule: Schedule
  report: (error: unknown, context: string) => void
}

export class Reading {
  readonly #options: ReadingOptions
  readonly #pace: ReadPace
  /** By conversation key. */
  readonly #attention = new Map<string, Attention>()
  /** Windows that do not know yet what was unread when they were opened. */
  #opening = new WeakSet<MessageWindow>()
  /** Windows whose conversation has been read since they were opened. */
  #readOnOpening = new WeakSet<MessageWindow>()
  /** Messages whose receipt is on its way or has gone out. */
  #answered = new Set<number>()

  constructor(options: ReadingOptions) {
    this.#options = options
    this.#pace = new ReadPace(options.schedule)
  }

  attentionOf(key: string): Attention {
    return this.#attention.get(key) ?? 'away'
  }

  set(key: string, attention: Attention): void {
    if (attention === 'away') this.#attention.delete(key)
    else this.#attention.set(key, attention)
    if (attention !== 'newest') this.#pace.hurry(key)
  }

  /** A window is to be shown, for the first time or again. */
  opening(window: MessageWindow): void {
    this.#opening.add(window)
    this.#readOnOpening.delete(window)
  }

  /** It shows what is there, and knows where the unread messages begin. */
  opened(window: MessageWindow): void {
    this.#opening.delete(window)
  }

  /** Something has changed: new messages, the attention, the window. */
  consider(key: string, window: MessageWindow): void {
    const attention = this.attentionOf(key)
    if (attention === 'away' || this.#opening.has(window)) return
    const isOpening = !this.#readOnOpening.has(window)
    const isAtEnd = attention === 'newest' && window.isAtNewest.peek()
    if (!isOpening && !isAtEnd) return
    this.#readOnOpening.add(window)
    const { client, unreadOf } = this.#options
    const unread = unreadOf(key) + (isOpening ? window.unreadOnOpen.peek() : 0)
    const markRead = () => client.readState.markRead(window.conversation)
    if (unread > 0) this.#pace.mark(key, () => void this.#attempt(key, markRead))
    void this.#attempt(key, () => this.#answerRequests(window))
  }

  clear(): void {
    this.#pace.clear()
    this.#attention.clear()
    this.#answered = new Set()
    this.#readOnOpening = new WeakSet()
    this.#opening = new WeakSet()
  }

  async #attempt(key: string, mark: () => Promise<void>): Promise<void> {
    try {
      await mark()
    } catch (error) {
      // Somebody who has left reads nothing more.
      if (this.attentionOf(key) === 'away') return
      this.#options.report(error, 'marking a conversation as read')
    }
  }

  /** Groups: members who asked who has read their messages get one answer for all. */
  async #answerRequests({ conversation, items }: MessageWindow): Promise<void> {
    if (conversation.conversationType !== ConversationType.GROUP) return
    const asking = items.peek().filter((message) => this.#wantsAnswer(message))
    if (!asking.length) return
    for (const { messageId } of asking) this.#answered.add(messageId)
    try {
      await this.#options.client.readState.respondReceipts(conversation, asking)
    } catch (error) {
      for (const { messageId } of asking) this.#answered.delete(messageId)
      throw error
    }
  }

  #wantsAnswer(message: Message): boolean {
    const { readReceiptInfo, messageId } = message
    return (
      !isOwn(message) &&
      readReceiptInfo?.isReceiptRequestMessage === true &&
      !readReceiptInfo.hasRespond &&
      !this.#answered.has(messageId)
    )
  }
}
