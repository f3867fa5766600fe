/** What rows and bubbles draw from, and what they ask the list to do. */
import type { IMKit } from '../../src/kit/kit.js'
import type { NamedUser } from '../../src/kit/people.js'
import type { Words } from '../../src/kit/words.js'
import type { CombineContent } from '../../src/model/content.js'
import type { Message, MessageReference } from '../../src/model/message.js'
import type { VoicePlayDetail } from '../im-voice/im-voice.js'
import type { FileAddresses } from '../internal/file-addresses.js'

/** Just enough of a message to say it in a line. */
export type Digestible = Pick<Message, 'messageType' | 'content' | 'senderUserId'>

/**
 * What the inside of a bubble needs. Whatever is read here while drawing is followed: what was drawn
 * is drawn again when it changes.
 */
export interface BubbleScene {
  readonly kit: IMKit
  readonly words: Words
  readonly addresses: FileAddresses
  nameOf(userId: string): string
  /** One line for a message. */
  digestOf(message: Digestible): string
  /** What the host's renderer makes of a message. */
  renderCustom(kind: 'userMessage' | 'notifyMessage', message: Message): unknown
  /** Whether a quoted message has been taken back. */
  isRecalled(reference: MessageReference): boolean

  /** The user wants to see what is behind a message: a picture, a file, a page. */
  open(message: Message): void
  /** False: the host plays it. */
  playVoice(message: Message, play: VoicePlayDetail): boolean
  readCombined(content: CombineContent): void
  /** Absent where there is nothing to jump to. */
  jumpTo?(reference: MessageReference): unknown
}

/** What a row of the list needs besides. */
export interface Scene extends BubbleScene {
  /** This user. */
  readonly userId: string
  /** Whether the host lets messages be quoted. */
  readonly canQuote: boolean
  /** Somebody in this conversation, under the name they have here. */
  person(userId: string): NamedUser
  /** Whether it is a notice that can be read. */
  isNotice(message: Message): boolean
  /** Whether this user may give it an emoji. */
  canReact(message: Message): boolean
  /** Percent of an upload that is under way. */
  uploaded(messageUId: string): number | undefined

  showMenu(message: Message, anchor: Element): void
  showReaders(message: Message): void
  quote(message: Message): void
  resend(message: Message): void
  cancelSending(message: Message): void
  editAgain(text: string): void
  /** Gives a message an emoji, or takes it back. */
  react(message: Message, emoji: string): void
  toggleChosen(message: Message): void
}
