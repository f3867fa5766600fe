/** Grey lines: recalls, information, group notices, and what can't be shown. */
import { html, nothing } from 'lit'
import { MessageType } from '../../src/model/message-types.js'
import { messageKey, type Message } from '../../src/model/message.js'
import { textOf } from './content-fields.js'
import type { Scene } from './scene.js'

export function renderNotice(message: Message, scene: Scene) {
  return html`<div class="notice" part="notice" data-anchor=${messageKey(message)}>
    ${
      scene.kit.isCustomNotifyMessage(message)
        ? scene.renderCustom('notifyMessage', message)
        : html`<span dir="auto">${noticeText(message, scene)}</span>
            ${renderEditAgain(message, scene)}`
    }
  </div>`
}

/** What is no notice stands here because it can't be shown. */
export function noticeText(message: Message, scene: Scene): string {
  return scene.isNotice(message) ? scene.digestOf(message) : scene.words.unknownMessage
}

/** The author's own text is kept on their device when they take it back. */
function renderEditAgain(message: Message, scene: Scene) {
  const text = textOf(message.content.recallContent)
  const isOwn = message.content.operatorId === scene.userId
  if (message.messageType !== MessageType.RECALL_NOTIFICATION || !isOwn || !text) return nothing
  return html`<button
    class="link"
    part="edit-again"
    type="button"
    @click=${() => scene.editAgain(text)}
  >
    ${scene.words.editAgain}
  </button>`
}
