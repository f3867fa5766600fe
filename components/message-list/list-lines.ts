/** The lines above, between and below the messages. */
import { html, nothing } from 'lit'
import { fullTime, timeLine } from '../../src/kit/time.js'
import type { Words } from '../../src/kit/words.js'
import type { MessageWindow } from '../../src/store/message-window.js'
import { unreadAnchor } from './reading-place.js'

/** A place in the list, from 1, if it is known; and how many there are, -1 if that is not. */
export interface Position {
  place: number | undefined
  count: number
}

/** @param today Unix milliseconds */
export function renderTimeLine(time: number, today: number, words: Words, position: Position) {
  return html`<div
    class="time"
    part="time"
    role="listitem"
    aria-posinset=${position.place ?? nothing}
    aria-setsize=${position.count}
  >
    <time title=${fullTime(time, words)}>${timeLine(time, today, words)}</time>
  </div>`
}

export function renderUnreadLine(words: Words, position: Position) {
  return html`<div
    class="unread"
    part="unread"
    role="listitem"
    aria-posinset=${position.place ?? nothing}
    aria-setsize=${position.count}
    data-anchor=${unreadAnchor}
  >
    ${words.unreadBelow}
  </div>`
}

/** Above the first message: there is more, there is no more, or it can't be had now. */
export function renderOlder(window: MessageWindow, words: Words) {
  if (window.olderUnavailable.value) {
    return html`<div class="older" part="older" role="status">
      ${words.olderUnavailable}
      <button class="link" type="button" @click=${() => void window.loadOlder()}>
        ${words.tryAgain}
      </button>
    </div>`
  }
  if (!window.hasOlder.value) return html`<div class="older" part="older">${words.noOlder}</div>`
  return html`<div class="older" part="older" data-more>
    <im-spinner .label=${words.loading}></im-spinner>
  </div>`
}

/** @param names empty in private conversations, where it can only be the other one */
export function renderTyping(names: readonly string[], words: Words) {
  return html`<div class="typing" part="typing">
    <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
    <span dir="auto">${words.typing(names)}</span>
  </div>`
}

export function renderNewer(window: MessageWindow) {
  return window.hasNewer.value ? html`<div class="newer"></div>` : nothing
}
