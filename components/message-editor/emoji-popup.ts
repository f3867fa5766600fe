import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit'
import type { Words } from '../../src/kit/words.js'
import type { EmojiSelectDetail, IMEmojiPicker } from '../im-emoji-picker/im-emoji-picker.js'
import { smileIcon } from '../internal/icons.js'
import { keepBeside } from './anchored-popup.js'

/**
 * The emoji button, and the picker that opens above the editor: what is written stays in sight. The
 * picker is there while it is open only: a page has one, and whoever opens it has it.
 */
export class EmojiPopup implements ReactiveController {
  #host: ReactiveControllerHost & HTMLElement
  #select: (emoji: string) => void
  #isOpen = false
  #endPlacing?: () => void

  constructor(host: ReactiveControllerHost & HTMLElement, select: (emoji: string) => void) {
    this.#host = host
    this.#select = select
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
      ${
        this.#isOpen
          ? html`<im-emoji-picker @im-emoji-select=${this.#onSelect}></im-emoji-picker>`
          : nothing
      }
    </div>`
  }

  readonly #onToggle = async (event: ToggleEvent): Promise<void> => {
    if (event.newState === 'closed') return this.#closed()
    this.#isOpen = true
    this.#host.requestUpdate()
    this.#endPlacing?.()
    this.#endPlacing = keepBeside(this.#find('.editor')!, this.#popup)
    await this.#host.updateComplete
    // A finger would get a keyboard over the emoji.
    if (matchMedia('(hover: hover)').matches) this.#find<IMEmojiPicker>('im-emoji-picker')?.focus()
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
