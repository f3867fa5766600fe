/**
 * `imkit/notifications/service-worker`, for the page's service worker: shows what the server pushes
 * while no page is open, and opens the conversation somebody clicks on. Knows nothing of the kit,
 * whose code it does not load.
 */
import type { ConversationId } from '../../model/conversation.js'
import { dataOf, readAs, tagOf, type NotificationData, type Ready } from './worker-messages.js'

/** What the server says of a message; who is who it does not know. */
export interface Push extends ConversationId {
  senderUserId: string
  /** Conversations besides this one in which there is something new. */
  more: number
  /** The first words, if the server is told to send them. */
  text?: string
}

export interface PushOptions {
  /**
   * What is shown of one. Without it, and if it fails: "New message" in the browser's language, and
   * the first words.
   */
  note?(push: Push): PushNote | Promise<PushNote>
  /** What a click opens when no page of the worker is open. By default the worker's scope. */
  page?: string
}

export interface PushNote extends NotificationOptions {
  title: string
}

/** What of a worker's `self` is used. */
export interface WorkerScope {
  addEventListener(type: 'push', listener: (event: PushEvent) => void): void
  addEventListener(type: 'notificationclick', listener: (event: ClickEvent) => void): void
  addEventListener(type: 'message', listener: (event: MessageFromPage) => void): void
  readonly registration: ServiceWorkerRegistration
  readonly clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Page[]>
    openWindow(url: string): Promise<unknown>
  }
}

interface Page {
  readonly visibilityState?: DocumentVisibilityState
  focus(): Promise<unknown>
  postMessage(message: unknown): void
}

interface PushEvent {
  readonly data: { json(): unknown } | null
  waitUntil(work: Promise<unknown>): void
}

interface ClickEvent {
  readonly notification: Notification
  waitUntil(work: Promise<unknown>): void
}

interface MessageFromPage {
  readonly data: unknown
  readonly source: Page | null
}

/** To be called once, when the worker starts: `showPushes(self)`. Other pushes are left alone. */
export function showPushes(worker: WorkerScope, options: PushOptions = {}): void {
  /** What a page was opened for that cannot open conversations yet. */
  let wanted: NotificationData | undefined

  const show = async (push: Push) => {
    const { title, ...note } = await noteOf(push, options)
    const ours = { tag: tagOf(push), data: dataOf(push) }
    await worker.registration.showNotification(title, { ...note, ...ours })
  }

  const open = async (data: NotificationData) => {
    const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
    const page = pages.find(({ visibilityState }) => visibilityState === 'visible') ?? pages[0]
    if (page) {
      page.postMessage({ ...data.imkit, imkit: 'chosen' })
      await page.focus()
      return
    }
    wanted = data
    await worker.clients.openWindow(options.page ?? worker.registration.scope)
  }

  worker.addEventListener('push', (event: PushEvent) => {
    const push = readPush(event.data)
    if (push) event.waitUntil(show(push))
  })
  worker.addEventListener('notificationclick', (event: ClickEvent) => {
    const data = event.notification.data as NotificationData | undefined
    if (!data?.imkit) return
    event.notification.close()
    event.waitUntil(open(data))
  })
  worker.addEventListener('message', ({ data, source }: MessageFromPage) => {
    if (!wanted || !source || !readAs<Ready>('ready', data)) return
    source.postMessage({ ...wanted.imkit, imkit: 'chosen' })
    wanted = undefined
  })
}

async function noteOf(push: Push, { note }: PushOptions): Promise<PushNote> {
  try {
    if (note) return await note(push)
  } catch (error) {
    // A push that shows nothing makes the browser show something of its own.
    console.error('imkit: the note for a push', error)
  }
  const isChinese = navigator.language.startsWith('zh')
  return { title: isChinese ? '新消息' : 'New message', body: push.text ?? '' }
}

/** undefined: it is not of imkit's companion. */
function readPush(data: PushEvent['data']): Push | undefined {
  try {
    const push = data?.json() as Partial<Push> | undefined
    const isOurs = typeof push?.conversationType === 'number' && typeof push.targetId === 'string'
    return isOurs ? (push as Push) : undefined
  } catch {
    return undefined
  }
}
