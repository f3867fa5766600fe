import { expect } from '@open-wc/testing'
import { effect } from '@preact/signals-core'
import { messageKey, SentStatus, type Message } from '../../src/model/message.js'
import type { WindowChange } from '../../src/store/message-window.js'
import { privateWith } from '../support/backend-messages.js'
import { eventually, textOf, useChat, type Device } from '../support/chat-service.js'
import { OpenStore, shows, texts } from '../support/open-store.js'
import { risingClock } from '../support/rising-clock.js'

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${from + index}`)

async function sayAll(from: Device, to: string, contents: readonly string[]): Promise<void> {
  for (const content of contents) await from.post(privateWith(to), content)
  await from.say(privateWith(to), 'end')
}

describe('a message window', () => {
  const chat = useChat({ now: risingClock() })
  const small = { messagePageSize: 4, messageWindowSize: 8 }

  it('shows the newest page and pages backwards to the beginning', async () => {
    const { alice, bob, toAlice } = await chat.service.pair()
    await sayAll(bob, 'alice', numbers(1, 6))
    await alice.has(privateWith('bob'), 'end')
    await alice.client.readState.markRead(privateWith('bob'))
    const window = await new OpenStore(alice, small).window(privateWith('bob'))
    expect(texts(window)).to.deep.equal(['4', '5', '6', 'end'])
    expect(window.hasOlder.value).to.be.true
    expect(window.isAtNewest.value).to.be.true

    await window.loadOlder()
    expect(texts(window)).to.deep.equal([...numbers(1, 6), 'end'])
    expect(window.lastChange.value).to.include({ kind: 'older' })
    expect(window.lastChange.value.keys).to.have.length(3)
    expect(window.hasOlder.value).to.be.false
    expect(toAlice.targetId).to.equal('alice')
  })

  it('stays bounded: what is dropped at one side can be loaded again', async () => {
    const { alice, bob, toBob } = await chat.service.pair()
    await sayAll(bob, 'alice', numbers(1, 11))
    await alice.has(toBob, 'end')
    await alice.client.readState.markRead(toBob)
    const window = await new OpenStore(alice, small).window(toBob)
    await window.loadOlder()
    await window.loadOlder()
    expect(texts(window)).to.deep.equal(numbers(1, 8))
    expect(window.hasNewer.value).to.be.true
    expect(window.isAtNewest.value).to.be.false
    await window.loadNewer()
    expect(texts(window)).to.deep.equal([...numbers(5, 11), 'end'])
    expect(window.hasNewer.value).to.be.false
    expect(window.hasOlder.value).to.be.true
  })

  it('appends what comes in, and tells that it did', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    const window = await new OpenStore(alice).window(toBob)
    const sent = await bob.say(toAlice, 'hello')
    await shows(window, ['hello'])
    expect(window.lastChange.value).to.deep.equal({
      kind: 'append',
      keys: [messageKey(sent)],
      own: false,
    })
  })

  it('shows what is sent at once, and sorts it in when the server has it', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    const window = await new OpenStore(alice).window(toBob)
    await alice.cut()
    const mine = await alice.post(toBob, 'mine')
    await shows(window, ['mine'])
    expect(window.lastChange.value).to.deep.equal({
      kind: 'append',
      keys: [messageKey(mine)],
      own: true,
    })
    expect(window.items.value[0]!.sentStatus).to.equal(SentStatus.SENDING)
    await bob.say(toAlice, 'before')
    await alice.reconnect()
    await shows(window, ['before', 'mine'])
    await eventually('it is sent', () => window.items.value[1]!.sentStatus === SentStatus.SENT)
    expect(messageKey(window.items.value[1]!)).to.equal(messageKey(mine))
  })

  it('only knows of new messages while an older stretch is shown', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    await sayAll(bob, 'alice', numbers(1, 11))
    await alice.has(toBob, 'end')
    await alice.client.readState.markRead(toBob)
    const window = await new OpenStore(alice, small).window(toBob)
    await window.loadOlder()
    await window.loadOlder()
    const shown = texts(window)
    await bob.say(toAlice, 'news')
    await alice.has(toBob, 'news')
    await bob.client.actions.recall((await bob.has(toAlice, '8')) as never)
    await eventually('the change has passed', () => window.lastChange.value.kind === 'update')
    expect(texts(window).slice(0, -1)).to.deep.equal(shown.slice(0, -1))
    expect(window.hasNewer.value).to.be.true
    await window.jumpToNewest()
    expect(texts(window).at(-1)).to.equal('news')
  })

  it('does not push out what is being read', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    await sayAll(bob, 'alice', numbers(1, 7))
    await alice.has(toBob, 'end')
    await alice.client.readState.markRead(toBob)
    const { store } = new OpenStore(alice, small)
    const window = store.openMessages(toBob)
    await eventually('ready', () => window.isAtNewest.value)
    await window.loadOlder()
    store.setAttention(toBob, 'reading')
    await bob.say(toAlice, 'news')
    await eventually('it knows', () => window.hasNewer.value)
    expect(texts(window)).to.deep.equal([...numbers(1, 7), 'end'])
  })

  it('goes to the end for what the user sends', async () => {
    const { alice, bob, toBob } = await chat.service.pair()
    await sayAll(bob, 'alice', numbers(1, 11))
    await alice.has(toBob, 'end')
    await alice.client.readState.markRead(toBob)
    const window = await new OpenStore(alice, small).window(toBob)
    await window.loadOlder()
    await window.loadOlder()
    const changes: WindowChange[] = []
    const stop = effect(() => void changes.push(window.lastChange.value))
    const mine = await alice.post(toBob, 'mine')
    // The server's answer may have changed it already.
    await eventually('it is told as sent here', () => changes.some(({ own }) => own))
    stop()
    const told = changes.find(({ own }) => own)
    expect(told).to.deep.include({ kind: 'append', keys: [messageKey(mine)] })
    expect(texts(window).at(-1)).to.equal('mine')
    expect(window.isAtNewest.value).to.be.true
  })

  it('starts at the first unread message and knows how many there were', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    await bob.say(toAlice, 'old')
    await alice.has(toBob, 'old')
    await alice.client.readState.markRead(toBob)
    await sayAll(bob, 'alice', numbers(1, 9))
    await alice.has(toBob, 'end')
    const window = await new OpenStore(alice, small).window(toBob)
    const first = window.items.value.find((message) => message.content.content === '1')!
    expect(window.firstUnread.value).to.equal(messageKey(first))
    expect(window.unreadOnOpen.value).to.equal(10)
    expect(window.hasNewer.value).to.be.true
  })

  it('shows all it had when it is opened again the moment something has come', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    await sayAll(bob, 'alice', numbers(1, 6))
    await alice.has(toBob, 'end')
    await alice.client.readState.markRead(toBob)
    const open = new OpenStore(alice, small)
    const window = await open.window(toBob)
    await window.loadOlder()
    window.release()
    await Promise.resolve()
    // It is stored, and not shown before the next frame.
    const off = alice.client.events.on('change', () => open.store.openMessages(toBob))
    await bob.say(toAlice, 'news')
    await eventually('it is there', () => texts(window).includes('news'))
    off()
    expect(texts(window)).to.deep.equal([...numbers(1, 6), 'end', 'news'])
  })

  it('jumps to a message, to a time and back to the newest', async () => {
    const { alice, bob, toBob } = await chat.service.pair()
    await sayAll(bob, 'alice', numbers(1, 11))
    await alice.has(toBob, 'end')
    await alice.client.readState.markRead(toBob)
    const third = await alice.has(toBob, '3')
    const window = await new OpenStore(alice, small).window(toBob)
    expect(await window.jumpTo(third)).to.be.true
    expect(texts(window)).to.include('3').and.not.include('end')
    expect(window.lastChange.value.kind).to.equal('reset')
    await window.jumpToNewest()
    expect(texts(window)).to.deep.equal(['9', '10', '11', 'end'])
    await window.jumpToTime(third.sentTime)
    expect(texts(window)).to.include('3').and.not.include('end')
    expect(await window.jumpTo({ messageUId: 'nowhere', senderUserId: 'bob' })).to.be.false
    expect(texts(window)).to.include('3')
  })

  it('follows recalls, deletions and what the other side has read', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    const store = new OpenStore(alice)
    const window = await store.window(toBob)
    await alice.say(toBob, 'one')
    const two = await alice.say(toBob, 'two')
    await shows(window, ['one', 'two'])
    await bob.has(toAlice, 'two')
    await bob.client.readState.markRead(toAlice)
    await eventually('both are read', () =>
      window.items.value.every(({ sentStatus }) => sentStatus === SentStatus.READ),
    )
    await alice.client.actions.delete(toBob, [two])
    await shows(window, ['one'])
    await alice.client.actions.recall(window.items.value[0]!)
    await eventually('a notice', () => window.items.value[0]!.messageType === 'RC:RcNtf')
    expect(store.reports).to.deep.equal([])
  })

  it('says that older messages are out of reach, and has them when the network is back', async () => {
    const { alice, bob, toBob } = await chat.service.pair()
    await sayAll(bob, 'alice', numbers(1, 30))
    await alice.has(toBob, 'end')
    // Unread messages would be fetched at once.
    await alice.client.readState.markRead(toBob)
    const fresh = await chat.service.device('alice').online()
    const window = await new OpenStore(fresh, small).window(toBob)
    await fresh.cut()
    for (let loads = 0; loads < 20 && window.hasOlder.value; loads++) await window.loadOlder()
    expect(window.olderUnavailable.value).to.be.true
    expect(window.hasOlder.value).to.be.false
    await fresh.reconnect()
    await eventually('there is more again', () => window.hasOlder.value)
    expect(window.olderUnavailable.value).to.be.false
    for (let loads = 0; loads < 20 && window.hasOlder.value; loads++) await window.loadOlder()
    expect(texts(window)[0]).to.equal('1')
  })

  it('empties when the history is cleared', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    await bob.say(toAlice, 'one')
    await alice.has(toBob, 'one')
    const window = await new OpenStore(alice).window(toBob)
    await alice.client.actions.clear(toBob)
    await shows(window, [])
    await bob.say(toAlice, 'two')
    await shows(window, ['two'])
  })

  it('leaves out what the host hides and shows contents as the host rewrites them', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    const display = {
      hidesConversation: () => false,
      hidesMessage: (message: Message) => textOf(message) === 'no',
      contentInList: async (message: Message) => ({ content: `<${textOf(message)}>` }),
    }
    const window = await new OpenStore(alice, { display }).window(toBob)
    for (const content of ['one', 'no', 'two']) await bob.say(toAlice, content)
    await shows(window, ['<one>', '<two>'])
  })
})
