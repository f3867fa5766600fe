/** The conversation list. */
import type { ReadonlySignal } from '@preact/signals-core'
import type { Conversation } from '../core/conversation.js'

export type ListState = 'idle' | 'loading' | 'ready' | 'failed'

export declare class ConversationWindow {
  /** In list order; stable keys: `conversationKey`. */
  readonly items: ReadonlySignal<readonly Conversation[]>
  readonly state: ReadonlySignal<ListState>
  readonly hasMore: ReadonlySignal<boolean>
  readonly loadingMore: ReadonlySignal<boolean>
  loadMore(): Promise<void>
}
