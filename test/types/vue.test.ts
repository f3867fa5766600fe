// What Vue's compiler of types looks up for the tags in a template.

import 'imkit/vue'
import type { GlobalComponents } from 'vue'

type Props<Tag extends 'message-list' | 'conversation-list'> = InstanceType<
  GlobalComponents[Tag]
>['$props']

export const messages: Props<'message-list'> = {
  maxRecallDuration: 300,
  baseSize: '18px',
  class: 'messages',
  onTapMessage: ({ detail }) => detail.message,
}
export const conversations: Props<'conversation-list'> = {
  hideNotificUnreadCount: '',
  onTapConversation: ({ detail }) => detail.targetId,
}
declare const list: InstanceType<GlobalComponents['message-list']>
list.$emit('tapMessage', new CustomEvent('tapMessage'))

// @ts-expect-error there is no such property
export const unknown: Props<'message-list'> = { recallDuration: 300 }
// @ts-expect-error seconds are a number
export const text: Props<'message-list'> = { maxRecallDuration: 'many' }
export const event: Props<'conversation-list'> = {
  // @ts-expect-error the detail is a conversation
  onTapConversation: ({ detail }) => detail.messageUId,
}
// @ts-expect-error there is no such event
list.$emit('tap-conversation', new CustomEvent('tapMessage'))
