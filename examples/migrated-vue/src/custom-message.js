import { core as imkit } from '@rongcloud/imkit'

export let CardMessage

export function registerMessages() {
  CardMessage = imkit.registerMessageType('app:card', true, true, [], false)
}

export default {
  userMessage: {
    'app:card': (message) => `<strong>🎫 ${message.content.title}</strong>`,
  },
  notifyMessage: {},
  lastMessage: {
    'app:card': () => '[Card]',
  },
}
