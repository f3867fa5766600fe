import { autoUpdate, computePosition, flip, offset, shift, size } from '@floating-ui/dom'

/** Between a popup and what it belongs to, and between it and the edges of the window; CSS pixels. */
const gap = 6
const margin = 8

/**
 * Keeps a popup above an element, or below it where there is more room, at the side where lines
 * start; never larger than the window. Gives the function that ends it.
 */
export function keepBeside(anchor: Element, popup: HTMLElement): () => void {
  const place = async () => {
    const { x, y } = await computePosition(anchor, popup, {
      strategy: 'fixed',
      placement: 'top-start',
      middleware: [
        offset(gap),
        flip({ padding: margin }),
        shift({ padding: margin }),
        size({
          padding: margin,
          apply: ({ availableHeight }) => {
            popup.style.maxBlockSize = `${Math.max(0, availableHeight)}px`
          },
        }),
      ],
    })
    Object.assign(popup.style, { left: `${x}px`, top: `${y}px` })
  }
  return autoUpdate(anchor, popup, () => void place())
}
