import { defineElement } from '../internal/define-element.js'
import { IMDebugPanel } from './im-debug-panel.js'

defineElement('im-debug-panel', IMDebugPanel)
