import { html, nothing, type PropertyValues } from 'lit'
import { property, state } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { repeat } from 'lit/directives/repeat.js'
import type { Conversation } from '../../src/core/conversation.js'
import {
  conversationIdOf,
  conversationKey,
  ConversationType,
  type ConversationId,
} from '../../src/model/conversation.js'
import { limits } from '../../src/model/limits.js'
import { baseStyles } from '../internal/base.styles.js'
import { searchIcon } from '../internal/icons.js'
import { IMElement } from '../internal/im-element.js'
import { forwardDialogStyles } from './im-forward-dialog.styles.js'

type Answer = (conversations: readonly ConversationId[]) => void

/**
 * Asks where to forward to: the conversations of the kit, to be searched and chosen.
 *
 * `choose()` opens it and resolves with what was chosen.
 *
 * @csspart search - the search field
 * @csspart list - the conversations
 * @csspart conversation - one of them
 * @csspart cancel - the button that closes it
 * @csspart forward - the button that forwards
 */
export class IMForwardDialog extends IMElement {
  static override styles = [baseStyles, forwardDialogStyles]

  /** Conversations that can be chosen at once. */
  @property({ type: Number }) limit: number = limits.forwardTargets

  @state() private isOpen = false
  @state() private query = ''
  @state() private isOverLimit = false
  /** By conversation key, in the order in which they were chosen. */
  @state() private chosen: ReadonlyMap<string, ConversationId> = new Map()
  #answer: Answer | undefined
  #end: Element | null = null
  readonly #sight = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) void this.#loadMore()
  })

  /** Resolves with the chosen conversations; with none when the user cancels or the element goes. */
  choose(): Promise<readonly ConversationId[]> {
    this.#close([])
    this.query = ''
    this.chosen = new Map()
    this.isOverLimit = false
    this.isOpen = true
    return new Promise((resolve) => (this.#answer = resolve))
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#close([])
    this.#watch(null)
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed)
    const end = this.isConnected ? this.renderRoot.querySelector('.more') : null
    if (end !== this.#end) this.#watch(end)
  }

  protected override render() {
    const { words } = this
    return html`<im-dialog
      .label=${words.forwardTo}
      .open=${this.isOpen}
      @im-dialog-close=${() => this.#close([])}
    >
      ${this.isOpen ? [this.#renderSearch(), this.#renderList()] : nothing}
      <span class="count" slot="footer" role="status" ?data-full=${this.isOverLimit}
        >${this.isOverLimit ? words.forwardLimit(this.limit) : words.chosen(this.chosen.size)}</span
      >
      <button
        class="button"
        part="cancel"
        slot="footer"
        type="button"
        @click=${() => this.#close([])}
      >
        ${words.cancel}
      </button>
      <button
        class="button primary"
        part="forward"
        slot="footer"
        type="button"
        ?disabled=${this.chosen.size === 0}
        @click=${() => this.#close([...this.chosen.values()])}
      >
        ${words.forward}
      </button>
    </im-dialog>`
  }

  #renderSearch() {
    return html`<div class="search">
      ${searchIcon}
      <input
        part="search"
        type="search"
        autofocus
        placeholder=${this.words.search}
        aria-label=${this.words.search}
        .value=${live(this.query)}
        @input=${(event: Event) => (this.query = (event.target as HTMLInputElement).value)}
      />
    </div>`
  }

  #renderList() {
    const conversations = this.#found()
    const more = this.#renderMore()
    if (conversations.length === 0) {
      const { noResults, noConversations } = this.words
      return html`<div class="none">${this.query ? noResults : noConversations} ${more}</div>`
    }
    return html`<ul part="list" aria-label=${this.words.conversations}>
      ${repeat(conversations, conversationKey, this.#renderConversation)}
      ${more === nothing ? nothing : html`<li>${more}</li>`}
    </ul>`
  }

  /** Comes into sight at the end of the list; to be pressed where that is not enough. */
  #renderMore() {
    if (!this.store?.conversations.hasMore.value) return nothing
    return html`<button class="more" type="button" @click=${() => void this.#loadMore()}>
      ${this.words.loadMoreConversations}
    </button>`
  }

  async #loadMore(): Promise<void> {
    const conversations = this.store?.conversations
    const before = this.#found().length
    await conversations?.loadMore()
    // Of a search without success no one asks to have it go through everything.
    const isWorthwhile = this.query === '' || this.#found().length > before
    // Where it still is in sight it is told once more only to who looks anew.
    if (isWorthwhile && conversations?.state.peek() === 'ready') this.#watch(this.#end)
  }

  #watch(end: Element | null): void {
    this.#sight.disconnect()
    this.#end = end
    if (end) this.#sight.observe(end)
  }

  readonly #renderConversation = (conversation: ConversationId) => {
    const { name, portraitUri } = this.kit.people.conversation(conversation).value
    return html`<li>
      <label part="conversation">
        <input
          type="checkbox"
          .checked=${live(this.chosen.has(conversationKey(conversation)))}
          @change=${() => this.#toggle(conversation)}
        />
        <im-avatar .src=${portraitUri} .name=${name} .seed=${conversation.targetId}></im-avatar>
        <span class="name" dir="auto">${name}</span>
      </label>
    </li>`
  }

  /** Those one can write to, by name or id. */
  #found(): Conversation[] {
    const wanted = this.query.trim().toLocaleLowerCase()
    const conversations = this.store?.conversations.items.value ?? []
    return conversations.filter((conversation) => {
      if (conversation.conversationType === ConversationType.SYSTEM) return false
      const { name } = this.kit.people.conversation(conversation).value
      return [name, conversation.targetId].some((text) => text.toLocaleLowerCase().includes(wanted))
    })
  }

  #toggle(conversation: ConversationId): void {
    const key = conversationKey(conversation)
    const chosen = new Map(this.chosen)
    if (!chosen.delete(key)) {
      this.isOverLimit = chosen.size >= this.limit
      if (!this.isOverLimit) chosen.set(key, conversationIdOf(conversation))
    } else {
      this.isOverLimit = false
    }
    this.chosen = chosen
  }

  #close(conversations: readonly ConversationId[]): void {
    this.isOpen = false
    this.#answer?.(conversations)
    this.#answer = undefined
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-forward-dialog': IMForwardDialog
  }
}
