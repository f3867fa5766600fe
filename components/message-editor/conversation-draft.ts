import type { ReactiveController } from 'lit'
import type { IMKit } from '../../src/kit/kit.js'
import {
  isSameConversation,
  type ConversationId,
  type Draft,
} from '../../src/model/conversation.js'
import { messageKey, type Message, type MessageReference } from '../../src/model/message.js'
import type { IMElement } from '../internal/im-element.js'
import { DraftKeeper } from './draft-keeper.js'
import type { MentionField } from './mention-field.js'
import { emptyText, fromDraft, namedIn, type MentionText } from './mention-text.js'

/**
 * What is being written in the open conversation: the text of the field and the message it quotes.
 * Turns to another conversation with the kit, and keeps the draft of each in step with the store.
 */
export class ConversationDraft implements ReactiveController {
  #host: IMElement
  #field: MentionField
  #hasFocus: () => boolean
  #kit?: IMKit
  #userId = ''
  #conversation?: ConversationId
  #reference?: Message
  /** The quoted message of a draft from the store, until it is found. */
  #wanted?: MessageReference
  /** Written in since the field got the focus. */
  #isEdited = false
  #leaving?: AbortController
  #stopFollowing?: () => void

  readonly #keeper = new DraftKeeper({
    read: () => draftOf(this.#field.value, this.#wanted ?? this.#reference),
    save: async (conversation, draft) => this.#save(conversation, draft),
    report: (error, context) => this.#kit?.report(error, context),
  })

  constructor(host: IMElement, field: MentionField, hasFocus: () => boolean) {
    this.#host = host
    this.#field = field
    this.#hasFocus = hasFocus
    host.addController(this)
  }

  /** A page that goes to the background may never come back. */
  hostConnected(): void {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    const leave = () => {
      this.#keeper.flush()
      this.#kit?.noteDrafts()
    }
    addEventListener('pagehide', leave, { signal })
    document.addEventListener('visibilitychange', leave, { signal })
  }

  hostDisconnected(): void {
    this.#leaving?.abort()
    this.#stopFollowing?.()
    this.#stopFollowing = undefined
    this.left()
  }

  /** The conversation that is written to. */
  get conversation(): ConversationId | undefined {
    return this.#conversation
  }

  /** The message that is quoted. */
  get reference(): Message | undefined {
    return this.#reference
  }

  /** Takes over what the kit has open. Reads signals: to be called while the host updates. */
  follow(kit: IMKit): void {
    const store = kit.store.value
    const userId = store?.userId.value ?? ''
    const conversation = userId ? store?.current.value : undefined
    if (kit !== this.#kit || userId !== this.#userId) this.#turnTo(undefined)
    if (kit !== this.#kit || !this.#stopFollowing) {
      this.#stopFollowing?.()
      this.#stopFollowing = kit.onLeaving(() => this.#keeper.flush())
    }
    this.#kit = kit
    this.#userId = userId
    this.#turnTo(conversation)
    if (!conversation) return
    this.#followReference(kit.reference.value)
    const row = store?.currentConversation.value
    if (isSameConversation(row, conversation)) this.#followDraft(row?.draftDetail)
  }

  /** The user has written something. */
  edited(): void {
    this.#isEdited = true
    this.#keeper.edited()
  }

  /** The user has turned to something else on the page. */
  left(): void {
    this.#isEdited = false
    this.#keeper.flush()
    this.#host.requestUpdate()
  }

  /** It has been sent: nothing is left of it. */
  clear(): void {
    this.#field.show(emptyText)
    this.#quote(undefined)
    this.#keeper.edited()
    this.#keeper.flush()
  }

  /** Something was not sent: it stands before what has been written since. */
  giveBack(conversation: ConversationId, value: MentionText, reference?: Message): void {
    if (isSameConversation(conversation, this.#conversation)) {
      this.#field.show(joined(value, this.#field.value))
      if (reference && !this.#reference) this.#quote(reference)
      this.edited()
    } else {
      this.#save(conversation, draftOf(value, reference)).catch((error: unknown) =>
        this.#kit?.report(error, 'keeping what was not sent'),
      )
    }
  }

  #turnTo(conversation: ConversationId | undefined): void {
    if (isSameConversation(conversation, this.#conversation)) return
    this.#keeper.follow(conversation)
    this.#conversation = conversation
    this.#reference = undefined
    this.#wanted = undefined
    this.#isEdited = false
    this.#field.show(emptyText)
  }

  /** Quoting, and letting go of it, is an edit like any other; the user wants to write now. */
  #followReference(reference: Message | undefined): void {
    const belongs = reference && isSameConversation(reference, this.#conversation)
    const next = belongs ? reference : undefined
    const isSame = keyOf(next) === keyOf(this.#reference)
    this.#reference = next
    if (isSame) return
    this.#wanted = undefined
    this.#keeper.edited()
    if (next) this.#host.focus()
  }

  #followDraft(draft: Draft | undefined): void {
    if (!this.#keeper.isNews(draft) || (this.#isEdited && this.#hasFocus())) return
    this.#keeper.shown(draft)
    this.#field.show(draft ? fromDraft(draft) : emptyText)
    this.#wanted = draft?.reference
    void this.#restoreReference(draft?.reference)
  }

  /** Not before the update is over: it changes a signal that the update reads. */
  async #restoreReference(wanted: MessageReference | undefined): Promise<void> {
    const conversation = this.#conversation
    const kit = this.#kit
    let message: Message | undefined
    try {
      message = wanted && conversation && (await kit?.client?.reader.find(conversation, wanted))
    } catch (error) {
      kit?.report(error, 'finding the message a draft quotes')
    }
    await this.#host.updateComplete
    if (kit !== this.#kit || conversation !== this.#conversation || wanted !== this.#wanted) return
    this.#wanted = undefined
    this.#quote(message)
  }

  /** Quotes, or lets go, without that being an edit of the user's. */
  #quote(message: Message | undefined): void {
    this.#reference = message
    this.#wanted = undefined
    this.#kit?.quote(message)
  }

  /** Nothing is kept of somebody who has been logged out. */
  async #save(conversation: ConversationId, draft: Draft | undefined): Promise<void> {
    const kit = this.#kit
    if (kit?.store.peek()?.userId.peek() !== this.#userId) return
    await kit.saveDraft(conversation, draft)
  }
}

/** undefined for nothing at all. */
export function draftOf(value: MentionText, reference?: MessageReference): Draft | undefined {
  if (value.text === '' && !reference) return undefined
  const draft: Draft = { text: value.text }
  if (value.mentions.length > 0) draft.mentions = namedIn(value)
  if (reference) {
    const { messageUId, senderUserId } = reference
    draft.reference = { messageUId, senderUserId }
  }
  return draft
}

/** One text, then the other on a new line. */
function joined(one: MentionText, other: MentionText): MentionText {
  if (one.text === '' || other.text === '') return one.text === '' ? other : one
  const shift = one.text.length + 1
  return {
    text: `${one.text}\n${other.text}`,
    mentions: [
      ...one.mentions,
      ...other.mentions.map((mention) => ({
        ...mention,
        start: mention.start + shift,
        end: mention.end + shift,
      })),
    ],
  }
}

function keyOf(message: Message | undefined): string {
  return message ? messageKey(message) : ''
}
