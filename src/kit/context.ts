/** How an element finds its kit: from the provider around it, else the page's one `imkit`. */
import { ContextConsumer, createContext } from '@lit/context'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { imkit, type IMKit } from './kit.js'

export const kitContext = createContext<IMKit>(Symbol('imkit'))

export class KitController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement
  readonly #consumer: ContextConsumer<typeof kitContext, ReactiveControllerHost & HTMLElement>

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host
    this.#consumer = new ContextConsumer(host, { context: kitContext, subscribe: true })
    host.addController(this)
  }

  get kit(): IMKit {
    return this.#consumer.value ?? imkit
  }

  /** Moved from below a provider to a place without one. */
  hostConnected(): void {
    this.#host.requestUpdate()
  }

  hostDisconnected(): void {
    this.#consumer.value = undefined
  }
}
