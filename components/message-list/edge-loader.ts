import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Pixels before an edge at which what lies beyond is loaded. */
const ahead = 400

export interface Edge {
  /** What stands at the edge, while there is something to load beyond it. */
  mark(): Element | null
  /** Resolves with whether something came. */
  load(): Promise<boolean>
}

/**
 * Loads what lies beyond an edge of a scrolling list when one comes near it: once for each time one
 * does, and again by itself only as long as the list is too short for its room.
 */
export class EdgeLoader implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #scroller: () => Element | null
  readonly #edges: readonly Edge[]
  readonly #watched = new Map<Edge, Element>()
  readonly #busy = new Set<Edge>()
  #observer: IntersectionObserver | undefined

  constructor(
    host: ReactiveControllerHost,
    scroller: () => Element | null,
    edges: readonly Edge[],
  ) {
    this.#host = host
    this.#scroller = scroller
    this.#edges = edges
    host.addController(this)
  }

  hostConnected(): void {
    this.#watch()
  }

  hostUpdated(): void {
    this.#watch()
  }

  hostDisconnected(): void {
    this.#observer?.disconnect()
    this.#observer = undefined
    this.#watched.clear()
  }

  #watch(): void {
    const root = this.#scroller()
    if (this.#observer?.root !== root) this.hostDisconnected()
    if (!root) return
    this.#observer ??= new IntersectionObserver((entries) => this.#onIntersection(entries), {
      root,
      rootMargin: `${ahead}px 0px`,
    })
    for (const edge of this.#edges) this.#watchEdge(edge, this.#observer)
  }

  #watchEdge(edge: Edge, observer: IntersectionObserver): void {
    const mark = edge.mark()
    const watched = this.#watched.get(edge)
    if (mark === (watched ?? null)) return
    if (watched) observer.unobserve(watched)
    this.#watched.delete(edge)
    if (!mark) return
    observer.observe(mark)
    this.#watched.set(edge, mark)
  }

  #onIntersection(entries: readonly IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      const edge = this.#edges.find((edge) => this.#watched.get(edge) === target)
      if (edge && isIntersecting) void this.#load(edge)
    }
  }

  async #load(edge: Edge): Promise<void> {
    if (this.#busy.has(edge)) return
    this.#busy.add(edge)
    const hasCome = await edge.load().finally(() => this.#busy.delete(edge))
    await this.#host.updateComplete
    // Still there after something came: look again. A fresh observation tells the present state.
    const mark = this.#watched.get(edge)
    if (!hasCome || !mark) return
    this.#observer?.unobserve(mark)
    this.#observer?.observe(mark)
  }
}
