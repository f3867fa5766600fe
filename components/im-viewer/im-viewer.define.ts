import '../im-spinner/im-spinner.define.js'
import { defineElement } from '../internal/define-element.js'
import { IMViewer } from './im-viewer.js'

defineElement('im-viewer', IMViewer)
