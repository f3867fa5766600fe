/** Makes the contents the editor sends. */
import type { Message } from '../model/message.js'
import type { BaseMessage } from '../model/message-types.js'

export interface Mention {
  id: string
  name: string
}

export interface TextDraft {
  text: string
  /** Who is named in the text; the id `all` of `EVERYONE` names all. */
  mentions?: readonly Mention[]
  /** The message that is quoted. */
  reference?: Message
}

/** The mention of everybody, as an id that no user can have. */
export declare const EVERYONE: string

/** Text, or a reply if a message is quoted; with mentions: send it with `isMentioned`. */
export declare function textMessage(draft: TextDraft): BaseMessage
export declare function imageMessage(
  thumbnail: string,
  size: { width?: number; height?: number },
): BaseMessage
export declare function gifMessage(file: Blob, size: { width: number; height: number }): BaseMessage
export declare function fileMessage(file: File): BaseMessage
export declare function sightMessage(file: File, firstFrame: string, seconds: number): BaseMessage
export declare function voiceMessage(seconds: number, type?: string): BaseMessage
/** The field of a content that takes the address of its file. */
export declare function fileFieldOf(messageType: string): string | undefined
