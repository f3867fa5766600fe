import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { whenNeeded } from '../../src/model/when-needed.js'

const loadMenu = whenNeeded(() => import('./im-menu.define.js'))

/** What comes before a menu is asked for: by then its code may be on its way. */
const hints = ['pointerover', 'focusin'] as const

/** By these the user has turned to something else. */
const turns = ['pointerdown', 'keydown', 'blur'] as const

export interface MenuOpeningOptions {
  /** The menu can be shown. */
  open(): void
  /** It can't be loaded, or is no longer wanted. Not called when another opening took its place. */
  dropped?(): void
}

/**
 * Has the code of an element's menu loaded before it opens. A menu that is late does not open over
 * what its user is doing by then.
 */
export class MenuOpening implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement
  readonly #report: (error: unknown, context: string) => void
  #wish: AbortController | undefined

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    report: (error: unknown, context: string) => void,
  ) {
    this.#host = host
    this.#report = report
    host.addController(this)
  }

  hostConnected(): void {
    for (const hint of hints) this.#host.addEventListener(hint, this.#prepare)
  }

  hostDisconnected(): void {
    this.#wish?.abort()
    this.#stopPreparing()
  }

  async begin({ open, dropped }: MenuOpeningOptions): Promise<void> {
    this.#wish?.abort()
    const wish = new AbortController()
    this.#wish = wish
    const { signal } = wish
    for (const turn of turns) {
      addEventListener(turn, () => wish.abort(), { capture: true, signal })
    }
    const isLoaded = await this.#isLoaded()
    if (this.#wish !== wish) return
    this.#wish = undefined
    if (isLoaded && !signal.aborted) open()
    else dropped?.()
    wish.abort()
  }

  async #isLoaded(): Promise<boolean> {
    try {
      await loadMenu()
      return true
    } catch (error) {
      this.#report(error, 'loading the menu')
      return false
    }
  }

  /** Whoever opens a menu that can't be loaded tells of it; this is only ahead of them. */
  readonly #prepare = (): void => {
    this.#stopPreparing()
    loadMenu().catch(() => undefined)
  }

  #stopPreparing(): void {
    for (const hint of hints) this.#host.removeEventListener(hint, this.#prepare)
  }
}
