/**
 * The calls of the original's `core`, with its names, argument orders and results, on top of the
 * kit's own. Those that gave `{ code, data, msg }` still do and never reject.
 */
import type { ReadonlySignal } from '@preact/signals-core'
import type { IMClient } from '../core/client.js'
import type { Conversation } from '../core/conversation.js'
import type { SendOptions } from '../core/envelope.js'
import type { FileOptions } from '../core/message-sender.js'
import type { ContentUser, MessageContent } from '../model/content.js'
import {
  conversationIdOf,
  conversationKey,
  ConversationType,
  NotificationStatus,
  type ConversationId,
  type Draft,
} from '../model/conversation.js'
import { ErrorCode, IMError, invalidParameter } from '../model/errors.js'
import { limits } from '../model/limits.js'
import type { BaseMessage } from '../model/message-types.js'
import type { Message } from '../model/message.js'
import type { UserProfile } from '../model/people.js'
import type { Display } from '../store/display.js'
import { shownRows } from '../store/message-rows.js'
import { orderAtTime } from '../store/order-at-time.js'
import type { Store } from '../store/store.js'
import { CoreEvent } from './core-events.js'
import { rendererOf, type CustomMessage, type CustomRendering } from './hooks.js'
import { imageThumbnail } from './image-thumbnail.js'
import type { DetailOf, EventName } from './kit-events.js'
import type { Outgoing } from './outgoing.js'
import type { NamedConversation, NamedMember, NamedUser, People } from './people.js'
import { resultOf, type Result } from './result.js'
import { fileMessage, imageMessage } from './send-content.js'
import type { ConversationProfile, Member } from './service.js'

/** A constructor of messages of one type, for `sendMessage`. */
export type MessageConstructor = new (content: MessageContent) => BaseMessage

/** A conversation with its name and picture. */
export interface ConversationWithProfile {
  conversation: Conversation
  profile: NamedConversation
}

export interface FileBody {
  file: File | Blob
  /** The sender's card that travels with the message. */
  user?: ContentUser
  extra?: string
}

export interface FileHooks {
  /** Called with the percentage that is up. */
  onProgress?: (progress: number) => void
  /** Called with the file's address; a message that is returned is sent instead. */
  onComplete?: (file: { url: string }) => BaseMessage | undefined | void
}

export abstract class OriginalCalls {
  abstract readonly people: People
  abstract readonly client: IMClient | undefined
  abstract readonly store: ReadonlySignal<Store | undefined>
  abstract readonly customMessage: CustomMessage
  abstract emit<Name extends EventName>(name: Name, detail?: DetailOf<Name>): void
  abstract send(
    conversation: ConversationId,
    message: Outgoing,
    options?: SendOptions,
  ): Promise<Message>
  abstract sendFile(
    conversation: ConversationId,
    message: Outgoing,
    file: Blob,
    options?: Partial<FileOptions>,
  ): Promise<Message>
  abstract recall(message: Message): Promise<void>
  abstract deleteMessages(conversation: ConversationId, messages: readonly Message[]): Promise<void>
  abstract quote(message: Message | undefined): void
  abstract setTop(conversation: ConversationId, isTop: boolean): Promise<void>
  abstract setMuted(conversation: ConversationId, isMuted: boolean): Promise<void>
  abstract saveDraft(conversation: ConversationId, draft: Draft | undefined): Promise<void>
  protected abstract readonly display: Display
  protected abstract requireClient(call: string): IMClient
  protected abstract requireStore(call: string): Store

  // Conversations

  /** The open conversation, null if none is. Setting it opens another one. */
  get currentConversation(): ConversationId | null {
    return this.store.value?.current.value ?? null
  }

  set currentConversation(conversation: ConversationId | null) {
    this.selectConversation(conversation)
  }

