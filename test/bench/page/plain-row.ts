/**
 * A message as plain DOM: what the baselines show, drawn like a row of ours (avatar, name, bubble,
 * text, time, mark), so that lists are compared and not looks.
 */
import type { Said } from './archive.js'
import './plain-row.css'

const timeFormat = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})
const colors = ['#b4553a', '#9a6412', '#5a761d', '#1c7a5b']
const svg = 'http://www.w3.org/2000/svg'

/** @param previous the message above: a run of one sender has one name and one avatar */
export function plainRow(message: Said, previous: Said | undefined): HTMLElement {
  const isFirst = previous?.sender !== message.sender
  const row = element('div', 'row')
  row.role = 'listitem'
  row.ariaLabel = `${message.sender.name}: ${message.text}`
  row.tabIndex = -1
  row.toggleAttribute('data-own', message.isOwn)
  row.toggleAttribute('data-first', isFirst)
  if (!message.isOwn) row.append(isFirst ? avatarOf(message) : element('span', 'avatar'))
  const body = element('div', 'body')
  if (isFirst && !message.isOwn) body.append(element('div', 'name', message.sender.name))
  const line = element('div', 'line')
  line.append(bubbleOf(message))
  body.append(line)
  row.append(body)
  return row
}

function avatarOf({ sender }: Said): HTMLElement {
  const avatar = element('span', 'avatar')
  const box = element('div', 'avatar-box')
  const initials = sender.name.replace(/[^A-Z]/g, '')
  const placeholder = element('span', 'placeholder', initials)
  placeholder.style.setProperty('--color', colors[sender.id.length % colors.length]!)
  box.append(placeholder)
  avatar.append(box)
  return avatar
}

function bubbleOf(message: Said): HTMLElement {
  const bubble = element('div', 'bubble')
  const meta = element('span', 'meta')
  const time = document.createElement('time')
  time.textContent = timeFormat.format(message.sentTime)
  meta.append(time)
  if (message.isOwn) meta.append(mark())
  if (message.picture) {
    const picture = document.createElement('img')
    picture.className = 'picture'
    picture.alt = ''
    picture.src = message.picture
    bubble.append(picture, meta)
  } else {
    const text = element('div', 'text', message.text)
    text.dir = 'auto'
    text.append(meta)
    bubble.append(text)
  }
  return bubble
}

function mark(): HTMLElement {
  const status = element('span', 'status')
  const icon = document.createElementNS(svg, 'svg')
  icon.setAttribute('viewBox', '0 0 24 24')
  const path = document.createElementNS(svg, 'path')
  path.setAttribute('d', 'M4 13l5 5L20 6')
  icon.append(path)
  status.append(icon)
  return status
}

function element(name: 'div' | 'span', className: string, text?: string): HTMLElement {
  const created = document.createElement(name)
  created.className = className
  if (text !== undefined) created.textContent = text
  return created
}
