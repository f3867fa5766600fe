/** What stands in place of the rows while there are none. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Words } from '../../src/kit/words.js'
import { alertIcon } from '../internal/icons.js'

/** Enough for the height of most lists. */
const skeletonRows = 9

/** Shapes of rows, while the list is loaded. */
export function listSkeleton(label: string): TemplateResult {
  const row = html`<div class="bone-row">
    <div class="bone avatar"></div>
    <div class="bone name"></div>
    <div class="bone preview"></div>
  </div>`
  return html`<div class="skeleton" part="skeleton" role="status" aria-label=${label}>
    ${Array.from({ length: skeletonRows }, () => row)}
  </div>`
}

/** Why there is no list, and a way to try again if there is one. */
export function listFailure(
  text: string,
  retry?: { words: Words; tryAgain: () => void },
): TemplateResult {
  return html`<div class="message" part="error" role="alert">
    ${alertIcon}<span>${text}</span>
    ${
      retry
        ? html`<button class="button" type="button" @click=${retry.tryAgain}>
            ${retry.words.tryAgain}
          </button>`
        : nothing
    }
  </div>`
}
