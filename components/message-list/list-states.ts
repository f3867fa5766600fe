/** What stands in the place of messages while there are none to show. */
import { html, nothing } from 'lit'
import type { Words } from '../../src/kit/words.js'
import { alertIcon, messagesIcon } from '../internal/icons.js'
import { inlineStyle } from '../internal/inline-style.js'

/** Widths of the bubbles that stand in for those to come, in em. */
const skeleton = [14, 10, 18, 7, 12, 16]

export function renderNothingChosen(words: Words) {
  return html`<div class="place" part="empty">
    <slot name="nothing-chosen">${messagesIcon} <span>${words.chooseConversation}</span></slot>
  </div>`
}

export function renderEmpty(words: Words) {
  return html`<div class="place" part="empty">
    <slot name="empty">${messagesIcon} <span>${words.noMessages}</span></slot>
  </div>`
}

export function renderLoading(words: Words) {
  return html`<div class="skeleton" part="loading" role="img" aria-label=${words.loading}>
    ${skeleton.map((width) => html`<span ${inlineStyle({ 'inline-size': `${width}em` })}></span>`)}
  </div>`
}

/** @param retry absent where it can't help */
export function renderFailed(reason: string, words: Words, retry?: () => void) {
  return html`<div class="place" part="failed" role="alert">
    ${alertIcon}
    <span>${reason}</span>
    ${
      retry
        ? html`<button class="button" part="retry" type="button" @click=${retry}>
            ${words.tryAgain}
          </button>`
        : nothing
    }
  </div>`
}
