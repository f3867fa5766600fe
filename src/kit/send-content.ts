/** Makes the messages that are sent: texts, replies, mentions, and files on their way up. */
import {
  MentionedType,
  type FileContent,
  type GIFContent,
  type ImageContent,
  type MentionedInfo,
  type MessageContent,
  type ReferenceContent,
  type SightContent,
  type TextContent,
} from '../model/content.js'
import { MessageType, type BaseMessage } from '../model/message-types.js'
import type { Message } from '../model/message.js'

/** Somebody named in a text; the id `EVERYONE` names all members. */
export interface Mention {
  id: string
  name: string
}

export interface TextDraft {
  text: string
  mentions?: readonly Mention[]
  /** The message that is quoted. */
  reference?: Message
}

/** Stands for all members where one of them is named. No user can have this id. */
export const EVERYONE = '@all'

/** A text, or a reply if a message is quoted. With mentions it is to be sent with `isMentioned`. */
export function textMessage({ text, mentions, reference }: TextDraft): BaseMessage {
  const mentionedInfo = mentionedIn(mentions ?? [])
  const content: TextContent = { content: text }
  if (mentionedInfo) content.mentionedInfo = mentionedInfo
  if (!reference) return base(MessageType.TEXT, content)
  const reply: ReferenceContent = { ...content, ...quoted(reference) }
  return base(MessageType.REFERENCE, reply)
}

/** @param thumbnail base64 without a `data:` prefix */
export function imageMessage(
  thumbnail: string,
  size: { width?: number; height?: number },
): BaseMessage<ImageContent> {
  return base(MessageType.IMAGE, { content: thumbnail, imageUri: '', ...size })
}

export function gifMessage(
  file: Blob,
  size: { width: number; height: number },
): BaseMessage<GIFContent> {
  return base(MessageType.GIF, { remoteUrl: '', gifDataSize: file.size, ...size })
}

export function fileMessage(file: File): BaseMessage<FileContent> {
  const { name, size } = file
  return base(MessageType.FILE, { name, size, type: fileTypeOf(name), fileUrl: '' })
}

/** @param firstFrame base64 without a `data:` prefix @param seconds how long it is */
export function sightMessage(
  file: File,
  firstFrame: string,
  seconds: number,
): BaseMessage<SightContent> {
  const { name, size } = file
  const duration = Math.max(1, Math.round(seconds))
  return base(MessageType.SIGHT, { sightUrl: '', content: firstFrame, duration, size, name })
}

/** The field of a content that takes the address of its file; undefined if it has none. */
export function fileFieldOf(messageType: string): string | undefined {
  return fileFields.get(messageType)
}

const fileFields: ReadonlyMap<string, string> = new Map([
  [MessageType.IMAGE, 'imageUri'],
  [MessageType.GIF, 'remoteUrl'],
  [MessageType.FILE, 'fileUrl'],
  [MessageType.SIGHT, 'sightUrl'],
  [MessageType.HQ_VOICE, 'remoteUrl'],
])

function base<Content extends MessageContent>(
  messageType: string,
  content: Content,
): BaseMessage<Content> {
  return { messageType, content, isPersisted: true, isCounted: true, isStatusMessage: false }
}

function mentionedIn(mentions: readonly Mention[]): MentionedInfo | undefined {
  if (!mentions.length) return undefined
  const ids = [...new Set(mentions.map((mention) => mention.id))]
  const userIdList = ids.filter((id) => id !== EVERYONE)
  const type = ids.includes(EVERYONE) ? MentionedType.ALL : MentionedType.SINGAL
  return { type, userIdList, mentionedContent: '' }
}

/** Of a reply only its own text is quoted, or quotes of quotes would grow without end. */
function quoted({ messageType, content, messageUId, senderUserId }: Message) {
  const { user: _user, mentionedInfo: _mention, ...body } = content
  const isReply = messageType === MessageType.REFERENCE
  return {
    referMsgUserId: senderUserId,
    referMsgUid: messageUId,
    referMsg: isReply ? { content: String(content.content ?? '') } : body,
    objName: isReply ? MessageType.TEXT : messageType,
  }
}

/** The documents' `type` of a file: its extension. */
function fileTypeOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : ''
}
