import { defineElement } from '../internal/define-element.js'
import { IMAvatar } from './im-avatar.js'

defineElement('im-avatar', IMAvatar)
