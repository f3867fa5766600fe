/** Who is online, for who shows it: somebody is followed for as long as anybody reads their signal. */
import { batch, signal, type ReadonlySignal, type Signal } from '@preact/signals-core'
import type { IMClient } from '../core/client.js'
import { ConnectionStatus } from '../model/connection-status.js'

interface Shown {
  isOnline: Signal<boolean>
  isRead: boolean
  /** Ends the following. */
  end: (() => void) | undefined
}

export class PresenceSignals {
  readonly #client: IMClient
  readonly #shown = new Map<string, Shown>()
  readonly #offs: (() => void)[]

  constructor(client: IMClient) {
    this.#client = client
    const { events } = client
    this.#offs = [
      events.on('opened', () => this.#followAll()),
      events.on('closed', () => this.#endAll()),
      events.on('presence', ({ states }) => this.#update(states.map(({ userId }) => userId))),
      events.on('status', ({ status }) => {
        if (status !== ConnectionStatus.CONNECTED) this.#update(this.#shown.keys())
      }),
    ]
  }

  /** false also while nobody knows. */
  of(userId: string): ReadonlySignal<boolean> {
    const known = this.#shown.get(userId)
    if (known) return known.isOnline
    const shown: Shown = {
      isOnline: signal(false, {
        watched: () => this.#follow(userId, shown),
        unwatched: () => this.#unfollow(shown),
      }),
      isRead: false,
      end: undefined,
    }
    this.#shown.set(userId, shown)
    return shown.isOnline
  }

  dispose(): void {
    for (const off of this.#offs) off()
    this.#endAll()
  }

  #follow(userId: string, shown: Shown): void {
    shown.isRead = true
    if (!this.#client.isOpen) return
    const { presence } = this.#client
    shown.end ??= presence.follow(userId)
    // Somebody else may follow them already: then it is no news to come.
    const isOnline = presence.isOnline(userId)
    if (isOnline !== undefined) shown.isOnline.value = isOnline
  }

  #unfollow(shown: Shown): void {
    shown.isRead = false
    shown.end?.()
    shown.end = undefined
  }

  #followAll(): void {
    for (const [userId, shown] of this.#shown) if (shown.isRead) this.#follow(userId, shown)
  }

  #endAll(): void {
    batch(() => {
      for (const shown of this.#shown.values()) {
        shown.end?.()
        shown.end = undefined
        shown.isOnline.value = false
      }
    })
  }

  #update(userIds: Iterable<string>): void {
    if (!this.#client.isOpen) return
    const { presence } = this.#client
    batch(() => {
      for (const userId of userIds) {
        const shown = this.#shown.get(userId)
        if (shown) shown.isOnline.value = presence.isOnline(userId) === true
      }
    })
  }
}
