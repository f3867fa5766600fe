/**
 * A page as it was written for `@rongcloud/imkit` 5.6.6, `@rongcloud/imlib-next` and
 * `@rongcloud/engine`. Vite and TypeScript point the three names at ours; nothing else was changed. Where
 * it runs on a server of one's own, `init` is given one option more.
 */
import { createApp, h } from 'vue'
import * as RongIMLib from '@rongcloud/imlib-next'
import { core as imkit, defineCustomElements } from '@rongcloud/imkit'
import App from './app.js'
import customConversation from './custom-conversation.js'
import customMessage, { registerMessages } from './custom-message.js'
import customService from './custom-service.js'
import { ownServer } from '../own-server.js'
import willMessage from './will-message.js'

const APPKEY = 'migrated-vue'

defineCustomElements()

createApp({
  render: () => h(App),
  beforeCreate() {
    const libOption: RongIMLib.IInitOption = { appkey: APPKEY, logOutputLevel: 1, ...ownServer }
    RongIMLib.init(libOption)
    imkit.init({
      appkey: APPKEY,
      libOption,
      conversationPullCount: 50,
      service: customService,
      customMessage,
      customIntercept: customConversation,
      customDisplayMessage: willMessage,
    })
    registerMessages()
  },
}).mount('#app')
