/**
 * From the addresses that stand in messages to addresses a page can load: `https:` as it is, a
 * backend's own scheme as `blob:`. Asked for once each, and again when a lost connection is back.
 */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals-core'
import type { IMClient } from '../../src/core/client.js'
import { safeUrl } from '../../src/kit/safe-url.js'
import { ConnectionStatus } from '../../src/model/connection-status.js'

export interface FileAddress {
  state: 'loading' | 'ready' | 'failed'
  /** Loadable and safe; there when `ready`. */
  url?: string
}

const known = new WeakMap<IMClient, FileAddresses>()

export class FileAddresses {
  readonly #client: IMClient
  readonly #addresses = new Map<string, Signal<FileAddress>>()

  /** The one of a client, shared by all elements. */
  static of(client: IMClient): FileAddresses {
    let addresses = known.get(client)
    if (!addresses) known.set(client, (addresses = new FileAddresses(client)))
    return addresses
  }

  private constructor(client: IMClient) {
    this.#client = client
    client.events.on('closed', () => this.#addresses.clear())
    client.events.on('status', ({ status }) => {
      if (status === ConnectionStatus.CONNECTED) this.#retryFailed()
    })
  }

  /** What is known now; asks if nothing is. */
  read(uri: string): ReadonlySignal<FileAddress> {
    return this.#address(uri)
  }

  /** Resolves with a loadable address, or undefined when there is none. Never rejects. */
  async load(uri: string): Promise<string | undefined> {
    const address = this.#address(uri)
    if (address.peek().state === 'failed') await this.#ask(uri, address)
    else if (address.peek().state === 'loading') await settled(address)
    return address.peek().url
  }

  /** Asks again for one that failed. */
  retry(uri: string): void {
    const address = this.#addresses.get(uri)
    if (address?.peek().state === 'failed') void this.#ask(uri, address)
  }

  #address(uri: string): Signal<FileAddress> {
    let address = this.#addresses.get(uri)
    if (!address) {
      const url = safeUrl(uri)
      address = signal<FileAddress>(url ? { state: 'ready', url } : { state: 'loading' })
      this.#addresses.set(uri, address)
      if (!url) void this.#ask(uri, address)
    }
    return address
  }

  async #ask(uri: string, address: Signal<FileAddress>): Promise<void> {
    address.value = { state: 'loading' }
    let url: string | undefined
    try {
      url = safeUrl(await this.#client.fileUrl(uri))
    } catch {
      // No connection, or no such file: told by the state, and tried again with the connection.
      url = undefined
    }
    address.value = url ? { state: 'ready', url } : { state: 'failed' }
  }

  #retryFailed(): void {
    for (const [uri, address] of this.#addresses) {
      if (address.peek().state === 'failed') void this.#ask(uri, address)
    }
  }
}

function settled(address: ReadonlySignal<FileAddress>): Promise<void> {
  return new Promise((resolve) => {
    const end = address.subscribe(({ state }) => {
      if (state === 'loading') return
      resolve()
      // The first call comes before there is anything to end.
      queueMicrotask(() => end())
    })
  })
}
