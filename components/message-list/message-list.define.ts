import '../im-avatar/im-avatar.define.js'
import '../im-spinner/im-spinner.define.js'
import { defineElement } from '../internal/define-element.js'
import { MessageList } from './message-list.js'
import { MessagePicture } from './message-picture.js'
import { MessageRow } from './message-row.js'

defineElement('im-message-picture', MessagePicture)
defineElement('im-message-row', MessageRow)
defineElement('message-list', MessageList)
