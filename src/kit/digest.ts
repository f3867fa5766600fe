/** One line of text for a message. */
import type { Message } from '../model/message.js'
import type { Words } from './words.js'

export interface DigestOptions {
  words: Words
  /** The name shown for a user's id. */
  nameOf: (userId: string) => string
  /** This user: `you` instead of the name. */
  userId?: string
}

export declare function digest(
  message: Pick<Message, 'messageType' | 'content' | 'senderUserId'>,
  options: DigestOptions,
): string
