import { html } from 'lit'
import type { Words } from '../../src/kit/words.js'
import { closeIcon } from '../internal/icons.js'

export interface QuoteBarOptions {
  /** who wrote what is quoted */
  name: string
  /** one line of it */
  digest: string
  words: Words
  close(): void
}

/** The message that is being answered, above the text field, with a button that lets go of it. */
export function quoteBar({ name, digest, words, close }: QuoteBarOptions) {
  return html`<div class="quote" part="quote" role="group" aria-label=${words.quoting(name)}>
    <span class="quote-text">
      <span class="quote-name" dir="auto">${name}</span>
      <span class="quote-digest" dir="auto">${digest}</span>
    </span>
    <button
      class="icon-button"
      part="quote-close"
      type="button"
      aria-label=${words.removeQuote}
      title=${words.removeQuote}
      @click=${close}
    >
      ${closeIcon}
    </button>
  </div>`
}
