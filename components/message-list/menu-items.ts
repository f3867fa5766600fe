/** The context menu of a message: the built-in items, then the host's. */
import type { TemplateResult } from 'lit'
import type { IMKit } from '../../src/kit/kit.js'
import type { Words } from '../../src/kit/words.js'
import type { Message } from '../../src/model/message.js'
import type { MenuItem } from '../im-menu/im-menu.js'
import {
  copyIcon,
  checkDoubleIcon,
  checkIcon,
  editIcon,
  forwardIcon,
  quoteIcon,
  recallIcon,
  retryIcon,
  trashIcon,
} from '../internal/icons.js'
import type { MessageAction } from './message-actions.js'

/** An item of the host's. */
export interface CustomMenuItem {
  /** What it is called; nothing hides it for this message. */
  name(message: Message): string | undefined | null
  callback(message: Message): unknown
}

const icons: Readonly<Record<MessageAction, TemplateResult>> = {
  resend: retryIcon,
  copy: copyIcon,
  quote: quoteIcon,
  forward: forwardIcon,
  edit: editIcon,
  select: checkIcon,
  askWhoRead: checkDoubleIcon,
  recall: recallIcon,
  delete: trashIcon,
}

const labels: Readonly<Record<MessageAction, (words: Words) => string>> = {
  resend: (words) => words.resend,
  copy: (words) => words.copy,
  quote: (words) => words.quoteMessage,
  forward: (words) => words.forward,
  edit: (words) => words.editMessage,
  select: (words) => words.selectMessages,
  askWhoRead: (words) => words.askWhoRead,
  recall: (words) => words.recall,
  delete: (words) => words.delete,
}

export function builtInItems(
  actions: readonly MessageAction[],
  words: Words,
  run: (action: MessageAction) => void,
): MenuItem[] {
  return actions.map((action) => ({
    id: action,
    label: labels[action](words),
    icon: icons[action],
    isDanger: action === 'delete',
    select: () => run(action),
  }))
}

/** Emoji to give a message, in a row. */
export function reactionItems(
  emoji: readonly string[],
  given: readonly string[],
  words: Words,
  react: (emoji: string) => void,
): MenuItem[] {
  return emoji.map((symbol) => ({
    id: `reaction/${symbol}`,
    label: words.reactWith(symbol),
    symbol,
    isChecked: given.includes(symbol),
    select: () => react(symbol),
  }))
}

/** What a callback of the host's throws is reported; the other items are there all the same. */
export function customItems(
  items: readonly CustomMenuItem[],
  message: Message,
  kit: IMKit,
): MenuItem[] {
  const shown = items.flatMap((item, index): MenuItem[] => {
    const label = nameOf(item, message, kit)
    const select = () => void call(item, message, kit)
    return label ? [{ id: `custom/${index}`, label, select }] : []
  })
  if (shown[0]) shown[0].isSeparated = true
  return shown
}

function nameOf(item: CustomMenuItem, message: Message, kit: IMKit): string {
  try {
    const name: unknown = item.name(message)
    return typeof name === 'string' ? name : ''
  } catch (error) {
    kit.report(error, 'customMenu of <message-list>: name()')
    return ''
  }
}

async function call(item: CustomMenuItem, message: Message, kit: IMKit): Promise<void> {
  try {
    await item.callback(message)
  } catch (error) {
    kit.report(error, 'customMenu of <message-list>: callback()')
  }
}
