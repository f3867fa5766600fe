import { html, LitElement, nothing } from 'lit'
import { property } from 'lit/decorators.js'
import { baseStyles } from '../internal/base.styles.js'
import { spinnerStyles } from './im-spinner.styles.js'

/**
 * Something is going on and nobody knows for how long.
 *
 * @csspart spinner - the drawing
 */
export class IMSpinner extends LitElement {
  static override styles = [baseStyles, spinnerStyles]

  /** Read out for it. Without it the spinner is decoration, as beside written words. */
  @property() label = ''

  protected override render() {
    return html`<svg
      part="spinner"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2.5"
      stroke-linecap="round"
      role=${this.label ? 'img' : nothing}
      aria-label=${this.label || nothing}
      aria-hidden=${this.label ? nothing : 'true'}
    >
      <circle class="track" cx="12" cy="12" r="9" />
      <path class="arc" d="M21 12a9 9 0 0 0-9-9" />
    </svg>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-spinner': IMSpinner
  }
}
