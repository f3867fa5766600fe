import type { MessageRow } from './message-row.js'

/**
 * Gives the buttons beside a bubble to the row the pointer is on and to the one with the focus. Each
 * row with buttons of its own would be half as much again to draw, for what is hardly ever seen.
 */
export class RowTools {
  #hovered: MessageRow | undefined
  #focused: MessageRow | undefined

  readonly onPointerOver = (event: PointerEvent): void => {
    // A finger hovers over nothing; it has its long press.
    if (event.pointerType === 'touch') return
    const before = this.#hovered
    this.#hovered = rowOf(event)
    this.#update(before, this.#hovered)
  }

  readonly onFocusIn = (event: FocusEvent): void => {
    const before = this.#focused
    this.#focused = rowOf(event)
    this.#update(before, this.#focused)
  }

  #update(...rows: (MessageRow | undefined)[]): void {
    for (const row of rows) {
      if (row) row.hasTools = row === this.#hovered || row === this.#focused
    }
  }
}

function rowOf(event: Event): MessageRow | undefined {
  const target = event.target as Element
  return target.closest<MessageRow>('im-message-row') ?? undefined
}
