/** Sets the kit up: who is who, and how the app's own messages look. */
import { mount } from 'svelte'
import { ConversationType, imkit, type Message } from 'imkit'
import { local } from 'imkit/backends/local'
import Card from './Card.svelte'
import { nameOf } from './people'

imkit.init({
  appkey: 'example-svelte',
  backend: local(),
  language: 'en',
  service: {
    getUserProfile: (id) => ({ id, name: nameOf(id) }),
    getConversationProfile: (conversations) =>
      conversations.map((conversation) => ({
        ...conversation,
        name: nameOf(conversation.targetId),
      })),
  },
  customMessage: {
    userMessage: { 'app:card': card },
    lastMessage: { 'app:card': () => '[Card]' },
  },
})

export const CardMessage = imkit.registerMessageType('app:card', true, true)

export const privateWith = (targetId: string) => ({
  conversationType: ConversationType.PRIVATE,
  targetId,
})

/** A component of Svelte inside a bubble. */
function card({ content }: Message) {
  const box = document.createElement('div')
  mount(Card, { target: box, props: { title: content.title } })
  return box
}
