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

/** One stay at a conversation: what is still being saved when one comes back belongs to the one before. */
interface Visit {
  conversation: ConversationId
  /** What the store has, as far as it is known here. */
  stored: string
  /** How many saves are under way. */
  saving: number
}

/**
 * Saves what is being written in one conversation, a moment after the last key or when told to,
 * and knows which of the drafts that come back from the store are news.
 */
export class DraftKeeper {
  #options: DraftKeeperOptions
  #visit?: Visit
  #isDirty = false
  #cancel?: () => void

  constructor(options: DraftKeeperOptions) {
    this.#options = options
  }

  /** Saves what was written in the conversation until now, and turns to another. */
  follow(conversation: ConversationId | undefined): void {
    if (isSameConversation(conversation, this.#visit?.conversation)) return
    this.flush()
    this.#visit = conversation && {
      conversation: conversationIdOf(conversation),
      stored: fingerprint(undefined),
      saving: 0,
    }
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
    const visit = this.#visit
    if (!visit || !this.#isDirty) return
    this.#isDirty = false
    const draft = this.#options.read()
    if (fingerprint(draft) !== visit.stored) void this.#save(visit, draft)
  }

  /** Whether a draft from the store is neither what is written here nor older than that. */
  isNews(draft: Draft | undefined): boolean {
    const visit = this.#visit
    if (!visit || this.#isDirty || visit.saving > 0) return false
    return fingerprint(draft) !== visit.stored
  }

  /** A draft from the store is what is written now. */
  shown(draft: Draft | undefined): void {
    if (this.#visit) this.#visit.stored = fingerprint(draft)
    this.#isDirty = false
    this.#cancel?.()
    this.#cancel = undefined
  }

  /** What could not be saved is tried again with the next edit, and is not given up for an older draft. */
  async #save(visit: Visit, draft: Draft | undefined): Promise<void> {
    const before = visit.stored
    const now = (visit.stored = fingerprint(draft))
    visit.saving++
    try {
      await this.#options.save(visit.conversation, draft)
    } catch (error) {
      this.#options.report(error, 'saving a draft')
      if (visit === this.#visit && visit.stored === now) {
        visit.stored = before
        this.#isDirty = true
      }
    } finally {
      visit.saving--
    }
  }
}

function fingerprint(draft: Draft | undefined): string {
  if (!draft) return ''
  const { text, mentions = [], reference } = draft
  return JSON.stringify([text, mentions, reference?.messageUId, reference?.senderUserId])
}
