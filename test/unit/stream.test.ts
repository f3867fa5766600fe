import { expect } from '@open-wc/testing'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import { uuidv7 } from '../../src/model/identity.js'
import { said, saidFromTo, team, withBob } from '../support/archived-messages.js'
import { eventually, Tab, textOf } from '../support/chat-service.js'
import { transactionsOf } from '../support/database-traffic.js'
import { OpenStore, shows } from '../support/open-store.js'
import { ScriptedBackend } from '../support/scripted-backend.js'

describe('stream', () => {
  let tab: Tab<ScriptedBackend>

  beforeEach(() => {
    tab = new Tab(new ScriptedBackend('alice'), 'alice', `app-${uuidv7()}`)
  })

  afterEach(async () => {
    await tab.client.disconnect()
    await tab.client.clearLocalData('alice')
  })

  async function online(): Promise<void> {
    await tab.client.connect('token')
    await eventually('it has caught up', () => tab.told.includes('offlineMessagesPulled'))
  }

  const texts = (first: number, last: number) =>
    saidFromTo(first, last).map(({ content }) => content.content as string)

  it('stores in one transaction what comes while another one runs', async () => {
    await online()
    const transactions = await transactionsOf(async () => {
      for (const message of saidFromTo(1, 100)) tab.network.say(message)
      await eventually('all are told of', () => tab.received.length === 100)
    }, 'readwrite')
    expect(transactions).to.equal(2)
    expect(tab.received.map(textOf)).to.deep.equal(texts(1, 100))
    expect(await tab.unread(withBob)).to.equal(100)
  })

  it('stores what never stops coming, some at a time', async () => {
    await online()
    const start = performance.now()
    const transactions = await transactionsOf(async () => {
      for (let place = 1; tab.received.length < 200; place++) {
        tab.network.say(said(place))
        await nextTask()
      }
    }, 'readwrite')
    const atMost = Math.ceil((performance.now() - start) / 33) + 1
    expect(transactions).to.be.at.most(atMost)
    const { length } = tab.received
    expect(tab.received.map(textOf)).to.deep.equal(texts(1, length))
  })

  it('shows what it has stored in a group without reading it, own messages too', async () => {
    await online()
    const window = await new OpenStore(tab).window(team)
    const read = await transactionsOf(async () => {
      tab.network.say(said(1, team), said(2, { ...team, senderUserId: 'alice' }))
      await shows(window, ['text 1', 'text 2'])
    }, 'readonly')
    expect(read).to.equal(0)
  })

  it('stores large batches in parts, in order, and counts each message once', async () => {
    tab.network.missed = [{ messages: saidFromTo(1, 600) }]
    await online()
    await eventually('all are told of', () => tab.received.length === 600)
    expect(tab.received.map(textOf)).to.deep.equal(texts(1, 600))
    expect(await tab.unread(withBob)).to.equal(600)
  })

  it('keeps what was caught up with when the rest can not be had', async () => {
    const lost = {
      get messages(): never {
        throw new IMError(ErrorCode.RC_NET_UNAVAILABLE, 'The connection was lost.')
      },
    }
    tab.network.missed = [{ messages: [said(1)], cursor: 'first' }, lost, { messages: [said(2)] }]
    await tab.client.connect('token')
    await eventually('the first is told of', () => tab.received.length === 1)
    await eventually('another session catches up', () => {
      tab.timers.runAll()
      return tab.network.cursors.length === 2
    })
    expect(tab.network.cursors).to.deep.equal([undefined, 'first'])
  })
})

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
