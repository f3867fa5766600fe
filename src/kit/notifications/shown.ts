/** The system's notifications of a page: one for a conversation, the newest. */
import { conversationKey, type ConversationId } from '../../model/conversation.js'
import { ErrorCode, IMError } from '../../model/errors.js'
import { dataOf, isOurTag, readAs, tagOf, type Chosen } from './worker-messages.js'

export interface Note extends NotificationOptions {
  title: string
}

export interface ShownNotes {
  show(conversation: ConversationId, note: Note): Promise<void>
  /** There is none of this conversation any more. */
  close(conversation: ConversationId): void
  closeAll(): void
  /** Nothing is told of clicks any more. */
  stop(): void
}

/** Somebody has clicked on one. */
type Choose = (conversation: ConversationId) => void

/** Those that the page shows by itself, which live and end with it. */
export class PageNotes implements ShownNotes {
  readonly #choose: Choose
  readonly #shown = new Map<string, Notification>()

  constructor(choose: Choose) {
    this.#choose = choose
  }

  async show(conversation: ConversationId, { title, ...options }: Note): Promise<void> {
    const key = conversationKey(conversation)
    const notification = notificationOf(title, { ...options, tag: tagOf(conversation) })
    this.#shown.set(key, notification)
    notification.onclose = () => {
      if (this.#shown.get(key) === notification) this.#shown.delete(key)
    }
    notification.onclick = () => {
      window.focus()
      this.#choose(conversation)
      notification.close()
    }
  }

  close(conversation: ConversationId): void {
    const key = conversationKey(conversation)
    this.#shown.get(key)?.close()
    this.#shown.delete(key)
  }

  closeAll(): void {
    for (const notification of this.#shown.values()) notification.close()
    this.#shown.clear()
  }

  stop(): void {
    this.closeAll()
  }
}

/** @throws IMError 35004 where only service workers can, as on Android */
function notificationOf(title: string, options: NotificationOptions): Notification {
  try {
    return new Notification(title, options)
  } catch (error) {
    throw new IMError(
      ErrorCode.NOT_SUPPORT,
      'This browser shows notifications of service workers alone: pass `serviceWorker` to startNotifications().',
      error,
    )
  }
}

/** Those that the page's service worker shows, the server's pushes among them. */
export class WorkerNotes implements ShownNotes {
  readonly #worker: ServiceWorkerRegistration
  readonly #choose: Choose
  readonly #userId: string
  readonly #listening = new AbortController()

  constructor(worker: ServiceWorkerRegistration, userId: string, choose: Choose) {
    this.#worker = worker
    this.#userId = userId
    this.#choose = choose
    const { serviceWorker } = navigator
    const { signal } = this.#listening
    serviceWorker.addEventListener('message', ({ data }) => this.#hear(data), { signal })
    serviceWorker.startMessages()
    worker.active?.postMessage({ imkit: 'ready' })
  }

  async show(conversation: ConversationId, { title, ...options }: Note): Promise<void> {
    const data = dataOf(conversation, this.#userId)
    await this.#worker.showNotification(title, { ...options, tag: tagOf(conversation), data })
  }

  close(conversation: ConversationId): void {
    const tag = tagOf(conversation)
    void this.#closeThose((it) => it.tag === tag)
  }

  closeAll(): void {
    void this.#closeThose(({ tag }) => isOurTag(tag))
  }

  stop(): void {
    this.#listening.abort()
  }

  async #closeThose(isMeant: (notification: Notification) => boolean): Promise<void> {
    for (const notification of await this.#worker.getNotifications()) {
      if (isMeant(notification)) notification.close()
    }
  }

  #hear(data: unknown): void {
    const chosen = readAs<Chosen>('chosen', data)
    if (!chosen) return
    const isOurs = chosen.userId === undefined || chosen.userId === this.#userId
    if (isOurs) this.#choose(chosen.conversation)
  }
}
