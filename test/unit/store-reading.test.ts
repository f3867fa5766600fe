import { expect } from '@open-wc/testing'
import type { Schedule } from '../../src/core/scope.js'
import { messageKey } from '../../src/model/message.js'
import { inGroup, privateWith } from '../support/backend-messages.js'
import { eventually, textOf, useChat } from '../support/chat-service.js'
import { ManualTimers } from '../support/manual-timers.js'
import { OpenStore, shows } from '../support/open-store.js'

describe('reading a conversation', () => {
  const chat = useChat()

  /** Alice with Bob's messages, her store, and the window she has opened. */
  async function opened(...contents: string[]) {
    return openedBy(undefined, ...contents)
  }

  async function openedBy(schedule: Schedule | undefined, ...contents: string[]) {
    const { alice, bob, toAlice, toBob } = await chat.service.pair()
    for (const content of contents) await bob.say(toAlice, content)
    for (const content of contents) await alice.has(toBob, content)
    const { store } = new OpenStore(alice, { ...(schedule && { schedule }) })
    store.select(toBob)
    const window = store.openMessages(toBob)
    await eventually('the window is ready', () => window.state.value === 'ready')
    return { alice, bob, toAlice, toBob, store, window }
  }

  it('reads all of it when it is opened, and tells the other side', async () => {
    const { alice, bob, toBob, store } = await opened('one', 'two')
    store.setAttention(toBob, 'reading')
    await eventually('nothing is unread', async () => (await alice.unread(toBob)) === 0)
    await eventually('Bob is told', () => bob.heard('readReceipt').length === 1)
  })

  it('reads it as soon as it is ready, if it was looked at before', async () => {
    const { alice, bob, toAlice, toBob } = await chat.service.pair()
    await bob.say(toAlice, 'one')
    await alice.has(toBob, 'one')
    const { store } = new OpenStore(alice)
    store.setAttention(toBob, 'newest')
    store.openMessages(toBob)
    await eventually('nothing is unread', async () => (await alice.unread(toBob)) === 0)
  })

  it('reads nothing while nobody looks', async () => {
    const { alice, bob, toBob, toAlice, store, window } = await opened('one')
    await bob.say(toAlice, 'two')
    await shows(window, ['one', 'two'])
    expect(await alice.unread(toBob)).to.equal(2)
    store.setAttention(toBob, 'newest')
    await eventually('read now', async () => (await alice.unread(toBob)) === 0)
    store.setAttention(toBob, 'away')
    await bob.say(toAlice, 'three')
    await shows(window, ['one', 'two', 'three'])
    expect(await alice.unread(toBob)).to.equal(1)
  })

  it('reads what comes later only at the end of the list', async () => {
    const { alice, bob, toBob, toAlice, store, window } = await opened('one')
    store.setAttention(toBob, 'reading')
    await eventually('read', async () => (await alice.unread(toBob)) === 0)
    await bob.say(toAlice, 'two')
    await shows(window, ['one', 'two'])
    expect(await alice.unread(toBob)).to.equal(1)
    store.setAttention(toBob, 'newest')
    await eventually('read too', async () => (await alice.unread(toBob)) === 0)
    await bob.say(toAlice, 'three')
    await shows(window, ['one', 'two', 'three'])
    await eventually('read at once', async () => (await alice.unread(toBob)) === 0)
  })

  it('reads what comes fast together', async () => {
    const timers = new ManualTimers()
    const { alice, bob, toBob, toAlice, store, window } = await openedBy(timers.schedule, 'one')
    store.setAttention(toBob, 'newest')
    await eventually('read at once', async () => (await alice.unread(toBob)) === 0)
    await bob.say(toAlice, 'two')
    await bob.say(toAlice, 'three')
    await shows(window, ['one', 'two', 'three'])
    await eventually('the count is shown', () => {
      return store.currentConversation.value?.unreadMessageCount === 2
    })
    expect(await alice.unread(toBob)).to.equal(2)
    timers.runAll()
    await eventually('read together', async () => (await alice.unread(toBob)) === 0)
    await eventually('Bob is told', () => bob.heard('readReceipt').length === 2)
    expect(timers.pending).to.have.length(1)
    timers.runAll()
    expect(timers.pending, 'nothing more to be read').to.deep.equal([])
  })

  it('reads what has been on screen when the reader looks elsewhere', async () => {
    const timers = new ManualTimers()
    const { alice, bob, toBob, toAlice, store, window } = await openedBy(timers.schedule, 'one')
    store.setAttention(toBob, 'newest')
    await eventually('read at once', async () => (await alice.unread(toBob)) === 0)
    await bob.say(toAlice, 'two')
    await shows(window, ['one', 'two'])
    await eventually('the count is shown', () => {
      return store.currentConversation.value?.unreadMessageCount === 1
    })
    store.setAttention(toBob, 'away')
    await eventually('read', async () => (await alice.unread(toBob)) === 0)
  })

  it('reads it again when it is opened again', async () => {
    const { alice, bob, toBob, toAlice, store, window } = await opened('one')
    store.setAttention(toBob, 'reading')
    await eventually('read', async () => (await alice.unread(toBob)) === 0)
    store.setAttention(toBob, 'away')
    window.release()
    await Promise.resolve()
    await bob.say(toAlice, 'two')
    await alice.has(toBob, 'two')
    expect(store.openMessages(toBob)).to.equal(window)
    store.setAttention(toBob, 'reading')
    await eventually('read again', async () => (await alice.unread(toBob)) === 0)
    await shows(window, ['one', 'two'])
    expect(window.firstUnread.value).to.equal(messageKey(window.items.value[1]!))
  })

  it('answers the receipts that group members ask for, in one go, when they are on screen', async () => {
    const alice = await chat.service.device('alice').online()
    const bob = await chat.service.device('bob').online()
    const { groupId } = await bob.client.groups.create({ name: 'G', memberIds: ['alice'] })
    const group = inGroup(groupId)
    for (const content of ['one', 'two']) await bob.say(group, content, { needReceipt: true })
    await alice.has(group, 'two')
    const { store } = new OpenStore(alice)
    const window = store.openMessages(group)
    await eventually('ready', () => window.state.value === 'ready')
    expect(bob.heard('receiptResponse')).to.deep.equal([])
    store.setAttention(group, 'newest')
    await eventually('Bob is told', () => bob.heard('receiptResponse').length > 0)
    const [response] = bob.heard('receiptResponse')
    expect(response).to.deep.include({ receivedUserId: 'alice' })
    expect(response!.messageUIdList).to.have.length(2)
    await eventually('Alice knows', () =>
      window.items.value
        .filter((message) => ['one', 'two'].includes(textOf(message)))
        .every(({ readReceiptInfo }) => readReceiptInfo?.hasRespond),
    )
  })
})

