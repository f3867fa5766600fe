import { computePosition, flip, offset, shift } from '@floating-ui/dom'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { baseStyles } from '../internal/base.styles.js'
import { RovingFocus } from '../internal/roving-focus.js'
import { menuStyles } from './im-menu.styles.js'

/** One line of a menu. */
export interface MenuItem {
  /** Unlike all others of the menu. */
  id: string
  label: string
  icon?: TemplateResult
  /** It destroys something: shown in red. */
  isDanger?: boolean
  isDisabled?: boolean
  /** A line is drawn above it. */
  isSeparated?: boolean
  /** Shown alone, in a row above the lines; the label is read out. */
  symbol?: string
  /** Of a symbol: it is chosen already, and choosing it takes it back. */
  isChecked?: boolean
  /** Called once the menu is closed and the focus is back where it was. */
  select(): void
}

/** Where a menu opens: at a point of the window, in CSS pixels, or beside an element. */
export type MenuAnchor = { x: number; y: number } | Element

/** Between the menu and the edges of the window, in CSS pixels. */
const margin = 8

/**
 * A menu that opens over the page. `show(anchor)` opens it; a choice, Escape, Tab, a press outside,
 * scrolling what it was opened on and resizing close it, and the focus goes back to where it was.
 *
 * @fires {CustomEvent<{ id: string | undefined }>} im-menu-close - it is closed; the id of the
 *   chosen item, if one was. Does not bubble.
 * @csspart menu - the box
 * @csspart symbols - the row of symbols above the lines
 * @csspart symbol - one of them
 * @csspart item - one line
 * @csspart separator - the line between two groups
 */
export class IMMenu extends LitElement {
  static override styles = [baseStyles, menuStyles]

  /** May change while the menu is open; it closes when nothing is left. */
  @property({ attribute: false }) items: readonly MenuItem[] = []

  /** What the menu is for, read out. */
  @property() label = ''

  @state() private isOpen = false
  @query('.menu') private readonly menu!: HTMLElement

