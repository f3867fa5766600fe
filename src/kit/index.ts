/** `imkit`: everything a page needs besides the elements, which `imkit/define` registers. */
export {
  imkit,
  imkit as core,
  createIMKit,
  IMKit,
  type ClientSource,
  type KitOptions,
} from './kit.js'
export type { InitOptions } from './kit-options.js'
export type { Logger } from './log.js'
export type { ConversationProfile, Member, Service } from './service.js'
export type {
  ContentHook,
  CustomDisplayMessage,
  CustomIntercept,
  CustomMessage,
  CustomRenderer,
  CustomRendering,
} from './hooks.js'
export {
  CoreEvent,
  type ChangedConversation,
  type CoreEventDetails,
  type CoreEventName,
} from './core-events.js'
export type { DetailOf, EventName } from './kit-events.js'
export {
  DisabledConversationContextMenu,
  DisabledConversationontextMenu,
  DisabledMessageContextMenu,
} from './menu-items.js'
export { Languages } from './languages.js'
export type { Words } from './words.js'
export { zh_CN } from './locales/zh_CN.js'
export { en } from './locales/en.js'
export type {
  ConversationWithProfile,
  FileBody,
  FileHooks,
  MessageConstructor,
} from './original-calls.js'
export type { Outgoing } from './outgoing.js'
export type { NamedConversation, NamedMember, NamedUser, People } from './people.js'
export type { Result } from './result.js'
export { kitContext, KitController } from './context.js'
export { EVERYONE, textMessage, type Mention, type TextDraft } from './send-content.js'
export type { Attention, Store } from '../store/store.js'
export type { ConversationWindow, ListState } from '../store/conversation-window.js'
export type { MessageWindow, Place, WindowChange } from '../store/message-window.js'
export { SignalWatcher } from '../store/signal-watcher.js'
export type { Conversation } from '../core/conversation.js'
export type { TypingUser } from '../core/client-events.js'
export type { SendOptions } from '../core/envelope.js'
export type { FileOptions, ForwardOptions } from '../core/message-sender.js'
export type { RecallOptions } from '../core/message-actions.js'
export { IMClient, type IMClientOptions } from '../core/client.js'
export * from '../model/connection-status.js'
export * from '../model/content.js'
export * from '../model/conversation.js'
export { ErrorCode, IMError } from '../model/errors.js'
export { MessageType, type BaseMessage } from '../model/message-types.js'
export * from '../model/message.js'
export type { GroupInfo, GroupMember, UserProfile } from '../model/people.js'
