/** A store over a device's client, as the kit makes one, and what a screen would see in it. */
import type { ConversationId } from '../../src/model/conversation.js'
import type { MessageWindow } from '../../src/store/message-window.js'
import { Store, type StoreOptions } from '../../src/store/store.js'
import { eventually, textOf, type Tab } from './chat-service.js'

export class OpenStore {
  readonly store: Store
  readonly reports: unknown[] = []

  constructor(
    readonly tab: Pick<Tab, 'client'>,
    options: StoreOptions = {},
  ) {
    this.store = new Store(tab.client, {
      report: (error) => this.reports.push(error),
      ...options,
    })
  }

  /** The messages of a conversation, once its first page is there. */
  async window(conversation: ConversationId): Promise<MessageWindow> {
    const window = this.store.openMessages(conversation)
    await eventually('the window is ready', () => window.state.value === 'ready')
    return window
  }

  /** Waits until the list is as long as that; gives the target ids, from top to bottom. */
  async lists(count: number): Promise<string[]> {
    const { items } = this.store.conversations
    await eventually(`${count} conversations are listed`, () => items.value.length === count)
    return items.value.map(({ targetId }) => targetId)
  }
}

export const texts = (window: MessageWindow): string[] => window.items.value.map(textOf)

/** Waits until a window shows these texts and no others. */
export async function shows(window: MessageWindow, expected: readonly string[]): Promise<void> {
  await eventually(
    `the window shows ${expected.join()}`,
    () => texts(window).join() === expected.join(),
  )
}
