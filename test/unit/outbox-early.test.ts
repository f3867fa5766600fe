/** A message goes out while it is being stored, where nothing waits before it. */
import { expect } from '@open-wc/testing'
import { withLock } from '../../src/core/tab-lock.js'
import { databaseName } from '../../src/database/schema.js'
import { conversationKey } from '../../src/model/conversation.js'
import { ErrorCode } from '../../src/model/errors.js'
import { SentStatus } from '../../src/model/message.js'
import { eventually, textOf, useChat, type Device } from '../support/chat-service.js'
import { failNextWrite } from '../support/full-disk.js'
import { refusalOf } from '../support/backend-refusal.js'

/** What had gone to the backend when each message of a device was stored, by its text. */
function goneWhenStored(device: Device): Map<string, string[]> {
  const gone = new Map<string, string[]>()
  device.client.events.on('sending', ({ message }) => {
    const texts = device.network.sends.map(({ content }) => String(content.content))
    gone.set(textOf(message), texts)
  })
  return gone
}

describe('outbox: early', () => {
  const chat = useChat()

  /** Nothing waits any more, and alice knows it. */
  async function settledPair() {
    const pair = await chat.service.pair()
    const { alice, toBob } = pair
    await alice.say(toBob, 'hello')
    const queue = `outbox/messages/${conversationKey(toBob)}`
    await withLock(`${databaseName(alice.appkey, 'alice')}/${queue}`, async () => undefined)
    return { ...pair, gone: goneWhenStored(alice) }
  }

  it('sends what is written before it is stored', async () => {
    const { alice, bob, toBob, toAlice, gone } = await settledPair()
    await alice.say(toBob, 'at once')
    expect(gone.get('at once')).to.deep.equal(['hello', 'at once'])
    expect(alice.network.sends.length).to.equal(2)
    await bob.has(toAlice, 'at once')
    expect(await alice.texts(toBob)).to.deep.equal(['hello', 'at once'])
  })

  it('does so in conversations in which nothing was sent yet', async () => {
    const { alice, gone } = await settledPair()
    await chat.service.device('carol').online()
    await alice.say({ conversationType: 1, targetId: 'carol' }, 'hi')
    expect(gone.get('hi')).to.deep.equal(['hello', 'hi'])
  })

  it('lets it wait behind what has no answer yet', async () => {
    const { alice, bob, toBob, toAlice, gone } = await settledPair()
    alice.network.holdAcks()
    await alice.post(toBob, 'first')
    await alice.post(toBob, 'second')
    expect(gone.get('second')).to.deep.equal(['hello', 'first'])
    alice.network.releaseAcks()
    await bob.has(toAlice, 'second')
    expect(await bob.texts(toAlice)).to.deep.equal(['hello', 'first', 'second'])
  })

  it('lets it wait behind what has to be tried again', async () => {
    const { alice, bob, toBob, toAlice, gone } = await settledPair()
    alice.network.refuseNextSend(ErrorCode.SEND_FREQUENCY_TOO_FAST)
    await alice.post(toBob, 'first')
    await eventually('a retry is due', () => alice.timers.pending.length)
    await alice.post(toBob, 'second')
    expect(gone.get('second')).to.deep.equal(['hello', 'first'])
    alice.timers.runAll()
    await bob.has(toAlice, 'second')
    expect(await bob.texts(toAlice)).to.deep.equal(['hello', 'first', 'second'])
  })

  it('lets it wait behind what another tab has written', async () => {
    const { alice, bob, toBob, toAlice, gone } = await settledPair()
    const other = await chat.service.tabOf(alice).online()
    await other.cut()
    await other.post(toBob, 'of the other tab')
    await eventually('alice hears of it', () =>
      alice.heard('change').some(({ fromOtherTab, queued }) => fromOtherTab && queued.length),
    )
    await alice.say(toBob, 'of this tab')
    expect(gone.get('of this tab')).to.deep.equal(['hello'])
    await bob.has(toAlice, 'of this tab')
    expect(await bob.texts(toAlice)).to.deep.equal(['hello', 'of the other tab', 'of this tab'])
  })

  it('waits where the host wants to hear of it before it is sent', async () => {
    const { alice, toBob, gone } = await settledPair()
    let before = NaN
    const onSendBefore = () => (before = alice.network.sends.length)
    await alice.say(toBob, 'told', { onSendBefore })
    expect(gone.get('told')).to.deep.equal(['hello'])
    expect(before).to.equal(1)
  })

  it('marks what is refused, once it is stored', async () => {
    const { alice, toBob, gone } = await settledPair()
    alice.network.refuseNextSend(ErrorCode.FORBIDDEN_IN_PRIVATE)
    const refusal = await refusalOf(alice.say(toBob, 'refused'))
    expect(refusal.code).to.equal(ErrorCode.FORBIDDEN_IN_PRIVATE)
    expect(gone.get('refused')).to.deep.equal(['hello', 'refused'])
    const failed = (await alice.messages(toBob)).find((message) => textOf(message) === 'refused')
    expect(failed!.sentStatus).to.equal(SentStatus.FAILED)
  })

  it('gets back what was sent and could not be stored', async () => {
    const { alice, bob, toBob, toAlice } = await settledPair()
    const restore = failNextWrite(
      (row) => (row as { messageType?: string }).messageType === 'RC:TxtMsg',
    )
    const posted = await alice.post(toBob, 'no room').finally(restore)
    expect(posted.sentStatus).to.equal(SentStatus.SENT)
    await bob.has(toAlice, 'no room')
    await alice.reconnect()
    await alice.has(toBob, 'no room')
    await alice.say(toBob, 'fits')
    expect(await alice.texts(toBob)).to.deep.equal(['hello', 'no room', 'fits'])
    expect(await bob.texts(toAlice)).to.deep.equal(['hello', 'no room', 'fits'])
    expect(alice.reports.length).to.equal(1)
  })
})
