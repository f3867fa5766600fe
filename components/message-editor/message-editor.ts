import { html, nothing, type PropertyValues } from 'lit'
import { query, state } from 'lit/decorators.js'
import { ConnectionStatus } from '../../src/model/connection-status.js'
import {
  conversationKey,
  ConversationType,
  isSameConversation,
  type ConversationId,
} from '../../src/model/conversation.js'
import { ErrorCode } from '../../src/model/errors.js'
import { limits } from '../../src/model/limits.js'
import { MessageType } from '../../src/model/message-types.js'
import { baseStyles, rootStyles } from '../internal/base.styles.js'
import { closeIcon, imageIcon, paperclipIcon } from '../internal/icons.js'
import { IMElement } from '../internal/im-element.js'
import { addWritingPlace, type WritingPlace } from '../internal/writing-places.js'
import { AttachmentTray } from './attachment-tray.js'
import { ConversationDraft } from './conversation-draft.js'
import { EmojiPopup } from './emoji-popup.js'
import { FileDrop, pastedFiles } from './file-drop.js'
import { Membership } from './membership.js'
import { mentionChoices } from './mention-choices.js'
import { MentionField } from './mention-field.js'
import { MentionList } from './mention-list.js'
import { pieces } from './mention-text.js'
import { messageEditorStyles } from './message-editor.styles.js'
import { quoteBar } from './quote-bar.js'
import { isTooLong, messageOf, SendQueue, type RefusedParcel } from './send-queue.js'

/**
 * Where messages are written: text with mentions, a quoted message, emoji, images, videos and files
 * (chosen, pasted or dropped). Writes to the conversation that is open in its kit, and keeps a draft
 * for each. Enter sends, Shift+Enter breaks the line.
 *
 * `base-size` scales the icons and the send button; the text keeps `--im-font-size`.
 *
 * @slot toolbar - more buttons, behind the own ones
 * @slot send-label - what stands on the send button, in place of the word
 * @csspart editor - everything
 * @csspart quote - the quoted message
 * @csspart quote-close - the button that lets go of it
 * @csspart tray - the files that wait to be sent
 * @csspart attachment - one of them
 * @csspart attachment-remove - the button that takes one out
 * @csspart field - the box of the text
 * @csspart input - the text field
 * @csspart notice - why something was not sent or taken
 * @csspart toolbar - the row of buttons
 * @csspart button - each of the own buttons
 * @csspart emoji-button - the one for emoji
 * @csspart send - the send button
 * @csspart mention-list - the list of members
 * @csspart mention-option - a member in it
 * @csspart emoji-popup - the box of the emoji picker
 * @csspart drop-zone - what covers the editor while files are dragged over it
 * @cssprop [--im-editor-min-height=1.5em] - height of an empty text field
 * @cssprop [--im-editor-max-height=10.5em] - height from which the text scrolls
 */
export class MessageEditor extends IMElement implements WritingPlace {
  static override styles = [baseStyles, rootStyles, messageEditorStyles]

  /** Why something was not sent or taken. */
  @state() private notice = ''
  @query('textarea') private readonly area!: HTMLTextAreaElement | null

