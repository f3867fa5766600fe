import '../im-avatar/im-avatar.define.js'
import '../im-dialog/im-dialog.define.js'
import { defineElement } from '../internal/define-element.js'
import { CombinedDialog } from './combined-dialog.js'

defineElement('im-combined-dialog', CombinedDialog)
