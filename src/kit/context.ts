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

  hostConnected(): void {
    // Moved from below a provider to a place without one.
    this.#host.requestUpdate()
    this.#waitForProvider()
  }

  hostDisconnected(): void {
    this.#consumer.value = undefined
  }

  /** The page may define the provider after the elements inside it: then it hears nothing yet. */
  #waitForProvider(): void {
    const provider = undefinedProvider(this.#host)
    if (!provider) return
    void customElements.whenDefined(provider.localName).then(() => {
      if (this.#host.isConnected) this.#consumer.hostConnected()
    })
  }
}

function undefinedProvider(element: Element): Element | null {
  const provider = element.closest('im-provider:not(:defined)')
  if (provider) return provider
  const root = element.getRootNode()
  return root instanceof ShadowRoot ? undefinedProvider(root.host) : null
}
