import '../im-avatar/im-avatar.define.js'
import '../im-dialog/im-dialog.define.js'
import { defineElement } from '../internal/define-element.js'
import { IMForwardDialog } from './im-forward-dialog.js'

defineElement('im-forward-dialog', IMForwardDialog)
