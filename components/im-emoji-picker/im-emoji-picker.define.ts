import { defineElement } from '../internal/define-element.js'
import '../im-spinner/im-spinner.define.js'
import { IMEmojiPicker } from './im-emoji-picker.js'

defineElement('im-emoji-picker', IMEmojiPicker)
