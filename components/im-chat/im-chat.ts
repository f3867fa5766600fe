import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { query } from 'lit/decorators.js'
import { ConversationType, type ConversationId } from '../../src/model/conversation.js'
import { baseStyles, rootStyles } from '../internal/base.styles.js'
import { IMElement } from '../internal/im-element.js'
import { backIcon, messagesIcon } from '../internal/icons.js'
import { chatStyles } from './im-chat.styles.js'

/**
 * A whole chat in one tag: the conversations, and beside them the open one with its header, its
 * messages and the editor. Where there is no room for both, one at a time, with a way back.
 *
 * @slot conversations - a `<conversation-list>` of one's own, set up as one likes
 * @slot header - in place of the header of the open conversation
 * @slot header-end - at the end of the header, for buttons
 * @slot messages - a `<message-list>` of one's own
 * @slot editor - a `<message-editor>` of one's own
 * @slot empty - what stands in place of a conversation while none is open
 * @csspart chat - the two columns
 * @csspart conversations - the column of the conversations
 * @csspart conversation - the column of the open one
 * @csspart header - above its messages
 * @csspart back - the button back to the list, where there is one column
 * @csspart avatar - the picture of the open conversation
 * @csspart name - the name of the open conversation
 * @csspart detail - how many members it has, or who is typing
 * @csspart empty - what stands there while no conversation is open
 * @cssprop [--im-chat-list-width=20em] - width of the list, where there are two columns
 */
export class IMChat extends IMElement {
  static override styles = [baseStyles, rootStyles, chatStyles]

  @query('.back') private readonly backButton!: HTMLElement | null
  @query('slot[name=conversations]') private readonly listSlot!: HTMLSlotElement

  /** Where there is one column, what has the focus is hidden by this: the focus is to go along. */
  #turningTo: 'conversation' | 'list' | undefined

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed)
    this.#moveFocus()
  }

  protected override render() {
    const current = this.store?.current.value
    return html`<div class="chat" part="chat" ?data-open=${current}>
      <div class="conversations" part="conversations" @tapConversation=${this.#onTap}>
        ${this.#renderSlot('conversations', () => html`<conversation-list></conversation-list>`)}
      </div>
      <section class="conversation" part="conversation" aria-label=${this.#label(current)}>
        ${current ? this.#renderConversation(current) : this.#renderEmpty()}
      </section>
    </div>`
  }

  /** Of two chats on one page each is known by whom one talks to. */
  #label(current: ConversationId | undefined): string {
    if (!current) return this.words.chat
    return this.words.chatWith(this.kit.people.conversation(current).value.name)
  }

  #renderConversation(current: ConversationId) {
    return html`
      ${this.#renderSlot('header', () => this.#renderHeader(current))}
      ${this.#renderSlot('messages', () => html`<message-list></message-list>`)}
      ${this.#renderSlot('editor', () => html`<message-editor></message-editor>`)}
    `
  }

  /** What the page has put in its place is not even made: it would be hidden, and follow everything. */
  #renderSlot(name: string, renderOwn: () => TemplateResult) {
    const isReplaced = [...this.children].some((child) => child.slot === name)
    return html`<slot name=${name} @slotchange=${this.#onSlotChange}
      >${isReplaced ? nothing : renderOwn()}</slot
    >`
  }

  #renderHeader(current: ConversationId) {
    const { name, portraitUri } = this.kit.people.conversation(current).value
    const typing = this.#typing(current)
    const detail = typing ?? this.#memberCount(current)
    return html`<header class="header" part="header">
      <button
        class="back icon-button"
        part="back"
        type="button"
        aria-label=${this.words.back}
        @click=${this.#goBack}
      >
        ${backIcon}
      </button>
      <im-avatar
        part="avatar"
        .src=${portraitUri}
        .name=${name}
        .seed=${current.targetId}
      ></im-avatar>
      <div class="title">
        <h2 class="name" part="name" dir="auto">${name}</h2>
        ${
          detail
            ? html`<p class="detail" part="detail" dir="auto" ?data-typing=${typing}>${detail}</p>`
            : nothing
        }
      </div>
      <slot name="header-end"></slot>
    </header>`
  }

  #renderEmpty() {
    return html`<div class="empty" part="empty">
      <slot name="empty">${messagesIcon}<span>${this.words.chooseConversation}</span></slot>
    </div>`
  }

  /** Who is typing; in a private conversation it goes without saying who. */
  #typing(current: ConversationId): string | undefined {
    const users = this.store?.typing(current).value ?? []
    if (users.length === 0) return undefined
    const isPrivate = current.conversationType === ConversationType.PRIVATE
    const names = users.map(({ userId }) => this.kit.people.member(current, userId).value.name)
    return this.words.typing(isPrivate ? [] : names)
  }

  #memberCount(current: ConversationId): string | undefined {
    if (current.conversationType !== ConversationType.GROUP) return undefined
    const { memberCount } = this.kit.people.conversation(current).value
    return memberCount ? this.words.memberCount(memberCount) : undefined
  }

  readonly #onSlotChange = (): void => this.requestUpdate()

  readonly #onTap = (): void => {
    this.#turningTo = 'conversation'
  }

  readonly #goBack = (): void => {
    this.#turningTo = 'list'
    this.kit.selectConversation(null)
  }

  #moveFocus(): void {
    const isOpen = this.store?.current.value !== undefined
    if (this.#turningTo === 'conversation' && isOpen) {
      this.#turningTo = undefined
      // Hidden, where there are two columns, and then this does nothing.
      this.backButton?.focus()
    } else if (this.#turningTo === 'list' && !isOpen) {
      this.#turningTo = undefined
      const [list] = this.listSlot.assignedElements({ flatten: true })
      if (list instanceof HTMLElement) list.focus()
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-chat': IMChat
  }
}
