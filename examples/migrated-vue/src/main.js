import { createApp } from 'vue'
import * as RongIMLib from '@rongcloud/imlib-next'
import { core as imkit, defineCustomElements } from '@rongcloud/imkit'
import App from './App.vue'
import customMessage, { registerMessages } from './custom-message'
import customService from './custom-service'
import 'imkit/themes/imkit.css'
import './style.css'

const appkey = 'example-migrated-vue'
const libOption = { appkey }

defineCustomElements()

RongIMLib.init(libOption)
imkit.init({
  appkey,
  service: customService,
  customMessage,
  language: 'en',
  libOption,
})
registerMessages()

createApp(App).mount('#app')
