import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Lines a region keeps, so that a burst is read to its end. */
const keptLines = 5

/** The regions in use, by what they stand in, with the number of elements that use them. */
const regions = new Map<Element, { region: HTMLElement; users: number }>()

/**
 * Lets an element say something to screen reader users: `announcer.announce('Bob: hi')`.
 *
 * All elements of a document share one hidden live region; it exists while one of them is on the
 * page. Elements in a `<dialog>` share one within it, since a modal dialog silences all outside.
 */
export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element
  #place: Element | undefined
  /** What it has said and is not taken away yet. */
  readonly #lines = new Set<Element>()

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    const place = enclosingDialog(this.#host) ?? this.#host.ownerDocument.body
    const known = regions.get(place)
    if (known) known.users++
    else regions.set(place, { region: place.appendChild(createRegion(place)), users: 1 })
    this.#place = place
  }

  hostDisconnected(): void {
    this.clear()
    const place = this.#place
    const known = place && regions.get(place)
    this.#place = undefined
    if (!known || --known.users > 0) return
    known.region.remove()
    regions.delete(place)
  }

  /** Has a line read out when the reader is silent. Nothing happens while the host is not on a page. */
  announce(text: string): void {
    const region = this.#place && regions.get(this.#place)?.region
    if (!region || text === '') return
    const line = region.ownerDocument.createElement('p')
    line.textContent = text
    region.append(line)
    while (region.childElementCount > keptLines) region.firstElementChild?.remove()
    for (const said of this.#lines) if (!said.isConnected) this.#lines.delete(said)
    this.#lines.add(line)
  }

  /** Takes away what it has said: it stands in the page for whoever comes next. */
  clear(): void {
    for (const line of this.#lines) line.remove()
    this.#lines.clear()
  }
}

function createRegion(place: Element): HTMLElement {
  const region = place.ownerDocument.createElement('div')
  region.setAttribute('aria-live', 'polite')
  region.setAttribute('aria-relevant', 'additions')
  region.dataset.imAnnouncer = ''
  Object.assign(region.style, {
    position: 'fixed',
    insetBlockStart: '0',
    insetInlineStart: '0',
    inlineSize: '1px',
    blockSize: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
  })
  return region
}

function enclosingDialog(element: Element): Element | undefined {
  const dialog = element.closest('dialog')
  if (dialog) return dialog
  const root = element.getRootNode()
  return root instanceof ShadowRoot ? enclosingDialog(root.host) : undefined
}