  /**
   * Opens a conversation, before or after connecting; null closes the open one. One that is not
   * in the list is added in memory and becomes real with its first message.
   * @throws IMError 33001 before `init`, 33003 for what is no conversation
   */
  selectConversation(conversation: ConversationId | null | undefined): void {
    const store = this.requireStore('selectConversation')
    if (conversation) checkConversation('selectConversation', conversation)
    store.select(conversation ?? undefined)
  }

  /** Adds a conversation to the list in memory, unless it is there. @throws as `selectConversation` */
  createConversation(conversation: ConversationId): Conversation {
    const store = this.requireStore('createConversation')
    checkConversation('createConversation', conversation)
    return store.add(conversation)
  }

  /** Takes a conversation out of the list, on all devices, until its next message. */
  async removeConversation(conversation: ConversationId): Promise<void> {
    const store = this.requireStore('removeConversation')
    checkConversation('removeConversation', conversation)
    const removed =
      store.conversations.find(conversationKey(conversation)) ??
      (await this.requireClient('removeConversation').conversations.get(conversation))
    await store.remove(conversation)
    this.emit('conversation_removed', removed)
  }

  /** null if nothing is known of it. */
  async getConversation(conversation: ConversationId): Promise<ConversationWithProfile | null> {
    const store = this.requireStore('getConversation')
    checkConversation('getConversation', conversation)
    const key = conversationKey(conversation)
    const [stored] = await this.requireClient('getConversation').conversations.byKey([key])
    const known = stored ?? store.conversations.find(key)
    return known ? this.#withProfile(known) : null
  }

