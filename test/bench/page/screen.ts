/** Reads off the screen what a contender shows, by asking what is at some point of it. */
import type { Contender } from './contender.js'

/** Pixels between two points that are looked at. */
const step = 20

/** The row that covers a point of the list's height, if one does. */
export function rowAt(contender: Contender, y: number): Element | undefined {
  const { left, width } = contender.scroller().getBoundingClientRect()
  const found = contender.root().elementFromPoint(left + width / 2, y)
  return found?.closest(contender.row) ?? undefined
}

/** The number of a row's message; undefined for a picture, and for a row that is not drawn yet. */
export function serialOf(row: Element | undefined): number | undefined {
  const match = /#(\d+)/.exec(row?.textContent ?? '')
  return match ? Number(match[1]) : undefined
}

/** Whether the message is the last thing that can be seen. */
export function isLastOnScreen(contender: Contender, serial: number): boolean {
  const { bottom, top } = contender.scroller().getBoundingClientRect()
  for (let y = bottom - 2; y > Math.max(top, bottom - 6 * step); y -= step / 4) {
    const row = rowAt(contender, y)
    if (row) return serialOf(row) === serial
  }
  return false
}

/** The row nearest to the middle of the list. */
export function rowInMiddle(contender: Contender): Element | undefined {
  const { top, height } = contender.scroller().getBoundingClientRect()
  for (let away = 0; away < height / 2; away += step) {
    const row =
      rowAt(contender, top + height / 2 + away) ?? rowAt(contender, top + height / 2 - away)
    if (serialOf(row) !== undefined) return row
  }
  return undefined
}

/** Between 0 and 1: how much of the list's height shows nothing. */
export function blankShare(contender: Contender): number {
  const { left, width, top, height } = contender.scroller().getBoundingClientRect()
  const covering = contender.line ? `${contender.row}, ${contender.line}` : contender.row
  let blank = 0
  for (let y = top + 1; y < top + height;) {
    const found = contender
      .root()
      .elementFromPoint(left + width / 2, y)
      ?.closest(covering)
    const end = found?.textContent?.trim() ? found.getBoundingClientRect().bottom + 1 : 0
    if (end <= y) blank += step
    y = Math.max(y + step, end)
  }
  return Math.min(1, blank / height)
}

/** Pixels of content below what can be seen. */
export function belowScreen(contender: Contender): number {
  const { scrollHeight, scrollTop, clientHeight } = contender.scroller()
  return scrollHeight - scrollTop - clientHeight
}

/** Elements of the document, with those of all shadow roots. */
export function countElements(root: Document | ShadowRoot = document): number {
  const elements = root.querySelectorAll('*')
  let count = elements.length
  for (const { shadowRoot } of elements) if (shadowRoot) count += countElements(shadowRoot)
  return count
}

/**
 * Where this frame draws an element. Only an observer knows: what is asked for before the frame's
 * layout, or after the frame, may be something that is put right before anybody sees it.
 */
export function drawnBox(element: Element): Promise<DOMRectReadOnly> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(([entry]) => {
      observer.disconnect()
      resolve(entry!.boundingClientRect)
    })
    observer.observe(element)
  })
}
