/** Finds out what is new about conversations that changed, and tells it: `Events.CONVERSATION`. */
import type { IMClient } from '../core/client.js'
import { NotificationLevel, NotificationStatus } from '../model/conversation.js'
import { Events, raise, type IConversationState, type ToldField } from './events.js'
import { toReceivedConversation, type IAReceivedConversation } from './received.js'
import { reportError } from './reporting.js'

/** What a conversation looked like when it was last told of: each field as JSON, for comparison. */
type Told = Readonly<Record<ToldField, string | undefined>>

const neverTold = tellable({
  latestMessage: null,
  unreadMessageCount: 0,
  unreadMentionedCount: 0,
  hasMentioned: false,
  mentionedInfo: undefined,
  notificationLevel: NotificationLevel.NOT_SET,
  notificationStatus: NotificationStatus.CLOSE,
  isTop: false,
  draft: '',
})

export class ConversationNews {
  readonly #client: IMClient
  #told = new Map<string, Told>()
  #changed = new Set<string>()
  #isTelling = false

  constructor(client: IMClient) {
    this.#client = client
  }

  /** Conversations whose row changed. What changes while others are being read is told with them. */
  add(conversationKeys: readonly string[]): void {
    for (const key of conversationKeys) this.#changed.add(key)
    if (!this.#isTelling && this.#changed.size) void this.#tell()
  }

  /** Another user: all is new. */
  forget(): void {
    this.#told = new Map()
    this.#changed.clear()
  }

  async #tell(): Promise<void> {
    this.#isTelling = true
    try {
      while (this.#changed.size && this.#client.isOpen) {
        const told = this.#told
        const keys = [...this.#changed]
        this.#changed.clear()
        const conversations = await this.#client.conversations.byKey(keys)
        // The user has changed meanwhile.
        if (told !== this.#told) continue
        const conversationList = conversations
          .map((conversation) => this.#news(toReceivedConversation(conversation)))
          .filter((state) => Object.keys(state.updatedItems).length > 0)
        if (conversationList.length) raise(Events.CONVERSATION, { conversationList })
      }
    } catch (error) {
      if (this.#client.isOpen) reportError(error, 'telling of changed conversations')
    } finally {
      this.#isTelling = false
    }
  }

  #news(conversation: IAReceivedConversation): IConversationState {
    const before = this.#told.get(conversation.conversationKey) ?? neverTold
    const after = tellable(conversation)
    this.#told.set(conversation.conversationKey, after)
    const time = this.#client.serverTime()
    const updatedItems = Object.fromEntries(
      (Object.keys(neverTold) as ToldField[])
        .filter((field) => before[field] !== after[field])
        .map((field) => [field, { time, val: conversation[field] }]),
    )
    return { conversation, updatedItems }
  }
}

function tellable(conversation: Pick<IAReceivedConversation, ToldField>): Told {
  const { latestMessage } = conversation
  const { messageId, messageType, sentStatus } = latestMessage ?? {}
  return {
    latestMessage: JSON.stringify([messageId, messageType, sentStatus]),
    unreadMessageCount: JSON.stringify(conversation.unreadMessageCount),
    unreadMentionedCount: JSON.stringify(conversation.unreadMentionedCount),
    hasMentioned: JSON.stringify(conversation.hasMentioned),
    mentionedInfo: JSON.stringify(conversation.mentionedInfo),
    notificationLevel: JSON.stringify(conversation.notificationLevel),
    notificationStatus: JSON.stringify(conversation.notificationStatus),
    isTop: JSON.stringify(conversation.isTop),
    draft: JSON.stringify(conversation.draft),
  }
}
