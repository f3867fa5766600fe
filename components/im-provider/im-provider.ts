import { ContextProvider } from '@lit/context'
import { css, html, LitElement } from 'lit'
import { property } from 'lit/decorators.js'
import { kitContext } from '../../src/kit/context.js'
import { imkit, IMKit } from '../../src/kit/kit.js'
import { warnOnce } from '../internal/warn-once.js'

/**
 * Gives a kit to all elements inside it, through shadow roots too: two users on one page are two
 * providers. Without a provider an element uses the page's `imkit`. Has no box of its own.
 *
 * @slot - the elements that use the kit
 */
export class IMProvider extends LitElement {
  static override styles = css`
    :host {
      display: contents;
    }

    :host([hidden]) {
      display: none !important;
    }
  `

  readonly #provider = new ContextProvider(this, { context: kitContext, initialValue: imkit })

  /** The kit, made by `createIMKit()`; the page's `imkit` until it is set. */
  @property({ attribute: false })
  get kit(): IMKit {
    return this.#provider.value
  }

  set kit(kit: IMKit | undefined) {
    if (kit !== undefined && !(kit instanceof IMKit)) {
      warnOnce('kit of <im-provider> takes what createIMKit() gives.')
      return
    }
    this.#provider.setValue(kit ?? imkit)
  }

  protected override render() {
    return html`<slot></slot>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-provider': IMProvider
  }
}
