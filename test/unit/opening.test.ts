import { expect } from '@open-wc/testing'
import { conversationKey } from '../../src/model/conversation.js'
import { uuidv7 } from '../../src/model/identity.js'
import type { Opening } from '../../src/core/message-reader.js'
import { said, saidFromTo, withBob } from '../support/archived-messages.js'
import { eventually, Tab, textOf } from '../support/chat-service.js'
import { transactionsOf } from '../support/database-traffic.js'
import { orderOf, ScriptedBackend } from '../support/scripted-backend.js'

describe('opening a conversation', () => {
  let tab: Tab<ScriptedBackend>

  beforeEach(async () => {
    tab = new Tab(new ScriptedBackend('alice'), 'alice', `app-${uuidv7()}`)
    await tab.client.connect('token')
    await eventually('it has caught up', () => tab.told.includes('offlineMessagesPulled'))
  })

  afterEach(async () => {
    await tab.client.disconnect()
    await tab.client.clearLocalData('alice')
  })

  /** Sixty messages from Bob, of which Alice has read the first ones. */
  async function stored({ readUpTo }: { readUpTo: number | undefined }): Promise<void> {
    const value = { order: orderOf(readUpTo ?? 0), sentTime: readUpTo }
    const key = `${conversationKey(withBob)}:readPosition`
    const settings = readUpTo === undefined ? [] : [{ key, value, version: 1 }]
    tab.network.deliver({ messages: saidFromTo(1, 60), settings })
    await eventually('the messages are told of', () => tab.received.length === 60)
  }

  const fromTo = (first: number, last: number) =>
    saidFromTo(first, last).map(({ content }) => content.content as string)

  const rows = [
    { name: 'the newest page if all is read', readUpTo: 60, first: undefined, page: [41, 60] },
    {
      name: 'the newest page if it holds the first unread',
      readUpTo: 50,
      first: 51,
      page: [41, 60],
    },
    { name: 'what is around the first unread', readUpTo: 10, first: 11, page: [2, 21] },
    { name: 'what is around the place', readUpTo: 60, place: 30, first: undefined, page: [21, 40] },
    {
      name: 'the first unread before the place',
      readUpTo: 10,
      place: 30,
      first: 11,
      page: [2, 21],
    },
  ] as const
  for (const { name, readUpTo, first, page, ...row } of rows) {
    it(`gives ${name}, in one transaction`, async () => {
      await stored({ readUpTo })
      const place = 'place' in row ? orderOf(row.place) : undefined
      let opening!: Opening
      const transactions = await transactionsOf(async () => {
        opening = await tab.client.reader.open(withBob, { count: 20, place })
      })
      expect(opening.page.messages.map(textOf)).to.deep.equal(fromTo(page[0], page[1]))
      expect(opening.firstUnread && textOf(opening.firstUnread)).to.equal(first && `text ${first}`)
      expect(opening.page.hasOlder).to.equal(true)
      expect(opening.page.hasNewer).to.equal(page[1] < 60)
      expect(opening.conversation.unreadMessageCount).to.equal(60 - readUpTo)
      expect(opening.conversation.latestMessage?.order).to.equal(orderOf(60))
      expect(transactions).to.equal(1)
      expect(tab.network.queries).to.deep.equal([])
    })
  }

  it('knows where the archive begins', async () => {
    await stored({ readUpTo: 60 })
    await tab.messages(withBob, { count: 100 })
    const { page } = await tab.client.reader.open(withBob, { count: 60 })
    expect([page.messages.length, page.hasOlder, page.hasNewer]).to.deep.equal([60, false, false])
  })

  it('asks the backend for what is missing', async () => {
    tab.network.onHistory = () => ({
      messages: saidFromTo(56, 59),
      operations: [],
      hasOlder: false,
      hasNewer: true,
    })
    tab.network.deliver({ messages: [said(60)], gaps: [withBob] })
    await eventually('the message is told of', () => tab.received.length === 1)
    const { page, firstUnread } = await tab.client.reader.open(withBob, { count: 20 })
    expect(page.messages.map(textOf)).to.include.members(fromTo(56, 60))
    expect(firstUnread?.order).to.equal(orderOf(60))
  })

  it('makes up a conversation of which nothing is stored', async () => {
    const { conversation, firstUnread, page } = await tab.client.reader.open(withBob, { count: 20 })
    expect(conversation).to.include({ targetId: 'bob', unreadMessageCount: 0 })
    expect(firstUnread).to.equal(undefined)
    expect(page).to.deep.equal({ messages: [], hasOlder: false, hasNewer: false })
  })
})
