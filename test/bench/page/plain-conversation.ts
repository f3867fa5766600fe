/** A conversation as plain DOM, drawn like a row of ours. */
import type { Listed } from './conversations.js'
import './plain-row.css'
import './plain-conversation.css'

const timeFormat = new Intl.DateTimeFormat('en', { month: 'numeric', day: 'numeric' })

export function plainConversation({ name, digest, sentTime, unread }: Listed): HTMLElement {
  const row = element('conversation')
  row.role = 'option'
  row.ariaLabel = `${name}: ${digest}`
  row.tabIndex = -1
  const avatar = element('avatar-box')
  avatar.append(element('placeholder', 'G'))
  const first = element('conversation-line')
  first.append(
    element('conversation-name', name),
    element('conversation-time', timeFormat.format(sentTime)),
  )
  const second = element('conversation-line')
  second.append(element('conversation-digest', digest))
  if (unread) second.append(element('badge', String(unread)))
  const lines = element('conversation-lines')
  lines.append(first, second)
  row.append(avatar, lines)
  return row
}

function element(className: string, text?: string): HTMLElement {
  const created = document.createElement('div')
  created.className = className
  if (text !== undefined) created.textContent = text
  return created
}
