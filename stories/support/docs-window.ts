/**
 * For what covers the page it is on: in the documentation its story stands in a window of its own.
 * @param height of that window, in pixels
 */
export function inAWindow(height: number) {
  return { docs: { story: { inline: false, height: `${height}px` } } }
}
