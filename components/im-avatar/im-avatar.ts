import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { property, state } from 'lit/decorators.js'
import { safeUrl } from '../../src/kit/safe-url.js'
import { baseStyles } from '../internal/base.styles.js'
import { userIcon } from '../internal/icons.js'
import { inlineStyle } from '../internal/inline-style.js'
import { warnOnce } from '../internal/warn-once.js'
import { avatarStyles } from './im-avatar.styles.js'
import { initials, paletteIndex } from './initials.js'

/**
 * The picture of a person or a group; where there is none, or it can't be loaded, the initials of
 * the name on a colour that stays the same.
 *
 * @csspart avatar - the box
 * @csspart image - the picture
 * @csspart placeholder - what is drawn without one
 * @cssprop [--im-avatar-size=2.75em] - width and height
 * @cssprop [--im-radius-avatar=50%] - rounding of the corners
 * @cssprop [--im-avatar-color-1=#b4553a] - the placeholder's first colour
 * @cssprop [--im-avatar-color-2=#9a6412] - its second
 * @cssprop [--im-avatar-color-3=#5a761d] - its third
 * @cssprop [--im-avatar-color-4=#1c7a5b] - its fourth
 * @cssprop [--im-avatar-color-5=#187786] - its fifth
 * @cssprop [--im-avatar-color-6=#3b6fc4] - its sixth
 * @cssprop [--im-avatar-color-7=#6a5cc7] - its seventh
 * @cssprop [--im-avatar-color-8=#a84f92] - its last
 */
export class IMAvatar extends LitElement {
  static override styles = [baseStyles, avatarStyles]

  /** Address of the picture. Anything but `http:`, `https:` and `blob:` is ignored. */
  @property() src?: string

  /** Whose picture it is: the placeholder shows the initials. */
  @property() name = ''

  /** Decides the placeholder's colour: the user's or group's id. Without it the name does. */
  @property() seed = ''

  /** Read out for the picture. Without it the picture is decoration, as beside the written name. */
  @property() label = ''

  /** A colour to put behind pictures and initials, in place of the palette. */
  @property() background = ''

  @state() private hasLoaded = false
  @state() private hasFailed = false

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src')) {
      this.hasLoaded = false
      this.hasFailed = false
    }
  }

  protected override render() {
    const background = this.#ownBackground()
    return html`<div
      class="avatar"
      part="avatar"
      role=${this.label ? 'img' : nothing}
      aria-label=${this.label || nothing}
      ?data-own-background=${background}
      ${inlineStyle({ '--_background': background })}
    >
      ${this.hasLoaded ? nothing : this.#renderPlaceholder()} ${this.#renderImage()}
    </div>`
  }

  #renderPlaceholder() {
    const text = initials(this.name)
    return html`<span
      class="placeholder"
      part="placeholder"
      aria-hidden="true"
      data-color=${paletteIndex(this.seed || this.name)}
      data-length=${Array.from(text).length}
      >${text || userIcon}</span
    >`
  }

  #renderImage() {
    const url = safeUrl(this.src)
    if (!url || this.hasFailed) return nothing
    return html`<img
      part="image"
      src=${url}
      alt=""
      loading="lazy"
      decoding="async"
      draggable="false"
      ?data-loaded=${this.hasLoaded}
      @load=${() => (this.hasLoaded = true)}
      @error=${() => (this.hasFailed = true)}
    />`
  }

  #ownBackground(): string | undefined {
    if (!this.background) return undefined
    if (CSS.supports('background-color', this.background)) return this.background
    warnOnce(`"${this.background}" is no colour for the background of avatars.`)
    return undefined
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-avatar': IMAvatar
  }
}
