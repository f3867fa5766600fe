import { scheduleTimer, type Schedule } from '../../src/kit/schedule.js'
import {
  conversationIdOf,
  isSameConversation,
  type ConversationId,
  type Draft,
} from '../../src/model/conversation.js'

/** Milliseconds without a key until a draft is saved. */
export const draftDelay = 400

export interface DraftKeeperOptions {
  /** What is written now, undefined when there is nothing. */
  read(): Draft | undefined
  save(conversation: ConversationId, draft: Draft | undefined): Promise<unknown>
  report(error: unknown, context: string): void
  schedule?: Schedule
}

/**
 * Saves what is being written in one conversation, a moment after the last key or when told to,
 * and knows which of the drafts that come back from the store are news.
 */
export class DraftKeeper {
  #options: DraftKeeperOptions
  #conversation?: ConversationId
  /** What the store has, as far as it is known here. */
  #stored = fingerprint(undefined)
  #isDirty = false
  #saving = 0
  #cancel?: () => void

  constructor(options: DraftKeeperOptions) {
    this.#options = options
  }

  /** Saves what was written in the conversation until now, and turns to another. */
  follow(conversation: ConversationId | undefined): void {
    if (isSameConversation(conversation, this.#conversation)) return
    this.flush()
    this.#conversation = conversation && conversationIdOf(conversation)
    this.#stored = fingerprint(undefined)
    this.#saving = 0
  }

  /** Something was written: it is saved soon. */
  edited(): void {
    this.#isDirty = true
    this.#cancel?.()
    this.#cancel = (this.#options.schedule ?? scheduleTimer)(() => this.flush(), draftDelay)
  }

  /** Saves now what has not been saved yet. */
  flush(): void {
    this.#cancel?.()
    this.#cancel = undefined
    const conversation = this.#conversation
    if (!conversation || !this.#isDirty) return
    this.#isDirty = false
    const draft = this.#options.read()
    if (fingerprint(draft) !== this.#stored) void this.#save(conversation, draft)
  }

  /** Whether a draft from the store is neither what is written here nor older than that. */
  isNews(draft: Draft | undefined): boolean {
    return !this.#isDirty && this.#saving === 0 && fingerprint(draft) !== this.#stored
  }

  /** A draft from the store is what is written now. */
  shown(draft: Draft | undefined): void {
    this.#stored = fingerprint(draft)
    this.#isDirty = false
    this.#cancel?.()
    this.#cancel = undefined
  }

  /** What could not be saved is tried again with the next edit, and is not given up for an older draft. */
  async #save(conversation: ConversationId, draft: Draft | undefined): Promise<void> {
    const before = this.#stored
    const now = (this.#stored = fingerprint(draft))
    const isOpen = () => isSameConversation(conversation, this.#conversation)
    this.#saving++
    try {
      await this.#options.save(conversation, draft)
    } catch (error) {
      this.#options.report(error, 'saving a draft')
      if (isOpen() && this.#stored === now) {
        this.#stored = before
        this.#isDirty = true
      }
    } finally {
      if (isOpen()) this.#saving--
    }
  }
}

function fingerprint(draft: Draft | undefined): string {
  if (!draft) return ''
  const { text, mentions = [], reference } = draft
  return JSON.stringify([text, mentions, reference?.messageUId, reference?.senderUserId])
}