  readonly #field: MentionField = new MentionField(this, {
    area: () => this.area,
    edited: () => this.#onEdited(),
  })
  readonly #draft = new ConversationDraft(this, this.#field, () => this.#hasFocus)
  readonly #mentions = new MentionList(this, {
    choices: (query) => this.#mentionChoices(query),
    anchor: () => this.area,
    choose: ({ id, name }, range) => this.#field.insertMention(range, id, name),
    report: (error, context) => this.kit.report(error, context),
  })
  readonly #emoji = new EmojiPopup(
    this,
    (emoji) => this.#field.insert(emoji),
    (error, context) => this.kit.report(error, context),
  )
  readonly #tray = new AttachmentTray(this)
  readonly #drop = new FileDrop(this, {
    isAllowed: () => this.#canAttach && this.#obstacle === undefined,
    drop: (files) => this.#attach(files),
  })
  readonly #membership = new Membership(this, (error, context) => this.kit.report(error, context))
  readonly #queue = new SendQueue(
    (parcel) => this.#takeBack(parcel),
    () => (this.notice = this.words.sentNotStored),
  )
  #leavePlace?: () => void

  /** Puts the caret into the text field. */
  override focus(options?: FocusOptions): void {
    this.area?.focus(options)
  }

  override blur(): void {
    this.area?.blur()
  }

  /** Puts a text behind what is being written, on a line of its own, and the caret behind it. */
  write(text: string): void {
    this.#field.append(text)
  }

  /** @internal */
  canWriteTo(conversation: ConversationId): boolean {
    return (
      isSameConversation(this.#draft.conversation, conversation) &&
      this.area?.disabled === false &&
      this.getClientRects().length > 0
    )
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#leavePlace = addWritingPlace(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#leavePlace?.()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed)
    // Off the page an element is below no provider; what it was writing to stays what it is.
    if (!this.isConnected) return
    const before = this.#draft.conversation
    this.#draft.follow(this.kit)
    const { conversation } = this.#draft
    this.#membership.follow(this.kit.client, conversation)
    if (conversation === before) return
    this.notice = ''
    this.#mentions.close()
    this.#tray.follow(conversation ? conversationKey(conversation) : '')
  }

  protected override render() {
    const { words } = this
    return html`<div
      class="editor"
      part="editor"
      @dragenter=${this.#drop.onDragEnter}
      @dragover=${this.#drop.onDragOver}
      @dragleave=${this.#drop.onDragLeave}
      @drop=${this.#drop.onDrop}
    >
      ${this.#renderQuote()} ${this.#tray.render(words)} ${this.#renderField()}
      ${this.#renderNotice()} ${this.#renderBar()} ${this.#mentions.render(words.members)}
      ${this.#emoji.renderPopup(words)}
      ${
        this.#drop.isOver
          ? html`<div class="drop-zone" part="drop-zone">${words.dropToSend}</div>`
          : nothing
      }
    </div>`
  }

  #renderQuote() {
    const { conversation, reference } = this.#draft
    if (!conversation || !reference) return nothing
    const { name } = this.kit.people.member(conversation, reference.senderUserId).value
    return quoteBar({
      name,
      digest: this.kit.digest(reference),
      words: this.words,
      close: () => {
        this.kit.quote(undefined)
        this.focus()
      },
    })
  }

  /** The mirror behind the text field is as high as its text, and marks the mentions in it. */
  #renderField() {
    const { words } = this
    const obstacle = this.#obstacle
    return html`<div class="field" part="field">
      <pre class="mirror" aria-hidden="true" dir="auto">${this.#renderMirror()}</pre>
      <textarea
        part="input"
        rows="1"
        dir="auto"
        enterkeyhint="send"
        autocomplete="off"
        aria-label=${words.writeMessage}
        aria-autocomplete="list"
        aria-controls=${this.#mentions.isOpen ? MentionList.listId : nothing}
        aria-activedescendant=${this.#mentions.activeId ?? nothing}
        placeholder=${obstacle ?? words.writeMessage}
        ?disabled=${obstacle !== undefined}
        @input=${this.#onInput}
        @keydown=${this.#onKeyDown}
        @keyup=${this.#followCaret}
        @click=${this.#followCaret}
        @paste=${this.#onPaste}
        @blur=${this.#onBlur}
      ></textarea>
    </div>`
  }

  /** Ends with a letter of no width: an empty last line has its height, too. */
  #renderMirror() {
    return [
      ...pieces(this.#field.value).map(({ text, isMention }) =>
        isMention ? html`<span class="mention">${text}</span>` : text,
      ),
      '\u200b',
    ]
  }

  #renderNotice() {
    return html`<div class="notice-place" role="alert">
      ${
        this.notice
          ? html`<div class="notice" part="notice">
              <span dir="auto">${this.notice}</span>
              <button
                class="icon-button"
                type="button"
                aria-label=${this.words.close}
                @click=${() => (this.notice = '')}
              >
                ${closeIcon}
              </button>
            </div>`
          : nothing
      }
    </div>`
  }

  #renderBar() {
    const { words } = this
    const isDisabled = this.#obstacle !== undefined
    return html`<div class="bar">
      <div class="toolbar" part="toolbar">
        ${this.#emoji.renderButton(words, isDisabled)}
        ${
          this.#canAttach
            ? [
                this.#renderFileButton(words.sendImage, imageIcon, 'image/*,video/*'),
                this.#renderFileButton(words.sendFile, paperclipIcon, ''),
              ]
            : nothing
        }
        <slot name="toolbar"></slot>
      </div>
      <button
        class="send"
        part="send"
        type="button"
        ?disabled=${isDisabled || !this.#hasSomethingToSend}
        @click=${this.#send}
      >
        <slot name="send-label">${words.send}</slot>
      </button>
    </div>`
  }

  #renderFileButton(label: string, icon: unknown, accept: string) {
    return html`<button
        class="icon-button"
        part="button"
        type="button"
        aria-label=${label}
        title=${label}
        ?disabled=${this.#obstacle !== undefined}
        @click=${(event: Event) =>
          ((event.currentTarget as Element).nextElementSibling as HTMLElement).click()}
      >
        ${icon}
      </button>
      <input
        type="file"
        accept=${accept || nothing}
        multiple
        hidden
        @change=${this.#onFilesChosen}
      />`
  }

  /** Why nothing can be written, in words. */
  get #obstacle(): string | undefined {
    const { conversation } = this.#draft
    if (!conversation) return this.words.noConversationChosen
    if (conversation.conversationType === ConversationType.SYSTEM) return this.words.cannotAnswer
    return this.#membership.isOutside ? this.words.error(ErrorCode.NOT_IN_GROUP) : undefined
  }

  /** A backend that takes no files says so once there is a connection. */
  get #canAttach(): boolean {
    const isConnected = this.store?.status.value === ConnectionStatus.CONNECTED
    return !isConnected || Boolean(this.kit.client?.capabilities.has('files'))
  }

  get #hasSomethingToSend(): boolean {
    return this.#tray.items.length > 0 || this.#field.value.text.trim() !== ''
  }

  get #hasFocus(): boolean {
    return this.shadowRoot?.activeElement === this.area && document.hasFocus()
  }

  #mentionChoices(query: string) {
    const { conversation } = this.#draft
    if (conversation?.conversationType !== ConversationType.GROUP) return []
    return mentionChoices(this.kit.people.members(conversation).value, {
      query,
      ownId: this.store?.userId.value ?? '',
      everyone: this.words.everyone,
    })
  }

  #onEdited(): void {
    const { conversation } = this.#draft
    this.notice = ''
    this.#draft.edited()
    this.#followCaret()
    if (conversation && this.#field.value.text !== '') {
      this.kit.sendTyping(conversation, MessageType.TEXT)
    }
  }

  readonly #onInput = (event: Event): void => this.#field.onInput(event)

  readonly #followCaret = (): void => this.#mentions.follow(this.#field.value, this.#field.caret)

  readonly #onBlur = (): void => {
    this.#mentions.close()
    this.#draft.left()
  }

  /** The Enter that ends a composition is not the editor's; WebKit tells it by the key code alone. */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const isComposing = event.isComposing || event.keyCode === 229
    if (isComposing || this.#mentions.onKeyDown(event)) return
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return
    event.preventDefault()
    this.#send()
  }

  /** Files are taken out of a paste; text the field takes itself, and it is plain there. */
  readonly #onPaste = (event: ClipboardEvent): void => {
    const files = this.#canAttach ? pastedFiles(event.clipboardData) : []
    if (files.length === 0) return
    event.preventDefault()
    this.#attach(files)
  }

  readonly #onFilesChosen = (event: Event): void => {
    const input = event.target as HTMLInputElement
    this.#attach(Array.from(input.files ?? []))
    // The same file may be chosen again.
    input.value = ''
  }

  #attach(files: readonly File[]): void {
    const { words } = this
    const refused = files.find(({ size }) => size === 0 || size > limits.fileSize)
    const reason = refused?.size === 0 ? words.emptyFile : words.fileTooLarge(limits.fileSize)
    this.notice = refused ? words.said(refused.name, reason) : ''
    this.#tray.add(files.filter(({ size }) => size > 0 && size <= limits.fileSize))
    this.focus()
  }

  readonly #send = (): void => {
    const { conversation, reference } = this.#draft
    if (!conversation || this.#obstacle !== undefined || !this.#hasSomethingToSend) return
    const { value } = this.#field
    const message = messageOf({ value, reference })
    if (message && isTooLong(message)) {
      this.notice = this.words.messageTooLong
      return
    }
    this.notice = ''
    const items = this.#tray.take()
    if (message) this.#draft.clear()
    this.#queue.add(this.kit, { conversation, items, value, reference })
    this.focus()
  }

  #takeBack({ conversation, items, value, reference, error }: RefusedParcel): void {
    this.#tray.putBack(conversationKey(conversation), items)
    if (value.text !== '') this.#draft.giveBack(conversation, value, reference)
    this.notice = this.words.error(error.code)
    this.kit.report(error, 'sending a message')
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'message-editor': MessageEditor
  }
}
