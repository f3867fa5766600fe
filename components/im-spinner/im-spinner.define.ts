import { defineElement } from '../internal/define-element.js'
import { IMSpinner } from './im-spinner.js'

defineElement('im-spinner', IMSpinner)
