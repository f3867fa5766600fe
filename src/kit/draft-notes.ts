/**
 * What was being written when a page went away. The database takes longer than a page that is being
 * closed or loaded again has left, so the last words go into `localStorage`, which is written at
 * once, and from there into the database when the same user is there again.
 */
import {
  conversationKey,
  conversationOfKey,
  isDraft,
  type ConversationId,
  type Draft,
} from '../model/conversation.js'
import { attempt, pageStorage, type PageStorage } from './page-storage.js'

/** Of one conversation: what the database may not have. */
export interface DraftNote {
  /** null: none is left. Absent: what the database has is right. */
  draft?: Draft | null
  /** On their way into the outbox: drafts again, unless the message is found there. */
  sending: { messageUId: string; draft: Draft }[]
}

/** A note as it is kept. */
export interface KeptNote {
  conversation: ConversationId
  note: DraftNote
  /** Removes it, unless there is another in its place. */
  remove(): void
}

/** Like the databases, notes are per app key and user. */
export interface NoteOwner {
  appkey: string
  userId: string
}

export class DraftNotes {
  readonly #storage: PageStorage | undefined

  constructor(storage: PageStorage | undefined = pageStorage()) {
    this.#storage = storage
  }

  /** In place of an older note for the conversation. Where storage is refused nothing is kept. */
  write(owner: NoteOwner, conversation: ConversationId, note: DraftNote): KeptNote {
    const key = prefixOf(owner) + conversationKey(conversation)
    const value = JSON.stringify(note)
    attempt(() => this.#storage?.setItem(key, value))
    return { conversation, note, remove: () => this.#remove(key, value) }
  }

  /** Those of one user; what cannot be read is left out. */
  of(owner: NoteOwner): KeptNote[] {
    const prefix = prefixOf(owner)
    return this.#keys(prefix).flatMap((key) => {
      const value = attempt(() => this.#storage?.getItem(key)) ?? ''
      const note = attempt(() => JSON.parse(value) as unknown)
      if (!isNote(note)) return []
      const conversation = conversationOfKey(key.slice(prefix.length))
      return [{ conversation, note, remove: () => this.#remove(key, value) }]
    })
  }

  drop(owner: NoteOwner, conversation: ConversationId): void {
    attempt(() => this.#storage?.removeItem(prefixOf(owner) + conversationKey(conversation)))
  }

  clear(owner: NoteOwner): void {
    for (const key of this.#keys(prefixOf(owner))) attempt(() => this.#storage?.removeItem(key))
  }

  #keys(prefix: string): string[] {
    const count = attempt(() => this.#storage?.length) ?? 0
    const keys = Array.from({ length: count }, (_, index) =>
      attempt(() => this.#storage?.key(index)),
    )
    return keys.filter((key) => typeof key === 'string').filter((key) => key.startsWith(prefix))
  }

  #remove(key: string, value: string): void {
    attempt(() => {
      if (this.#storage?.getItem(key) === value) this.#storage.removeItem(key)
    })
  }
}

function prefixOf({ appkey, userId }: NoteOwner): string {
  return `imkit/${encodeURIComponent(appkey)}/${encodeURIComponent(userId)}/draft/`
}

function isNote(value: unknown): value is DraftNote {
  const { draft, sending } = (value ?? {}) as Partial<DraftNote>
  const hasDraft = draft === undefined || draft === null || isDraft(draft)
  const isSending = (one: Partial<DraftNote['sending'][number]> | null) =>
    typeof one?.messageUId === 'string' && isDraft(one.draft)
  return hasDraft && Array.isArray(sending) && sending.every(isSending)
}
