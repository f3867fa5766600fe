import { expect } from '@open-wc/testing'
import { Dexie } from 'dexie'
import type { HistoryPage, HistoryQuery } from '../../src/backends/backend.js'
import { readHistory } from '../../src/core/history.js'
import type { Scope } from '../../src/core/scope.js'
import { deleteDatabase, openDatabase } from '../../src/database/open.js'
import type { MessageRow } from '../../src/database/schema.js'
import { conversationKey } from '../../src/model/conversation.js'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import { uuidv7 } from '../../src/model/identity.js'
import type { ArchivedMessage, Message } from '../../src/model/message.js'
import { readReceipt, recall, said, saidFromTo, withBob } from '../support/archived-messages.js'
import { refusalOf } from '../support/backend-refusal.js'
import { eventually, Tab, textOf, useChat, type Device } from '../support/chat-service.js'
import { orderOf, ScriptedBackend } from '../support/scripted-backend.js'

const numbers = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String(first + index))

describe('history of the embedded service', () => {
  const chat = useChat({ catchUpLimit: 10 })

  async function aliceAndBobWith(count: number) {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    await Promise.all(numbers(1, count).map((number) => bob.post(toAlice, number)))
    await eventually('all have come', () => alice.received.length === count)
    await alice.has(toBob, String(count))
    return { alice, bob, toBob, toAlice }
  }

  /** Pages back from the newest, until there is no more. */
  async function pagesBack(device: Device, size: number): Promise<string[][]> {
    const pages: string[][] = []
    let before: string | undefined
    let hasOlder = true
    while (hasOlder) {
      const page = await device.client.reader.history(withBob, { count: size, before })
      pages.push(page.messages.map(textOf))
      before = page.messages[0]?.order
      hasOlder = page.hasOlder
    }
    return pages
  }

  it('pages back to the start on a new device, and stops there', async () => {
    const { toBob } = await aliceAndBobWith(25)
    const phone = await chat.service.device('alice').online()
    const [conversation] = await phone.client.conversations.list()
    expect(textOf(conversation!.latestMessage!)).to.equal('25')
    expect(conversation!.unreadMessageCount).to.equal(25)
    expect(await pagesBack(phone, 10)).to.deep.equal([
      numbers(16, 25),
      numbers(6, 15),
      numbers(1, 5),
    ])
    await phone.cut()
    expect(await phone.texts(toBob, { count: 100 })).to.deep.equal(numbers(1, 25))
  })

  it('fills the gap of a long absence before anything is shown across it', async () => {
    const { alice, bob, toBob, toAlice } = await aliceAndBobWith(5)
    await alice.client.readState.markRead(toBob)
    await alice.cut()
    for (const number of numbers(6, 25)) await bob.say(toAlice, number)
    await alice.reconnect()
    const conversation = await alice.conversation(toBob)
    expect(textOf(conversation.latestMessage!)).to.equal('25')
    expect(conversation.unreadMessageCount).to.equal(20)
    await alice.cut()
    const offline = await alice.client.reader.history(toBob, { count: 100 })
    expect(offline.messages.map(textOf)).to.deep.equal(['25'])
    expect(offline.hasOlder).to.equal(true)
    await alice.reconnect()
    expect(await alice.texts(toBob, { count: 100 })).to.deep.equal(numbers(1, 25))
  })

  it('does not take receipts and recalls out of the midst of a gap for its end', async () => {
    const { alice, bob, toBob, toAlice } = await aliceAndBobWith(3)
    await alice.cut()
    for (const number of numbers(4, 20)) {
      const message = await bob.say(toAlice, number)
      if (number === '8') await bob.client.actions.recall(message)
      if (number === '12') await bob.client.readState.markRead(toAlice)
    }
    await alice.reconnect()
    expect((await alice.texts(toBob, { count: 100 })).length).to.equal(20)
    expect(await alice.unread(toBob)).to.equal(19)
  })

  it('does not count twice what came after the counts were asked for', async () => {
    const { alice, bob, toBob, toAlice } = await aliceAndBobWith(1)
    await alice.cut()
    for (const number of numbers(2, 20)) await bob.say(toAlice, number)
    await alice.reconnect()
    await bob.say(toAlice, '21')
    await alice.has(toBob, '21')
    expect(await alice.unread(toBob)).to.equal(21)
  })

  it('tells of a message that was read before it came, once', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    bob.network.holdBatches()
    await alice.say(toBob, 'read first')
    expect(await bob.texts(toAlice)).to.deep.equal(['read first'])
    expect(bob.received).to.deep.equal([])
    bob.network.duplicatesBatches = true
    bob.network.releaseBatches()
    await alice.say(toBob, 'after')
    await eventually('both are told of', () => bob.received.length >= 2)
    expect(bob.received.map(textOf)).to.deep.equal(['read first', 'after'])
    expect(await bob.texts(toAlice)).to.deep.equal(['read first', 'after'])
  })

  it('goes on showing what was stored when there is no connection', async () => {
    const { alice, toBob } = await aliceAndBobWith(30)
    await alice.texts(toBob)
    await alice.cut()
    expect(await alice.texts(toBob, { count: 30 })).to.deep.equal(numbers(1, 30))
  })

  it('shows what is around a far message, and the way to both ends', async () => {
    const { toBob } = await aliceAndBobWith(50)
    const laptop = await chat.service.device('alice').online()
    const { order } = await chat.service
      .tabOf(laptop)
      .online()
      .then((tab) => tab.has(toBob, '30'))
    const phone = await chat.service.device('alice').online()
    const page = await phone.client.reader.history(toBob, { around: order, count: 10 })
    const texts = page.messages.map(textOf)
    expect(texts).to.include('30')
    expect(texts).to.deep.equal(numbers(Number(texts[0]), Number(texts.at(-1))))
    expect(page.hasOlder).to.equal(true)
    expect(page.hasNewer).to.equal(true)

    let newest = page.messages.at(-1)!
    const after: string[] = []
    let hasNewer = true
    while (hasNewer) {
      const next = await phone.client.reader.history(toBob, { after: newest.order, count: 7 })
      after.push(...next.messages.map(textOf))
      newest = next.messages.at(-1) ?? newest
      hasNewer = next.hasNewer
    }
    expect(after).to.deep.equal(numbers(Number(texts.at(-1)) + 1, 50))
  })

  it('keeps unsent messages at the end', async () => {
    const { alice, toBob } = await aliceAndBobWith(3)
    await alice.cut()
    await alice.post(toBob, 'waiting')
    await alice.post(toBob, 'too')
    expect(await alice.texts(toBob)).to.deep.equal(['1', '2', '3', 'waiting', 'too'])
    const last = (await alice.messages(toBob)).at(-2)!
    expect(await alice.texts(toBob, { before: last.order, count: 2 })).to.deep.equal(['2', '3'])
  })

  it('refuses a count that is none', async () => {
    const { alice, toBob } = await aliceAndBobWith(1)
    for (const count of [0, -1, NaN]) {
      const refusal = await refusalOf(alice.client.reader.history(toBob, { count }))
      expect(refusal.code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
    }
  })

  it('finds the oldest unread message, and none when all are read', async () => {
    const { alice, bob, toBob, toAlice } = await aliceAndBobWith(2)
    await alice.client.readState.markRead(toBob)
    expect(await alice.client.reader.firstUnread(toBob)).to.equal(undefined)
    await alice.say(toBob, 'own')
    await bob.say(toAlice, 'first')
    await bob.say(toAlice, 'second')
    await alice.has(toBob, 'second')
    expect(textOf((await alice.client.reader.firstUnread(toBob))!)).to.equal('first')
  })
})

