import { css, html, LitElement, nothing, type PropertyValues } from 'lit'
import { property, state } from 'lit/decorators.js'
import { SignalWatcher } from '../../src/store/signal-watcher.js'
import { baseStyles } from '../internal/base.styles.js'
import type { FileAddresses, FileAddress } from '../internal/file-addresses.js'
import { imageIcon } from '../internal/icons.js'
import { inlineStyle } from '../internal/inline-style.js'
import { pictureSize, unknownPictureSize, type PictureSize } from './picture-size.js'

/**
 * A picture in a bubble: keeps the room for it, shows the thumbnail that came with the message, then
 * the picture itself, or that it can't be loaded.
 *
 * @csspart image - the picture
 * @csspart broken - what stands there when it can't be loaded
 */
export class MessagePicture extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        max-inline-size: 100%;
      }

      .frame {
        position: relative;
        max-inline-size: 100%;
        overflow: hidden;
        background: var(--_color-hover);
      }

      img,
      .broken {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
      }

      img {
        object-fit: cover;
        transition: opacity var(--_duration);
      }

      img:not([data-loaded]) {
        opacity: 0;
      }

      .broken {
        display: grid;
        place-items: center;
        color: var(--_color-text-quiet);
      }

      .broken .icon {
        inline-size: 2em;
        block-size: 2em;
      }
    `,
  ]

  /** As it stands in the message; empty: there is only the thumbnail. */
  @property({ attribute: false }) uri = ''

  /** A `data:` address that has been checked. */
  @property({ attribute: false }) thumbnail?: string

  /** Pixels, if the sender gave them. */
  @property({ attribute: false }) size?: PictureSize

  @property({ attribute: false }) addresses?: FileAddresses

  @state() private natural?: PictureSize
  @state() private hasThumbnail = false
  @state() private hasLoaded = false
  @state() private hasFailed = false

  constructor() {
    super()
    new SignalWatcher(this)
  }

  get isBroken(): boolean {
    return this.hasFailed || (this.uri !== '' && this.#address().state === 'failed')
  }

  /** Tries again to load what could not be loaded. */
  retry(): void {
    this.hasFailed = false
    this.addresses?.retry(this.uri)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('uri') || changed.get('uri') === undefined) return
    this.hasLoaded = false
    this.hasFailed = false
  }

  protected override render() {
    const { width, height } = this.#drawnSize()
    const room = { 'inline-size': `${width}em`, 'aspect-ratio': `${width} / ${height}` }
    return html`<div class="frame" ${inlineStyle(room)}>
      ${this.#renderThumbnail()} ${this.#renderPicture()}
    </div>`
  }

  #renderThumbnail() {
    if (!this.thumbnail || this.hasLoaded) return nothing
    return html`<img
      src=${this.thumbnail}
      alt=""
      draggable="false"
      ?data-loaded=${this.hasThumbnail}
      @load=${(event: Event) => {
        this.hasThumbnail = true
        this.#measure(event, true)
      }}
    />`
  }

  #renderPicture() {
    if (this.uri === '') return nothing
    if (this.isBroken) {
      return this.hasThumbnail
        ? nothing
        : html`<span class="broken" part="broken">${imageIcon}</span>`
    }
    const { url } = this.#address()
    if (!url) return nothing
    return html`<img
      part="image"
      src=${url}
      alt=""
      decoding="async"
      draggable="false"
      ?data-loaded=${this.hasLoaded}
      @load=${(event: Event) => {
        this.hasLoaded = true
        this.#measure(event, false)
      }}
      @error=${() => (this.hasFailed = true)}
    />`
  }

  #address(): FileAddress {
    return this.addresses?.read(this.uri).value ?? { state: 'loading' }
  }

  /** What the sender says, else what the first picture shows: a box does not change once it is drawn. */
  #drawnSize(): PictureSize {
    if (this.size) return pictureSize(this.size)
    return this.natural ?? unknownPictureSize
  }

  #measure(event: Event, isThumbnail: boolean): void {
    const { naturalWidth: width, naturalHeight: height } = event.target as HTMLImageElement
    if (width && height) this.natural ??= pictureSize({ width, height }, isThumbnail)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-message-picture': MessagePicture
  }
}
