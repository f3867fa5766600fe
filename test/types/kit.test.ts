// What a page gets wrong about the kit does not compile.

import { CoreEvent, imkit } from 'imkit'
import { local } from 'imkit/backends/local'

imkit.init({
  appkey: 'my-app',
  backend: local(),
  service: {
    getUserProfile: async (userId) => ({ id: userId, name: userId.toUpperCase() }),
    getGroupMembers: async ({ targetId }) => [{ id: targetId }],
  },
  customMessage: {
    userMessage: { 'app:card': (message) => `${message.content.title}` },
  },
  customIntercept: { interceptMessage: (message) => message.sentTime === 0 },
  customDisplayMessage: { willSendMessage: (content) => content },
})

// @ts-expect-error the appkey is required
imkit.init({ backend: local() })
// @ts-expect-error the key is spelled `appkey`
imkit.init({ appKey: 'my-app' })
// @ts-expect-error a profile has an id
imkit.init({ appkey: 'my-app', service: { getUserProfile: async () => ({ name: 'Alice' }) } })
// @ts-expect-error there is no such callback
imkit.init({ appkey: 'my-app', service: { getProfile: async () => ({ id: 'alice' }) } })
// @ts-expect-error whether it is hidden is a boolean
imkit.init({ appkey: 'my-app', customIntercept: { interceptMessage: () => 'yes' } })
// @ts-expect-error a renderer gets the message, not a number
imkit.init({ appkey: '', customMessage: { userMessage: { 'app:card': (_id: number) => '' } } })

imkit.on(CoreEvent.CONNECTED, (isConnected: boolean) => isConnected)
imkit.on('MESSAGES', (messages) => messages.map(({ messageUId }) => messageUId))
// @ts-expect-error there is no such event
imkit.on('message', () => {})
// @ts-expect-error it tells whether there is a connection
imkit.on('CONNECTED', (status: string) => status)

imkit.selectConversation({ conversationType: 1, targetId: 'bob' })
// @ts-expect-error the target has an id
imkit.selectConversation({ conversationType: 1 })
