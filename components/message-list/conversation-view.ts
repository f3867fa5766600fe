import type { IMClient } from '../../src/core/client.js'
import { renderCustom } from '../../src/kit/custom-message.js'
import { digest } from '../../src/kit/digest.js'
import type { IMKit } from '../../src/kit/kit.js'
import type { Words } from '../../src/kit/words.js'
import { ConversationType, type ConversationId } from '../../src/model/conversation.js'
import type { Message, MessageReference } from '../../src/model/message.js'
import type { NamedUser } from '../../src/kit/people.js'
import type { Store } from '../../src/store/store.js'
import { FileAddresses } from '../internal/file-addresses.js'
import { QuotedMessages } from './quoted.js'
import type { Digestible } from './scene.js'

/** The half of a scene that is only read: one conversation, seen through one kit. */
export class ConversationView {
  readonly kit: IMKit
  readonly client: IMClient
  readonly conversation: ConversationId
  readonly addresses: FileAddresses
  readonly #store: Store
  readonly #quoted: QuotedMessages

  constructor(kit: IMKit, client: IMClient, store: Store, conversation: ConversationId) {
    this.kit = kit
    this.client = client
    this.conversation = conversation
    this.addresses = FileAddresses.of(client)
    this.#store = store
    this.#quoted = new QuotedMessages(client, conversation)
    // People go by their nicknames; `person` only follows what is known of the members.
    if (this.isGroup) void kit.people.loadMembers(conversation)
  }

  get words(): Words {
    return this.kit.words.value
  }

  get isGroup(): boolean {
    return this.conversation.conversationType === ConversationType.GROUP
  }

  person(userId: string): NamedUser {
    const { people } = this.kit
    return this.isGroup ? people.member(this.conversation, userId).value : people.user(userId).value
  }

  nameOf(userId: string): string {
    return this.person(userId).name
  }

  isNotice({ messageType, content }: Message): boolean {
    const { messageTypes } = this.client
    const isNotice = messageTypes.get(messageType)?.role === 'notice'
    return isNotice && messageTypes.isWellFormed(messageType, content)
  }

  isRecalled(reference: MessageReference): boolean {
    return this.#quoted.isRecalled(reference).value
  }

  uploaded(messageUId: string): number | undefined {
    return this.#store.uploads.value.get(messageUId)
  }

  digestOf(message: Digestible): string {
    const nameOf = (userId: string) => this.nameOf(userId)
    return digest(message, { words: this.words, nameOf, userId: this.client.userId })
  }

  renderCustom(kind: 'userMessage' | 'notifyMessage', message: Message): unknown {
    return renderCustom(this.kit, kind, message, this.words.unknownMessage)
  }

  close(): void {
    this.#quoted.close()
  }
}
