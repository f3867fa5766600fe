/**
 * `imkit/rongcloud`: stands in for `@rongcloud/imlib-next` 5.x, with its names, argument orders and
 * results. `import * as RongIMLib from 'imkit/rongcloud'`, or each by its name.
 */
export * from './engine.js'
export {
  connect,
  destroy,
  disconnect,
  getConnectionStatus,
  getCurrentUserId,
  getDeviceId,
  getLoadableUrl,
  getServerTime,
  init,
  type IInitOption,
} from './lifecycle.js'
export {
  addEventListener,
  clearEventListeners,
  Events,
  onceEventListener,
  removeEventListener,
  removeEventListeners,
  type EventListeners,
  type IConversationState,
} from './events.js'
export {
  BaseMessage,
  CombineV2Message,
  CommandMessage,
  FileMessage,
  GIFMessage,
  GroupNotificationMessage,
  HQVoiceMessage,
  ImageMessage,
  InformationNotificationMessage,
  LocationMessage,
  ReferenceMessage,
  registerMessageType,
  RichContentMessage,
  SightMessage,
  TextMessage,
  type MessageConstructor,
} from './messages.js'
export { sendMessage, sendTextMessage, type ISendMessageOptions } from './sending.js'
export {
  sendFileMessage,
  sendGIFMessage,
  sendHQVoiceMessage,
  sendImageMessage,
  sendSightMessage,
  type ISendBody,
  type ISendSightBody,
  type ISendVoiceBody,
  type IUploadHooks,
} from './uploading.js'
export { sendTypingStatusMessage } from './typing-status.js'
export {
  clearHistoryMessages,
  deleteMessages,
  recallMessage,
  removeMessageExpansionForKey,
  updateMessageExpansion,
  type IRecallMessageOptions,
} from './message-changes.js'
export {
  sendReadReceiptMessage,
  sendReadReceiptRequest,
  sendReadReceiptResponse,
  sendReadReceiptResponseV2,
  sendSyncReadStatusMessage,
} from './receipts.js'
export {
  getFirstUnreadMessage,
  getFirstUnreadMessageInfo,
  getHistoryMessages,
  getMessage,
  getRemoteHistoryMessages,
  type GetHistoryMessageOption,
  type GetHistoryMessageResult,
} from './reading.js'
export {
  getBlockedConversationList,
  getConversation,
  getConversationList,
  getConversationNotificationLevel,
  getConversationNotificationStatus,
  getTopConversationList,
  getUnreadConversationList,
  removeConversation,
  setConversationNotificationLevel,
  setConversationNotificationStatus,
  setConversationToTop,
  type IGetConversationListOptions,
} from './conversations.js'
export {
  clearAllMessagesUnreadStatus,
  clearMessagesUnreadStatus,
  getAllUnreadMentionedCount,
  getTotalUnreadCount,
  getTotalUnreadCountByLevels,
  getTotalUnreadMentionedCountByLevels,
  getUnreadCount,
  getUnreadMentionedCount,
} from './unread.js'
export {
  addToBlacklist,
  getBlacklist,
  getBlacklistStatus,
  removeFromBlacklist,
} from './blacklist.js'
export { clearTextMessageDraft, getTextMessageDraft, saveTextMessageDraft } from './drafts.js'
export type { IAReceivedConversation, IAReceivedMessage } from './received.js'
