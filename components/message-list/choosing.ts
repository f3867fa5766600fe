/** Choosing several messages, to forward or delete them together. */
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { messageKey, type Message } from '../../src/model/message.js'

export class Choosing implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #keys: ReadonlySet<string> | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostDisconnected(): void {
    this.end()
  }

  get isOn(): boolean {
    return this.#keys !== undefined
  }

  get count(): number {
    return this.#keys?.size ?? 0
  }

  has(key: string): boolean {
    return this.#keys?.has(key) ?? false
  }

  /** Of the messages, those that are chosen, in their order. */
  chosenOf(messages: readonly Message[]): Message[] {
    return messages.filter((message) => this.has(messageKey(message)))
  }

  begin(message: Message): void {
    this.#set(new Set([messageKey(message)]))
  }

  toggle(message: Message): void {
    if (!this.#keys) return
    const keys = new Set(this.#keys)
    const key = messageKey(message)
    if (!keys.delete(key)) keys.add(key)
    this.#set(keys)
  }

  end(): void {
    if (this.#keys) this.#set(undefined)
  }

  #set(keys: ReadonlySet<string> | undefined): void {
    this.#keys = keys
    this.#host.requestUpdate()
  }
}
