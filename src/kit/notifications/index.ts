/**
 * `imkit/notifications`: tells somebody who is looking elsewhere that a message has come. All of it
 * is off until it is asked for, and the browser's permission is only asked for by
 * `requestPermission()`, which a page calls when its user has pressed a button.
 */
import { effect } from '@preact/signals-core'
import type { IMClient } from '../../core/client.js'
import { ConnectionStatus } from '../../model/connection-status.js'
import {
  conversationIdOf,
  conversationKey,
  ConversationType,
  type ConversationId,
} from '../../model/conversation.js'
import { invalidParameter, notSupported } from '../../model/errors.js'
import { messageKey, type Message } from '../../model/message.js'
import { CoreEvent } from '../core-events.js'
import type { IMKit } from '../kit.js'
import { safeUrl } from '../safe-url.js'
import { endPushes, subscribeToPushes } from './push-subscription.js'
import { PageNotes, WorkerNotes, type ShownNotes } from './shown.js'
import { playSound } from './sound.js'
import { TabClaims } from './tab-claims.js'
import { showTitleBadge } from './title-badge.js'
import { isWorthTelling } from './worth-telling.js'

export interface NotificationOptions {
  /** The system's notifications, once the user has allowed them. */
  desktop?: boolean
  /**
   * The page's service worker, which calls `showPushes` of `imkit/notifications/service-worker`: shows
   * the system's notifications. Browsers on Android show none without.
   */
  serviceWorker?: ServiceWorkerRegistration
  /**
   * The server tells this browser of what comes while no page is open, once the user has allowed
   * notifications, until they log out. Needs `serviceWorker`, and a backend that can `push`.
   */
  push?: boolean
  /** The number of unread messages before the page's title. */
  titleBadge?: boolean
  /** `true`: a short tone; or the address of a sound. */
  sound?: boolean | string
}

export class Notifications {
  readonly #kit: IMKit
  readonly #options: NotificationOptions
  readonly #offs: (() => void)[] = []
  readonly #listening = new AbortController()
  /** On the screen, of the user who is here. */
  #notes: ShownNotes | undefined
  #claims: TabClaims | undefined

