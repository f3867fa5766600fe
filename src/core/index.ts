/** `imkit/core`: the headless client, for those who draw the screen themselves. */
export { IMClient, type IMClientOptions, type TokenSource } from './client.js'
export type { ChangeSet, MessageChanges } from './changes.js'
export type { IMClientEvents, TypingUser } from './client-events.js'
export type { Conversation } from './conversation.js'
export type { Diagnosis, WaitingToSend } from './diagnosis.js'
export type { SendOptions } from './envelope.js'
export type { HistoryRange } from './history.js'
export type { MessagePage, Opening } from './message-reader.js'
export type {
  ConversationQuery,
  FoundConversation,
  FoundMessage,
  MessageQuery,
  MessageSearchPage,
  TextMatch,
} from './message-search.js'
export type { FileOptions, ForwardOptions } from './message-sender.js'
export type { RecallOptions } from './message-actions.js'
export type { UnreadQuery } from './conversation-book.js'
export * from '../backends/backend.js'
export * from '../model/connection-status.js'
export * from '../model/content.js'
export * from '../model/conversation.js'
export * from '../model/errors.js'
export * from '../model/limits.js'
export * from '../model/message-types.js'
export * from '../model/message.js'
export * from '../model/people.js'
