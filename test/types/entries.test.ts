// Every entry resolves, and has what the documentation says.

import 'imkit/define'
import { imkit, type InitOptions } from 'imkit'
import { local, localToken } from 'imkit/backends/local'
import { MessageList } from 'imkit/components/message-list/message-list.js'
import { IMClient } from 'imkit/core'
import { en } from 'imkit/locales/en'
import { startNotifications } from 'imkit/notifications'
import { showPushes, type WorkerScope } from 'imkit/notifications/service-worker'
import * as RongIMLib from 'imkit/rongcloud'
import { core, defineCustomElements } from 'imkit/rongcloud/imkit'
import * as engine from 'imkit/rongcloud/engine'

imkit.init({ appkey: 'my-app', backend: local(), language: 'en' })
export const connected: Promise<string> = imkit.connect(localToken('alice'))
export const list: MessageList = document.createElement('message-list')
export const client = new IMClient({ appkey: 'my-app', backend: local() })
export const options: InitOptions = { appkey: 'my-app' }
imkit.registerLanguage('en_GB', en)
startNotifications(imkit, { desktop: true }).stop()
export const worker = (self: WorkerScope) =>
  showPushes(self, { note: ({ targetId, text }) => ({ title: targetId, body: text ?? '' }) })
defineCustomElements()
core.init({ appkey: 'my-app' })
void [RongIMLib.init, engine]
