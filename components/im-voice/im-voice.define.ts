import '../im-spinner/im-spinner.define.js'
import { defineElement } from '../internal/define-element.js'
import { IMVoice } from './im-voice.js'

defineElement('im-voice', IMVoice)
