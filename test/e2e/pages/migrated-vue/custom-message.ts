import { core as imkit } from '@rongcloud/imkit'
import type { IAReceivedMessage, MessageConstructor } from '@rongcloud/imlib-next'

export let PersonMessage: MessageConstructor
export let RequestMessage: MessageConstructor

export function registerMessages() {
  PersonMessage = imkit.registerMessageType('kit:person', true, true, [], false)
  RequestMessage = imkit.registerMessageType('kit:request', true, true, [], false)
}

type Renderable = Pick<IAReceivedMessage, 'content'>

export default {
  // Beside the sender's picture.
  userMessage: {
    'kit:person': ({ content }: Renderable) =>
      `<div class="person-card" style="color: rgb(200, 0, 0)">Card of <b>${content.name}</b>
        <svg onload="window.hacked = true"></svg></div>`,
  },
  // A line without it.
  notifyMessage: {
    'kit:request': ({ content }: Renderable) => `<div>A request by ${content.name}</div>`,
  },
  // In the conversation list.
  lastMessage: {
    'kit:person': ({ content }: Renderable) => `[Card: ${content.name}]`,
    'kit:request': () => '[Request]',
  },
}
