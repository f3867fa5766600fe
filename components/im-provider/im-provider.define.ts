import { defineElement } from '../internal/define-element.js'
import { IMProvider } from './im-provider.js'

defineElement('im-provider', IMProvider)
