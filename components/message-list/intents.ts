/** What the list does to messages when its user wants it. A refusal is told, never thrown. */
import type { IMClient } from '../../src/core/client.js'
import type { IMKit } from '../../src/kit/kit.js'
import { conversationIdOf, type ConversationId } from '../../src/model/conversation.js'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import type { Message } from '../../src/model/message.js'
import { nearestWritingPlace } from '../internal/writing-places.js'
import { copyText } from './copy-text.js'
import { copiedText } from './message-actions.js'

export interface IntentsOptions {
  /** The list. */
  list: Element
  kit(): IMKit
  /** Shows the user a line for a moment, and has it read out. */
  tell(text: string): void
}

export class Intents {
  readonly #options: IntentsOptions

  constructor(options: IntentsOptions) {
    this.#options = options
  }

  resend(message: Message): Promise<void> {
    return this.#attempt((kit) => kit.resend(message))
  }

  cancelSending(message: Message): Promise<void> {
    return this.#attempt((kit) => clientOf(kit).sender.cancel(message.messageId))
  }

  recall(message: Message): Promise<void> {
    return this.#attempt((kit) => kit.recall(message))
  }

  remove(conversation: ConversationId, messages: readonly Message[]): Promise<void> {
    return this.#attempt((kit) => kit.deleteMessages(conversation, messages))
  }

  edit(message: Message, text: string): Promise<void> {
    const content = { ...message.content, content: text }
    return this.#attempt((kit) => clientOf(kit).actions.edit(message, content))
  }

  react(message: Message, reactions: readonly string[]): Promise<void> {
    return this.#attempt((kit) => clientOf(kit).actions.react(message, reactions))
  }

  askWhoRead(message: Message): Promise<void> {
    return this.#attempt((kit) => clientOf(kit).readState.requestReceipt(message))
  }

  quote(message: Message): void {
    this.#options.kit().quote(message)
  }

  async copy(message: Message): Promise<void> {
    const { words } = this.#options.kit()
    const isCopied = await copyText(copiedText(message) ?? '')
    if (isCopied) this.#options.tell(words.peek().copied)
  }

  /** Puts a recalled text behind what is being written: in the editor, or else in the draft. */
  async editAgain(conversation: ConversationId, text: string): Promise<void> {
    const editor = nearestWritingPlace(this.#options.list, this.#options.kit(), conversation)
    if (editor) editor.write(text)
    else await this.#attempt((kit) => addToDraft(kit, conversation, text))
  }

  async #attempt(action: (kit: IMKit) => Promise<unknown>): Promise<void> {
    const kit = this.#options.kit()
    try {
      await action(kit)
    } catch (error) {
      this.#options.tell(kit.words.peek().error(IMError.from(error).code))
    }
  }
}

async function addToDraft(kit: IMKit, conversation: ConversationId, text: string): Promise<void> {
  const { draftDetail } = await clientOf(kit).conversations.get(conversation)
  const written = draftDetail?.text ?? ''
  await kit.saveDraft(conversationIdOf(conversation), {
    ...draftDetail,
    text: written ? `${written}\n${text}` : text,
  })
}

function clientOf(kit: IMKit): IMClient {
  if (kit.client) return kit.client
  throw new IMError(ErrorCode.BIZ_ERROR_CLIENT_NOT_INIT, 'Call imkit.init() first.')
}
