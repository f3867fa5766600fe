/** Lets an element draw signals: what it reads while it updates is what makes it update again. */
import { effect } from '@preact/signals-core'
import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** The step of an element's update that is watched; protected in Lit's types. */
interface Updating {
  readonly isUpdatePending: boolean
  performUpdate(): void
}

export class SignalWatcher implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement
  #stop: (() => void) | undefined
  #mayHaveMissed = false

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host
    this.#watchUpdates(host as unknown as Updating)
    host.addController(this)
  }

  hostConnected(): void {
    if (this.#mayHaveMissed) this.#host.requestUpdate()
    this.#mayHaveMissed = false
  }

  hostDisconnected(): void {
    this.#mayHaveMissed = true
    this.#stop?.()
    this.#stop = undefined
  }

  /** The first run of the effect is the update itself; a later one only asks for another update. */
  #watchUpdates(host: Updating): void {
    const performUpdate = host.performUpdate
    host.performUpdate = () => {
      // Done ahead of its time already: what that one read is still to be followed.
      if (!host.isUpdatePending) return
      this.#stop?.()
      let isUpdate = true
      this.#stop = effect(() => {
        if (isUpdate) performUpdate.call(host)
        else this.#host.requestUpdate()
        isUpdate = false
      })
      // An element that was removed with an update pending still updates.
      if (!this.#host.isConnected) this.hostDisconnected()
    }
  }
}