describe('history: an archive with holes', () => {
  let tab: Tab<ScriptedBackend>
  let archive: ArchivedMessage[]
  let operations: ArchivedMessage[]

  beforeEach(async () => {
    archive = []
    operations = []
    tab = new Tab(new ScriptedBackend('alice'), 'alice', `app-${uuidv7()}`)
    tab.network.onHistory = (query) => pageOf(archive, operations, query)
    await tab.client.connect('token')
    await eventually('it has caught up', () => tab.told.includes('offlineMessagesPulled'))
  })

  afterEach(async () => {
    await tab.client.disconnect()
    await tab.client.clearLocalData('alice')
  })

  async function live(...messages: ArchivedMessage[]): Promise<void> {
    const before = tab.received.length
    tab.network.say(...messages)
    await eventually('they are stored', () => tab.received.length === before + messages.length)
  }

  async function offline(): Promise<void> {
    tab.network.onConnect = () => Promise.reject(new IMError(ErrorCode.RC_NETWORK_DOWN))
    tab.network.close(new IMError(ErrorCode.RC_NETWORK_DOWN))
    await eventually('it is offline', () => tab.heard('status').at(-1)!.reason)
  }

  const uids = (messages: Message[]) => messages.map(({ order }) => Number(order))

  it('draws nothing across the hole around a far message', async () => {
    archive = saidFromTo(1, 200)
    await live(said(200))
    await tab.client.reader.history(withBob, { around: orderOf(50), count: 10 })
    await offline()
    const newest = await tab.client.reader.history(withBob, { count: 100 })
    expect(uids(newest.messages)).to.deep.equal([200])
    expect(newest.hasOlder).to.equal(true)
    const far = await tab.client.reader.history(withBob, { after: orderOf(50), count: 100 })
    expect(far.messages.length).to.be.greaterThan(4)
    expect(uids(far.messages)).not.to.include(200)
    expect(far.hasNewer).to.equal(true)
  })

  it('draws nothing across a hole from a place within it', async () => {
    archive = saidFromTo(1, 200)
    await live(said(200))
    await tab.client.reader.history(withBob, { around: orderOf(50), count: 10 })
    await offline()
    const older = await tab.client.reader.history(withBob, { before: orderOf(120), count: 20 })
    expect(older.messages).to.deep.equal([])
    expect(older.hasOlder).to.equal(true)
    const newer = await tab.client.reader.history(withBob, { after: orderOf(120), count: 20 })
    expect(newer.messages).to.deep.equal([])
    expect(newer.hasNewer).to.equal(true)
  })

  it('jumps into a conversation of which nothing is here', async () => {
    archive = saidFromTo(1, 100)
    const page = await tab.client.reader.history(withBob, { around: orderOf(50), count: 10 })
    expect(uids(page.messages)).to.include(50)
    expect(page.hasNewer || page.hasOlder).to.equal(true)
  })

  it('asks an empty conversation once', async () => {
    const empty = await tab.client.reader.history(withBob, { count: 20 })
    expect(empty).to.deep.equal({ messages: [], hasOlder: false, hasNewer: false })
    await tab.client.reader.history(withBob, { count: 20 })
    expect(tab.network.queries.length).to.equal(1)
  })

  it('knows that there is nothing before the first message of a new conversation', async () => {
    await tab.client.reader.history(withBob, { count: 20 })
    archive = saidFromTo(1, 3)
    await live(...archive)
    const { messages, hasOlder } = await tab.client.reader.history(withBob, { count: 20 })
    expect(uids(messages)).to.deep.equal([1, 2, 3])
    expect(hasOlder).to.equal(false)
    const exact = await tab.client.reader.history(withBob, { count: 3 })
    expect(exact.hasOlder).to.equal(false)
    const fewer = await tab.client.reader.history(withBob, { count: 2 })
    expect(fewer.hasOlder).to.equal(true)
  })

  it('ends when everything in a gap is gone', async () => {
    await live(said(1))
    tab.network.deliver({ gaps: [withBob] })
    await eventually('the gap is noted', () =>
      tab.heard('change').some(({ reset }) => reset.length),
    )
    const { messages } = await tab.client.reader.history(withBob, { count: 20 })
    expect(uids(messages)).to.deep.equal([1])
    expect(tab.network.queries.length).to.be.lessThan(10)
  })

  it('goes on to the newest after a gap that nothing has come behind', async () => {
    archive = saidFromTo(1, 60)
    await live(...saidFromTo(1, 10))
    tab.network.deliver({ gaps: [{ ...withBob }] })
    await eventually('the gap is noted', () =>
      tab.heard('change').some(({ reset }) => reset.length),
    )
    const places: number[] = []
    let after = orderOf(5)
    let hasNewer = true
    while (hasNewer) {
      const page = await tab.client.reader.history(withBob, { after, count: 20 })
      places.push(...uids(page.messages))
      after = page.messages.at(-1)!.order
      hasNewer = page.hasNewer
    }
    expect(places).to.deep.equal(numbers(6, 60).map(Number))
  })

  it('stores operations with their messages, and takes back nothing it never counted', async () => {
    archive = saidFromTo(1, 30)
    operations = [recall(31, said(5)), readReceipt(32, 3, { senderUserId: 'bob' })]
    tab.network.list = undefined
    await live(said(40))
    const { messages } = await tab.client.reader.history(withBob, { count: 100 })
    expect(messages.find(({ messageUId }) => messageUId === 'm5')!.messageType).to.equal('RC:RcNtf')
    expect((await tab.conversation(withBob)).peerReadTime).to.equal(3)
    expect(await tab.unread(withBob)).to.equal(1)
    expect(tab.heard('recalled').length).to.be.lessThan(2)
    expect(tab.received.length).to.equal(1)
  })

  it('shows what is here when the backend refuses, and reports it', async () => {
    await live(said(5))
    tab.network.onHistory = () => Promise.reject(new IMError(ErrorCode.NOT_IN_GROUP))
    const { messages, hasOlder } = await tab.client.reader.history(withBob, { count: 20 })
    expect(uids(messages)).to.deep.equal([5])
    expect(hasOlder).to.equal(true)
    expect((tab.reports[0] as IMError).code).to.equal(ErrorCode.NOT_IN_GROUP)
  })

  it('gives two who read at once the same', async () => {
    archive = saidFromTo(1, 50)
    await live(said(50))
    const [one, other] = await Promise.all([
      tab.messages(withBob, { count: 30 }),
      tab.messages(withBob, { count: 30 }),
    ])
    expect(uids(one)).to.deep.equal(numbers(21, 50).map(Number))
    expect(uids(other)).to.deep.equal(uids(one))
  })
})

