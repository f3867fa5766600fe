/**
 * `imkit/define`: registers the elements of a chat. Menus, dialogs, players and pickers register
 * themselves when a chat first needs them, or where a page imports them.
 */
// First, so that a provider is there when the elements inside it look for their kit.
import '../components/im-provider/im-provider.define.js'
import '../components/conversation-list/conversation-list.define.js'
import '../components/message-list/message-list.define.js'
import '../components/message-editor/message-editor.define.js'
import '../components/im-chat/im-chat.define.js'
import '../components/im-avatar/im-avatar.define.js'
import '../components/im-spinner/im-spinner.define.js'

// TypeScript takes the tags and events of a page from here.
export type { ConversationList } from '../components/conversation-list/conversation-list.js'
export type { IMAvatar } from '../components/im-avatar/im-avatar.js'
export type { IMChat } from '../components/im-chat/im-chat.js'
export type { IMProvider } from '../components/im-provider/im-provider.js'
export type { IMSpinner } from '../components/im-spinner/im-spinner.js'
export type { MessageEditor } from '../components/message-editor/message-editor.js'
export type { MessageList } from '../components/message-list/message-list.js'
