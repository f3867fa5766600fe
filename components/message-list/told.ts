import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { Announcer } from '../internal/announcer.js'

/** Milliseconds for which a line is on screen. */
const shownFor = 4000

/** One line for the user, on screen for a moment and read out. */
export class Told implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element
  readonly #announcer: Announcer
  #text = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost & Element, announcer: Announcer) {
    this.#host = host
    this.#announcer = announcer
    host.addController(this)
  }

  get text(): string {
    return this.#text
  }

  hostDisconnected(): void {
    this.#show('')
  }

  tell(text: string): void {
    this.#show(text)
    this.#announcer.announce(text)
    this.#timer = setTimeout(() => this.#show(''), shownFor)
  }

  #show(text: string): void {
    clearTimeout(this.#timer)
    this.#text = text
    this.#host.requestUpdate()
  }
}
