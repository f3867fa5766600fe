/** Sets the kit up: who is who, and how the app's own messages look. */
import { Injectable } from '@angular/core'
import { ConversationType, imkit, type Message } from 'imkit'
import { local, localToken } from 'imkit/backends/local'
import { nameOf } from './people'

imkit.init({
  appkey: 'example-angular',
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

const CardMessage = imkit.registerMessageType('app:card', true, true)

/** The inside of a bubble. */
function card({ content }: Message) {
  const title = document.createElement('strong')
  title.textContent = `🎫 ${content['title']}`
  return title
}

export const privateWith = (targetId: string) => ({
  conversationType: ConversationType.PRIVATE,
  targetId,
})

@Injectable({ providedIn: 'root' })
export class ChatKit {
  logIn(userId: string): Promise<string> {
    return imkit.connect(localToken(userId))
  }

  logOut(): Promise<void> {
    return imkit.disconnect()
  }

  talkTo(userId: string): void {
    imkit.selectConversation(privateWith(userId))
  }

  sendCard(userId: string): void {
    void imkit.sendMessage(privateWith(userId), new CardMessage({ title: 'Two tickets' }))
  }

  get lang(): string {
    return imkit.lang
  }

  set lang(lang: string) {
    imkit.changeLanguage({ lang })
  }
}
