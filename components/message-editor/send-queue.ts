import type { IMKit } from '../../src/kit/kit.js'
import { textMessage } from '../../src/kit/send-content.js'
import type { ConversationId } from '../../src/model/conversation.js'
import { uuidv7 } from '../../src/model/identity.js'
import { IMError } from '../../src/model/errors.js'
import { limits, serializedSize } from '../../src/model/limits.js'
import type { Message } from '../../src/model/message.js'
import type { BaseMessage } from '../../src/model/message-types.js'
import type { TrayItem } from './attachment-tray.js'
import { draftOf } from './conversation-draft.js'
import { namedIn, type MentionText } from './mention-text.js'

/** What the user sends with one press: files, text, or both. */
export interface Parcel {
  conversation: ConversationId
  items: readonly TrayItem[]
  value: MentionText
  /** The message that is quoted. */
  reference?: Message
}

/** What of a parcel was refused, to be given back. */
export interface RefusedParcel extends Parcel {
  error: IMError
}

/** The message for a text, none for white space alone. */
export function messageOf({ value, reference }: Pick<Parcel, 'value' | 'reference'>) {
  const text = value.text.trim()
  if (text === '') return undefined
  return textMessage({ text, mentions: namedIn(value), reference })
}

export function isTooLong(message: BaseMessage): boolean {
  return serializedSize(message.content) > limits.messageSize
}

/**
 * Sends one parcel after the other, in each the files before the text, so that all arrive in the order
 * they were sent in, however long it takes to look into a file.
 */
export class SendQueue {
  #refused: (parcel: RefusedParcel) => void
  #unstored: () => void
  #last: Promise<void> = Promise.resolve()

  /** @param unstored a text was sent and could not be stored, so that it is not on screen yet */
  constructor(refused: (parcel: RefusedParcel) => void, unstored: () => void) {
    this.#refused = refused
    this.#unstored = unstored
  }

  add(kit: IMKit, parcel: Parcel): void {
    const { conversation, value, reference } = parcel
    const messageUId = uuidv7()
    const draft = messageOf(parcel) && draftOf(value, reference)
    const ended = draft && kit.keepUntilPosted(conversation, messageUId, draft)
    this.#last = this.#last.then(async () => {
      await this.#send(kit, parcel, messageUId)
      ended?.()
    })
  }

  async #send(kit: IMKit, parcel: Parcel, messageUId: string): Promise<void> {
    const { conversation, items } = parcel
    const left: TrayItem[] = []
    let error: IMError | undefined
    for (const item of items) {
      try {
        const { message } = await item.ready
        await kit.postFile(conversation, message, item.file, { name: item.file.name })
      } catch (reason) {
        left.push(item)
        error = IMError.from(reason)
      }
    }
    const message = messageOf(parcel)
    let { value } = parcel
    try {
      if (message) {
        const isMentioned = message.content.mentionedInfo !== undefined
        const options = { messageUId, ...(isMentioned && { isMentioned }) }
        const posted = await kit.post(conversation, message, options)
        if (posted.isPersisted && !posted.messageId) this.#unstored()
      }
      value = { text: '', mentions: [] }
    } catch (reason) {
      error = IMError.from(reason)
    }
    if (error) this.#refused({ ...parcel, items: left, value, error })
  }
}
