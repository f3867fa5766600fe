import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit'
import type { Words } from '../../src/kit/words.js'
import { whenNeeded } from '../../src/model/when-needed.js'
import type { EmojiSelectDetail, IMEmojiPicker } from '../im-emoji-picker/im-emoji-picker.js'
import { smileIcon } from '../internal/icons.js'
import { anchorPopup } from './anchored-popup.js'

const loadPicker = whenNeeded(() => import('../im-emoji-picker/im-emoji-picker.define.js'))

/**
 * The emoji button, and the picker that opens above the editor: what is written stays in sight. The
 * picker is there while it is open only: a page has one, and whoever opens it has it.
 */
export class EmojiPopup implements ReactiveController {
  #host: ReactiveControllerHost & HTMLElement
  #select: (emoji: string) => void
  #report: (error: unknown, context: string) => void
  #isOpen = false
  #hasFailed = false
  #endPlacing?: () => void

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    select: (emoji: string) => void,
    report: (error: unknown, context: string) => void,
  ) {
    this.#host = host
    this.#select = select
    this.#report = report
    host.addController(this)
  }

  /** A popover that is taken off the page closes without a word. */
  hostDisconnected(): void {
    this.#closed()
  }

  renderButton(words: Words, isDisabled: boolean) {
    return html`<button
      class="icon-button emoji-button"
      part="button emoji-button"
      type="button"
      popovertarget="emoji"
      aria-haspopup="dialog"
      aria-label=${words.emoji}
      title=${words.emoji}
      ?disabled=${isDisabled}
    >
      ${smileIcon}
    </button>`
  }

  renderPopup(words: Words) {
    return html`<div
      id="emoji"
      class="emoji-popup"
      part="emoji-popup"
      popover
      role="dialog"
      aria-label=${words.emoji}
      @toggle=${this.#onToggle}
      @keydown=${{ handleEvent: this.#onKeyDown, capture: true }}
    >
      ${this.#isOpen ? this.#renderPicker(words) : nothing}
    </div>`
  }

  #renderPicker(words: Words) {
    return this.#hasFailed
      ? html`<p class="emoji-failure" role="alert">${words.loadFailed}</p>`
      : html`<im-emoji-picker @im-emoji-select=${this.#onSelect}></im-emoji-picker>`
  }

  readonly #onToggle = async (event: ToggleEvent): Promise<void> => {
    if (event.newState === 'closed') return this.#closed()
    this.#isOpen = true
    this.#hasFailed = false
    this.#host.requestUpdate()
    this.#endPlacing?.()
    this.#endPlacing = anchorPopup(this.#find('.editor')!, this.#popup, this.#report)
    if (!(await this.#isLoaded())) return
    await this.#host.updateComplete
    // A finger would get a keyboard over the emoji.
    if (matchMedia('(hover: hover)').matches) this.#find<IMEmojiPicker>('im-emoji-picker')?.focus()
  }

  /** A picker that can't be loaded now is tried again when the popup opens again. */
  async #isLoaded(): Promise<boolean> {
    try {
      await loadPicker()
    } catch (error) {
      this.#hasFailed = true
      this.#host.requestUpdate()
      this.#report(error, 'loading <im-emoji-picker>')
    }
    return !this.#hasFailed
  }

  readonly #onSelect = ({ detail }: CustomEvent<EmojiSelectDetail>): void => {
    this.#popup.hidePopover()
    this.#select(detail.emoji)
  }

  /** The picker's search field would keep Escape to itself, with nothing left to clear. */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const isSearching = this.#find<IMEmojiPicker>('im-emoji-picker')?.isSearching
    if (event.key !== 'Escape' || event.isComposing || isSearching) return
    event.preventDefault()
    event.stopPropagation()
    this.#popup.hidePopover()
    this.#find('.emoji-button')?.focus()
  }

  #closed(): void {
    this.#endPlacing?.()
    this.#endPlacing = undefined
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#host.requestUpdate()
  }

  get #popup(): HTMLElement {
    return this.#find('.emoji-popup')!
  }

  #find<Found extends HTMLElement>(selector: string): Found | null {
    return this.#host.shadowRoot!.querySelector<Found>(selector)
  }
}
