/** What a story does on the page once it is drawn. */
import { shown } from './readiness.js'

/** Opens the context menu of the first element that a selector fits. */
export async function openMenuOf(selector: string): Promise<void> {
  const element = await shown(selector)
  const { x, y, width, height } = element.getBoundingClientRect()
  element.dispatchEvent(
    new MouseEvent('contextmenu', {
      bubbles: true,
      cancelable: true,
      composed: true,
      button: 2,
      clientX: x + width / 3,
      clientY: y + height / 2,
    }),
  )
}
