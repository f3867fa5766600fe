/**
 * The service as a test speaks to it, without a client in between: sets up groups and
 * histories, and sends what no client would.
 */
import type { BackendSession, OutgoingMessage } from '../../../src/backends/backend.js'
import { ConversationType, type ConversationId } from '../../../src/model/conversation.js'
import type { MessageContent } from '../../../src/model/content.js'
import { uuidv7 } from '../../../src/model/identity.js'
import { MessageType } from '../../../src/model/message-types.js'
import { backend, tokenOf } from './backend.js'
import { groups } from './directory.js'

export type SentContent = Pick<OutgoingMessage, 'messageType' | 'content'> &
  Partial<OutgoingMessage>

const sessions = new Map<string, Promise<BackendSession>>()

function sessionOf(userId: string): Promise<BackendSession> {
  const known = sessions.get(userId)
  if (known) return known
  const credentials = { appkey: 'e2e', token: tokenOf(userId), deviceId: 'service' }
  const deaf = { batch: () => {}, status: () => {}, presence: () => {}, closed: () => {} }
  const session = backend.connect(credentials, deaf)
  sessions.set(userId, session)
  return session
}

export const service = {
  /** A group that the host knows as well. Gives its id. */
  async createGroup(name: string, ownerId: string, memberIds: string[]): Promise<string> {
    const session = await sessionOf(ownerId)
    const { groupId } = await session.groups!.create({ name, memberIds })
    groups.set(groupId, { name, memberIds: [ownerId, ...memberIds] })
    return groupId
  },

  /** Says something in the name of a user, whatever it is. Gives the message's id. */
  async send(userId: string, conversation: ConversationId, sent: SentContent): Promise<string> {
    const session = await sessionOf(userId)
    const messageUId = uuidv7()
    await session.send({
      ...conversation,
      messageUId,
      senderUserId: userId,
      isPersisted: true,
      isCounted: true,
      isStatusMessage: false,
      ...sent,
    })
    return messageUId
  },

  /** Many at once. The database takes them in the order in which they are given. */
  async sendAll(userId: string, conversation: ConversationId, all: SentContent[]): Promise<void> {
    await sessionOf(userId)
    await Promise.all(all.map((sent) => service.send(userId, conversation, sent)))
  },

  async sendTexts(userId: string, conversation: ConversationId, texts: string[]): Promise<void> {
    for (const content of texts) {
      await service.send(userId, conversation, {
        messageType: MessageType.TEXT,
        content: { content },
      })
    }
  },

  async sendSystemMessage(
    userId: string,
    senderUserId: string,
    messageType: string,
    content: MessageContent,
  ): Promise<void> {
    await backend.sendSystemMessage(userId, { senderUserId, messageType, content })
  },

  /** Messages of a conversation as the service has them for a user, oldest first. */
  async archive(userId: string, conversation: ConversationId): Promise<SentContent[]> {
    const session = await sessionOf(userId)
    const { messages } = await session.history({ conversation, count: 100 })
    return messages
  },

  /** A file that everyone may load. Gives its address. */
  async upload(userId: string, text: string, name: string, type: string): Promise<string> {
    const session = await sessionOf(userId)
    const { uri } = await session.files!.upload(new File([text], name, { type }))
    return uri
  },

  privately(targetId: string): ConversationId {
    return { conversationType: ConversationType.PRIVATE, targetId }
  },

  inGroup(targetId: string): ConversationId {
    return { conversationType: ConversationType.GROUP, targetId }
  },
}

declare global {
  interface Window {
    service: typeof service
  }
}

window.service = service
