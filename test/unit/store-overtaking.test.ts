import { expect } from '@open-wc/testing'
import type { Conversation } from '../../src/core/conversation.js'
import type { MessagePage, Opening } from '../../src/core/message-reader.js'
import type { IMClient } from '../../src/core/client.js'
import { Emitter } from '../../src/core/events.js'
import type { IMClientEvents } from '../../src/core/client-events.js'
import { toConversation } from '../../src/core/conversation.js'
import { newConversationRow } from '../../src/core/conversation-rows.js'
import { Changes } from '../../src/core/changes.js'
import { ConnectionStatus } from '../../src/model/connection-status.js'
import { conversationKey } from '../../src/model/conversation.js'
import type { Message } from '../../src/model/message.js'
import { Store } from '../../src/store/store.js'
import { aMessage } from '../support/a-message.js'
import { privateWith } from '../support/backend-messages.js'
import { eventually, textOf } from '../support/chat-service.js'
import { shows } from '../support/open-store.js'

/** A database that answers when the test says so: each call waits until it is let go. */
class FakeHeldClient {
  readonly events = new Emitter<IMClientEvents>((error) => {
    throw error
  })
  isOpen = true
  userId = 'alice'
  status = ConnectionStatus.CONNECTED
  capabilities = new Set<never>()
  /** The messages there are, oldest first. */
  stored: Message[] = []
  listed: Conversation[] = []
  #held: { call: string; go: () => void }[] = []
  isHolding = true

  readonly reader = {
    history: (_: unknown, range: { before?: string; around?: string }): Promise<MessagePage> => {
      const messages = this.stored.filter(({ order }) => !range.before || order < range.before)
      return this.#hold('history', { messages, hasOlder: !range.before, hasNewer: false })
    },
    byId: (ids: number[]) =>
      Promise.resolve(this.stored.filter(({ messageId }) => ids.includes(messageId))),
    find: () => Promise.resolve(undefined),
    open: async (): Promise<Opening> => {
      const conversation = toConversation(newConversationRow(privateWith('bob')), undefined)
      const page = await this.reader.history(undefined, {})
      return { conversation, firstUnread: undefined, page }
    },
  }

  readonly conversations = {
    list: () => this.#hold('list', [...this.listed]),
    count: () => Promise.resolve(this.listed.length),
    byKey: (keys: string[]) =>
      Promise.resolve(this.listed.filter((one) => keys.includes(one.conversationKey))),
    get: () => Promise.resolve(toConversation(newConversationRow(privateWith('bob')), undefined)),
    withUnread: () => Promise.resolve([]),
    pullOlder: () => Promise.resolve(false),
  }

  readonly readState = { markRead: () => Promise.resolve() }

