import '../im-avatar/im-avatar.define.js'
import '../im-dialog/im-dialog.define.js'
import '../im-forward-dialog/im-forward-dialog.define.js'
import { defineElement } from '../internal/define-element.js'
import { CombinedDialog } from './combined-dialog.js'
import { EditDialog } from './edit-dialog.js'
import { ReadersDialog } from './readers-dialog.js'

defineElement('im-combined-dialog', CombinedDialog)
defineElement('im-edit-dialog', EditDialog)
defineElement('im-readers-dialog', ReadersDialog)
