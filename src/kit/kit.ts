/** The kit: everything the elements and the host share. */
import type { ReadonlySignal } from '@preact/signals-core'
import type { IMClient } from '../core/client.js'
import type { Conversation } from '../core/conversation.js'
import type { SendOptions } from '../core/envelope.js'
import type { FileOptions, ForwardOptions } from '../core/message-sender.js'
import type { RecallOptions } from '../core/message-actions.js'
import type { ConversationId, Draft, NotificationStatus } from '../model/conversation.js'
import type { MessageContent } from '../model/content.js'
import type { Message } from '../model/message.js'
import type { BaseMessage } from '../model/message-types.js'
import type { UserProfile } from '../model/people.js'
import type { Store } from '../store/store.js'
import type { CoreEventDetails, CoreEventName } from './core-events.js'
import type { CustomDisplayMessage, CustomIntercept, CustomMessage } from './hooks.js'
import type { InitOptions } from './kit-options.js'
import type { People } from './people.js'
import type { ConversationProfile, Member } from './service.js'
import type { Words } from './words.js'

export interface KitOptions {
  /** Tells several kits of one page apart where something is remembered. */
  name?: string
  now?: () => number
  schedule?: (run: () => void, milliseconds: number) => () => void
}

/** What the original's calls resolve with: `code` 0 is success, failures resolve too. */
export interface Result<Data = void> {
  code: number
  data?: Data
  msg?: string
}

/** A constructor of messages of one type, for `sendMessage`. */
export type MessageConstructor = new (content: MessageContent) => BaseMessage

export interface FileBody {
  file: File | Blob
  user?: MessageContent['user']
  extra?: string
}
export interface FileHooks {
  onProgress?: (percent: number) => void
  onComplete?: (file: { url: string }) => BaseMessage | void
}

export declare class IMKit {
  constructor(options?: KitOptions)
  // life
  init(options: InitOptions): void
  provideClient(client: IMClient): void
  connect(token: string): Promise<string>
  disconnect(): Promise<void>
  readonly isReady: boolean
  readonly store: ReadonlySignal<Store | undefined>
  readonly client: IMClient | undefined
  readonly people: People
  readonly options: { maxForwardTargets: number; conversationPullCount: number }
  report(error: unknown, context: string): void
  // events
  on<Name extends CoreEventName>(
    name: Name | `${Name}`,
    listener: (detail: CoreEventDetails[Name]) => void,
  ): () => void
  once<Name extends CoreEventName>(
    name: Name | `${Name}`,
    listener: (detail: CoreEventDetails[Name]) => void,
  ): () => void
  off<Name extends CoreEventName>(
    name: Name | `${Name}`,
    listener?: (detail: CoreEventDetails[Name]) => void,
  ): void
  emit<Name extends CoreEventName>(name: Name | `${Name}`, detail?: CoreEventDetails[Name]): void
  // words
  readonly words: ReadonlySignal<Words>
  lang: string
  changeLanguage(choice: { lang: string }): void
  registerLanguage(lang: string, words: Partial<Words>): void
  // hooks
  customMessage: CustomMessage
  customIntercept: CustomIntercept
  customDisplayMessage: CustomDisplayMessage
  // what elements call: throw IMError
  /** Through willSendMessage; resolves as soon as the message is stored and shown. */
  post(conversation: ConversationId, message: BaseMessage, options?: SendOptions): Promise<Message>
  postFile(
    conversation: ConversationId,
    message: BaseMessage,
    file: Blob,
    options?: Partial<FileOptions>,
  ): Promise<Message>
  resend(message: Message): Promise<Message>
  forward(
    messages: readonly Message[],
    targets: readonly ConversationId[],
    options?: ForwardOptions,
  ): Promise<Message[]>
  recall(message: Message, options?: RecallOptions): Promise<void>
  deleteMessages(conversation: ConversationId, messages: readonly Message[]): Promise<void>
  setTop(conversation: ConversationId, isTop: boolean): Promise<void>
  setMuted(conversation: ConversationId, isMuted: boolean): Promise<void>
  saveDraft(conversation: ConversationId, draft: Draft | undefined): Promise<void>
  sendTyping(conversation: ConversationId, messageType?: string): void
  fileUrl(uri: string): Promise<string>
  digest(message: Message): string
  readonly reference: ReadonlySignal<Message | undefined>
  quote(message: Message | undefined): void
  // the original's calls
  currentConversation: ConversationId | null
  selectConversation(conversation: ConversationId | null): void
  createConversation(conversation: ConversationId): Conversation
  removeConversation(conversation: ConversationId): Promise<void>
  getConversation(
    conversation: ConversationId,
  ): Promise<{ conversation: Conversation; profile?: ConversationProfile } | null>
  getConversationList(
    more?: boolean,
  ): Promise<{ conversation: Conversation; profile?: ConversationProfile }[]>
  setConversationToTop(conversation: ConversationId, isTop: boolean): Promise<Result>
  setConversationNotificationStatus(
    conversation: ConversationId,
    status: NotificationStatus,
  ): Promise<Result>
  clearMessagesUnreadStatus(conversation: ConversationId): Promise<Result>
  saveTextMessageDraft(conversation: ConversationId, draft: string): Promise<Result>
  getUnReadTime(conversation: ConversationId): number
  getMessages(
    conversation: ConversationId,
    startTime?: number,
    count?: number,
  ): Promise<{ list: Message[]; hasMore: boolean }>
  sendMessage(
    conversation: ConversationId,
    message: BaseMessage,
    options?: SendOptions,
  ): Promise<Result<Message>>
  sendImageMessage(
    conversation: ConversationId,
    body: FileBody,
    hooks?: FileHooks,
    options?: SendOptions,
  ): Promise<Result<Message>>
  sendFileMessage(
    conversation: ConversationId,
    body: FileBody,
    hooks?: FileHooks,
    options?: SendOptions,
  ): Promise<Result<Message>>
  resendMessage(conversation: ConversationId, message: Message): Promise<Result<Message>>
  recallMessage(message: Message): Promise<Result>
  deleteMessage(message: Message): Promise<Result>
  referenceMessage(message: Message): void
  registerMessageType(
    messageType: string,
    isPersisted: boolean,
    isCounted: boolean,
    searchProps?: string[],
    isStatusMessage?: boolean,
  ): MessageConstructor
  updateUserProfile(profile: UserProfile): void
  updateConversationProfile(conversation: ConversationId, profile: ConversationProfile): void
  updateGroupMembers(conversation: ConversationId, members: Member[]): void
  getConversationProfile(conversation: ConversationId): Promise<ConversationProfile>
  getGroupMembers(conversation: ConversationId): Promise<Member[] | null>
  getGroupMemberProfile(conversation: ConversationId, userId: string): Promise<Member | undefined>
  getMyProfile(): Promise<UserProfile>
  getTime(): number
  isCustomUserMessage(message: Message): boolean
  isCustomNotifyMessage(message: Message): boolean
  isCustomLastMessage(message: Message): boolean
}

/** The page's kit. */
export declare const imkit: IMKit
/** Another kit, for another user on the same page. */
export declare function createIMKit(options?: KitOptions): IMKit
