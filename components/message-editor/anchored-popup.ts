import { whenNeeded } from '../../src/model/when-needed.js'

const load = whenNeeded(() => import('./keep-beside.js'))

/**
 * Keeps an open popup beside an element. What computes its place is loaded with the first popup;
 * if it can't be, the popup stands in the middle of the window. Gives the function that ends it.
 *
 * @param report called if it can't be loaded; the next popup tries again
 */
export function anchorPopup(
  anchor: Element,
  popup: HTMLElement,
  report: (error: unknown, context: string) => void,
): () => void {
  let isEnded = false
  let endPlacing: (() => void) | undefined
  // Not seen where it does not belong, and yet able to take the focus.
  popup.style.opacity = '0'
  void load()
    .then(
      ({ keepBeside }) => {
        Object.assign(popup.style, { inset: '', margin: '' })
        if (!isEnded) endPlacing = keepBeside(anchor, popup)
      },
      (error: unknown) => {
        Object.assign(popup.style, { inset: '0', margin: 'auto' })
        report(error, 'placing a popup')
      },
    )
    .finally(() => (popup.style.opacity = ''))
  return () => {
    isEnded = true
    endPlacing?.()
  }
}
