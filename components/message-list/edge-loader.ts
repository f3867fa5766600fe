import type { ReactiveControllerHost } from 'lit'

export interface Edge {
  /** Pixels of what is listed between the screen and the edge; undefined: nothing lies beyond it. */
  distance(): number | undefined
  /** Resolves with whether something came. */
  load(): Promise<boolean>
}

/**
 * Loads what lies beyond an edge of a scrolling list when one comes near it: once for each time one
 * does, and again by itself only as long as one is still near it.
 */
export class EdgeLoader {
  readonly #host: ReactiveControllerHost
  readonly #edges: readonly Edge[]
  readonly #busy = new Set<Edge>()
  /** Nothing came: not asked again before the reader has been away from there. */
  readonly #empty = new Set<Edge>()

  constructor(host: ReactiveControllerHost, edges: readonly Edge[]) {
    this.#host = host
    this.#edges = edges
  }

  /** To be called whenever the reader or the list has moved. @param ahead pixels that count as near */
  look(ahead: number): void {
    for (const edge of this.#edges) {
      const distance = edge.distance()
      if (distance === undefined || distance > ahead) this.#empty.delete(edge)
      else if (!this.#busy.has(edge) && !this.#empty.has(edge)) void this.#load(edge, ahead)
    }
  }

  async #load(edge: Edge, ahead: number): Promise<void> {
    this.#busy.add(edge)
    const hasCome = await edge.load().finally(() => this.#busy.delete(edge))
    if (!hasCome) this.#empty.add(edge)
    await this.#host.updateComplete
    if (hasCome) this.look(ahead)
  }
}
