// Elements that a page finds or makes itself: what Angular, too, sees of them.

import 'imkit/define'
import { DisabledMessageContextMenu } from 'imkit'

const messages = document.createElement('message-list')
messages.maxRecallDuration = 300
messages.disableMenu = [DisabledMessageContextMenu.Forward]
messages.customMenu = [{ name: ({ content }) => String(content), callback: () => {} }]
messages.forwardList = { callback: async () => [] }
// @ts-expect-error seconds are a number
messages.maxRecallDuration = '300'
// @ts-expect-error an item has a name
messages.customMenu = [{ callback: () => {} }]
// @ts-expect-error there is no such property
messages.recallDuration = 300

messages.addEventListener('tapMessage', ({ detail }) => detail.message.messageUId)
// @ts-expect-error it carries no such thing
messages.addEventListener('tapMessage', ({ detail }) => detail.conversation)

const conversations = document.querySelector('conversation-list')!
conversations.addEventListener('tapConversation', ({ detail }) => detail.targetId)
// @ts-expect-error the detail is a conversation
conversations.addEventListener('tapConversation', ({ detail }) => detail.messageUId)
