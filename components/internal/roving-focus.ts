import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Where a key leads. */
export type Motion = 'first' | 'last' | 'next' | 'previous' | 'page-next' | 'page-previous'

export interface RovingFocusOptions {
  /** The items, in the order of the screen. Each carries its key in `data-key`. */
  items(): readonly HTMLElement[]
  /** Which arrows move: up and down, left and right, or all four. Default: `vertical`. */
  orientation?: 'vertical' | 'horizontal' | 'both'
  /** From the last to the first and back. */
  isWrapping?: boolean
  /** The item that the Tab key finds when nobody has moved yet; else the first. */
  initialKey?(): string | undefined
  /**
   * For a list that draws only some of its items: scrolls to where a motion leads, draws the item,
   * and gives its key; nothing, if there is none. With it PageUp and PageDown move too. Lists with
   * it do not wrap.
   * @param fromKey the item that has the focus
   */
  reach?(
    motion: Motion,
    fromKey: string | undefined,
  ): string | undefined | Promise<string | undefined>
}

/**
 * One tab stop for a list of items, and arrows, Home and End to move within it.
 *
 * Follows an item by its key through sorting and redrawing. When the focused item goes, the one that
 * takes its place gets the focus, so that a keyboard user never falls out of the list.
 */
export class RovingFocus implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement
  readonly #options: RovingFocusOptions
  #key: string | undefined
  #index = 0
  /** The focus is in the list, or was there until its item was removed. */
  #hasFocus = false
  /** Motions that wait for items to be drawn, one after the other. */
  #reaching: Promise<void> | undefined

  constructor(host: ReactiveControllerHost & HTMLElement, options: RovingFocusOptions) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  /** The key of the item the Tab key finds. */
  get key(): string | undefined {
    return this.#key
  }

  hostDisconnected(): void {
    this.#hasFocus = false
  }

  /** An item that was removed or moved by the update has lost the focus. */
  hostUpdated(): void {
    const items = this.#options.items()
    const wanted = this.#key ?? this.#options.initialKey?.()
    const found = items.findIndex((item) => keyOf(item) === wanted)
    const isGone = found < 0 && this.#key !== undefined
    const index = found >= 0 ? found : isGone ? Math.min(this.#index, items.length - 1) : 0
    this.#stopAt(items, index)
    if (!this.#hasFocus || this.#focusedOf(items)) return
    const item = items[index]
    if (item) item.focus({ preventScroll: true })
    else this.#hasFocus = false
  }

  /** To be called for `focusin` on the list: the stop follows a click. */
  readonly onFocusIn = (event: FocusEvent): void => {
    this.#hasFocus = true
    const items = this.#options.items()
    const index = items.findIndex((item) => event.composedPath().includes(item))
    const item = items[index]
    if (!item) return
    this.#key = keyOf(item)
    this.#stopAt(items, index)
  }

  /**
   * To be called for `focusout` on the list. Whether the focus has left, or its item was removed by
   * the update that is going on, shows when that is over. Some browsers tell nothing of a removal.
   */
  readonly onFocusOut = (): void => {
    queueMicrotask(() => {
      this.#hasFocus = this.#focusedOf(this.#options.items()) !== undefined
    })
  }

  /** To be called for `keydown` on the list. True: the key moved the focus. */
  readonly onKeyDown = (event: KeyboardEvent): boolean => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false
    const items = this.#options.items()
    const motion = this.#motion(event.key)
    if (!motion || items.length === 0) return false
    if (this.#options.reach) {
      event.preventDefault()
      this.#reach(motion)
      return true
    }
    const item = items[this.#target(motion, items.length)]
    if (!item) return false
    event.preventDefault()
    this.#focus(item)
    return true
  }

  /** Focuses an item by its key; without one, that which the Tab key finds. */
  focus(key?: string): void {
    const items = this.#options.items()
    const item = key === undefined ? items[this.#index] : items.find((it) => keyOf(it) === key)
    if (item) this.#focus(item)
  }

  #focusedOf(items: readonly HTMLElement[]): HTMLElement | undefined {
    const focused = this.#host.shadowRoot?.activeElement ?? null
    return focused ? items.find((item) => item.contains(focused)) : undefined
  }

  #focus(item: HTMLElement): void {
    const items = this.#options.items()
    this.#key = keyOf(item)
    this.#stopAt(items, items.indexOf(item))
    // Not to the middle of the screen, as focus() by itself scrolls.
    item.focus({ preventScroll: true })
    item.scrollIntoView({ block: 'nearest' })
  }

  #stopAt(items: readonly HTMLElement[], index: number): void {
    this.#index = Math.max(0, index)
    items.forEach((item, place) => {
      const tabIndex = place === this.#index ? 0 : -1
      if (item.getAttribute('tabindex') !== String(tabIndex)) item.tabIndex = tabIndex
    })
    if (this.#key !== undefined) this.#key = items[this.#index] && keyOf(items[this.#index]!)
  }

  /** Keys that are pressed while an item is on its way go on from there. */
  #reach(motion: Motion): void {
    const reaching = this.#reaching ? this.#reaching.then(() => this.#go(motion)) : this.#go(motion)
    this.#reaching = reaching
    void reaching?.then(() => {
      if (this.#reaching === reaching) this.#reaching = undefined
    })
  }

  /** At once if the item is there already. */
  #go(motion: Motion): Promise<void> | undefined {
    const reached = this.#options.reach?.(motion, this.#key ?? this.#keyAt(this.#index))
    if (typeof reached === 'string' && this.#itemOf(reached)) {
      this.focus(reached)
      return undefined
    }
    return this.#focusWhenDrawn(reached)
  }

  async #focusWhenDrawn(reached: string | undefined | Promise<string | undefined>): Promise<void> {
    const key = await reached
    await this.#host.updateComplete
    // The focus may have left the list meanwhile.
    if (key !== undefined && this.#hasFocus) this.focus(key)
  }

  #itemOf(key: string): HTMLElement | undefined {
    return this.#options.items().find((item) => keyOf(item) === key)
  }

  #keyAt(index: number): string | undefined {
    const item = this.#options.items()[index]
    return item && keyOf(item)
  }

  #motion(key: string): Motion | undefined {
    const { orientation = 'vertical', reach } = this.#options
    const isRightToLeft = getComputedStyle(this.#host).direction === 'rtl'
    const forward = isRightToLeft ? 'ArrowLeft' : 'ArrowRight'
    const backward = isRightToLeft ? 'ArrowRight' : 'ArrowLeft'
    const isVertical = orientation !== 'horizontal'
    const isHorizontal = orientation !== 'vertical'
    if ((isVertical && key === 'ArrowDown') || (isHorizontal && key === forward)) return 'next'
    if ((isVertical && key === 'ArrowUp') || (isHorizontal && key === backward)) return 'previous'
    if (key === 'Home') return 'first'
    if (key === 'End') return 'last'
    if (reach && key === 'PageDown') return 'page-next'
    if (reach && key === 'PageUp') return 'page-previous'
    return undefined
  }

  #target(motion: Motion, count: number): number {
    if (motion === 'first') return 0
    if (motion === 'last') return count - 1
    const next = this.#index + (motion === 'next' ? 1 : -1)
    if (this.#options.isWrapping) return (next + count) % count
    return Math.min(Math.max(next, 0), count - 1)
  }
}

function keyOf(item: HTMLElement): string | undefined {
  return item.dataset.key
}
