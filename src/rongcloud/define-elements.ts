/**
 * Registers the elements when it is called, as the original does, instead of when it is imported.
 * The same elements as `imkit/define`: a test compares them.
 */
import { ConversationList } from '../../components/conversation-list/conversation-list.js'
import { ConversationRow } from '../../components/conversation-list/conversation-row.js'
import { IMAvatar } from '../../components/im-avatar/im-avatar.js'
import { IMChat } from '../../components/im-chat/im-chat.js'
import { IMDialog } from '../../components/im-dialog/im-dialog.js'
import { IMEmojiPicker } from '../../components/im-emoji-picker/im-emoji-picker.js'
import { IMForwardDialog } from '../../components/im-forward-dialog/im-forward-dialog.js'
import { IMMenu } from '../../components/im-menu/im-menu.js'
import { IMProvider } from '../../components/im-provider/im-provider.js'
import { IMSpinner } from '../../components/im-spinner/im-spinner.js'
import { IMViewer } from '../../components/im-viewer/im-viewer.js'
import { IMVoice } from '../../components/im-voice/im-voice.js'
import { defineElement } from '../../components/internal/define-element.js'
import { MessageEditor } from '../../components/message-editor/message-editor.js'
import { CombinedDialog } from '../../components/message-list/combined-dialog.js'
import { MessageList } from '../../components/message-list/message-list.js'
import { MessagePicture } from '../../components/message-list/message-picture.js'
import { MessageRow } from '../../components/message-list/message-row.js'
import { ReadersDialog } from '../../components/message-list/readers-dialog.js'

/** First the provider, in which the others look for their kit; each before those that contain it. */
const elements: Readonly<Record<string, CustomElementConstructor>> = {
  'im-provider': IMProvider,
  'im-spinner': IMSpinner,
  'im-avatar': IMAvatar,
  'im-menu': IMMenu,
  'im-dialog': IMDialog,
  'im-voice': IMVoice,
  'im-viewer': IMViewer,
  'im-emoji-picker': IMEmojiPicker,
  'im-forward-dialog': IMForwardDialog,
  'im-conversation-row': ConversationRow,
  'conversation-list': ConversationList,
  'im-message-picture': MessagePicture,
  'im-message-row': MessageRow,
  'im-combined-dialog': CombinedDialog,
  'im-readers-dialog': ReadersDialog,
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