  constructor(kit: IMKit, options: NotificationOptions) {
    if (options.push && !options.serviceWorker) {
      throw invalidParameter(
        'Pushes need `serviceWorker`: pass startNotifications() what navigator.serviceWorker.register() gives.',
      )
    }
    this.#kit = kit
    this.#options = options
    this.#offs.push(
      effect(() => this.#follow()),
      kit.on(CoreEvent.MESSAGES, (messages) => {
        for (const message of messages) void this.#tell(message)
      }),
    )
    const { signal } = this.#listening
    for (const name of ['focus', 'blur'] as const) {
      window.addEventListener(name, () => this.#look(), { signal })
    }
    document.addEventListener('visibilitychange', () => this.#look(), { signal })
  }

  /** What the browser says about the system's notifications; without any: `denied`. */
  get permission(): NotificationPermission {
    return 'Notification' in window ? Notification.permission : 'denied'
  }

  /** Asks the user. Browsers want it to be called by a click, and ask once. */
  async requestPermission(): Promise<NotificationPermission> {
    const permission = 'Notification' in window ? await Notification.requestPermission() : 'denied'
    const { client } = this.#kit
    if (client?.isOpen && client.status === ConnectionStatus.CONNECTED) void this.#subscribe(client)
    return permission
  }

  /**
   * Ends all of it: nothing of the page is left on the screen or in the title. The server goes on
   * pushing, as when the page is closed.
   */
  stop(): void {
    this.#listening.abort()
    for (const off of this.#offs.splice(0)) off()
  }

  /** A user comes with tabs of their own and a title of their own. */
  #follow(): (() => void) | void {
    const store = this.#kit.store.value
    const { client } = this.#kit
    const userId = store?.userId.value
    if (!store || !client || !userId) return
    const { serviceWorker, titleBadge } = this.#options
    this.#claims = new TabClaims(`imkit/${client.appkey}/${userId}/notifications`)
    const choose = (conversation: ConversationId) => this.#kit.selectConversation(conversation)
    this.#notes = serviceWorker
      ? new WorkerNotes(serviceWorker, userId, choose)
      : new PageNotes(choose)
    const ends = [
      effect(() => {
        if (store.status.value === ConnectionStatus.CONNECTED) void this.#subscribe(client)
      }),
      effect(() => {
        void store.current.value
        this.#look()
      }),
      ...(titleBadge ? [showTitleBadge(store.totalUnread)] : []),
    ]
    return () => {
      for (const end of ends) end()
      this.#userGone()
    }
  }

  /** A page that has had enough leaves what its service worker shows: that outlives pages. */
  #userGone(): void {
    this.#claims?.look(undefined)
    this.#claims = undefined
    const hasLoggedOut = !this.#listening.signal.aborted
    if (hasLoggedOut) this.#notes?.closeAll()
    this.#notes?.stop()
    this.#notes = undefined
    const { push, serviceWorker } = this.#options
    if (!hasLoggedOut || !push || !serviceWorker) return
    endPushes(serviceWorker).catch((error: unknown) => this.#kit.report(error, 'ending pushes'))
  }

  async #subscribe(client: IMClient): Promise<void> {
    const { push, serviceWorker } = this.#options
    if (!push || !serviceWorker || this.permission !== 'granted') return
    const { userId } = client
    try {
      if (!client.push) throw notSupported('push')
      await subscribeToPushes(serviceWorker, client.push)
      if (!client.isOpen || client.userId !== userId) await endPushes(serviceWorker)
    } catch (error) {
      this.#kit.report(error, 'having the server push')
    }
  }

  /** The conversation somebody has before their eyes: what was said of it is old. */
  #look(): void {
    const current = this.#kit.store.peek()?.current.peek()
    const isSeen = current && document.visibilityState === 'visible' && document.hasFocus()
    const key = isSeen ? conversationKey(current) : undefined
    this.#claims?.look(key)
    if (isSeen) this.#notes?.close(current)
  }

  async #tell(message: Message): Promise<void> {
    const { client } = this.#kit
    const claims = this.#claims
    if (!client?.isOpen || !claims) return
    // Asked at once: who sees it come needs no telling when they turn away the next moment.
    const isSeen = claims.isLookingAt(conversationKey(message))
    try {
      const { notificationLevel } = await client.conversations.get(conversationIdOf(message))
      if (!isWorthTelling(message, notificationLevel, client.userId)) return
      const isOurs = await claims.claim(conversationKey(message), messageKey(message))
      // Meanwhile the user may have left, or the page may have had enough.
      if (!isOurs || isSeen || this.#claims !== claims) return
      const { sound, desktop } = this.#options
      await Promise.all([
        sound && playSound(typeof sound === 'string' ? sound : undefined),
        desktop && this.#show(message),
      ])
    } catch (error) {
      this.#kit.report(error, 'notifying of a message')
    }
  }

  async #show(message: Message): Promise<void> {
    if (this.permission !== 'granted') return
    const kit = this.#kit
    const id = conversationIdOf(message)
    const notes = this.#notes
    const { name, portraitUri } = await kit.getConversationProfile(id)
    if (notes !== this.#notes) return
    const icon = safeUrl(portraitUri)
    const line = kit.digest(message)
    const isPrivate = id.conversationType === ConversationType.PRIVATE
    const sender = kit.people.member(id, message.senderUserId).peek().name
    await notes?.show(id, {
      title: name,
      body: isPrivate ? line : `${sender}: ${line}`,
      silent: Boolean(this.#options.sound),
      ...(icon && { icon }),
    })
  }
}

/**
 * Starts to tell; `stop()` of what it gives ends it. Before or after `init` and `connect`.
 * @throws IMError 33003 for `push` without `serviceWorker`
 */
export function startNotifications(kit: IMKit, options: NotificationOptions): Notifications {
  return new Notifications(kit, options)
}
