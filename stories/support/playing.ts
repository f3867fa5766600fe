/** What a story does on the page once it is drawn. */
import { userEvent } from 'storybook/test'
import type { IMKit } from '../../src/kit/kit.js'
import type { ConversationId } from '../../src/model/conversation.js'
import type { Message } from '../../src/model/message.js'
import { allElements, shown, until } from './readiness.js'

/** Opens the context menu of the first element that a selector fits. */
export async function openMenuOf(selector: string): Promise<void> {
  const element = await shown(selector)
  const { x, y, width, height } = element.getBoundingClientRect()
  element.dispatchEvent(
    new MouseEvent('contextmenu', {
      bubbles: true,
      cancelable: true,
      composed: true,
      button: 2,
      clientX: x + width / 3,
      clientY: y + height / 2,
    }),
  )
}

/** Writes into the text field of the editor, as somebody at the keyboard would. */
export async function write(text: string): Promise<void> {
  const area = (await shown('textarea:enabled')) as HTMLTextAreaElement
  area.focus()
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end')
  area.dispatchEvent(
    new InputEvent('input', { inputType: 'insertText', data: text, bubbles: true }),
  )
}

/** Gives files to the editor, as a paste would. */
export async function paste(...files: File[]): Promise<void> {
  const area = await shown('textarea:enabled')
  const clipboardData = new DataTransfer()
  for (const file of files) clipboardData.items.add(file)
  area.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
  )
}

export async function press(selector: string): Promise<void> {
  ;(await shown(selector)).click()
}

/** An item of the open menu, by its id. */
export async function choose(id: string): Promise<void> {
  await press(`[role=menuitem][data-key='${id}']`)
}

/** Keys as somebody presses them, where the focus is: `{ArrowDown}{Enter}`. */
export async function type(keys: string): Promise<void> {
  await userEvent.keyboard(keys)
}

/** The bubble in which something is said, as soon as it is there. */
export function bubbleWith(text: string): Promise<HTMLElement> {
  return until(
    `nobody says "${text}"`,
    () =>
      allElements(document.body).find(
        (element) => element.matches('[part~=bubble]') && element.textContent.includes(text),
      ) as HTMLElement,
  )
}

/** A text of somebody's screen has come to somebody else, as they have it stored. */
export async function heard(kit: IMKit, from: ConversationId, text: string): Promise<Message> {
  return until(`"${text}" does not come`, async () => {
    const { list } = await kit.getMessages(from)
    return list.find(({ content }) => content.content === text)
  })
}
