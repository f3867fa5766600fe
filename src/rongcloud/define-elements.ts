/**
 * Registers the elements when it is called, as the original does, instead of when it is imported.
 * The same elements as `imkit/define`: a test compares them.
 */
import { ConversationList } from '../../components/conversation-list/conversation-list.js'
import { ConversationRow } from '../../components/conversation-list/conversation-row.js'
import { IMAvatar } from '../../components/im-avatar/im-avatar.js'
import { IMChat } from '../../components/im-chat/im-chat.js'
import { IMProvider } from '../../components/im-provider/im-provider.js'
import { IMSpinner } from '../../components/im-spinner/im-spinner.js'
import { defineElement } from '../../components/internal/define-element.js'
import { MessageEditor } from '../../components/message-editor/message-editor.js'
import { MessageList } from '../../components/message-list/message-list.js'
import { MessagePicture } from '../../components/message-list/message-picture.js'
import { MessageRow } from '../../components/message-list/message-row.js'

/** First the provider, in which the others look for their kit; each before those that contain it. */
const elements: Readonly<Record<string, CustomElementConstructor>> = {
  'im-provider': IMProvider,
  'im-spinner': IMSpinner,
  'im-avatar': IMAvatar,
  'im-conversation-row': ConversationRow,
  'conversation-list': ConversationList,
  'im-message-picture': MessagePicture,
  'im-message-row': MessageRow,
  'message-list': MessageList,
  'message-editor': MessageEditor,
  'im-chat': IMChat,
}

/**
 * Registers `<conversation-list>`, `<message-list>`, `<message-editor>` and what they are made of.
 * Safe to call again.
 * @param _options the original's loader takes some; here is no loader that they could be for
 */
export function defineCustomElements(_options?: unknown): void {
  for (const [name, constructor] of Object.entries(elements)) defineElement(name, constructor)
}
