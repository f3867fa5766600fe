import { html } from 'lit'
import { MessageType } from '../../../src/model/message-types.js'
import type { Message } from '../../../src/model/message.js'
import { fileIcon, imageIcon, videoIcon } from '../../internal/icons.js'
import { textOf, thumbnailUrl } from '../content-fields.js'
import { quotedIn, type Quoted } from '../quoted.js'
import type { BubbleScene } from '../scene.js'
import { renderWriting } from './text-bubble.js'

/** A reply: above it what it quotes, which leads to the quoted message. */
export function renderReply(message: Message, scene: BubbleScene, meta: unknown) {
  const quoted = quotedIn(message.content)
  return html`${renderQuoted(quoted, scene)}${renderWriting(textOf(message.content.content), scene, meta)}`
}

function renderQuoted(quoted: Quoted, scene: BubbleScene) {
  const { reference, senderUserId } = quoted
  const isRecalled = reference && scene.isRecalled(reference)
  const body = html`<bdi class="quote-sender">${scene.nameOf(senderUserId)}</bdi>
    ${isRecalled ? scene.words.quotedRecalled : renderBody(quoted, scene)}`
  if (!reference || isRecalled || !scene.jumpTo) {
    return html`<div class="quote" part="quote">${body}</div>`
  }
  return html`<button
    class="quote"
    part="quote"
    type="button"
    title=${scene.words.showQuoted}
    @click=${() => scene.jumpTo?.(reference)}
  >
    ${body}
  </button>`
}

function renderBody({ messageType, content, senderUserId }: Quoted, scene: BubbleScene) {
  const digest = html`<span class="quote-text" dir="auto"
    >${scene.digestOf({ messageType, content, senderUserId })}</span
  >`
  switch (messageType) {
    case MessageType.IMAGE:
    case MessageType.GIF:
      return html`${renderThumbnail(content.content) ?? imageIcon}${digest}`
    case MessageType.SIGHT:
      return html`${renderThumbnail(content.content) ?? videoIcon}${digest}`
    case MessageType.FILE:
      return html`${fileIcon}<span class="quote-text" dir="auto">${textOf(content.name)}</span>`
    default:
      return digest
  }
}

function renderThumbnail(content: unknown) {
  const url = thumbnailUrl(content)
  return url ? html`<img class="quote-image" src=${url} alt="" />` : undefined
}
