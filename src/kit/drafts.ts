/** What is written and not sent: kept by the client, and noted for the case that the page goes first. */
import type { IMClient } from '../core/client.js'
import type { Report } from '../core/scope.js'
import {
  conversationIdOf,
  conversationKey,
  type ConversationId,
  type Draft,
} from '../model/conversation.js'
import { DraftNotes, type DraftNote, type KeptNote, type NoteOwner } from './draft-notes.js'

/** What of one user's conversation is under way into the database. */
interface UnderWay {
  owner: NoteOwner
  conversation: ConversationId
  /** The last one of several. */
  saving?: { draft: Draft | undefined }
  sending: Map<string, Draft>
  /** Written when the page was about to go. */
  kept?: KeptNote
}

export class Drafts {
  readonly #notes: DraftNotes
  readonly #report: Report
  readonly #underWay = new Map<string, UnderWay>()

  constructor(report: Report, notes: DraftNotes = new DraftNotes()) {
    this.#report = report
    this.#notes = notes
  }

  /** undefined removes it. */
  async save(
    client: IMClient,
    conversation: ConversationId,
    draft: Draft | undefined,
  ): Promise<void> {
    const { conversations } = client
    const entry = this.#entry(client, conversation)
    const saving = (entry.saving = { draft })
    // An older one, also of another tab, must not come back over this.
    this.#notes.drop(client, conversation)
    delete entry.kept
    let isSaved = false
    try {
      await conversations.saveDraft(conversation, draft)
      isSaved = true
    } finally {
      if (entry.saving === saving) delete entry.saving
      // What could not be saved stays noted.
      if (isSaved) this.#settled(entry)
    }
  }

  /** A text leaves the field and is not in the outbox yet. Gives the function that ends that. */
  sending(
    client: IMClient,
    conversation: ConversationId,
    messageUId: string,
    draft: Draft,
  ): () => void {
    const entry = this.#entry(client, conversation)
    entry.sending.set(messageUId, draft)
    return () => {
      entry.sending.delete(messageUId)
      this.#settled(entry)
    }
  }

  /** The page may be gone the next moment: what is under way is noted, at once. */
  note(client: IMClient): void {
    for (const entry of this.#underWay.values()) {
      const isUsers = entry.owner.userId === client.userId && isUnsettled(entry)
      if (isUsers) entry.kept = this.#notes.write(entry.owner, entry.conversation, noteOf(entry))
    }
  }

  /** Saves what the user's last page could only note. */
  async takeUp(client: IMClient): Promise<void> {
    const { userId } = client
    const pulled = new Promise<void>((resolve) =>
      client.events.once('offlineMessagesPulled', () => resolve()),
    )
    for (const kept of this.#notes.of(client)) {
      if (client.userId !== userId) return
      const attempt = async (run: () => Promise<void>) => {
        try {
          await run()
        } catch (error) {
          // Somebody else has come: the note waits until its user is back.
          if (client.userId === userId) this.#report(error, 'taking up a noted draft')
        }
      }
      await attempt(async () => {
        const again = await takeUp(client, kept)
        void pulled.then(() => {
          if (client.userId === userId) void attempt(again)
        })
      })
    }
  }

  /** Nothing is left of the user on this device. */
  clear(owner: NoteOwner): void {
    this.#notes.clear(owner)
  }

  #entry({ appkey, userId }: IMClient, conversation: ConversationId): UnderWay {
    const key = `${userId}/${conversationKey(conversation)}`
    const known = this.#underWay.get(key)
    if (known) return known
    const owner = { appkey, userId }
    const entry = { owner, conversation: conversationIdOf(conversation), sending: new Map() }
    this.#underWay.set(key, entry)
    return entry
  }

  /** The note says no more than it has to. */
  #settled(entry: UnderWay): void {
    const { owner, conversation, kept } = entry
    if (isUnsettled(entry)) {
      if (kept) entry.kept = this.#notes.write(owner, conversation, noteOf(entry))
      return
    }
    kept?.remove()
    this.#underWay.delete(`${owner.userId}/${conversationKey(conversation)}`)
  }
}

function isUnsettled({ saving, sending }: UnderWay): boolean {
  return saving !== undefined || sending.size > 0
}

function noteOf({ saving, sending }: UnderWay): DraftNote {
  const note: DraftNote = {
    sending: Array.from(sending, ([messageUId, draft]) => ({ messageUId, draft })),
  }
  if (saving) note.draft = saving.draft ?? null
  return note
}

/** @returns what is to be done once all that was missed is here: texts may have been sent after all */
async function takeUp(client: IMClient, kept: KeptNote): Promise<() => Promise<void>> {
  const { conversations } = client
  const { conversation, note, remove } = kept
  const { draftDetail } = await conversations.get(conversation)
  const unsent = await notHere(client, kept, note.sending)
  const last = note.draft === undefined ? draftDetail : note.draft
  const draft = together(unsent, last)
  // It had been saved after all; another device may have a later one by now.
  if (!isSame(draftDetail, draft)) await conversations.saveDraft(conversation, draft)
  remove()
  return async () => {
    const left = await notHere(client, kept, unsent)
    const now = await client.conversations.get(conversation)
    if (left.length === unsent.length || !isSame(now.draftDetail, draft)) return
    await client.conversations.saveDraft(conversation, together(left, last))
  }
}

type Sending = DraftNote['sending']

/** Those of which the messages are not stored. */
async function notHere(
  { reader, userId }: IMClient,
  { conversation }: KeptNote,
  sending: Sending,
): Promise<Sending> {
  const found = await Promise.all(
    sending.map(({ messageUId }) =>
      reader.find(conversation, { messageUId, senderUserId: userId }),
    ),
  )
  return sending.filter((_, index) => !found[index])
}

function together(unsent: Sending, last: Draft | null | undefined): Draft | undefined {
  const drafts = [...unsent.map(({ draft }) => draft), ...(last ? [last] : [])]
  return drafts.reduce<Draft | undefined>(joined, undefined)
}

function isSame(one: Draft | undefined, other: Draft | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** One text, then the other on a new line. */
function joined(one: Draft | undefined, other: Draft): Draft {
  if (!one) return other
  const { mentions = [], reference = other.reference } = one
  const draft: Draft = { text: [one.text, other.text].filter(Boolean).join('\n') }
  const all = [...mentions, ...(other.mentions ?? [])]
  if (all.length > 0) draft.mentions = all
  if (reference) draft.reference = reference
  return draft
}
