/** How high a row will be, told from what is in it. Only the scrollbar shows where this is wrong. */
import type { Message } from '../../src/model/message.js'
import { ConversationType } from '../../src/model/conversation.js'
import { MessageType } from '../../src/model/message-types.js'
import { sizeOf, textOf } from './content-fields.js'
import type { ListEntry, MessageEntry } from './list-entries.js'
import { pictureSize, unknownPictureSize } from './picture-size.js'

/** What heights depend on besides the entry, in pixels. */
export interface RowMeasure {
  /** The font size of the list. */
  em: number
  /** The width of the list. */
  width: number
}

// All in em of the list.
const TIME_LINE = 1.8
const UNREAD_LINE = 1.9
const NOTICE = 1.9
const CARD = 5.5
const TEXT_LINE = 1.36
const AROUND_TEXT = 1.1
const QUOTE = 3.2
const NEW_SENDER = 0.56
const NAME = 1.3
/** A character of latin text is about half as wide as one of Chinese. */
const NARROW = 0.47
/** Of the list's width a bubble may take this part, and its text that less its padding. */
const BUBBLE_WIDTH = 0.76
const AROUND_BUBBLE = 5
/** Longer texts are not read to their end for this. */
const READ_AT_MOST = 4000

export function estimatedHeight(entry: ListEntry, measure: RowMeasure): number {
  return ems(entry, measure) * measure.em
}

function ems(entry: ListEntry, measure: RowMeasure): number {
  switch (entry.kind) {
    case 'time':
      return TIME_LINE
    case 'unread':
      return UNREAD_LINE
    case 'message':
      return entry.look === 'notice' ? NOTICE : bubbleEms(entry, measure)
  }
}

function bubbleEms({ message, isFirst }: MessageEntry, measure: RowMeasure): number {
  const isNamed = isFirst && message.conversationType !== ConversationType.PRIVATE
  return contentEms(message, measure) + (isFirst ? NEW_SENDER : 0) + (isNamed ? NAME : 0)
}

function contentEms({ messageType, content }: Message, measure: RowMeasure): number {
  switch (messageType) {
    case MessageType.TEXT:
      return textEms(textOf(content.content), measure)
    case MessageType.REFERENCE:
      return QUOTE + textEms(textOf(content.content), measure)
    case MessageType.IMAGE:
    case MessageType.GIF:
    case MessageType.SIGHT: {
      const size = sizeOf(content)
      return (size ? pictureSize(size) : unknownPictureSize).height
    }
    default:
      return CARD
  }
}

function textEms(text: string, { em, width }: RowMeasure): number {
  const room = Math.max(6, (width / em) * BUBBLE_WIDTH - AROUND_BUBBLE)
  let lines = 1
  let used = 0
  for (let index = 0; index < Math.min(text.length, READ_AT_MOST); index++) {
    const code = text.charCodeAt(index)
    used += code > 0x2e80 ? 1 : NARROW
    if (code === 10 || used > room) {
      lines += 1
      used = 0
    }
  }
  return lines * TEXT_LINE + AROUND_TEXT
}
