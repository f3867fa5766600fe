import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { WordsController } from '../../src/kit/localize.js'
import { safeUrl } from '../../src/kit/safe-url.js'
import { baseStyles } from '../internal/base.styles.js'
import { Announcer } from '../internal/announcer.js'
import {
  alertIcon,
  backIcon,
  closeIcon,
  downloadIcon,
  zoomInIcon,
  zoomOutIcon,
} from '../internal/icons.js'
import { inlineStyle } from '../internal/inline-style.js'
import { viewerStyles } from './im-viewer.styles.js'
import { ZoomPan } from './zoom-pan.js'

/** A picture or a video to look at. */
export interface ViewerItem {
  kind: 'image' | 'video'
  /** Where it is; `resolve` turns it into an address the page can load. */
  url: string
  /** Shown until the picture is there: a `data:` or any other safe address. */
  thumbnail?: string
  /** File name, for the title and the download. */
  name?: string
}

/**
 * Looks at pictures and videos over the whole window: enlarges by wheel, keys, double click and two
 * fingers, turns to the next one, downloads. Escape closes it, and the focus goes back.
 *
 * Keys: `+` `-` `0` enlarge, reduce, fit; the arrows turn to the next and the previous one.
 *
 * @fires {CustomEvent} im-viewer-close - it was closed. Does not bubble.
 * @csspart dialog - everything
 * @csspart toolbar - title and buttons above
 * @csspart stage - what the picture lies on
 * @csspart image - the picture
 * @csspart video - the video
 */
export class IMViewer extends LitElement {
  static override styles = [baseStyles, viewerStyles]

  /** What can be looked at, in order. */
  @property({ attribute: false }) items: readonly ViewerItem[] = []

  /** Place in `items` of the one that is shown. */
  @property({ type: Number }) index = 0

  /** Shown. Becomes false when the user closes it. */
  @property({ type: Boolean, reflect: true }) open = false

  /** From an item's `url` to an address the page can load. Without it safe addresses are used as they are. */
  @property({ attribute: false }) resolve?: (url: string) => Promise<string | undefined>

  @state() private address: string | undefined
  @state() private loading: 'loading' | 'loaded' | 'failed' = 'loading'
  @query('dialog') private readonly dialog!: HTMLDialogElement

