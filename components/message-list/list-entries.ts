/** What the list shows, from top to bottom: messages, and the lines between them. */
import { messageKey, type Message } from '../../src/model/message.js'
import { needsTimeLine } from './time-lines.js'

export type ListEntry = TimeEntry | UnreadEntry | MessageEntry

export interface TimeEntry {
  kind: 'time'
  key: string
  /** Unix milliseconds */
  time: number
}

/** The line above the first message that was unread when the conversation was opened. */
export interface UnreadEntry {
  kind: 'unread'
  key: string
}

export interface MessageEntry {
  kind: 'message'
  key: string
  message: Message
  /** A bubble with its sender, or a grey line. */
  look: MessageLook
  /** First and last of a run of bubbles of one sender, with nothing in between. */
  isFirst: boolean
  isLast: boolean
}

export type MessageLook = 'bubble' | 'notice'

export interface ListEntriesOptions {
  /** Key of the message above which the unread line stands. */
  firstUnread?: string | undefined
  lookOf(message: Message): MessageLook
}

/** @param messages oldest first */
export function listEntries(
  messages: readonly Message[],
  { firstUnread, lookOf }: ListEntriesOptions,
): ListEntry[] {
  const entries: ListEntry[] = []
  let run: MessageEntry | undefined
  messages.forEach((message, index) => {
    const key = messageKey(message)
    if (needsTimeLine(messages[index - 1], message)) {
      entries.push({ kind: 'time', key: `time/${key}`, time: message.sentTime })
      run = undefined
    }
    if (key === firstUnread) {
      entries.push({ kind: 'unread', key: 'unread' })
      run = undefined
    }
    const look = lookOf(message)
    const goesOn = look === 'bubble' && run?.message.senderUserId === message.senderUserId
    if (goesOn) run!.isLast = false
    const entry: MessageEntry = {
      kind: 'message',
      key,
      message,
      look,
      isFirst: !goesOn,
      isLast: true,
    }
    entries.push(entry)
    run = look === 'bubble' ? entry : undefined
  })
  return entries
}
