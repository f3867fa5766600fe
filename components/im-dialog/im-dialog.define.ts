import { defineElement } from '../internal/define-element.js'
import { IMDialog } from './im-dialog.js'

defineElement('im-dialog', IMDialog)