  readonly #words = new WordsController(this)
  readonly #announcer = new Announcer(this)
  readonly #zoom = new ZoomPan(this, {
    stage: () => this.renderRoot.querySelector<HTMLElement>('.stage'),
    picture: () => this.renderRoot.querySelector<HTMLElement>('.picture'),
    onSwipe: (direction) => this.#turn(this.#isRightToLeft ? -direction : direction),
  })
  #shown: ViewerItem | undefined

  /** Shows it again after it was moved on the page. */
  override connectedCallback(): void {
    super.connectedCallback()
    if (this.hasUpdated) this.#sync()
  }

  /** The platform takes a removed dialog from the screen and leaves it marked as open. */
  override disconnectedCallback(): void {
    super.disconnectedCallback()
    if (this.hasUpdated) this.dialog.close()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('items') && !changed.has('index') && !changed.has('open')) return
    const item = this.open ? this.items[this.index] : undefined
    if (item !== this.#shown) void this.#load(item)
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('open')) this.#sync()
  }

  protected override render() {
    const item = this.open ? this.items[this.index] : undefined
    return html`<dialog
      part="dialog"
      aria-label=${item?.kind === 'video' ? this.#words.words.viewVideo : this.#words.words.viewImage}
      @close=${this.#onClose}
      @keydown=${this.#onKeyDown}
    >
      ${
        item
          ? html`${this.#renderToolbar(item)} ${this.#renderStage(item)}
            ${this.#renderTurn('previous', this.#words.words.previous, -1)}
            ${this.#renderTurn('next', this.#words.words.next, 1)}`
          : nothing
      }
    </dialog>`
  }

  #renderToolbar(item: ViewerItem) {
    const { words } = this.#words
    return html`<div class="toolbar" part="toolbar">
      <bdi class="title">${item.name ?? ''}</bdi>
      ${
        this.items.length > 1
          ? html`<span class="count">${this.index + 1} / ${this.items.length}</span>`
          : nothing
      }
      ${
        item.kind === 'image'
          ? html`<button
                class="icon-button"
                type="button"
                aria-label=${words.zoomOut}
                ?disabled=${!this.#zoom.isEnlarged}
                @click=${() => this.#zoom.zoomOut()}
              >
                ${zoomOutIcon}
              </button>
              <button
                class="icon-button"
                type="button"
                aria-label=${words.zoomIn}
                @click=${() => this.#zoom.zoomIn()}
              >
                ${zoomInIcon}
              </button>`
          : nothing
      }
      ${
        this.address
          ? html`<a
              class="icon-button"
              href=${this.address}
              download=${item.name ?? ''}
              target="_blank"
              rel="noopener noreferrer"
              aria-label=${words.download}
              >${downloadIcon}</a
            >`
          : nothing
      }
      <button
        class="icon-button close"
        type="button"
        autofocus
        aria-label=${words.close}
        @click=${() => this.dialog.close()}
      >
        ${closeIcon}
      </button>
    </div>`
  }

  #renderStage(item: ViewerItem) {
    const { words } = this.#words
    const isImage = item.kind === 'image'
    const zoom = this.#zoom
    return html`<div
      class="stage"
      part="stage"
      @wheel=${isImage ? zoom.onWheel : nothing}
      @dblclick=${isImage ? zoom.onDoubleClick : nothing}
      @pointerdown=${isImage ? zoom.onPointerDown : nothing}
      @pointermove=${zoom.onPointerMove}
      @pointerup=${zoom.onPointerUp}
      @pointercancel=${zoom.onPointerUp}
      @click=${this.#onStageClick}
    >
      ${this.#renderItem(item)}
      ${this.loading === 'loading' ? html`<im-spinner .label=${words.loading}></im-spinner>` : nothing}
    </div>`
  }

  #renderItem(item: ViewerItem) {
    if (this.loading === 'failed') {
      return html`<div class="failed">${alertIcon} ${this.#words.words.mediaFailed}</div>`
    }
    const thumbnail = this.loading === 'loading' ? safeThumbnail(item.thumbnail) : undefined
    return html`${thumbnail ? html`<img class="thumbnail" src=${thumbnail} alt="" />` : nothing}
    ${this.address ? this.#renderLoadable(item, this.address) : nothing}`
  }

  #renderLoadable(item: ViewerItem, address: string) {
    if (item.kind === 'video') {
      return html`<video
        part="video"
        src=${address}
        controls
        autoplay
        playsinline
        aria-label=${item.name || this.#words.words.viewVideo}
        @loadeddata=${this.#onLoaded}
        @error=${this.#onFailed}
      ></video>`
    }
    const { scale, x, y } = this.#zoom.view
    return html`<img
      class="picture"
      part="image"
      src=${address}
      alt=${item.name || this.#words.words.viewImage}
      draggable="false"
      ?data-loaded=${this.loading === 'loaded'}
      ?data-enlarged=${scale > 1}
      ${inlineStyle({ transform: `translate(${x}px, ${y}px) scale(${scale})` })}
      @load=${this.#onLoaded}
      @error=${this.#onFailed}
    />`
  }

  #renderTurn(side: 'previous' | 'next', label: string, step: number) {
    if (!this.items[this.index + step]) return nothing
    return html`<button
      class="icon-button turn ${side}"
      type="button"
      aria-label=${label}
      @click=${() => this.#turn(step)}
    >
      ${backIcon}
    </button>`
  }

  get #isRightToLeft(): boolean {
    return getComputedStyle(this).direction === 'rtl'
  }

  async #load(item: ViewerItem | undefined): Promise<void> {
    this.#shown = item
    this.#zoom.reset()
    this.address = undefined
    this.loading = 'loading'
    if (!item) return
    const url = safeUrl(this.resolve ? await this.resolve(item.url) : item.url)
    if (this.#shown !== item) return
    this.address = url
    if (!url) this.loading = 'failed'
  }

  #turn(step: number): void {
    const item = this.items[this.index + step]
    if (!item) return
    this.index += step
    this.#announcer.announce(`${item.name ?? ''} ${this.index + 1} / ${this.items.length}`.trim())
  }

  #sync(): void {
    if (this.open && !this.dialog.open && this.isConnected) this.dialog.showModal()
    else if (!this.open && this.dialog.open) this.dialog.close()
  }

  readonly #onLoaded = (): void => {
    this.loading = 'loaded'
  }

  readonly #onFailed = (): void => {
    this.loading = 'failed'
  }

  /** Comes a little later: by then it may have been opened again, or taken from the page. */
  readonly #onClose = (): void => {
    if (this.dialog.open || !this.isConnected) return
    this.open = false
    this.dispatchEvent(new CustomEvent('im-viewer-close'))
  }

  /** Beside the picture: away with it. A drag that ends there is no click on it. */
  readonly #onStageClick = (event: MouseEvent): void => {
    const isBeside = event.target === event.currentTarget && !this.#zoom.isDragging
    if (isBeside && !this.#zoom.isEnlarged) this.dialog.close()
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLVideoElement) return
    const forward = this.#isRightToLeft ? -1 : 1
    const actions: Record<string, () => void> = {
      ArrowRight: () => this.#turn(forward),
      ArrowLeft: () => this.#turn(-forward),
      '+': () => this.#zoom.zoomIn(),
      '=': () => this.#zoom.zoomIn(),
      '-': () => this.#zoom.zoomOut(),
      '0': () => this.#zoom.reset(),
    }
    const action = actions[event.key]
    if (!action) return
    event.preventDefault()
    event.stopPropagation()
    action()
  }
}

const base64Image = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/

function safeThumbnail(url: string | undefined): string | undefined {
  if (!url) return undefined
  return base64Image.test(url) ? url : safeUrl(url)
}

declare global {
  interface HTMLElementTagNameMap {
    'im-viewer': IMViewer
  }
  interface HTMLElementEventMap {
    'im-viewer-close': CustomEvent
  }
}
