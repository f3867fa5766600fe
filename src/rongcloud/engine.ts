/**
 * `imkit/rongcloud/engine`: stands in for `@rongcloud/engine`, from which pages take enums and
 * types. All of them are in `imkit/rongcloud` too.
 */
export { MentionedType } from '../model/content.js'
export { ConversationType, NotificationLevel, NotificationStatus } from '../model/conversation.js'
export { ErrorCode } from '../model/errors.js'
export { MessageDirection, ReceivedStatus, SentStatus } from '../model/message.js'
export { AreaCode, ConnectionStatus, FileType, LogL, LogLevel } from './enums.js'
export { MessageType } from './messages.js'
export type { MentionedInfo } from '../model/content.js'
export type { PushConfig as IPushConfig } from '../model/message.js'
export type { IExpansionListenerData, IUpdateItem } from './events.js'
export type { GetHistoryMessageOption as IGetHistoryMessageOption } from './reading.js'
export type {
  IAReceivedConversation as IReceivedConversation,
  IAReceivedMessage as IReceivedMessage,
  IConversationOption,
  IReadReceiptInfo,
} from './received.js'
export type { IAsyncRes } from './results.js'
