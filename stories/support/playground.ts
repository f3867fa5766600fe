/** Two people on one embedded service, which stays in the browser from visit to visit. */
import {
  local,
  localToken,
  type LocalBackend,
  type LocalLimits,
} from '../../src/backends/local/index.js'
import { createIMKit, type IMKit } from '../../src/kit/kit.js'
import { textMessage } from '../../src/kit/send-content.js'
import { ConversationType, type ConversationId } from '../../src/model/conversation.js'
import { cast } from './cast.js'

const name = 'imkit-playground'

/** Who talks to whom; both are in the cast. */
export const pair = ['ana', 'ben'] as const

export type PersonId = (typeof pair)[number]

export interface PersonAtPlay {
  id: PersonId
  name: string
  kit: IMKit
  /** Their own line to the service: one can be offline while the other is not. */
  line: LocalBackend
}

export class Playground {
  readonly limits: Partial<LocalLimits>
  readonly people: readonly PersonAtPlay[]

  private constructor(limits: Partial<LocalLimits>) {
    this.limits = limits
    this.people = pair.map((id) => {
      const line = local({ name, users: cast, limits })
      const kit = createIMKit({ name: id })
      kit.init({ appkey: name, backend: line })
      return { id, name: cast.find((user) => user.id === id)!.name!, kit, line }
    })
  }

  /** With their conversation open, as they have left it. */
  static async open(limits: Partial<LocalLimits>): Promise<Playground> {
    const playground = new Playground(limits)
    await Promise.all(playground.people.map(({ id, kit }) => kit.connect(localToken(id))))
    await playground.#begin()
    for (const { id, kit } of playground.people) kit.selectConversation(chatOf(id))
    return playground
  }

  setOnline(id: PersonId, isOnline: boolean): void {
    this.people.find((person) => person.id === id)!.line.setOnline(isOnline)
  }

  changeLanguage(lang: string): void {
    for (const { kit } of this.people) if (kit.lang !== lang) kit.changeLanguage({ lang })
  }

  async close(): Promise<void> {
    await Promise.all(this.people.map(({ kit }) => kit.destroy()))
  }

  /** Forgets all that was said, and closes. */
  async clear(): Promise<void> {
    await Promise.all(this.people.map(({ kit }) => kit.client?.clearLocalData()))
    await this.close()
    await this.people[0]!.line.destroy()
  }

  /** On the first visit there is something to answer. */
  async #begin(): Promise<void> {
    const [ana] = this.people
    const toOther = chatOf(ana!.id)
    if ((await ana!.kit.getMessages(toOther)).list.length > 0) return
    await ana!.kit.send(
      toOther,
      textMessage({ text: 'Hello Ben! Take me offline and write to me.' }),
    )
  }
}

/** The conversation of the two, as one of them sees it. */
function chatOf(id: PersonId): ConversationId {
  const targetId = pair.find((other) => other !== id)!
  return { conversationType: ConversationType.PRIVATE, targetId }
}
