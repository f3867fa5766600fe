import { css, html, LitElement, nothing } from 'lit'
import { property, query } from 'lit/decorators.js'
import type { Words } from '../../src/kit/words.js'
import type { Message } from '../../src/model/message.js'
import { SignalWatcher } from '../../src/store/signal-watcher.js'
import type { IMKit } from '../../src/kit/kit.js'
import { baseStyles } from '../internal/base.styles.js'
import { copiedText } from './message-actions.js'

/** Another text for an own message. */
export class EditDialog extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: contents;
      }

      textarea {
        display: block;
        box-sizing: border-box;
        inline-size: 100%;
        min-block-size: 6em;
        max-block-size: 50dvh;
        padding: 0.5em 0.75em;
        resize: vertical;
        border: 1px solid var(--_color-border);
        border-radius: var(--_radius);
        background: var(--_color-surface-sunken);
        color: inherit;
        font: inherit;
        field-sizing: content;
      }
    `,
  ]

  @property({ attribute: false }) kit?: IMKit

  /** The message, as it is now. The dialog is open while there is one. */
  @property({ attribute: false }) message?: Message

  /** Called with the text when the user has changed it. */
  @property({ attribute: false }) save?: (message: Message, text: string) => unknown

  @query('textarea') private readonly area!: HTMLTextAreaElement | null

  constructor() {
    super()
    new SignalWatcher(this)
  }

  protected override render() {
    const { kit, message } = this
    const words = kit?.words.value
    const text = message && copiedText(message)
    return html`<im-dialog
      .label=${words?.editMessage ?? ''}
      .open=${words !== undefined && text !== undefined}
      @im-dialog-close=${this.#close}
    >
      ${words && text !== undefined ? this.#renderField(text, words) : nothing}
    </im-dialog>`
  }

  #renderField(text: string, words: Words) {
    return html`<textarea
        autofocus
        dir="auto"
        aria-label=${words.editMessage}
        .value=${text}
        @keydown=${this.#onKeyDown}
      ></textarea>
      <button slot="footer" class="button" type="button" @click=${this.#close}>
        ${words.cancel}
      </button>
      <button slot="footer" class="button primary" type="button" @click=${this.#save}>
        ${words.save}
      </button>`
  }

  readonly #close = (): void => {
    this.message = undefined
  }

  readonly #save = (): void => {
    const { message, area } = this
    const text = area?.value.trim()
    this.#close()
    if (message && text && text !== copiedText(message)) this.save?.(message, text)
  }

  /** As in the editor: Enter is done, with Shift it is a new line; one that ends a composition is neither. */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229)
      return
    event.preventDefault()
    this.#save()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-edit-dialog': EditDialog
  }
}
