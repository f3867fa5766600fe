import { html } from 'lit'
import type { CombineContent } from '../../../src/model/content.js'
import { ConversationType } from '../../../src/model/conversation.js'
import type { Message } from '../../../src/model/message.js'
import { messagesIcon } from '../../internal/icons.js'
import { amountOf, textOf } from '../content-fields.js'
import type { Words } from '../../../src/kit/words.js'
import type { BubbleScene } from '../scene.js'

/** The lines of a card. */
const summaryLength = 4

/** Several messages sent on as one: their first lines; a click opens them to be read. */
export function renderCombined(message: Message, scene: BubbleScene) {
  const content = message.content as CombineContent
  const count = amountOf(content.msgNum) ?? listOf(content.msgList).length
  return html`<button
    class="card combined"
    part="combined"
    type="button"
    @click=${() => scene.readCombined(content)}
  >
    <span class="combined-title" dir="auto">${combinedTitle(content, scene.words)}</span>
    ${listOf(content.summaryList)
      .slice(0, summaryLength)
      .map((line) => html`<span class="combined-line" dir="auto">${textOf(line)}</span>`)}
    <span class="combined-foot"
      >${messagesIcon} <span dir="auto">${scene.words.messageCount(count)}</span></span
    >
  </button>`
}

/** What the sender called it, else whose messages they are. */
export function combinedTitle(content: CombineContent, words: Words): string {
  const title = textOf(content.title)
  if (title) return title
  if (content.conversationType === ConversationType.GROUP) return words.groupChatHistory
  const names = listOf(content.nameList).map(textOf).filter(Boolean)
  return words.chatHistoryOf(names.slice(0, 2))
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
