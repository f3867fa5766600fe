import { defineElement } from '../internal/define-element.js'
import { IMMenu } from './im-menu.js'

defineElement('im-menu', IMMenu)
