import '../conversation-list/conversation-list.define.js'
import '../im-avatar/im-avatar.define.js'
import '../message-editor/message-editor.define.js'
import '../message-list/message-list.define.js'
import { defineElement } from '../internal/define-element.js'
import { IMChat } from './im-chat.js'

defineElement('im-chat', IMChat)
