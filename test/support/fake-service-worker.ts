/**
 * A service worker with its registration and a browser's push service, for what the browser of the
 * tests has not: notifications. Its messages to pages come to this one as those of a real one do.
 */
import type { WorkerScope } from '../../src/kit/notifications/service-worker.js'

interface ShownNote extends NotificationOptions {
  title: string
  isClosed: boolean
}

export class FakeServiceWorker extends EventTarget {
  /** All that were shown, in order. */
  readonly shown: ShownNote[] = []
  /** Pages that are open. */
  pages = [{ visibilityState: 'visible' as const, isFocused: false }]
  /** Addresses of pages that were opened. */
  readonly opened: string[] = []
  /** The browser's subscription, and keys it was made with. */
  subscription: { endpoint: string; key: string } | undefined
  #count = 0

  /** What a page has. */
  get registration(): ServiceWorkerRegistration {
    return {
      scope: 'https://shop.example/',
      active: { postMessage: (data: unknown) => this.#fromPage(data) },
      showNotification: async (title: string, options: NotificationOptions = {}) => {
        for (const note of this.shown) note.isClosed ||= note.tag === options.tag
        this.shown.push({ title, ...options, isClosed: false })
      },
      getNotifications: async () => this.#onScreen.map((note) => this.#notification(note)),
      pushManager: {
        getSubscription: async () => this.#subscription ?? null,
        subscribe: async ({ applicationServerKey }: PushSubscriptionOptionsInit) => {
          const key = String.fromCharCode(...(applicationServerKey as Uint8Array))
          this.subscription = { endpoint: `https://push.example/${++this.#count}`, key }
          return this.#subscription
        },
      },
    } as unknown as ServiceWorkerRegistration
  }

  /** What the worker's own code has as `self`. */
  get scope(): WorkerScope {
    return {
      addEventListener: (type: string, listener: (event: never) => void) =>
        this.addEventListener(type, listener as EventListener),
      registration: this.registration,
      clients: {
        matchAll: async () =>
          this.pages.map((page) => ({
            ...page,
            focus: async () => (page.isFocused = true),
            postMessage: toPage,
          })),
        openWindow: async (url) => this.opened.push(url),
      },
    }
  }

  get texts(): string[] {
    return this.#onScreen.map(({ title, body }) => `${title}: ${body}`)
  }

  /** As the browser's push service does. */
  async push(text: string): Promise<void> {
    await this.#tell('push', { data: { json: () => JSON.parse(text) as unknown } })
  }

  async clickOn(title: string): Promise<void> {
    const note = this.#onScreen.find((it) => it.title === title)!
    await this.#tell('notificationclick', { notification: this.#notification(note) })
  }

  get #onScreen(): ShownNote[] {
    return this.shown.filter(({ isClosed }) => !isClosed)
  }

  get #subscription(): PushSubscription | undefined {
    const { subscription } = this
    if (!subscription) return undefined
    const { endpoint, key } = subscription
    const bytes = Uint8Array.from(key, (character) => character.charCodeAt(0))
    return {
      endpoint,
      options: { applicationServerKey: bytes.buffer },
      toJSON: () => ({ endpoint, keys: { p256dh: 'a public key', auth: 'a secret' } }),
      unsubscribe: async () => ((this.subscription = undefined), true),
    } as unknown as PushSubscription
  }

  #notification(note: ShownNote): Notification {
    return { ...note, close: () => (note.isClosed = true) } as unknown as Notification
  }

  #fromPage(data: unknown): void {
    this.dispatchEvent(
      Object.assign(new Event('message'), { data, source: { postMessage: toPage } }),
    )
  }

  async #tell(type: string, parts: object): Promise<void> {
    const work: Promise<unknown>[] = []
    const waitUntil = (it: Promise<unknown>) => work.push(it)
    this.dispatchEvent(Object.assign(new Event(type), parts, { waitUntil }))
    await Promise.all(work)
  }
}

function toPage(data: unknown): void {
  navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data }))
}
