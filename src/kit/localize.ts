/** The words of a kit for an element, which draws again when the language changes. */
import { effect } from '@preact/signals-core'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { KitController } from './context.js'
import type { Words } from './words.js'

export class WordsController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement
  readonly #kit: KitController
  #stop: (() => void) | undefined

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host
    this.#kit = new KitController(host)
    host.addController(this)
  }

  get words(): Words {
    return this.#kit.kit.words.value
  }

  /** The language as `Intl` takes it: `zh-CN`, `en`. */
  get lang(): string {
    return this.words.locale
  }

  get dir(): 'ltr' | 'rtl' {
    return this.words.direction
  }

  /** Before each update: the host may have been moved below another kit. */
  hostUpdate(): void {
    this.#stop?.()
    this.#stop = undefined
    if (!this.#host.isConnected) return
    const drawn = this.words
    this.#stop = effect(() => {
      if (this.words !== drawn) this.#host.requestUpdate()
    })
  }

  hostDisconnected(): void {
    this.#stop?.()
    this.#stop = undefined
  }
}
