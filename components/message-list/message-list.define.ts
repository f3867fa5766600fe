import '../im-avatar/im-avatar.define.js'
import '../im-dialog/im-dialog.define.js'
import '../im-forward-dialog/im-forward-dialog.define.js'
import '../im-menu/im-menu.define.js'
import '../im-spinner/im-spinner.define.js'
import '../im-viewer/im-viewer.define.js'
import '../im-voice/im-voice.define.js'
import { defineElement } from '../internal/define-element.js'
import { CombinedDialog } from './combined-dialog.js'
import { MessageList } from './message-list.js'
import { MessagePicture } from './message-picture.js'
import { MessageRow } from './message-row.js'
import { ReadersDialog } from './readers-dialog.js'

defineElement('im-message-picture', MessagePicture)
defineElement('im-message-row', MessageRow)
defineElement('im-combined-dialog', CombinedDialog)
defineElement('im-readers-dialog', ReadersDialog)
defineElement('message-list', MessageList)
