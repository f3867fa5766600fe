/** When a story shows what it is to show: `data-story-ready` of the document then has its id. */

/** Frames without a change after which a page counts as being at rest. */
const restful = 4

/** Milliseconds a story may take to get where it is to be. */
const patience = 10_000

/** Waits for what a story cannot be told of, frame by frame. @throws when it does not come */
export async function until<Value>(
  what: string,
  check: () => Value | undefined | Promise<Value | undefined>,
): Promise<Value> {
  const deadline = performance.now() + patience
  for (;;) {
    const value = await check()
    if (value) return value
    if (performance.now() > deadline) throw new Error(`The story waits in vain: ${what}.`)
    await nextFrame()
  }
}

/** The first element that a selector fits, in whatever shadow root, as soon as there is one. */
export function shown(selector: string): Promise<HTMLElement> {
  return until(
    `there is no ${selector}`,
    () => allElements(document.body).find((element) => element.matches(selector)) as HTMLElement,
  )
}

/**
 * @param expected selectors of what has to be there, in whatever shadow root
 * @throws when it has not come within ten seconds
 */
export async function untilShown(expected: readonly string[]): Promise<void> {
  for (const selector of expected) await shown(selector)
  let calm = 0
  let before = ''
  await until('it does not come to rest', () => {
    const now = picture()
    calm = now === before ? calm + 1 : 0
    before = now
    return calm === restful
  })
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
