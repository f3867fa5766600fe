/** One person of the demo: a kit of their own at one end of the service. */
import { signal, type Signal } from '@preact/signals-core'
import { html } from 'lit'
import { createIMKit, type IMKit } from '../../src/kit/index.js'
import { textMessage } from '../../src/kit/send-content.js'
import type { Message } from '../../src/model/message.js'
import type { BaseMessage } from '../../src/model/message-types.js'
import { invitationType, nextInvitation, type Invitation } from './invitation.js'
import { pageWords } from './page-words.js'
import { appkey, nameOf, openEnd, type End } from './service.js'
import { language } from './settings.js'

export interface PersonOnPage {
  id: string
  name: string
  kit: IMKit
  end: End
  isPluggedIn: Signal<boolean>
  /** What the message menu has besides the kit's own items. */
  messageMenu: {
    name(message: Message): string | undefined
    callback(message: Message): void
  }[]
  invite(): void
}

/** Sets a kit up; `connect` is called when everybody is on the page. */
export async function createPerson(id: string): Promise<PersonOnPage> {
  const end = await openEnd(id)
  const kit = createIMKit({ name: id })
  kit.init({
    appkey,
    backend: end.backend,
    language: language.value,
    customMessage: {
      userMessage: { [invitationType]: (message) => invitation(kit, message) },
      lastMessage: { [invitationType]: ({ content }) => html`🗓 ${String(content.title)}` },
    },
  })
  const InvitationMessage = kit.registerMessageType(invitationType, true, true, ['title', 'place'])

  const send = (message: BaseMessage) => {
    if (kit.currentConversation) void kit.sendMessage(kit.currentConversation, message)
  }
  const words = () => pageWords[language.value]
  return {
    id,
    name: nameOf(id),
    kit,
    end,
    isPluggedIn: signal(true),
    invite: () => send(new InvitationMessage({ ...nextInvitation(new Date()) })),
    messageMenu: [
      {
        name: () => words().answerWithThumb,
        callback: (message) => send(textMessage({ text: '👍', reference: message })),
      },
      {
        name: ({ messageType }) =>
          messageType === invitationType ? words().acceptInvitation : undefined,
        callback: (message) => send(textMessage({ text: words().accepted, reference: message })),
      },
    ],
  }
}

/** Pulls the plug of one person, or puts it in again. */
export function plug(person: PersonOnPage, isIn: boolean): void {
  person.isPluggedIn.value = isIn
  person.end.setOnline?.(isIn)
}

function invitation(kit: IMKit, { content }: Message) {
  return html`<demo-invitation
    .invitation=${content as Partial<Invitation>}
    locale=${kit.words.value.locale}
  ></demo-invitation>`
}
