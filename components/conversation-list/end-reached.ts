import type { ReactiveController, ReactiveControllerHost } from 'lit'

export interface EndReachedOptions {
  /** What stands at the end of the list; none while there is nothing more. */
  sentinel(): Element | null
  /** The box that scrolls. */
  scroller(): Element | null
  /** Called when the end is near, again after each update as long as it is. */
  onReached(): void
}

/** How far from the end is near, in pixels: about a screen, so that nobody sees the end. */
const margin = 600

/** Tells when a list has been scrolled near its end. */
export class EndReached implements ReactiveController {
  readonly #options: EndReachedOptions
  #observer: IntersectionObserver | undefined
  #scroller: Element | null = null

  constructor(host: ReactiveControllerHost, options: EndReachedOptions) {
    this.#options = options
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#observer?.disconnect()
    this.#observer = undefined
  }

  /** Observing anew makes the observer tell where the end stands, also when it never left the view. */
  hostUpdated(): void {
    this.#observer?.disconnect()
    const sentinel = this.#options.sentinel()
    if (sentinel) this.#observerOf(this.#options.scroller()).observe(sentinel)
  }

  #observerOf(scroller: Element | null): IntersectionObserver {
    if (!this.#observer || this.#scroller !== scroller) {
      this.#scroller = scroller
      this.#observer = new IntersectionObserver(
        (entries) => {
          if (entries.at(-1)?.isIntersecting) this.#options.onReached()
        },
        { root: scroller, rootMargin: `${margin}px` },
      )
    }
    return this.#observer
  }
}
