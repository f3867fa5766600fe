import { html, nothing, type PropertyValues } from 'lit'
import { query, state } from 'lit/decorators.js'
import { baseStyles } from '../internal/base.styles.js'
import { smileIcon } from '../internal/icons.js'
import { IMElement } from '../internal/im-element.js'
import type { EmojiMartEmoji, EmojiMartPicker } from './emoji-mart-picker.js'
import { emojiPickerStyles } from './im-emoji-picker.styles.js'
import { claimPicker, releasePicker, type PickerOwner } from './shared-picker.js'

/** `elsewhere`: another `<im-emoji-picker>` of the page has taken the one picker there is. */
type PickerState = 'loading' | 'ready' | 'failed' | 'elsewhere'

/** What `im-emoji-select` tells. */
export interface EmojiSelectDetail {
  /** the emoji, as it is written */
  emoji: string
  /** its short name: `heart_eyes` */
  name: string
}

/**
 * Emoji to choose from, with search, categories and skin tones: by mouse or touch, or by typing and
 * arrow keys in the search field, with Enter to choose.
 *
 * The picker and its data are loaded when the first of these elements is put on a page. All of a page
 * share one picker; it is shown by the one that came last or is touched.
 *
 * @fires {CustomEvent<EmojiSelectDetail>} im-emoji-select - an emoji was chosen. Does not bubble.
 * @csspart picker - the box of the picker
 * @csspart state - what is shown while it is loading, could not be loaded, or is shown elsewhere
 * @cssprop [--im-emoji-picker-height=352px] - height
 */
export class IMEmojiPicker extends IMElement implements PickerOwner {
  static override styles = [baseStyles, emojiPickerStyles]

  @state() private pickerState: PickerState = 'loading'
  @query('.picker') private readonly box!: HTMLElement

  #picker?: EmojiMartPicker
  #claimed: Promise<void> = Promise.resolve()

  override connectedCallback(): void {
    super.connectedCallback()
    this.#claim()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#picker = undefined
    void releasePicker(this)
  }

  /** Puts the caret into the search field, once it is there. */
  override focus(options?: FocusOptions): void {
    void this.#claimed.then(() => this.#picker?.searchField?.focus(options))
  }

  /** Whether something is written in the search field. */
  get isSearching(): boolean {
    return Boolean(this.#picker?.searchField?.value)
  }

  /** @internal */
  emojiSelected({ native, id }: EmojiMartEmoji): void {
    const detail: EmojiSelectDetail = { emoji: native, name: id }
    this.dispatchEvent(new CustomEvent('im-emoji-select', { detail }))
  }

  /** @internal */
  pickerTaken(): void {
    this.#picker = undefined
    this.pickerState = 'elsewhere'
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed)
    this.#picker?.label(this.locale, this.isRightToLeft)
  }

  protected override render() {
    return html`${this.#renderState()}
      <div class="picker" part="picker" ?hidden=${this.pickerState !== 'ready'}></div>`
  }

  #renderState() {
    switch (this.pickerState) {
      case 'ready':
        return nothing
      case 'loading':
        return html`<div class="state" part="state">
          <im-spinner label=${this.words.loading}></im-spinner>
        </div>`
      case 'failed':
        return html`<div class="state" part="state">
          <span role="alert">${this.words.loadFailed}</span>
          <button class="action" type="button" @click=${this.#claim}>${this.words.tryAgain}</button>
        </div>`
      case 'elsewhere':
        return html`<div class="state" part="state">
          <button
            class="action"
            type="button"
            aria-label=${this.words.emoji}
            @click=${this.#claim}
            @pointerenter=${this.#claim}
          >
            ${smileIcon}
          </button>
        </div>`
    }
  }

  readonly #claim = (): void => {
    this.pickerState = 'loading'
    this.#claimed = this.#show().catch((error: unknown) => {
      this.pickerState = 'failed'
      this.kit.report(error, 'loading the emoji picker')
    })
  }

  async #show(): Promise<void> {
    const picker = await claimPicker(this)
    await this.updateComplete
    if (!picker || !this.isConnected || this.pickerState !== 'loading') return
    picker.label(this.locale, this.isRightToLeft)
    picker.reset()
    this.box.append(picker)
    await picker.ready
    if (picker.getRootNode() !== this.renderRoot) return
    this.#picker = picker
    this.pickerState = 'ready'
    await this.updateComplete
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-emoji-picker': IMEmojiPicker
  }
  interface HTMLElementEventMap {
    'im-emoji-select': CustomEvent<EmojiSelectDetail>
  }
}
