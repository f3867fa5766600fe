import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Message } from '../../src/model/message.js'
import { messageKey } from '../../src/model/message.js'
import type { IMMenu, MenuAnchor, MenuItem } from '../im-menu/im-menu.js'
import { MenuOpening } from '../im-menu/menu-opening.js'

export interface MessageMenuOptions {
  menu(): IMMenu | null
  /** The message as it is now; undefined: it has gone. */
  messageOf(key: string): Message | undefined
  itemsFor(message: Message): MenuItem[]
  /** Milliseconds until the items change by themselves; 0 or less: they don't. */
  changesIn(message: Message): number
  /** Holds the list still while the menu is open, which scrolling closes. Gives what ends that. */
  standStill(): () => void
  report(error: unknown, context: string): void
}

/**
 * Keeps the open menu of a message true: items go when the message changes, when it goes, and when
 * the time for them is up.
 */
export class MessageMenu implements ReactiveController {
  readonly #options: MessageMenuOptions
  readonly #opening: MenuOpening
  #key: string | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #goOn: (() => void) | undefined

  constructor(host: ReactiveControllerHost & HTMLElement, options: MessageMenuOptions) {
    this.#options = options
    this.#opening = new MenuOpening(host, (error, context) => options.report(error, context))
    host.addController(this)
  }

  hostUpdated(): void {
    if (this.#key !== undefined) this.#refresh()
  }

  hostDisconnected(): void {
    this.closed()
  }

  show(message: Message, anchor: MenuAnchor): void {
    void this.#opening.begin({ open: () => this.#open(message, anchor) })
  }

  /** To be called for `im-menu-close`. */
  closed(): void {
    this.#key = undefined
    clearTimeout(this.#timer)
    this.#goOn?.()
    this.#goOn = undefined
  }

  #open(message: Message, anchor: MenuAnchor): void {
    const menu = this.#options.menu()
    if (!menu) return
    this.#key = messageKey(message)
    // Those of another message may read the same.
    menu.items = []
    this.#refresh()
    if (menu.items.length === 0) return this.closed()
    this.#goOn ??= this.#options.standStill()
    void menu.show(anchor)
  }

  #refresh(): void {
    const menu = this.#options.menu()
    const message = this.#key === undefined ? undefined : this.#options.messageOf(this.#key)
    if (!menu) return
    if (!message) return menu.hide()
    const items = this.#options.itemsFor(message)
    if (!isSame(items, menu.items)) menu.items = items
    clearTimeout(this.#timer)
    const wait = this.#options.changesIn(message)
    if (wait > 0) this.#timer = setTimeout(() => this.#refresh(), wait)
  }
}

/** An open menu that is drawn again loses the focus for nothing. */
function isSame(some: readonly MenuItem[], others: readonly MenuItem[]): boolean {
  const line = ({ id, label }: MenuItem) => `${id} ${label}`
  return some.length === others.length && some.every((item, at) => line(item) === line(others[at]!))
}
