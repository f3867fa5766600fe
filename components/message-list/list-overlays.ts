/** What lies over the messages, and the bar below them. */
import { html, nothing } from 'lit'
import type { Words } from '../../src/kit/words.js'
import { closeIcon, downIcon, forwardIcon, messagesIcon, trashIcon } from '../internal/icons.js'

/** @param count messages that have come since one left the end */
export function renderToNewest(count: number, words: Words, jump: () => void) {
  return html`<button
    class="jump to-newest"
    part="to-newest"
    type="button"
    aria-label=${count > 0 ? words.newMessages(count) : words.toNewest}
    @click=${jump}
  >
    ${downIcon}${count > 0 ? html`<span dir="auto" aria-hidden="true">${words.newMessages(count)}</span>` : nothing}
  </button>`
}

export function renderToUnread(count: number, words: Words, jump: () => void) {
  return html`<button class="jump to-unread" part="to-unread" type="button" @click=${jump}>
    ${downIcon}<span dir="auto">${words.unreadCount(count)}</span>
  </button>`
}

export function renderTold(text: string) {
  return text ? html`<div class="told" part="told">${text}</div>` : nothing
}

export interface ChoiceActions {
  canForward: boolean
  canDelete: boolean
  forward(isMerged: boolean): void
  remove(): void
  end(): void
}

/** What to do with the chosen messages. */
export function renderChoices(count: number, words: Words, actions: ChoiceActions) {
  const isNone = count === 0
  return html`<div class="choices" part="choices" role="toolbar" aria-label=${words.chosen(count)}>
    <span class="count" dir="auto">${words.chosen(count)}</span>
    ${
      actions.canForward
        ? html`<button
              class="choice"
              type="button"
              ?disabled=${isNone}
              @click=${() => actions.forward(false)}
            >
              ${forwardIcon}${words.forwardSeparately}
            </button>
            <button
              class="choice"
              type="button"
              ?disabled=${isNone}
              @click=${() => actions.forward(true)}
            >
              ${messagesIcon}${words.forwardMerged}
            </button>`
        : nothing
    }
    ${
      actions.canDelete
        ? html`<button
            class="choice"
            data-danger
            type="button"
            ?disabled=${isNone}
            @click=${() => actions.remove()}
          >
            ${trashIcon}${words.delete}
          </button>`
        : nothing
    }
    <button
      class="icon-button"
      type="button"
      aria-label=${words.cancel}
      @click=${() => actions.end()}
    >
      ${closeIcon}
    </button>
  </div>`
}
