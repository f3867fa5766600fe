/** Somebody in a story: a user of its service, who does what the story's script tells. */
import type { BackendSession } from '../../src/backends/backend.js'
import { localToken, type LocalBackend } from '../../src/backends/local/index.js'
import { newOperation } from '../../src/core/envelope.js'
import { fileFieldOf } from '../../src/kit/send-content.js'
import { conversationIdOf, type ConversationId } from '../../src/model/conversation.js'
import { uuidv7 } from '../../src/model/identity.js'
import { limits } from '../../src/model/limits.js'
import { MessageType } from '../../src/model/message-types.js'
import type { ArchivedMessage, MessageEnvelope } from '../../src/model/message.js'
import type { StoryClock } from './story-clock.js'

/** Any content, with its type. */
export type Content = Pick<MessageEnvelope, 'messageType' | 'content'>

/** What somebody says: a text, or any content. */
export type Saying = string | Content

export class Actor {
  readonly #session: BackendSession
  readonly #clock: StoryClock
  #typing: ReturnType<typeof setInterval> | undefined

  private constructor(session: BackendSession, clock: StoryClock) {
    this.#session = session
    this.#clock = clock
  }

  static async enter(userId: string, service: LocalBackend, clock: StoryClock): Promise<Actor> {
    const deviceId = `device of ${userId}`
    const credentials = { appkey: 'stories', token: localToken(userId), deviceId }
    // What others say is for those who look at the screen.
    const sink = { batch: () => {}, status: () => {}, presence: () => {}, closed: () => {} }
    return new Actor(await service.connect(credentials, sink), clock)
  }

  /** Resolves when the service has it. The next thing anybody says comes twenty seconds later. */
  async says(
    to: ConversationId,
    saying: Saying,
    options: Partial<MessageEnvelope> = {},
  ): Promise<ArchivedMessage> {
    const envelope: MessageEnvelope = {
      ...conversationIdOf(to),
      ...asContent(saying),
      messageUId: uuidv7(this.#clock.now()),
      senderUserId: this.#session.userId,
      isPersisted: true,
      isCounted: true,
      isStatusMessage: false,
      ...options,
    }
    const { order, sentTime } = await this.#session.send(envelope)
    this.#clock.advance(20_000)
    return { ...envelope, order, sentTime }
  }

  async sends(
    to: ConversationId,
    { messageType, content }: Content,
    file: File,
  ): Promise<ArchivedMessage> {
    const { uri } = await this.#session.files!.upload(file, { name: file.name })
    const field = fileFieldOf(messageType)!
    return this.says(to, { messageType, content: { ...content, [field]: uri } })
  }

  /** A group with these members besides. */
  async founds(name: string, memberIds: string[], portraitUri?: string): Promise<string> {
    const group = { name, memberIds, ...(portraitUri ? { portraitUri } : {}) }
    const { groupId } = await this.#session.groups!.create(group)
    return groupId
  }

  /** The groups of the service, for what becomes of one: invite, rename, leave. */
  get groups() {
    return this.#session.groups!
  }

  /** Goes on typing for as long as the story is shown. */
  types(to: ConversationId): void {
    const type = () =>
      void this.#does(
        to,
        MessageType.TYPING,
        { typingContentType: MessageType.TEXT },
        { isPersisted: false, isStatusMessage: true },
      )
    type()
    this.#typing ??= setInterval(type, limits.typing.interval)
  }

  recalls({ messageUId, senderUserId, sentTime, ...message }: ArchivedMessage): Promise<void> {
    const content = { messageUId, senderUserId, sentTime, isAdmin: false, isDelete: false }
    return this.#does(message, MessageType.RECALL, content)
  }

  edits({ messageUId, senderUserId, ...message }: ArchivedMessage, text: string): Promise<void> {
    const content = { messageUId, senderUserId, content: { content: text } }
    return this.#does(message, MessageType.EDIT, content)
  }

  /** All that this one has to say to a message. */
  reacts(
    conversation: ConversationId,
    { messageUId, senderUserId }: ArchivedMessage,
    ...reactions: string[]
  ): Promise<void> {
    const content = { messageUId, senderUserId, reactions }
    return this.#does(conversation, MessageType.REACTION, content)
  }

  /** Tells the other side of a private conversation that everything up to a message has been read. */
  reads(conversation: ConversationId, upTo: ArchivedMessage): Promise<void> {
    const { messageUId, sentTime } = upTo
    const content = { messageUId, lastMessageSendTime: sentTime, type: 1 }
    return this.#does(conversation, MessageType.READ_RECEIPT, content)
  }

  /** Answers whoever asked the members of a group who has read a message. */
  confirms({ messageUId, senderUserId, ...message }: ArchivedMessage): Promise<void> {
    const receiptMessageDic = { [senderUserId]: [messageUId] }
    return this.#does(message, MessageType.READ_RECEIPT_RESPONSE, { receiptMessageDic })
  }

  async leave(): Promise<void> {
    clearInterval(this.#typing)
    await this.#session.close()
  }

  async #does(
    to: ConversationId,
    messageType: string,
    content: MessageEnvelope['content'],
    options: Partial<MessageEnvelope> = {},
  ): Promise<void> {
    const { userId } = this.#session
    await this.#session.send(
      newOperation(userId, conversationIdOf(to), messageType, content, options),
    )
  }
}

function asContent(saying: Saying): Content {
  return typeof saying === 'string'
    ? { messageType: MessageType.TEXT, content: { content: saying } }
    : saying
}
