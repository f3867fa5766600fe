import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { WordsController } from '../../src/kit/localize.js'
import { baseStyles } from '../internal/base.styles.js'
import { closeIcon } from '../internal/icons.js'
import { dialogStyles } from './im-dialog.styles.js'

/**
 * A modal dialog. The platform's own: it keeps the focus inside, Escape closes it, and the focus
 * goes back where it was.
 *
 * @slot - what it is about
 * @slot footer - buttons
 * @fires {CustomEvent} im-dialog-close - the user closed it, or `open` became false. Does not bubble.
 * @csspart dialog - the box
 * @csspart header - title and close button
 * @csspart title - the title
 * @csspart close - the close button
 * @csspart body - what scrolls
 * @csspart footer - the row of buttons
 * @cssprop [--im-dialog-width=26em] - width, where the window has room
 */
export class IMDialog extends LitElement {
  static override styles = [baseStyles, dialogStyles]

  /** Title, written and read out. */
  @property() label = ''

  /** Shown. Becomes false when the user closes it. */
  @property({ type: Boolean, reflect: true }) open = false

  @state() private hasFooter = false
  /** There is more in the body than fits: it has to be reached by keyboard to be scrolled. */
  @state() private isScrolling = false
  @query('dialog') private readonly dialog!: HTMLDialogElement
  @query('.body') private readonly body!: HTMLElement
  @query('.content') private readonly content!: HTMLElement

  readonly #words = new WordsController(this)
  readonly #sizes = new ResizeObserver(() => {
    this.isScrolling = this.body.scrollHeight > this.body.clientHeight
  })

  /** Shows it again after it was moved on the page. */
  override connectedCallback(): void {
    super.connectedCallback()
    if (!this.hasUpdated) return
    this.#sync()
    this.#watchSizes()
  }

  /** The platform takes a removed dialog from the screen and leaves it marked as open. */
  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#sizes.disconnect()
    if (this.hasUpdated) this.dialog.close()
  }

  protected override firstUpdated(): void {
    this.#watchSizes()
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('open')) this.#sync()
  }

  protected override render() {
    return html`<dialog
      part="dialog"
      aria-label=${this.label || nothing}
      @close=${this.#onClose}
      @click=${this.#onClick}
    >
      <div class="header" part="header">
        <h2 class="title" part="title" dir="auto">${this.label}</h2>
        <button
          class="icon-button"
          part="close"
          type="button"
          aria-label=${this.#words.words.close}
          @click=${() => this.dialog.close()}
        >
          ${closeIcon}
        </button>
      </div>
      <div
        class="body"
        part="body"
        role=${this.isScrolling ? 'group' : nothing}
        aria-label=${this.isScrolling && this.label ? this.label : nothing}
        tabindex=${this.isScrolling ? '0' : nothing}
      >
        <div class="content"><slot></slot></div>
      </div>
      <div class="footer" part="footer" ?data-filled=${this.hasFooter}>
        <slot name="footer" @slotchange=${this.#onFooterChange}></slot>
      </div>
    </dialog>`
  }

  #watchSizes(): void {
    this.#sizes.observe(this.body)
    this.#sizes.observe(this.content)
  }

  #sync(): void {
    if (this.open && !this.dialog.open && this.isConnected) this.dialog.showModal()
    else if (!this.open && this.dialog.open) this.dialog.close()
  }

  /** Comes a little later: by then it may have been opened again, or taken from the page. */
  readonly #onClose = (): void => {
    if (this.dialog.open || !this.isConnected) return
    this.open = false
    this.dispatchEvent(new CustomEvent('im-dialog-close'))
  }

  /** The backdrop belongs to the dialog: a click on it hits the dialog outside its box. */
  readonly #onClick = (event: MouseEvent): void => {
    if (event.target !== this.dialog) return
    const { left, right, top, bottom } = this.dialog.getBoundingClientRect()
    const { clientX: x, clientY: y } = event
    if (x < left || x > right || y < top || y > bottom) this.dialog.close()
  }

  readonly #onFooterChange = (event: Event): void => {
    this.hasFooter = (event.target as HTMLSlotElement).assignedElements().length > 0
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-dialog': IMDialog
  }
  interface HTMLElementEventMap {
    'im-dialog-close': CustomEvent
  }
}