  readonly #roving = new RovingFocus(this, {
    items: () => Array.from(this.renderRoot.querySelectorAll<HTMLElement>('.item')),
    isWrapping: true,
  })
  #anchor: MenuAnchor = { x: 0, y: 0 }
  #focusBefore: HTMLElement | undefined
  #listening: AbortController | undefined
  #typed = { text: '', time: 0 }

  /** Whether it is on the screen. */
  get open(): boolean {
    return this.isOpen
  }

  /** Opens the menu, or moves the open one. Resolves when it stands where it belongs. */
  async show(anchor: MenuAnchor): Promise<void> {
    if (!this.isConnected || this.items.length === 0) return
    this.#anchor = anchor
    if (!this.isOpen) {
      this.#focusBefore = focusedElement(this.ownerDocument)
      this.isOpen = true
    }
    await this.updateComplete
    if (!this.isOpen) return
    this.#listen()
    this.menu.showPopover()
    await this.#place()
    if (this.isOpen) this.#roving.focus((this.#lines[0] ?? this.items[0])?.id)
  }

  /** Closes the menu without a choice. */
  hide(): void {
    this.#close(undefined)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#close(undefined)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('items') && this.items.length === 0) this.hide()
  }

  protected override updated(changed: PropertyValues<this>): void {
    // Grown at the edge of the window, it would reach over it.
    if (changed.has('items') && this.menu.matches(':popover-open')) void this.#place()
  }

  protected override render() {
    return html`<div
      class="menu"
      part="menu"
      popover="manual"
      role="menu"
      aria-label=${this.label || nothing}
      @keydown=${this.#onKeyDown}
      @focusin=${this.#roving.onFocusIn}
      @focusout=${this.#roving.onFocusOut}
      @contextmenu=${(event: Event) => event.preventDefault()}
    >
      ${this.isOpen ? [this.#renderSymbols(), this.#renderLines()] : nothing}
    </div>`
  }

  get #symbols(): MenuItem[] {
    return this.items.filter(({ symbol }) => symbol)
  }

  get #lines(): MenuItem[] {
    return this.items.filter(({ symbol }) => !symbol)
  }

  #renderSymbols() {
    const symbols = this.#symbols
    if (!symbols.length) return nothing
    return html`<div class="symbols" part="symbols" role="group">
      ${repeat(
        symbols,
        ({ id }) => id,
        (item) =>
          html`<button
            class="item symbol"
            part="symbol"
            type="button"
            role="menuitemcheckbox"
            aria-checked=${item.isChecked === true}
            aria-label=${item.label}
            title=${item.label}
            data-key=${item.id}
            @click=${() => this.#choose(item)}
          >
            <span aria-hidden="true">${item.symbol}</span>
          </button>`,
      )}
    </div>`
  }

  #renderLines() {
    return repeat(this.#lines, ({ id }) => id, this.#renderItem)
  }

  readonly #renderItem = (item: MenuItem) =>
    html`${
        item.isSeparated
          ? html`<div class="separator" part="separator" role="separator"></div>`
          : nothing
      }
      <button
        class="item"
        part="item"
        type="button"
        role="menuitem"
        data-key=${item.id}
        ?data-danger=${item.isDanger}
        aria-disabled=${item.isDisabled ? 'true' : nothing}
        @click=${() => this.#choose(item)}
      >
        ${item.icon ?? nothing}<span dir="auto">${item.label}</span>
      </button>`

  #choose(item: MenuItem): void {
    if (item.isDisabled) return
    this.#close(item.id)
    item.select()
  }

  #close(id: string | undefined): void {
    if (!this.isOpen) return
    this.#listening?.abort()
    const hadFocus = this.shadowRoot?.activeElement !== null
    if (this.menu.matches(':popover-open')) this.menu.hidePopover()
    this.isOpen = false
    if (hadFocus && this.#focusBefore?.isConnected) this.#focusBefore.focus({ preventScroll: true })
    this.#focusBefore = undefined
    this.dispatchEvent(new CustomEvent('im-menu-close', { detail: { id } }))
  }

  async #place(): Promise<void> {
    const anchor = this.#anchor
    const isElement = anchor instanceof Element
    const { x, y } = await computePosition(isElement ? anchor : pointReference(anchor), this.menu, {
      strategy: 'fixed',
      placement: 'bottom-start',
      middleware: [
        offset(isElement ? 4 : 0),
        flip({ padding: margin }),
        shift({ padding: margin }),
      ],
    })
    Object.assign(this.menu.style, { left: `${x}px`, top: `${y}px` })
  }

  #listen(): void {
    this.#listening?.abort()
    this.#listening = new AbortController()
    const { signal } = this.#listening
    const options = { signal, capture: true, passive: true }
    const isInside = (event: Event) => event.composedPath().includes(this.menu)
    const hideUnlessInside = (event: Event) => {
      if (!isInside(event)) this.hide()
    }
    addEventListener('pointerdown', hideUnlessInside, options)
    const spot = this.#anchor instanceof Element ? this.#anchor : elementAt(this.#anchor)
    const around = allAround(spot)
    const stood = spot?.getBoundingClientRect()
    const hideIfMoved = ({ target }: Event) => {
      if (!target || !around.includes(target)) return
      // What was scrolled just before the menu opened is told of only now.
      const stands = spot?.getBoundingClientRect()
      if (stands?.x !== stood?.x || stands?.y !== stood?.y) this.hide()
    }
    addEventListener('scroll', hideIfMoved, options)
    addEventListener('resize', () => this.hide(), options)
    addEventListener('blur', (event) => event.target === window && this.hide(), options)
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    // What is open on the menu's behalf must not act on the page's shortcuts.
    event.stopPropagation()
    if (this.#roving.onKeyDown(event)) return
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      this.#goAlongSymbols(event)
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault()
      this.hide()
    } else if (event.key.length === 1 && event.key !== ' ') {
      this.#findTyped(event)
    }
  }

  /** Symbols stand side by side: there one goes left and right too, and round at the ends. */
  #goAlongSymbols(event: KeyboardEvent): void {
    const symbols = this.#symbols
    const at = symbols.findIndex(({ id }) => id === this.#roving.key)
    if (at < 0) return
    event.preventDefault()
    const isRtl = getComputedStyle(this.menu).direction === 'rtl'
    const step = (event.key === 'ArrowRight') === isRtl ? -1 : 1
    this.#roving.focus(symbols.at((at + step) % symbols.length)!.id)
  }

  /** Typing goes to the next item that starts with what was typed; a pause of a second starts anew. */
  #findTyped(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const isNew = event.timeStamp - this.#typed.time > 1000
    const text = (isNew ? '' : this.#typed.text) + event.key.toLocaleLowerCase()
    this.#typed = { text, time: event.timeStamp }
    const start = this.items.findIndex(({ id }) => id === this.#roving.key)
    // The same letter again goes on to the next one.
    const from = text.length === 1 ? start + 1 : start
    const inOrder = [...this.items.slice(from), ...this.items.slice(0, from)]
    const found = inOrder.find(({ label }) => label.toLocaleLowerCase().startsWith(text))
    if (found) this.#roving.focus(found.id)
  }
}

function pointReference({ x, y }: { x: number; y: number }) {
  return { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) }
}

/** An element and all that it lies in: when one of them scrolls, the element moves. */
function allAround(element: Element | null): EventTarget[] {
  const around: EventTarget[] = [document]
  let node: Node | null = element
  while (node) {
    around.push(node)
    const slot: Node | null = node instanceof Element ? node.assignedSlot : null
    node = slot ?? (node instanceof ShadowRoot ? node.host : node.parentNode)
  }
  return around
}

/** The innermost element at a point of the window, inside shadow roots too. */
function elementAt({ x, y }: { x: number; y: number }): Element | null {
  let element = document.elementFromPoint(x, y)
  for (;;) {
    const inner: Element | null = element?.shadowRoot?.elementFromPoint(x, y) ?? null
    if (!inner || inner === element) return element
    element = inner
  }
}

/** The element that has the focus, inside shadow roots too. */
function focusedElement(document: Document): HTMLElement | undefined {
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  return element instanceof HTMLElement && element !== document.body ? element : undefined
}

declare global {
  interface HTMLElementTagNameMap {
    'im-menu': IMMenu
  }
  interface HTMLElementEventMap {
    'im-menu-close': CustomEvent<{ id: string | undefined }>
  }
}