  /** Lets the oldest call of a kind have what was there when it was made. */
  async letGo(call: string): Promise<void> {
    await eventually(`${call} is called`, () => this.#held.some((held) => held.call === call))
    const index = this.#held.findIndex((held) => held.call === call)
    this.#held.splice(index, 1)[0]!.go()
    await new Promise((done) => requestAnimationFrame(done))
  }

  add(message: Message): void {
    this.stored.push(message)
    const changes = new Changes()
    changes.added(conversationKey(message), message.messageId)
    this.events.emit('change', changes.toSet())
  }

  change(message: Message): void {
    this.stored = this.stored.map((one) => (one.messageId === message.messageId ? message : one))
    const changes = new Changes()
    changes.updated(conversationKey(message), message.messageId)
    this.events.emit('change', changes.toSet())
  }

  #hold<Answer>(call: string, answer: Answer): Promise<Answer> {
    if (!this.isHolding) return Promise.resolve(answer)
    return new Promise((resolve) => this.#held.push({ call, go: () => resolve(answer) }))
  }
}

function storeOver(client: FakeHeldClient): Store {
  return new Store(client as unknown as IMClient, {
    report: (error) => {
      throw error
    },
  })
}

const toBob = privateWith('bob')
const listed = (targetId: string, listOrder: string): Conversation => ({
  ...toConversation(newConversationRow(privateWith(targetId)), undefined),
  listOrder,
})

describe('loads that are overtaken', () => {
  it('drops a page that comes after the user has left', async () => {
    const client = new FakeHeldClient()
    client.stored = [aMessage()]
    const window = storeOver(client).openMessages(toBob)
    client.isOpen = false
    client.events.emit('closed', { userId: 'alice' })
    await client.letGo('history')
    expect(window.items.value).to.deep.equal([])
    expect(window.state.value).to.equal('loading')
  })

  it('drops the first page of the list that comes after the user has left', async () => {
    const client = new FakeHeldClient()
    client.listed = [listed('bob', '1')]
    const store = storeOver(client)
    client.events.emit('closed', { userId: 'alice' })
    await client.letGo('list')
    expect(store.conversations.items.value).to.deep.equal([])
    expect(store.conversations.state.value).to.equal('idle')
  })

  it('shows the last stretch that was asked for, whichever comes first', async () => {
    const client = new FakeHeldClient()
    const [old, recent] = [aMessage(), aMessage()]
    client.stored = [old]
    const window = storeOver(client).openMessages(toBob)
    await eventually('it is read', () => window.state.value === 'loading')
    await client.letGo('history')
    client.stored = [old, recent]
    const first = window.reload()
    client.stored = [recent]
    const second = window.reload()
    await client.letGo('history')
    await client.letGo('history')
    await Promise.all([first, second])
    await shows(window, [textOf(recent)])
  })

  it('drops a page of older messages that comes after a jump', async () => {
    const client = new FakeHeldClient()
    const [oldest, newest] = [aMessage(), aMessage()]
    client.stored = [newest]
    const window = storeOver(client).openMessages(toBob)
    await client.letGo('history')
    client.stored = [oldest, newest]
    const older = window.loadOlder()
    expect(window.loadingOlder.value).to.be.true
    const jump = window.reload()
    await client.letGo('history')
    expect(window.items.value.map(textOf)).to.deep.equal([textOf(newest)])
    await client.letGo('history')
    await Promise.all([older, jump])
    expect(window.loadingOlder.value).to.be.false
    expect(window.items.value.map(textOf)).to.deep.equal([textOf(oldest), textOf(newest)])
  })

  it('does not lose a message that comes while the first page is on its way', async () => {
    const client = new FakeHeldClient()
    const [first, second] = [aMessage(), aMessage()]
    client.stored = [first]
    const window = storeOver(client).openMessages(toBob)
    await eventually('the page is read', () => window.state.value === 'loading')
    await new Promise((done) => requestAnimationFrame(done))
    client.add(second)
    await new Promise((done) => requestAnimationFrame(done))
    await client.letGo('history')
    await shows(window, [textOf(first), textOf(second)])
  })

  it('does not keep the old state of a message that changed while its page was on its way', async () => {
    const client = new FakeHeldClient()
    const [older, newer] = [aMessage(), aMessage()]
    client.stored = [newer]
    const window = storeOver(client).openMessages(toBob)
    await client.letGo('history')
    client.stored = [older, newer]
    const loading = window.loadOlder()
    client.change({ ...older, content: { content: 'changed' } })
    await new Promise((done) => requestAnimationFrame(done))
    await client.letGo('history')
    await loading
    await shows(window, ['changed', textOf(newer)])
  })

  it('does not lose a conversation that comes while the list is on its way', async () => {
    const client = new FakeHeldClient()
    const store = storeOver(client)
    client.listed = [listed('bob', '1')]
    const changes = new Changes()
    changes.conversation(conversationKey(toBob))
    client.events.emit('change', changes.toSet())
    await new Promise((done) => requestAnimationFrame(done))
    await client.letGo('list')
    await eventually('Bob is listed', () => store.conversations.items.value.length === 1)
  })
})
