import { css, html, LitElement, nothing } from 'lit'
import { property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { IMKit } from '../../src/kit/kit.js'
import type { NamedUser } from '../../src/kit/people.js'
import type { Message } from '../../src/model/message.js'
import { SignalWatcher } from '../../src/store/signal-watcher.js'
import { baseStyles } from '../internal/base.styles.js'

/** Who of a group has read a message and who has not. */
export class ReadersDialog extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: contents;
        --im-dialog-width: 32em;
      }

      .columns {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(12em, 1fr));
        gap: 1.25em;
      }

      h3 {
        margin: 0 0 0.5em;
        color: var(--_color-text-quiet);
        font-size: 0.8125em;
        font-weight: 600;
      }

      ul {
        display: grid;
        gap: 0.5em;
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: flex;
        align-items: center;
        gap: 0.625em;
        min-inline-size: 0;
      }

      im-avatar {
        --im-avatar-size: 2em;
      }

      span {
        min-inline-size: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ]

  @property({ attribute: false }) kit?: IMKit

  /** The message, as it is now. The dialog is open while there is one. */
  @property({ attribute: false }) message?: Message

  constructor() {
    super()
    new SignalWatcher(this)
  }

  protected override render() {
    return html`<im-dialog
      .label=${this.#label()}
      .open=${this.kit !== undefined && this.message !== undefined}
      @im-dialog-close=${() => (this.message = undefined)}
    >
      ${this.#renderSides()}
    </im-dialog>`
  }

  #renderSides() {
    const { kit, message } = this
    if (!kit || !message) return nothing
    const words = kit.words.value
    const [read, unread] = this.#sides(kit, message)
    return html`<div class="columns">
      ${this.#renderSide(words.readBy(read.length), read)}
      ${this.#renderSide(words.notReadBy(unread.length), unread)}
    </div>`
  }

  #renderSide(title: string, people: readonly NamedUser[]) {
    return html`<section>
      <h3>${title}</h3>
      <ul aria-label=${title}>
        ${repeat(
          people,
          ({ id }) => id,
          ({ id, name, portraitUri }) =>
            html`<li>
              <im-avatar .src=${portraitUri} .name=${name} .seed=${id}></im-avatar>
              <span dir="auto">${name}</span>
            </li>`,
        )}
      </ul>
    </section>`
  }

  #label(): string {
    const { kit, message } = this
    if (!kit || !message) return ''
    const [read, unread] = this.#sides(kit, message)
    return kit.words.value.readByCount(read.length, read.length + unread.length)
  }

  /** Readers in the order of reading; those it is not for are on no side. */
  #sides(kit: IMKit, message: Message): [NamedUser[], NamedUser[]] {
    const { readers = {} } = message.readReceiptInfo ?? {}
    const { directedUserIds: only, senderUserId } = message
    const read = Object.keys(readers).sort((one, other) => readers[one]! - readers[other]!)
    const unread = kit.people
      .members(message)
      .value.filter(({ id }) => id !== senderUserId && !Object.hasOwn(readers, id))
      .filter(({ id }) => !only?.length || only.includes(id))
    return [read.map((id) => kit.people.member(message, id).value), unread]
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-readers-dialog': ReadersDialog
  }
}