  /** The list as far as it is loaded. @param more loads the next page first */
  async getConversationList(more = false): Promise<ConversationWithProfile[]> {
    const { conversations } = this.requireStore('getConversationList')
    await conversations.load()
    if (more) await conversations.loadMore()
    return Promise.all(conversations.given().map((one) => this.#withProfile(one)))
  }

  setConversationToTop(conversation: ConversationId, isTop: boolean): Promise<Result> {
    return resultOf(() => this.setTop(conversation, isTop))
  }

  /** OPEN mutes: it means that do-not-disturb is on. */
  setConversationNotificationStatus(
    conversation: ConversationId,
    status: NotificationStatus,
  ): Promise<Result> {
    return resultOf(() => this.setMuted(conversation, status === NotificationStatus.OPEN))
  }

  clearMessagesUnreadStatus(conversation: ConversationId): Promise<Result> {
    return resultOf(() =>
      this.requireClient('clearMessagesUnreadStatus').readState.markRead(conversation),
    )
  }

  /** An empty text removes the draft. */
  saveTextMessageDraft(conversation: ConversationId, draft: string): Promise<Result> {
    return resultOf(() => this.saveDraft(conversation, draft ? { text: draft } : undefined))
  }

  /** Own messages up to this time have been read by the other side; Unix milliseconds, or 0. */
  getUnReadTime(conversation: ConversationId): number {
    const key = conversationKey(conversation)
    return this.store.value?.conversations.find(key)?.peerReadTime ?? 0
  }

  // Messages

  /**
   * A page of messages as they are shown, oldest first.
   * @param startTime only older ones than this, Unix milliseconds; 0: the newest
   * @param count 1 to 100
   */
  async getMessages(
    conversation: ConversationId,
    startTime = 0,
    count: number = limits.historyCount.default,
  ): Promise<{ list: Message[]; hasMore: boolean }> {
    const { reader } = this.requireClient('getMessages')
    checkConversation('getMessages', conversation)
    const most = Math.min(Math.max(1, Math.trunc(count) || 1), limits.historyCount.max)
    const before = startTime ? await orderAtTime(reader, conversation, startTime) : undefined
    const range = before === undefined ? { count: most } : { before, count: most }
    const { messages, hasOlder } = await reader.history(conversation, range)
    const rows = await shownRows(messages, this.display)
    const list = rows.filter((row) => !row.isHidden).map((row) => row.message)
    return { list, hasMore: hasOlder }
  }

  /** Resolves when the server has the message; without a connection that is when there is one. */
  sendMessage(
    conversation: ConversationId,
    message: BaseMessage,
    options?: SendOptions | null,
  ): Promise<Result<Message>> {
    return resultOf(() => this.send(conversation, message, options ?? {}))
  }

  sendImageMessage(
    conversation: ConversationId,
    body: FileBody,
    hooks: FileHooks = {},
    options: SendOptions = {},
  ): Promise<Result<Message>> {
    return resultOf(async () => {
      const { file } = checkedBody('sendImageMessage', body)
      const picture = await imageThumbnail(file)
      const { thumbnail = '', ...size } = picture ?? {}
      return this.#sendFile(conversation, imageMessage(thumbnail, size), body, hooks, options)
    })
  }

  sendFileMessage(
    conversation: ConversationId,
    body: FileBody,
    hooks: FileHooks = {},
    options: SendOptions = {},
  ): Promise<Result<Message>> {
    return resultOf(() => {
      const { file } = checkedBody('sendFileMessage', body)
      const named = file instanceof File ? file : new File([file], 'file', { type: file.type })
      return this.#sendFile(conversation, fileMessage(named), body, hooks, options)
    })
  }

  /** Sends a failed message again, under the id it has. */
  resendMessage(_conversation: ConversationId, message: Message): Promise<Result<Message>> {
    return resultOf(() =>
      this.requireClient('resendMessage').sender.resendAndWait(message.messageId),
    )
  }

  recallMessage(message: Message): Promise<Result> {
    return resultOf(() => this.recall(message))
  }

  /** For this user, on all devices. */
  deleteMessage(message: Message): Promise<Result> {
    return resultOf(() => this.deleteMessages(message, [message]))
  }

  /** Quotes a message: the editor shows it and sends a reply. */
  referenceMessage(message: Message): void {
    this.requireStore('referenceMessage')
    this.quote(message)
  }

  /**
   * Makes a type known; register all of them before connecting.
   * @throws IMError 33001 before `init`, 33003 for a reserved name
   */
  registerMessageType(
    messageType: string,
    isPersisted: boolean,
    isCounted: boolean,
    searchProps: string[] = [],
    isStatusMessage = false,
  ): MessageConstructor {
    const { messageTypes } = this.requireClient('registerMessageType')
    const options = { isPersisted, isCounted, searchProps, isStatusMessage }
    const definition = messageTypes.register(messageType, options)
    return class implements BaseMessage {
      readonly messageType = messageType
      readonly isPersisted = definition.isPersisted
      readonly isCounted = definition.isCounted
      readonly isStatusMessage = definition.isStatusMessage
      readonly content: MessageContent

      constructor(content: MessageContent) {
        this.content = content
      }
    }
  }

  // Who is who

  /** Shows a new name and picture of somebody everywhere at once. @throws IMError 33003 without an id */
  updateUserProfile(profile: UserProfile): void {
    this.emit(CoreEvent.USER_INFO_CHANGED, this.people.updateUser(profile))
  }

  /** No effect on conversations this page does not know. @throws IMError 33003 for what is no conversation */
  updateConversationProfile(
    conversation: ConversationId,
    profile: Partial<ConversationProfile>,
  ): void {
    checkConversation('updateConversationProfile', conversation)
    const whole = { ...profile, ...conversationIdOf(conversation) }
    const updated = this.people.updateConversation(whole)
    if (updated) this.emit(CoreEvent.CONVERSATION_INFO_CHANGED, updated)
  }

  /** Replaces all members; shown when the group is opened, if it is not. */
  updateGroupMembers(conversation: ConversationId, members: Member[]): void {
    checkConversation('updateGroupMembers', conversation)
    this.emit(CoreEvent.GROUP_INFO_CHANGED, this.people.updateMembers(conversation, members))
  }

  getConversationProfile(conversation: ConversationId): Promise<NamedConversation> {
    return this.people.loadConversation(conversation)
  }

  /** null for what is no group. */
  async getGroupMembers(conversation: ConversationId): Promise<readonly NamedMember[] | null> {
    if (conversation.conversationType !== ConversationType.GROUP) return null
    return this.people.loadMembers(conversation)
  }

  async getGroupMemberProfile(
    conversation: ConversationId,
    userId: string,
  ): Promise<NamedMember | undefined> {
    const members = await this.people.loadMembers(conversation)
    return members.find((member) => member.id === userId)
  }

  /** @throws IMError 30001 while nobody is logged in */
  async getMyProfile(): Promise<NamedUser> {
    const { userId } = this.requireClient('getMyProfile')
    if (userId) return this.people.loadUser(userId)
    throw new IMError(
      ErrorCode.RC_NET_CHANNEL_INVALID,
      'Nobody is logged in: call connect(token) first and wait for it.',
    )
  }

  /** Unix milliseconds by the server's clock, as far as it is known. */
  getTime(): number {
    return this.client?.serverTime() ?? Date.now()
  }

  // Custom messages

  isCustomUserMessage(message: Message): boolean {
    return rendererOf(this.customMessage, 'userMessage', message) !== undefined
  }

  isCustomNotifyMessage(message: Message): boolean {
    return rendererOf(this.customMessage, 'notifyMessage', message) !== undefined
  }

  isCustomLastMessage(message: Message): boolean {
    return rendererOf(this.customMessage, 'lastMessage', message) !== undefined
  }

  /** What the host's renderer gives, as it is: the elements sanitise strings before showing them. */
  createCustomUserMessageDom(message: Message): CustomRendering {
    return rendererOf(this.customMessage, 'userMessage', message)?.(message)
  }

  createCustomNotifyMessageDom(message: Message): CustomRendering {
    return rendererOf(this.customMessage, 'notifyMessage', message)?.(message)
  }

  createCustomLastMessageDom(message: Message): CustomRendering {
    return rendererOf(this.customMessage, 'lastMessage', message)?.(message)
  }

  async #withProfile(conversation: Conversation): Promise<ConversationWithProfile> {
    return { conversation, profile: await this.people.loadConversation(conversation) }
  }

  async #sendFile(
    conversation: ConversationId,
    message: BaseMessage,
    { file, user, extra }: FileBody,
    hooks: FileHooks,
    options: SendOptions,
  ): Promise<Message> {
    const content = { ...message.content, ...(user ? { user } : {}), ...(extra ? { extra } : {}) }
    const { events } = this.requireClient('sendFileMessage')
    let sending: Message | undefined
    const stopFollowing = events.on('upload', ({ messageUId, percent }) => {
      if (messageUId === sending?.messageUId) hooks.onProgress?.(percent)
    })
    try {
      return await this.sendFile(conversation, { ...message, content }, file, {
        ...options,
        onSendBefore: (stored) => {
          sending = stored
          options.onSendBefore?.(stored)
        },
        onComplete: (url) => hooks.onComplete?.({ url }),
      })
    } finally {
      stopFollowing()
    }
  }
}

/** @throws IMError 33003 */
function checkConversation(call: string, conversation: ConversationId): void {
  const { conversationType, targetId } = conversation ?? {}
  const isConversation = conversationType in ConversationType && typeof targetId === 'string'
  if (isConversation && targetId) return
  throw invalidParameter(
    `imkit.${call}() needs { conversationType, targetId }: a number of ConversationType and an id.`,
  )
}

/** @throws IMError 34011 without a file */
function checkedBody(call: string, body: FileBody): FileBody {
  if (body?.file instanceof Blob) return body
  throw new IMError(ErrorCode.UPLOAD_FAIL, `imkit.${call}() needs { file }: a File or a Blob.`)
}
