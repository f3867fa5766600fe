/** One conversation's visible stretch of messages. */
import type { ReadonlySignal } from '@preact/signals-core'
import type { ConversationId } from '../model/conversation.js'
import type { Message, MessageReference } from '../model/message.js'

/** Where a reader was: the message and how far its top was from the top of the list. */
export interface Place {
  /** messageKey */
  key: string
  order: string
  /** pixels */
  offset: number
}

export interface WindowChange {
  kind: 'reset' | 'older' | 'newer' | 'append' | 'update'
  /** messageKeys of the rows concerned */
  keys: readonly string[]
  /** `append` of what this page has just sent: the list goes to the end. */
  own: boolean
}

export type WindowState = 'loading' | 'ready' | 'failed'

export declare class MessageWindow {
  readonly conversation: ConversationId
  /** Oldest first; what the host hides left out. Stable keys: `messageKey(message)`. */
  readonly items: ReadonlySignal<readonly Message[]>
  readonly state: ReadonlySignal<WindowState>
  readonly hasOlder: ReadonlySignal<boolean>
  readonly hasNewer: ReadonlySignal<boolean>
  readonly loadingOlder: ReadonlySignal<boolean>
  readonly loadingNewer: ReadonlySignal<boolean>
  /** There is more before the first message, but it can't be had without a connection. */
  readonly olderUnavailable: ReadonlySignal<boolean>
  /** messageKey of the first message that was unread when the window was opened: the divider. */
  readonly firstUnread: ReadonlySignal<string | undefined>
  /** How many were unread when the window was opened. */
  readonly unreadOnOpen: ReadonlySignal<number>
  /** What changed last, told with `items`. */
  readonly lastChange: ReadonlySignal<WindowChange>
  /** Nothing newer is missing. */
  readonly isAtNewest: ReadonlySignal<boolean>
  /** Where the reader was when the window was last left; undefined: at the end. Set by the list. */
  place: Place | undefined
  loadOlder(): Promise<void>
  loadNewer(): Promise<void>
  /** False: the message is not here. */
  jumpTo(reference: MessageReference): Promise<boolean>
  jumpToNewest(): Promise<void>
  jumpToTime(sentTime: number): Promise<void>
  /** The element has gone: call once for each `openMessages`. */
  release(): void
}
