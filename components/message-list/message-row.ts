import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { property } from 'lit/decorators.js'
import type { Words } from '../../src/kit/words.js'
import { fullTime, messageTime } from '../../src/kit/time.js'
import { ConversationType } from '../../src/model/conversation.js'
import { isOwn, messageKey, SentStatus, type Message } from '../../src/model/message.js'
import { SignalWatcher } from '../../src/store/signal-watcher.js'
import { alertIcon, closeIcon, moreIcon, quoteIcon } from '../internal/icons.js'
import { bubbleShape, renderBubble } from './bubbles/bubble.js'
import type { MessageLook } from './list-entries.js'
import { renderStatus, statusWord } from './message-status.js'
import { noticeText, renderNotice } from './notices.js'
import { renderReactions } from './reactions.js'
import type { Scene } from './scene.js'

/**
 * One message of the list. Draws into the list itself, without a shadow root of its own: parts,
 * styles and labels are those of the list.
 */
export class MessageRow extends LitElement {
  @property({ attribute: false }) message!: Message
  @property({ attribute: false }) look: MessageLook = 'bubble'
  @property({ attribute: false }) scene!: Scene

  /** Passed on so that a change of the language draws the row again. */
  @property({ attribute: false }) words!: Words

  /** The first of a run of bubbles of one sender: it has the name and the picture. */
  @property({ attribute: false }) isFirst = false

  /** Messages are being chosen. */
  @property({ attribute: false }) isChoosing = false
  @property({ attribute: false }) isChosen = false
  @property({ attribute: false }) canBeChosen = false

  /** The pointer or the focus is on it: it has buttons beside its bubble. */
  @property({ attribute: false }) hasTools = false

  constructor() {
    super()
    new SignalWatcher(this)
  }

