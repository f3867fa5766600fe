/**
 * `imkit/notifications`: tells somebody who is looking elsewhere that a message has come. All of it
 * is off until it is asked for, and the browser's permission is only asked for by
 * `requestPermission()`, which a page calls when its user has pressed a button.
 */
import { effect } from '@preact/signals-core'
import { conversationIdOf, conversationKey, ConversationType } from '../../model/conversation.js'
import { messageKey, type Message } from '../../model/message.js'
import { CoreEvent } from '../core-events.js'
import type { IMKit } from '../kit.js'
import { safeUrl } from '../safe-url.js'
import { playSound } from './sound.js'
import { TabClaims } from './tab-claims.js'
import { showTitleBadge } from './title-badge.js'
import { isWorthTelling } from './worth-telling.js'

export interface NotificationOptions {
  /** The system's notifications, once the user has allowed them. */
  desktop?: boolean
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
  /** On the screen, by conversation. */
  readonly #shown = new Map<string, Notification>()
  #claims: TabClaims | undefined

  constructor(kit: IMKit, options: NotificationOptions) {
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
    return 'Notification' in window ? Notification.requestPermission() : 'denied'
  }

  /** Ends all of it: nothing is left on the screen or in the title. */
  stop(): void {
    for (const off of this.#offs.splice(0)) off()
    this.#listening.abort()
    this.#userGone()
  }

  /** A user comes with tabs of their own and a title of their own. */
  #follow(): (() => void) | void {
    const store = this.#kit.store.value
    const { client } = this.#kit
    const userId = store?.userId.value
    if (!store || !client || !userId) return
    this.#claims = new TabClaims(`imkit/${client.appkey}/${userId}/notifications`)
    const ends = [
      effect(() => {
        void store.current.value
        this.#look()
      }),
      ...(this.#options.titleBadge ? [showTitleBadge(store.totalUnread)] : []),
    ]
    return () => {
      for (const end of ends) end()
      this.#userGone()
    }
  }

  #userGone(): void {
    this.#claims?.look(undefined)
    this.#claims = undefined
    for (const notification of this.#shown.values()) notification.close()
    this.#shown.clear()
  }

  /** The conversation somebody has before their eyes: what was said of it is old. */
  #look(): void {
    const current = this.#kit.store.peek()?.current.peek()
    const isSeen = current && document.visibilityState === 'visible' && document.hasFocus()
    const key = isSeen ? conversationKey(current) : undefined
    this.#claims?.look(key)
    if (key === undefined) return
    this.#shown.get(key)?.close()
    this.#shown.delete(key)
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
    const key = conversationKey(id)
    const { name, portraitUri } = await kit.getConversationProfile(id)
    if (!this.#claims) return
    const icon = safeUrl(portraitUri)
    const line = kit.digest(message)
    const isPrivate = id.conversationType === ConversationType.PRIVATE
    const sender = kit.people.member(id, message.senderUserId).peek().name
    // A newer one takes the place of the older: one for a conversation is enough.
    const notification = new Notification(name, {
      body: isPrivate ? line : `${sender}: ${line}`,
      tag: `imkit/${key}`,
      silent: Boolean(this.#options.sound),
      ...(icon && { icon }),
    })
    this.#shown.set(key, notification)
    notification.onclose = () => {
      if (this.#shown.get(key) === notification) this.#shown.delete(key)
    }
    notification.onclick = () => {
      window.focus()
      kit.selectConversation(id)
      notification.close()
    }
  }
}

/** Starts to tell; `stop()` of what it gives ends it. Before or after `init` and `connect`. */
export function startNotifications(kit: IMKit, options: NotificationOptions): Notifications {
  return new Notifications(kit, options)
}
