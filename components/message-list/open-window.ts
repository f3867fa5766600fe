import { effect, untracked } from '@preact/signals-core'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { IMKit } from '../../src/kit/kit.js'
import { isSameConversation } from '../../src/model/conversation.js'
import type { MessageWindow, WindowChange } from '../../src/store/message-window.js'
import type { Attention } from '../../src/store/reading.js'
import type { Store } from '../../src/store/store.js'
import { ConversationView } from './conversation-view.js'

export interface OpenWindowOptions {
  kit(): IMKit
  onOpen(window: MessageWindow): void
  /** About to be left: time to remember the place. */
  onLeave(window: MessageWindow): void
  /** Before it is drawn. */
  onChange(change: WindowChange): void
}

/**
 * The messages of the conversation that is open in the store: opened when it is chosen, released
 * when another one is, or the element goes. Looks once for each update of the host.
 */
export class OpenWindow implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element
  readonly #options: OpenWindowOptions
  #kit: IMKit | undefined
  #store: Store | undefined
  #window: MessageWindow | undefined
  #view: ConversationView | undefined
  #attention: Attention = 'away'
  #stopWatching: (() => void) | undefined

  constructor(host: ReactiveControllerHost & Element, options: OpenWindowOptions) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  get window(): MessageWindow | undefined {
    return this.#window
  }

  /** Who is who and what is what in the open conversation. */
  get view(): ConversationView | undefined {
    return this.#view
  }

  hostUpdate(): void {
    // An element that was removed with an update pending still updates.
    if (!this.#host.isConnected) return
    const kit = this.#options.kit()
    const store = kit.store.value
    const isOpen = store !== undefined && store.userId.value !== ''
    const current = isOpen ? store.current.value : undefined
    const isSameStore = !this.#window || (kit === this.#kit && store === this.#store)
    if (isSameStore && isSameConversation(current, this.#window?.conversation)) return
    // What opening reads and writes is not what this update is about.
    untracked(() => {
      this.#leave()
      const { client } = kit
      if (!store || !client || !current) return
      this.#kit = kit
      this.#store = store
      this.#view = new ConversationView(kit, client, store, current)
      this.#open(store.openMessages(current))
    })
  }

  hostDisconnected(): void {
    this.#leave()
  }

  /** Tells the store how the conversation is being looked at; it marks it read by that. */
  attend(attention: Attention): void {
    if (!this.#window || attention === this.#attention) return
    this.#attention = attention
    this.#store?.setAttention(this.#window.conversation, attention)
  }

  #open(window: MessageWindow): void {
    this.#window = window
    this.#options.onOpen(window)
    let isFirst = true
    this.#stopWatching = effect(() => {
      const change = window.lastChange.value
      if (!isFirst) untracked(() => this.#options.onChange(change))
      isFirst = false
    })
  }

  #leave(): void {
    this.#stopWatching?.()
    if (this.#window) {
      this.#options.onLeave(this.#window)
      this.attend('away')
      this.#window.release()
    }
    this.#view?.close()
    this.#attention = 'away'
    this.#window = undefined
    this.#view = undefined
  }
}