it('history that is read while its only message gets its place in the archive ends with it', async () => {
  const appkey = `app-${uuidv7()}`
  const database = await openDatabase(appkey, 'alice')
  const key = conversationKey(withBob)
  const start = { conversationKey: key, oldest: '', newest: '', reachesStart: true }
  await database.segments.put(start)
  const row = { ...said(1), order: '~1', conversationKey: key } as MessageRow
  const messageId = await database.messages.add(row)
  let acknowledged: Promise<unknown> | undefined
  database.messages.hook('reading', (read) => {
    acknowledged ??= Dexie.ignoreTransaction(() =>
      database.messages.update(messageId, { order: orderOf(1) }),
    )
    return read
  })
  const scope = { database, session: () => undefined } as unknown as Scope
  const page = await readHistory(scope, withBob, { count: 10 })
  expect(page).to.include({ hasOlder: false, hasNewer: false })
  await acknowledged
  expect(await database.messages.get(messageId)).to.include({ order: orderOf(1) })
  database.close()
  await deleteDatabase(appkey, 'alice')
})

/** A page as a backend gives it. */
function pageOf(
  archive: readonly ArchivedMessage[],
  operations: readonly ArchivedMessage[],
  { before, after, around, count }: HistoryQuery,
): HistoryPage {
  const behind = archive.findIndex(({ order }) => order > (after ?? ''))
  const place = around === undefined ? -1 : archive.findIndex(({ order }) => order >= around)
  const end = before === undefined ? archive.length : archive.findIndex((it) => it.order >= before)
  let from = Math.max(0, end - count)
  let to = end
  if (after !== undefined) {
    from = behind < 0 ? archive.length : behind
    to = Math.min(archive.length, from + count)
  } else if (around !== undefined) {
    from = Math.max(0, place - Math.floor(count / 2))
    to = Math.min(archive.length, from + count)
  }
  const messages = archive.slice(from, to)
  const named = new Set(messages.map(({ messageUId }) => messageUId))
  return {
    messages,
    operations: operations.filter(
      ({ content, messageType }) => messageType === 'RC:ReadNtf' || named.has(content.messageUId),
    ),
    hasOlder: from > 0,
    hasNewer: to < archive.length,
  }
}
