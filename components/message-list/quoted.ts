/** What a reply quotes: read out of its content, and followed as it changes. */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals-core'
import type { IMClient } from '../../src/core/client.js'
import type { MessageContent } from '../../src/model/content.js'
import { conversationKey, type ConversationId } from '../../src/model/conversation.js'
import { MessageType } from '../../src/model/message-types.js'
import { messageKey, type Message, type MessageReference } from '../../src/model/message.js'
import { textOf } from './content-fields.js'

/** The quoted message, as far as the reply carries it. */
export interface Quoted {
  senderUserId: string
  messageType: string
  content: MessageContent
  /** Where it is, if the reply says so. */
  reference?: MessageReference
}

/** Phones write the quoted body as an object or as its JSON text. */
export function quotedIn(content: MessageContent): Quoted {
  const senderUserId = textOf(content.referMsgUserId)
  const messageUId = textOf(content.referMsgUid)
  const quoted: Quoted = {
    senderUserId,
    messageType: textOf(content.objName),
    content: bodyOf(content.referMsg),
  }
  if (messageUId && senderUserId) quoted.reference = { messageUId, senderUserId }
  return quoted
}

function bodyOf(body: unknown): MessageContent {
  if (typeof body === 'object' && body !== null) return body as MessageContent
  try {
    const parsed: unknown = JSON.parse(textOf(body))
    return typeof parsed === 'object' && parsed !== null ? (parsed as MessageContent) : {}
  } catch {
    return textOf(body) ? { content: body } : {}
  }
}

/** What has become of quoted messages of one conversation. */
export class QuotedMessages {
  readonly #client: IMClient
  readonly #conversation: ConversationId
  readonly #recalled = new Map<string, Signal<boolean>>()
  readonly #references = new Map<string, MessageReference>()
  readonly #stopListening: () => void

  constructor(client: IMClient, conversation: ConversationId) {
    this.#client = client
    this.#conversation = conversation
    const key = conversationKey(conversation)
    this.#stopListening = client.events.on('change', ({ messages }) => {
      const changes = messages.get(key)
      if (changes && changes.updated.length > 0) this.#lookAgain()
    })
  }

  /** Whether it has been taken back. One that is not here counts as it was quoted. */
  isRecalled(reference: MessageReference): ReadonlySignal<boolean> {
    const key = messageKey(reference)
    let recalled = this.#recalled.get(key)
    if (!recalled) {
      this.#recalled.set(key, (recalled = signal(false)))
      this.#references.set(key, reference)
      void this.#look(key, reference)
    }
    return recalled
  }

  close(): void {
    this.#stopListening()
  }

  #lookAgain(): void {
    for (const [key, reference] of this.#references) void this.#look(key, reference)
  }

  async #look(key: string, reference: MessageReference): Promise<void> {
    let message: Message | undefined
    try {
      message = await this.#client.reader.find(this.#conversation, reference)
    } catch {
      // Logged out meanwhile: there is nobody to show it to.
      return
    }
    const recalled = this.#recalled.get(key)
    if (recalled) recalled.value = message?.messageType === MessageType.RECALL_NOTIFICATION
  }
}
