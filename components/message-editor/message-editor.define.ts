import '../im-avatar/im-avatar.define.js'
import '../im-spinner/im-spinner.define.js'
import { defineElement } from '../internal/define-element.js'
import { MessageEditor } from './message-editor.js'

defineElement('message-editor', MessageEditor)
