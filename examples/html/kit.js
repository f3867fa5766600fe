/** Sets the kit up: who is who, and how the page's own messages look. */
import { ConversationType, imkit, local } from './node_modules/imkit/dist/cdn/imkit.js'

export const people = [
  { id: 'alice', name: 'Alice' },
  { id: 'bob', name: 'Bob' },
  { id: 'carol', name: 'Carol' },
]

export const nameOf = (id) => people.find((person) => person.id === id)?.name ?? id

export const privateWith = (targetId) => ({ conversationType: ConversationType.PRIVATE, targetId })

export let CardMessage

export function startKit() {
  imkit.init({
    appkey: 'example-html',
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
  CardMessage = imkit.registerMessageType('app:card', true, true)
}

/** The inside of a bubble. */
function card({ content }) {
  const title = document.createElement('strong')
  title.textContent = `🎫 ${content.title}`
  return title
}