describe('a store and its users', () => {
  const chat = useChat()

  it('keeps nothing of the former user', async () => {
    const { alice, bob, toAlice, toBob } = await chat.service.pair()
    await bob.say(toAlice, 'secret')
    await alice.has(toBob, 'secret')
    const open = new OpenStore(alice)
    const { store } = open
    store.select(toBob)
    const window = await open.window(toBob)
    await open.lists(1)
    await eventually('unread', () => store.totalUnread.value === 1)
    expect(window.items.value.map(textOf)).to.deep.equal(['secret'])

    await alice.client.disconnect()
    expect(store.userId.value).to.equal('')
    expect(store.current.value).to.be.undefined
    expect(store.currentConversation.value).to.be.undefined
    expect(store.totalUnread.value).to.equal(0)
    expect(store.conversations.items.value).to.deep.equal([])
    expect(store.conversations.state.value).to.equal('idle')
    expect(window.items.value).to.deep.equal([])
    expect(window.firstUnread.value).to.be.undefined
  })

  it('shows the next user theirs', async () => {
    const service = chat.service
    const bob = await service.device('bob').online()
    const device = await service.device('alice').online()
    await device.say(privateWith('bob'), 'from Alice')
    await device.client.disconnect()
    const other = service.device('carol', { appkey: device.appkey })
    const { store } = new OpenStore(other)
    await other.online()
    await other.say(privateWith('bob'), 'from Carol')
    const window = store.openMessages(privateWith('bob'))
    await shows(window, ['from Carol'])
    await bob.has(privateWith('carol'), 'from Carol')
    await eventually('one conversation', () => store.conversations.items.value.length === 1)
  })

  it('shares a window between those who show it, and keeps it while one of them does', async () => {
    const { alice, bob, toAlice, toBob } = await chat.service.pair()
    const { store } = new OpenStore(alice)
    const window = store.openMessages(toBob)
    expect(store.openMessages(toBob)).to.equal(window)
    window.release()
    await bob.say(toAlice, 'still here')
    await shows(window, ['still here'])
  })

  it('remembers where the reader was, long after the window was put away', async () => {
    const { alice, bob, toAlice, toBob } = await chat.service.pair()
    for (let number = 1; number <= 12; number++) await bob.say(toAlice, `${number}`)
    const third = await alice.has(toBob, '3')
    await alice.has(toBob, '12')
    await alice.client.readState.markRead(toBob)
    const open = new OpenStore(alice, { messagePageSize: 4 })
    const window = await open.window(toBob)
    const place = { key: messageKey(third), order: third.order, offset: -20 }
    window.place = place
    window.release()
    await Promise.resolve()
    for (const name of ['u1', 'u2', 'u3', 'u4', 'u5']) {
      ;(await open.window(privateWith(name))).release()
      await Promise.resolve()
    }
    const again = await open.window(toBob)
    expect(again).not.to.equal(window)
    expect(again.place).to.deep.equal(place)
    expect(again.items.value.map(textOf)).to.include('3').and.not.include('12')
  })
})
