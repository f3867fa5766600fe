/**
 * Which of a user's tabs tells of a message. The first to claim it does, and none while a tab shows
 * its conversation to somebody. Locks end with their tab, however that ends.
 */
import { attempt, pageStorage } from '../page-storage.js'

/** Tabs hear of a message within moments: the last ones are enough. */
const mostRemembered = 50

export class TabClaims {
  /** Of an app key and user; what starts the names of all locks. */
  readonly #scope: string
  readonly #locks = (globalThis.navigator as Navigator | undefined)?.locks
  #looking: { key: string; end: () => void } | undefined

  constructor(scope: string) {
    this.#scope = scope
  }

  /** This tab shows a conversation to somebody; undefined: none. */
  look(conversationKey: string | undefined): void {
    if (conversationKey === this.#looking?.key) return
    this.#looking?.end()
    this.#looking = undefined
    if (conversationKey === undefined) return
    const looked = new Promise<void>((end) => (this.#looking = { key: conversationKey, end }))
    void this.#locks?.request(this.#lookName(conversationKey), { mode: 'shared' }, () => looked)
  }

  isLookingAt(conversationKey: string): boolean {
    return this.#looking?.key === conversationKey
  }

  /** Whether this tab is to tell of the message. Without Web Locks each tab tells for itself. */
  async claim(conversationKey: string, messageKey: string): Promise<boolean> {
    if (!this.#locks) return !this.isLookingAt(conversationKey)
    const { held = [] } = await this.#locks.query()
    if (held.some(({ name }) => name === this.#lookName(conversationKey))) return false
    return this.#locks.request(`${this.#scope}/told`, () => this.#isFirst(messageKey))
  }

  #isFirst(messageKey: string): boolean {
    const storage = pageStorage()
    const name = `${this.#scope}/told`
    const told = (attempt(() => storage?.getItem(name)) ?? '').split('\n')
    if (told.includes(messageKey)) return false
    const kept = [...told, messageKey].slice(-mostRemembered)
    attempt(() => storage?.setItem(name, kept.join('\n')))
    return true
  }

  #lookName(conversationKey: string): string {
    return `${this.#scope}/looking/${conversationKey}`
  }
}
