import { css, html, LitElement, nothing } from 'lit'
import { property, state } from 'lit/decorators.js'
import { timeLine } from '../../src/kit/time.js'
import type { CombineContent } from '../../src/model/content.js'
import type { Message } from '../../src/model/message.js'
import { SignalWatcher } from '../../src/store/signal-watcher.js'
import { baseStyles } from '../internal/base.styles.js'
import { backIcon } from '../internal/icons.js'
import { bubbleShape, renderBubble } from './bubbles/bubble.js'
import { combinedTitle } from './bubbles/combined-bubble.js'
import { bubbleStyles } from './bubbles/bubble.styles.js'
import { combinedEntries, type CombinedEntry } from './combined-entries.js'
import { lookOf } from './message-look.js'
import type { BubbleScene } from './scene.js'

/** To be read: messages that were sent on as one. Those among them that hold others open in turn. */
export class CombinedDialog extends LitElement {
  static override styles = [
    baseStyles,
    bubbleStyles,
    css`
      :host {
        display: contents;
        --im-dialog-width: 32em;
      }

      .list {
        display: grid;
        gap: 1em;
        margin: 0;
        padding: 0;
        list-style: none;
      }

      .entry {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.25em 0.75em;
      }

      im-avatar {
        --im-avatar-size: 2.25em;
        grid-row: span 2;
      }

      .head {
        display: flex;
        justify-content: space-between;
        gap: 1em;
        color: var(--_color-text-quiet);
        font-size: 0.8125em;
      }

      .bubble {
        --_bubble: var(--_color-surface-sunken);
        justify-self: start;
        min-inline-size: 0;
        max-inline-size: 100%;
      }

      .icon-button:dir(rtl) .icon {
        transform: scaleX(-1);
      }
    `,
  ]

  /** How the bubbles are drawn. */
  @property({ attribute: false }) scene?: BubbleScene

  /** The messages one came through, the ones that are read last. */
  @state() private path: readonly CombineContent[] = []

  constructor() {
    super()
    new SignalWatcher(this)
  }

  read(content: CombineContent): void {
    this.path = [content]
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.path = []
  }

  protected override render() {
    const content = this.path.at(-1)
    if (!this.scene) return nothing
    return html`<im-dialog
      .label=${content ? combinedTitle(content, this.scene.words) : ''}
      .open=${content !== undefined}
      @im-dialog-close=${() => (this.path = [])}
    >
      ${this.path.length > 1 ? this.#renderBack(this.scene) : nothing}
      ${content ? this.#renderList(content, this.scene) : nothing}
    </im-dialog>`
  }

  #renderBack(scene: BubbleScene) {
    return html`<button
      class="icon-button"
      type="button"
      aria-label=${scene.words.back}
      @click=${() => (this.path = this.path.slice(0, -1))}
    >
      ${backIcon}
    </button>`
  }

  #renderList(content: CombineContent, outer: BubbleScene) {
    const entries = combinedEntries(content)
    const scene = this.#sceneOf(entries, outer)
    return html`<ul class="list">
      ${entries.map(
        ({ name, message }) =>
          html`<li class="entry">
            <im-avatar .name=${name} .seed=${message.senderUserId}></im-avatar>
            <div class="head">
              <span dir="auto">${name}</span>
              <time>${timeLine(message.sentTime, Date.now(), scene.words)}</time>
            </div>
            ${this.#renderMessage(message, scene)}
          </li>`,
      )}
    </ul>`
  }

  #renderMessage(message: Message, scene: BubbleScene) {
    const { kit } = scene
    const isCustom = kit.isCustomUserMessage(message)
    const isBubble = kit.client && lookOf(message, kit.client.messageTypes, kit) === 'bubble'
    return html`<div
      class="bubble"
      part="bubble"
      data-shape=${isBubble && !isCustom ? bubbleShape(message.messageType) : 'text'}
    >
      ${
        isCustom
          ? scene.renderCustom('userMessage', message)
          : isBubble
            ? renderBubble(message, scene)
            : html`<span dir="auto">${scene.digestOf(message)}</span>`
      }
    </div>`
  }

  /** Names are those the messages came with: these people need not be known here. */
  #sceneOf(entries: readonly CombinedEntry[], outer: BubbleScene): BubbleScene {
    const names = new Map(entries.map(({ name, message }) => [message.senderUserId, name]))
    return {
      kit: outer.kit,
      words: outer.words,
      addresses: outer.addresses,
      nameOf: (userId) => names.get(userId) ?? userId,
      digestOf: (message) => outer.digestOf(message),
      renderCustom: (kind, message) => outer.renderCustom(kind, message),
      isRecalled: () => false,
      open: (message) => outer.open(message),
      playVoice: (message, play) => outer.playVoice(message, play),
      readCombined: (content) => (this.path = [...this.path, content]),
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-combined-dialog': CombinedDialog
  }
}
