/** How far an own message has come: a small mark beside its time, words for those who listen. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Words } from '../../src/kit/words.js'
import { ConversationType } from '../../src/model/conversation.js'
import { isOwn, SentStatus, type Message } from '../../src/model/message.js'
import { checkDoubleIcon, checkIcon, clockIcon } from '../internal/icons.js'

/** One word for it; undefined where there is nothing to tell. */
export function statusWord(message: Message, words: Words): string | undefined {
  if (!isOwn(message)) return undefined
  switch (message.sentStatus) {
    case SentStatus.SENDING:
      return words.sending
    case SentStatus.FAILED:
      return words.sendFailed
    case SentStatus.READ:
      return words.read
    default:
      return message.conversationType === ConversationType.PRIVATE ? words.unread : words.sent
  }
}

const marks: Partial<Record<SentStatus, TemplateResult>> = {
  [SentStatus.SENDING]: clockIcon,
  [SentStatus.SENT]: checkIcon,
  [SentStatus.RECEIVED]: checkIcon,
  [SentStatus.READ]: checkDoubleIcon,
}

export function renderStatus(message: Message, words: Words) {
  const mark = marks[message.sentStatus]
  if (!isOwn(message) || !mark) return nothing
  const word = statusWord(message, words)
  return html`<span
    class="status"
    part="status"
    role="img"
    aria-label=${word}
    title=${word}
    ?data-read=${message.sentStatus === SentStatus.READ}
    >${mark}</span
  >`
}
