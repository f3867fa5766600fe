import '../im-avatar/im-avatar.define.js'
import '../im-spinner/im-spinner.define.js'
import { defineElement } from '../internal/define-element.js'
import { ConversationList } from './conversation-list.js'
import { ConversationRow } from './conversation-row.js'

defineElement('im-conversation-row', ConversationRow)
defineElement('conversation-list', ConversationList)
