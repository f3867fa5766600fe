import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { property, state } from 'lit/decorators.js'
import { WordsController } from '../../src/kit/localize.js'
import { safeUrl } from '../../src/kit/safe-url.js'
import { duration as clockTime } from '../../src/kit/time.js'
import { baseStyles } from '../internal/base.styles.js'
import { alertIcon, pauseIcon, playIcon } from '../internal/icons.js'
import { inlineStyle } from '../internal/inline-style.js'
import { barCount, barHeights } from './voice-bars.js'
import { voiceStyles } from './im-voice.styles.js'

/** What a voice message is about to do; prevented when somebody else plays it. */
export interface VoicePlayDetail {
  /** loadable address */
  url: string
  /** seconds */
  duration: number
  /** To be called by whoever plays it instead: the message shows that it is being played. */
  onStart(): void
  onStop(): void
}

type PlayState = 'idle' | 'loading' | 'playing' | 'elsewhere' | 'failed'

/** Only one voice message of a page is heard at a time. */
let heard: IMVoice | undefined

function hear(voice: IMVoice): void {
  heard?.pause()
  heard = voice
}

/**
 * A voice message: a button that plays it, a picture of it to seek in, and the time.
 *
 * @fires {CustomEvent<VoicePlayDetail>} im-voice-play - it is about to be played. Cancelable: then
 *   the listener plays it and tells by `onStart` and `onStop`. Does not bubble.
 * @csspart button - plays and pauses
 * @csspart track - the bars, to seek in
 * @csspart bar - one of them
 * @csspart time - the time
 * @cssprop [--im-voice-width=15em] - width, where there is room
 */
export class IMVoice extends LitElement {
  static override styles = [baseStyles, voiceStyles]

  /** Address of the sound. */
  @property() src = ''

  /** Length in seconds, as the sender gives it; the sound itself knows better once it is loaded. */
  @property({ type: Number }) duration = 0

  /** From `src` to an address the page can load. Without it `src` is used, if it is a safe one. */
  @property({ attribute: false }) resolve?: (src: string) => Promise<string | undefined>

  @state() private playState: PlayState = 'idle'
  /** Seconds. */
  @state() private position = 0
  @state() private loadedDuration = 0

  readonly #words = new WordsController(this)
  #audio: HTMLAudioElement | undefined
  /** Counts the wishes to play: an answer to an older one no longer matters. */
  #wish = 0

  /** Whether it is heard, played here or by the host. */
  get isPlaying(): boolean {
    return this.playState === 'playing' || this.playState === 'elsewhere'
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#release()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src') && this.hasUpdated) this.#release()
  }

  protected override render() {
    return html`${this.#renderButton()} ${this.#renderTrack()} ${this.#renderTime()}`
  }

  /** Plays from where it stands, or has the listener of `im-voice-play` play it. */
  async play(): Promise<void> {
    if (this.playState === 'playing' || this.playState === 'loading') return
    const wish = ++this.#wish
    this.playState = 'loading'
    const url = safeUrl(this.resolve ? await this.resolve(this.src) : this.src)
    if (wish !== this.#wish) return
    if (!url) this.playState = 'failed'
    else if (this.#isTakenOver(url)) this.#stopLoading()
    else await this.#start(url, wish)
  }

  /** Stops where it is; playing goes on from there. */
  pause(): void {
    this.#wish++
    this.#audio?.pause()
    if (heard === this) heard = undefined
    if (this.playState !== 'failed') this.playState = 'idle'
  }

  #renderButton() {
    const { playVoice, pause } = this.#words.words
    const isOn = this.isPlaying
    return html`<button
      class="play"
      part="button"
      type="button"
      aria-label=${isOn ? pause : playVoice(this.#length())}
      @click=${() => (this.playState === 'playing' ? this.pause() : this.play())}
    >
      ${
        this.playState === 'loading'
          ? html`<im-spinner></im-spinner>`
          : this.playState === 'failed'
            ? alertIcon
            : isOn
              ? pauseIcon
              : playIcon
      }
    </button>`
  }

  #renderTrack() {
    const length = this.#length()
    const played = length > 0 ? Math.round((this.position / length) * barCount) : 0
    return html`<div class="track" part="track">
      ${barHeights(this.src).map(
        (height, index) =>
          html`<span
            class="bar"
            part="bar"
            ?data-played=${index < played}
            ${inlineStyle({ 'block-size': `${Math.round(height * 100)}%` })}
          ></span>`,
      )}
      <input
        type="range"
        min="0"
        max=${length}
        step="any"
        .value=${String(this.position)}
        ?disabled=${!this.#audio}
        aria-label=${this.#words.words.playPosition}
        aria-valuetext=${clockTime(this.position)}
        @input=${this.#onSeek}
        @keydown=${this.#onKeyDown}
      />
    </div>`
  }

  #renderTime() {
    if (this.playState === 'failed') {
      return html`<span class="time failed" part="time" role="alert"
        >${this.#words.words.mediaFailed}</span
      >`
    }
    const isUnderWay = this.playState === 'playing' || this.position > 0
    return html`<span class="time" part="time" aria-hidden=${isUnderWay ? 'true' : nothing}
      >${clockTime(isUnderWay ? this.position : this.#length())}</span
    >`
  }

  #length(): number {
    return this.loadedDuration || (Number.isFinite(this.duration) ? Math.max(0, this.duration) : 0)
  }

  /** Somebody else plays it, now or in a moment. */
  #isTakenOver(url: string): boolean {
    const detail: VoicePlayDetail = {
      url,
      duration: this.duration,
      onStart: () => (this.playState = 'elsewhere'),
      onStop: () => (this.playState = 'idle'),
    }
    return !this.dispatchEvent(new CustomEvent('im-voice-play', { detail, cancelable: true }))
  }

  #stopLoading(): void {
    if (this.playState === 'loading') this.playState = 'idle'
  }

  async #start(url: string, wish: number): Promise<void> {
    hear(this)
    this.#audio ??= this.#createAudio(url)
    try {
      await this.#audio.play()
      if (wish === this.#wish) this.playState = 'playing'
    } catch {
      // Refused by the browser, a format it can't play, or gone. An own pause also ends up here.
      if (wish !== this.#wish) return
      this.#release()
      this.playState = 'failed'
    }
  }

  #createAudio(url: string): HTMLAudioElement {
    const audio = new Audio(url)
    audio.addEventListener('timeupdate', () => (this.position = audio.currentTime))
    audio.addEventListener('durationchange', () => {
      if (Number.isFinite(audio.duration)) this.loadedDuration = audio.duration
    })
    audio.addEventListener('ended', () => {
      this.pause()
      this.position = 0
    })
    return audio
  }

  #release(): void {
    this.pause()
    this.#audio?.removeAttribute('src')
    this.#audio = undefined
    this.playState = 'idle'
    this.position = 0
    this.loadedDuration = 0
  }

  readonly #onSeek = (event: Event): void => {
    const position = Number((event.target as HTMLInputElement).value)
    this.position = position
    if (this.#audio) this.#audio.currentTime = position
  }

  /** The arrows seek; they must not move on to another message of the list around. */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key.startsWith('Arrow')) event.stopPropagation()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-voice': IMVoice
  }
  interface HTMLElementEventMap {
    'im-voice-play': CustomEvent<VoicePlayDetail>
  }
}
