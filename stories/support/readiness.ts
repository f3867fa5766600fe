/** When a story shows what it is to show: `data-story-ready` of the document then has its id. */

/** Frames without a change after which a page counts as being at rest. */
const restful = 4

/** Milliseconds. */
const patience = 10_000

/** The first element that a selector fits, in whatever shadow root, as soon as there is one. */
export async function shown(selector: string): Promise<HTMLElement> {
  const deadline = performance.now() + patience
  for (;;) {
    const found = allElements(document.body).find((element) => element.matches(selector))
    if (found) return found as HTMLElement
    if (performance.now() > deadline) throw new Error(`The story does not show ${selector}.`)
    await nextFrame()
  }
}

/**
 * @param expected selectors of what has to be there, in whatever shadow root
 * @throws when it has not come within ten seconds
 */
export async function untilShown(expected: readonly string[]): Promise<void> {
  const deadline = performance.now() + patience
  for (const selector of expected) await shown(selector)
  for (let calm = 0, before = ''; calm < restful;) {
    await nextFrame()
    const now = picture()
    calm = now === before ? calm + 1 : 0
    before = now
    if (performance.now() > deadline) throw new Error('The story does not come to rest.')
  }
}

/** Something that is different when the page is. */
function picture(): string {
  const elements = allElements(document.body)
  const loading = elements.filter((it) => it instanceof HTMLImageElement && !it.complete)
  const words = elements.map(({ shadowRoot }) => shadowRoot?.textContent?.length ?? 0)
  return [elements.length, loading.length, ...words].join()
}

/** In the order of the document, with those in shadow roots. */
export function allElements(root: ParentNode): Element[] {
  return Array.from(root.querySelectorAll('*')).flatMap((element) =>
    element.shadowRoot ? [element, ...allElements(element.shadowRoot)] : [element],
  )
}

function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve))
}
