/** What the screen reads: signals over one client. */
import type { ReadonlySignal } from '@preact/signals-core'
import type { IMClient } from '../core/client.js'
import type { TypingUser } from '../core/client-events.js'
import type { Conversation } from '../core/conversation.js'
import type { ConnectionStatus } from '../model/connection-status.js'
import type { ConversationId } from '../model/conversation.js'
import type { ConversationWindow } from './conversation-window.js'
import type { Display } from './display.js'
import type { MessageWindow } from './message-window.js'

/**
 * How a conversation is being looked at: not at all (the page is hidden, the list is gone), but
 * somewhere above its end, or at its end. Opening marks it read; what comes later is read at the end.
 */
export type Attention = 'away' | 'reading' | 'newest'

export interface StoreOptions {
  conversationPullCount?: number
  messagePageSize?: number
  display?: Display
  report?: (error: unknown, context: string) => void
}

export declare class Store {
  constructor(client: IMClient, options?: StoreOptions)
  readonly status: ReadonlySignal<ConnectionStatus>
  /** Empty while no database is open. */
  readonly userId: ReadonlySignal<string>
  readonly conversations: ConversationWindow
  /** The open conversation. */
  readonly current: ReadonlySignal<ConversationId | undefined>
  /** Its row, kept up to date; made up while nothing is stored of it. */
  readonly currentConversation: ReadonlySignal<Conversation | undefined>
  /** Unread messages in all conversations that are not muted. */
  readonly totalUnread: ReadonlySignal<number>
  /** Percent by messageUId, while a file goes up. */
  readonly uploads: ReadonlySignal<ReadonlyMap<string, number>>
  select(id: ConversationId | undefined): void
  /** Takes a conversation out of the list, and closes it if it is open. */
  remove(id: ConversationId): Promise<void>
  /** Shared and counted: call `release()` on what this gives when the element goes. */
  openMessages(id: ConversationId): MessageWindow
  typing(id: ConversationId): ReadonlySignal<readonly TypingUser[]>
  setAttention(id: ConversationId, attention: Attention): void
  dispose(): void
}
