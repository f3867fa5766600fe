import { LitElement, type PropertyValues } from 'lit'
import { property } from 'lit/decorators.js'
import { KitController } from '../../src/kit/context.js'
import type { IMKit } from '../../src/kit/kit.js'
import { WordsController } from '../../src/kit/localize.js'
import type { Words } from '../../src/kit/words.js'
import { SignalWatcher } from '../../src/store/signal-watcher.js'
import type { Store } from '../../src/store/store.js'
import { warnOnce } from './warn-once.js'

/**
 * What the elements that show a kit have in common: they know their kit, its store and its words,
 * and draw again when a signal they read while drawing changes.
 */
export abstract class IMElement extends LitElement {
  /**
   * The font size all inside scales by, any CSS length or percentage: `18px`, `62.5%`. Without it
   * `--im-font-size`, else 16px.
   */
  @property({ attribute: 'base-size' }) baseSize?: string

  readonly #kit = new KitController(this)
  readonly #words = new WordsController(this)

  constructor() {
    super()
    new SignalWatcher(this)
  }

  /** The kit of the `<im-provider>` around this element, else the page's `imkit`. */
  get kit(): IMKit {
    return this.#kit.kit
  }

  /** What the kit shows; undefined before `init`. Reading it while drawing follows it. */
  protected get store(): Store | undefined {
    return this.kit.store.value
  }

  /** Every string a user sees, in the kit's language. */
  protected get words(): Words {
    return this.#words.words
  }

  /** The language of dates and numbers, as `Intl` takes it. */
  protected get locale(): string {
    return this.#words.lang
  }

  protected get isRightToLeft(): boolean {
    return getComputedStyle(this).direction === 'rtl'
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed)
    if (changed.has('baseSize')) this.#applyBaseSize()
  }

  #applyBaseSize(): void {
    const size = this.baseSize ?? ''
    const isSize = size === '' || CSS.supports('font-size', size)
    if (!isSize) warnOnce(`<${this.localName}> base-size="${size}" is no font size. Use "18px".`)
    this.style.fontSize = isSize ? size : ''
  }
}
