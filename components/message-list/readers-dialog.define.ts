import '../im-avatar/im-avatar.define.js'
import '../im-dialog/im-dialog.define.js'
import { defineElement } from '../internal/define-element.js'
import { ReadersDialog } from './readers-dialog.js'

defineElement('im-readers-dialog', ReadersDialog)