  /** Draws what is to be drawn now and not a step later: the list wants to know how high it is. */
  drawNow(): void {
    if (this.isUpdatePending) this.performUpdate()
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed)
    const label = this.#label()
    if (this.getAttribute('aria-label') !== label) this.setAttribute('aria-label', label)
  }

  protected override render() {
    return html`${this.#renderCheckbox()}
    ${this.look === 'notice' ? renderNotice(this.message, this.scene) : this.#renderMessage()}`
  }

  #renderMessage() {
    const { message, scene } = this
    return html`${this.#renderAvatar()}
      <div class="body" ?inert=${this.isChoosing}>
        ${this.#renderName()}
        <div class="line">
          ${this.#renderBubble()} ${this.#renderTrouble()}
          ${this.hasTools ? this.#renderTools() : nothing}
        </div>
        ${renderReactions(message, scene)}
        ${
          message.readReceiptInfo?.isReceiptRequestMessage && isOwn(message)
            ? this.#renderReaders(Object.keys(message.readReceiptInfo.readers).length)
            : nothing
        }
        ${message.failure ? this.#renderFailure(scene.words.error(message.failure.code)) : nothing}
      </div>`
  }

  #renderCheckbox() {
    if (!this.isChoosing || !this.canBeChosen) return nothing
    return html`<input
      class="choose"
      part="checkbox"
      type="checkbox"
      tabindex="-1"
      aria-label=${this.words.selectMessages}
      .checked=${this.isChosen}
      @change=${() => this.scene.toggleChosen(this.message)}
    />`
  }

  #renderAvatar() {
    const { message, scene } = this
    if (isOwn(message)) return nothing
    if (!this.isFirst) return html`<span class="avatar"></span>`
    const { name, portraitUri } = scene.person(message.senderUserId)
    return html`<span class="avatar"
      ><im-avatar
        part="avatar"
        .src=${portraitUri}
        .name=${name ?? ''}
        .seed=${message.senderUserId}
      ></im-avatar
    ></span>`
  }

  #renderName() {
    const { message, scene } = this
    const isNamed = this.isFirst && message.conversationType !== ConversationType.PRIVATE
    if (!isNamed || isOwn(message)) return nothing
    const name = scene.nameOf(message.senderUserId)
    return html`<div class="name" part="name" dir="auto">${name}</div>`
  }

  #renderBubble() {
    const { message, scene } = this
    const isCustom = scene.kit.isCustomUserMessage(message)
    return html`<div
      class="bubble"
      part="bubble"
      data-anchor=${messageKey(message)}
      data-shape=${isCustom ? 'card' : bubbleShape(message.messageType)}
    >
      ${
        isCustom
          ? [this.#renderCustom(), this.#renderMeta()]
          : renderBubble(message, scene, this.#renderMeta())
      }
      ${this.#renderUpload()}
    </div>`
  }

  #renderCustom() {
    return html`<div class="custom" part="custom">
      ${this.scene.renderCustom('userMessage', this.message)}
    </div>`
  }

  #renderMeta() {
    const { message, words } = this
    const { sentTime } = message
    return html`<span class="meta" part="meta">
      ${message.isModifyMessage ? html`<span part="edited">${words.edited}</span>` : nothing}
      <time title=${fullTime(sentTime, words)}>${messageTime(sentTime, words)}</time>
      ${renderStatus(message, words)}
    </span>`
  }

  #renderUpload() {
    const { message, scene, words } = this
    if (message.sentStatus !== SentStatus.SENDING) return nothing
    const percent = scene.uploaded(message.messageUId)
    if (percent === undefined) return nothing
    return html`<span class="upload" part="upload">
      <progress max="100" .value=${percent} aria-label=${words.uploading(percent)}></progress>
      <button
        class="icon-button"
        type="button"
        aria-label=${words.cancelUpload}
        @click=${() => scene.cancelSending(message)}
      >
        ${closeIcon}
      </button>
    </span>`
  }

  #renderTrouble() {
    const { message, scene, words } = this
    if (message.sentStatus !== SentStatus.FAILED) return nothing
    return html`<button
      class="icon-button resend"
      part="resend"
      type="button"
      aria-label="${words.sendFailed}. ${words.resend}"
      title=${words.resend}
      @click=${() => scene.resend(message)}
    >
      ${alertIcon}
    </button>`
  }

  /** For the mouse; the keyboard has the menu key, a finger its long press. */
  #renderTools() {
    const { message, scene, words } = this
    const canQuote =
      message.sentStatus !== SentStatus.FAILED && message.sentStatus !== SentStatus.SENDING
    return html`<span class="tools" part="tools">
      ${
        canQuote && scene.canQuote
          ? html`<button
              class="icon-button"
              type="button"
              tabindex="-1"
              aria-label=${words.quoteMessage}
              title=${words.quoteMessage}
              @click=${() => scene.quote(message)}
            >
              ${quoteIcon}
            </button>`
          : nothing
      }
      <button
        class="icon-button"
        type="button"
        tabindex="-1"
        aria-haspopup="menu"
        aria-label=${words.messageMenu}
        @click=${(event: Event) => scene.showMenu(message, event.currentTarget as Element)}
      >
        ${moreIcon}
      </button>
    </span>`
  }

  #renderReaders(count: number) {
    const { message, scene, words } = this
    return html`<button
      class="link readers"
      part="readers"
      type="button"
      @click=${() => scene.showReaders(message)}
    >
      ${words.readBy(count)}
    </button>`
  }

  #renderFailure(reason: string) {
    return html`<div class="failure" part="failure">${reason}</div>`
  }

  #label(): string {
    const { message, scene, words } = this
    const time = fullTime(message.sentTime, words)
    if (this.look === 'notice') return noticeText(message, scene)
    const digest = scene.digestOf(message)
    const name = isOwn(message) ? words.you : scene.nameOf(message.senderUserId)
    const status = statusWord(message, words)
    const edited = message.isModifyMessage ? words.edited : undefined
    const said = `${words.messageFrom(name, time)}: ${digest}`
    return [said, edited, status].filter(Boolean).join(', ')
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-message-row': MessageRow
  }
}
