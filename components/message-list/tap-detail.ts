/** What `tapMessage` tells about a message, by type: names and shapes are the original's. */
import { MessageType } from '../../src/model/message-types.js'
import type { Message } from '../../src/model/message.js'
import type { VoicePlayDetail } from '../im-voice/im-voice.js'
import { amountOf, textOf } from './content-fields.js'

export type TapMessageDetail = (ImageTap | FileTap | SightTap | VoiceTap | RichContentTap) & {
  /** The message itself. */
  message: Message
}

export interface ImageTap {
  type: 'image'
  /** base64, as it stands in the message */
  thumb: string
  /** loadable; empty if it can't be had now */
  url: string
}

export interface FileTap {
  type: 'file'
  url: string
  /** bytes */
  size: number
  name: string
  fileType: string
}

export interface SightTap {
  type: 'sight'
  url: string
  thumb: string
  /** seconds */
  duration: number
  /** bytes */
  size: number
  name: string
}

/** Whoever plays it says so: the message shows it. */
export interface VoiceTap {
  type: 'hqvoice'
  /** messageUId */
  uid: string
  url: string
  /** seconds */
  duration: number
  onStart(): void
  onStop(): void
}

export interface RichContentTap {
  type: 'richContent'
  url: string
}

const addressFields: Readonly<Record<string, string>> = {
  [MessageType.IMAGE]: 'imageUri',
  [MessageType.GIF]: 'remoteUrl',
  [MessageType.FILE]: 'fileUrl',
  [MessageType.SIGHT]: 'sightUrl',
  [MessageType.HQ_VOICE]: 'remoteUrl',
  [MessageType.RICH_CONTENT]: 'url',
}

/** The address of what is behind a message, as it stands in it; undefined where nothing is. */
export function addressIn({ messageType, content }: Message): string | undefined {
  const field = Object.hasOwn(addressFields, messageType) ? addressFields[messageType]! : undefined
  return field && textOf(content[field])
}

/** @param url loadable address of what is behind the message; nothing comes of types one can't tap */
export function tapDetail(message: Message, url: string): TapMessageDetail | undefined {
  const { messageType, content } = message
  const thumb = textOf(content.content)
  const size = amountOf(content.size) ?? 0
  const name = textOf(content.name)
  switch (messageType) {
    case MessageType.IMAGE:
    case MessageType.GIF:
      return { type: 'image', thumb, url, message }
    case MessageType.FILE:
      return { type: 'file', url, size, name, fileType: textOf(content.type), message }
    case MessageType.SIGHT: {
      const duration = amountOf(content.duration) ?? 0
      return { type: 'sight', url, thumb, duration, size, name, message }
    }
    case MessageType.RICH_CONTENT:
      return { type: 'richContent', url, message }
    default:
      return undefined
  }
}

export function voiceTap(message: Message, play: VoicePlayDetail): TapMessageDetail {
  return { type: 'hqvoice', uid: message.messageUId, ...play, message }
}
