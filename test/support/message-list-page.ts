/** A message list on a page, and what tests do with one. */
import '../../components/im-provider/im-provider.define.js'
import '../../components/message-list/message-list.define.js'
import type { IMMenu } from '../../components/im-menu/im-menu.js'
import type { MessageList } from '../../components/message-list/message-list.js'
import type { MessageRow } from '../../components/message-list/message-row.js'
import type { MessageContent } from '../../src/model/content.js'
import type { ConversationId } from '../../src/model/conversation.js'
import type { BaseMessage } from '../../src/model/message-types.js'
import type { Message } from '../../src/model/message.js'
import { eventually } from './eventually.js'
import type { Person } from './two-people.js'

/** A red dot, 8 by 4 pixels, as base64. */
export const redDot =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAECAIAAAA8r+mnAAAAEUlEQVR4nGP4z8CAFeESZgAAYcQP8YHpHfIAAAAASUVORK5CYII='

/** Waits for what a test expects; the name says what did not come. */
export function until(check: () => unknown, name?: string): Promise<void> {
  return eventually(check, name)
}

/** Whatever is to be sent. */
export function content(messageType: string, body: MessageContent): BaseMessage {
  return {
    messageType,
    content: body,
    isPersisted: true,
    isCounted: true,
    isStatusMessage: false,
  }
}

/** Resolves when the service has it. */
export function send(
  person: Person,
  to: ConversationId,
  messageType: string,
  body: MessageContent,
): Promise<Message> {
  return person.kit.client!.sender.send(to, content(messageType, body))
}

/** A list of a person's messages, 400 by 500 pixels, showing a conversation. */
export function openList(
  person: Person,
  conversation: ConversationId | null,
  properties: Partial<MessageList> = {},
  place: HTMLElement = document.body,
): MessageList {
  const provider = document.createElement('im-provider')
  provider.kit = person.kit
  const list = Object.assign(document.createElement('message-list'), properties)
  list.style.inlineSize = '400px'
  list.style.blockSize = '500px'
  provider.append(list)
  place.append(provider)
  if (conversation) person.kit.selectConversation(conversation)
  return list
}

/** To be called after each test that opened one. */
export function closeLists(): void {
  for (const list of document.querySelectorAll('message-list')) {
    ;(list.closest('im-provider') ?? list).remove()
  }
}

/** None either while the code of the element is still being loaded. */
export function inside<Found extends Element = HTMLElement>(
  list: Element,
  selector: string,
): Found | null {
  return list.shadowRoot?.querySelector<Found>(selector) ?? null
}

export function rowsOf(list: MessageList): MessageRow[] {
  return [...list.shadowRoot!.querySelectorAll('im-message-row')]
}

/** What is written in each row, the time and the marks left out. */
export function textsOf(list: MessageList): string[] {
  return rowsOf(list).map(writtenIn)
}

/** Blocks are told apart by a space, whatever the template has between them. */
export function writtenIn(row: Element): string {
  const body = row.querySelector('.bubble, .notice')?.cloneNode(true) as Element | undefined
  for (const aside of body?.querySelectorAll('.meta, [part=edit-again]') ?? []) aside.remove()
  for (const block of body?.querySelectorAll('.text, .quote') ?? []) block.before(' ')
  return (body?.textContent ?? '').replace(/\s+/g, ' ').trim()
}

/** The row in which something is written, as soon as there is one. */
export async function rowWith(list: MessageList, text: string): Promise<MessageRow> {
  const find = () => rowsOf(list).find((row) => writtenIn(row).includes(text))
  await until(find, `a row with "${text}"`)
  return find()!
}

/** The last row, once it shows what it has to. */
export async function lastRow(list: MessageList, messageType: string): Promise<MessageRow> {
  const find = () => rowsOf(list).findLast(({ message }) => message.messageType === messageType)
  await until(() => find()?.querySelector('.bubble, .notice'), `a row of ${messageType}`)
  return find()!
}

export async function openMenu(list: MessageList, row: Element): Promise<IMMenu> {
  row.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, button: 2, clientX: 60, clientY: 60 }),
  )
  const menu = inside<IMMenu>(list, 'im-menu')!
  await until(() => menu.shadowRoot?.activeElement, 'the menu')
  return menu
}

export function menuLabels(list: MessageList): string[] {
  return menuItems(list).map((item) => item.textContent!.trim())
}

export function chooseItem(list: MessageList, label: string): void {
  menuItems(list)
    .find((item) => item.textContent!.trim() === label)!
    .click()
}

function menuItems(list: MessageList): HTMLElement[] {
  const menu = inside(list, 'im-menu')!
  return [...(menu.shadowRoot?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
}

/** What is read out to screen reader users, the last lines. */
export function announced(): string {
  return document.querySelector('[data-im-announcer]')?.textContent ?? ''
}
