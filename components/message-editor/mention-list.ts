import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { EVERYONE } from '../../src/kit/send-content.js'
import { groupIcon } from '../internal/icons.js'
import { anchorPopup } from './anchored-popup.js'
import type { MentionChoice } from './mention-choices.js'
import { mentionQuery, type MentionText, type TextRange } from './mention-text.js'

export interface MentionListOptions {
  /** Who can be mentioned with this query, in order. Read while drawing: may read signals. */
  choices(query: string): readonly MentionChoice[]
  /** What the list stands beside. */
  anchor(): Element | null
  choose(choice: MentionChoice, range: TextRange): void
  report(error: unknown, context: string): void
}

/**
 * The list of members that opens while an `@…` is being written. The focus stays in the text field,
 * which points at the current option; so the list is drawn into the same shadow root.
 */
export class MentionList implements ReactiveController {
  static readonly listId = 'mentions'

  #host: ReactiveControllerHost & HTMLElement
  #options: MentionListOptions
  #range?: TextRange
  #query = ''
  #choices: readonly MentionChoice[] = []
  #active = 0
  /** Where the `@` stands whose list was closed with Escape. */
  #dismissed?: number
  #endPlacing?: () => void

  constructor(host: ReactiveControllerHost & HTMLElement, options: MentionListOptions) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  hostUpdated(): void {
    const popup = this.#popup
    const anchor = this.#options.anchor()
    if (!popup || !anchor) return
    if (this.isOpen && !this.#endPlacing) {
      popup.showPopover()
      this.#endPlacing = anchorPopup(anchor, popup, this.#options.report)
    } else if (!this.isOpen) this.#hide()
    popup.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }

  hostDisconnected(): void {
    this.close()
    this.#hide()
  }

  get isOpen(): boolean {
    return this.#range !== undefined && this.#choices.length > 0
  }

  /** The id of the current option's element. */
  get activeId(): string | undefined {
    return this.isOpen ? optionId(this.#active) : undefined
  }

  /** Opens, narrows or closes the list by what stands before the caret. */
  follow(value: MentionText, caret: number): void {
    const found = mentionQuery(value, caret)
    if (found?.start !== this.#dismissed) this.#dismissed = undefined
    const isWanted = found && found.start !== this.#dismissed
    if (isWanted && (!this.#range || found.query !== this.#query)) this.#active = 0
    this.#range = isWanted ? { start: found.start, end: caret } : undefined
    this.#query = found?.query ?? ''
    this.#host.requestUpdate()
  }

  close(): void {
    this.#range = undefined
    this.#host.requestUpdate()
  }

  /** To be called for `keydown` on the field, but not for keys of an input method. True: it was the list's. */
  onKeyDown(event: KeyboardEvent): boolean {
    if (!this.isOpen || event.ctrlKey || event.metaKey || event.altKey) return false
    switch (event.key) {
      case 'ArrowDown':
        this.#move(1)
        break
      case 'ArrowUp':
        this.#move(-1)
        break
      case 'Enter':
      case 'Tab':
        if (event.shiftKey) return false
        this.#choose(this.#choices[this.#active])
        break
      case 'Escape':
        this.#dismissed = this.#range?.start
        this.close()
        break
      default:
        return false
    }
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  /** @param label what the list is, read out */
  render(label: string) {
    this.#choices = this.#range ? this.#options.choices(this.#query) : []
    this.#active = Math.min(this.#active, Math.max(0, this.#choices.length - 1))
    return html`<div class="mention-popup" part="mention-list" popover="manual">
      <div
        id=${MentionList.listId}
        class="mentions"
        role="listbox"
        aria-label=${label}
        @mousedown=${keepFocus}
      >
        ${repeat(this.#choices, ({ id }) => id, this.#renderChoice)}
      </div>
    </div>`
  }

  readonly #renderChoice = (choice: MentionChoice, index: number) =>
    html`<div
      id=${optionId(index)}
      class="mention-option"
      part="mention-option"
      role="option"
      aria-selected=${index === this.#active}
      @click=${() => this.#choose(choice)}
      @pointermove=${() => this.#point(index)}
    >
      ${
        choice.id === EVERYONE
          ? html`<span class="mention-everyone">${groupIcon}</span>`
          : html`<im-avatar
              src=${choice.portraitUri || nothing}
              name=${choice.name}
              seed=${choice.id}
            ></im-avatar>`
      }
      <span class="mention-name" dir="auto">${choice.name}</span>
      ${
        this.#isNamesake(choice)
          ? html`<span class="mention-id" dir="auto">${choice.id}</span>`
          : nothing
      }
    </div>`

  /** Somebody else in the list has the same name: only the id tells them apart. */
  #isNamesake({ id, name }: MentionChoice): boolean {
    return this.#choices.some((other) => other.name === name && other.id !== id)
  }

  #choose(choice: MentionChoice | undefined): void {
    const range = this.#range
    this.close()
    if (choice && range) this.#options.choose(choice, range)
  }

  #move(step: 1 | -1): void {
    const count = this.#choices.length
    this.#active = (this.#active + step + count) % count
    this.#host.requestUpdate()
  }

  #point(index: number): void {
    if (index === this.#active) return
    this.#active = index
    this.#host.requestUpdate()
  }

  #hide(): void {
    this.#endPlacing?.()
    this.#endPlacing = undefined
    const popup = this.#popup
    if (popup?.matches(':popover-open')) popup.hidePopover()
  }

  get #popup(): HTMLElement | null {
    return this.#host.shadowRoot!.querySelector('.mention-popup')
  }
}

function optionId(index: number): string {
  return `mention-${index}`
}

/** A press on the list must not take the focus from the text field. */
function keepFocus(event: Event): void {
  event.preventDefault()
}
