import { expect } from '@open-wc/testing'
import type { ConversationId } from '../../src/model/conversation.js'
import { ErrorCode } from '../../src/model/errors.js'
import { MessageType } from '../../src/model/message-types.js'
import { SentStatus } from '../../src/model/message.js'
import { refusalOf } from '../support/backend-refusal.js'
import { eventually, textOf, useChat, type Device } from '../support/chat-service.js'
import { failNextWrite } from '../support/full-disk.js'
import { FlakyBackend } from '../support/flaky-backend.js'
import { HeldUploads } from '../support/held-uploads.js'

const file = (bytes = 10) => new File([new Uint8Array(bytes)], 'plan.pdf', { type: 'text/plain' })
const fileMessage = {
  messageType: MessageType.FILE,
  content: { name: 'plan.pdf', size: 10, type: 'text/plain', fileUrl: '' },
}
const words = (count: number) => Array.from({ length: count }, (_, index) => `word ${index}`)

describe('outbox', () => {
  const chat = useChat()

  it('sends what is posted at once in the order it was written', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    await Promise.all(words(20).map((word) => alice.post(toBob, word)))
    await bob.has(toAlice, 'word 19')
    await eventually('all are sent', async () =>
      (await alice.messages(toBob)).every(({ sentStatus }) => sentStatus === SentStatus.SENT),
    )
    expect(await bob.texts(toAlice)).to.deep.equal(words(20))
    expect(await alice.texts(toBob)).to.deep.equal(words(20))
  })

  it('tells that a message is being sent, then that it is', async () => {
    const { alice, toBob } = await chat.service.pair()
    const sent = await alice.say(toBob, 'hi')
    expect(sent.sentStatus).to.equal(SentStatus.SENT)
    const told = alice.told.filter((name) => name === 'sending' || name === 'sent')
    expect(told).to.deep.equal(['sending', 'sent'])
    expect(alice.heard('sent')[0]!.message.messageUId).to.equal(sent.messageUId)
    expect(alice.received).to.deep.equal([])
  })

  it('keeps what is written without a connection and sends it after reconnecting', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    await alice.cut()
    for (const word of words(3)) await alice.post(toBob, word)
    const waiting = await alice.messages(toBob)
    expect(waiting.map(textOf)).to.deep.equal(words(3))
    expect(waiting.map(({ sentStatus }) => sentStatus)).to.deep.equal(
      Array(3).fill(SentStatus.SENDING),
    )
    await alice.reconnect()
    await bob.has(toAlice, 'word 2')
    expect(await bob.texts(toAlice)).to.deep.equal(words(3))
  })

  it('marks a refused message as failed with the code, and the next one still goes', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    alice.network.refuseNextSend(ErrorCode.FORBIDDEN_IN_PRIVATE)
    const refusal = await refusalOf(alice.say(toBob, 'refused'))
    await alice.say(toBob, 'taken')
    expect(refusal.code).to.equal(ErrorCode.FORBIDDEN_IN_PRIVATE)
    const [taken, failed] = await alice.messages(toBob)
    expect(textOf(taken!)).to.equal('taken')
    expect(failed!.sentStatus).to.equal(SentStatus.FAILED)
    expect(failed!.failure?.code).to.equal(ErrorCode.FORBIDDEN_IN_PRIVATE)
    expect(alice.heard('sendFailed')[0]!.error.code).to.equal(ErrorCode.FORBIDDEN_IN_PRIVATE)
    await bob.has(toAlice, 'taken')
    expect(await bob.texts(toAlice)).to.deep.equal(['taken'])
  })

  it('sends a failed message again under the id it always had', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    alice.network.refuseNextSend(ErrorCode.FORBIDDEN_IN_PRIVATE)
    await refusalOf(alice.say(toBob, 'again'))
    const [failed] = await alice.messages(toBob)
    const sent = await alice.client.sender.resendAndWait(failed!.messageId)
    expect(sent.messageUId).to.equal(failed!.messageUId)
    expect(sent.sentStatus).to.equal(SentStatus.SENT)
    expect(sent.failure).to.equal(undefined)
    await bob.has(toAlice, 'again')
  })

  it('refuses to resend what did not fail', async () => {
    const { alice, toBob } = await chat.service.pair()
    const { messageId } = await alice.say(toBob, 'fine')
    const refusal = await refusalOf(alice.client.sender.resend(messageId))
    expect(refusal.code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
  })

  it('sends again when the acknowledgement was lost, and the message is there once', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    alice.network.holdBatches()
    alice.network.loseNextAck()
    const sent = alice.say(toBob, 'once')
    await eventually('a retry is due', () => alice.timers.pending.length)
    alice.timers.runAll()
    expect((await sent).sentStatus).to.equal(SentStatus.SENT)
    expect(alice.network.sends.length).to.equal(2)
    alice.network.releaseBatches()
    await alice.say(toBob, 'after')
    await bob.has(toAlice, 'after')
    expect(await bob.texts(toAlice)).to.deep.equal(['once', 'after'])
    expect(await alice.texts(toBob)).to.deep.equal(['once', 'after'])
  })

  it('takes its own message coming back for a lost acknowledgement', async () => {
    const { alice, toBob } = await chat.service.pair()
    alice.network.loseNextAck()
    const sent = await alice.say(toBob, 'echo')
    expect(sent.sentStatus).to.equal(SentStatus.SENT)
    await eventually('nothing is left to retry', async () => {
      alice.timers.runAll()
      return !alice.timers.pending.length
    })
    expect(alice.network.sends.length).to.equal(1)
    expect(await alice.texts(toBob)).to.deep.equal(['echo'])
  })

  it('tries again by itself when it was too fast', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    alice.network.refuseNextSend(ErrorCode.SEND_FREQUENCY_TOO_FAST)
    const all = Promise.all(words(3).map((word) => alice.say(toBob, word)))
    await eventually('a retry is due', () => alice.timers.pending.length)
    expect(alice.timers.pending).to.deep.equal([200])
    alice.timers.runAll()
    await all
    await bob.has(toAlice, 'word 2')
    expect(await bob.texts(toAlice)).to.deep.equal(words(3))
    expect(alice.heard('sendFailed')).to.deep.equal([])
  })

  it('shares the outbox between two tabs without sending anything twice', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    const other = await chat.service.tabOf(alice).online()
    await Promise.all(words(20).map((word, index) => (index % 2 ? alice : other).post(toBob, word)))
    await eventually('all are there', async () => (await bob.texts(toAlice)).length === 20)
    await eventually('nothing waits', async () =>
      (await alice.messages(toBob)).every(({ sentStatus }) => sentStatus === SentStatus.SENT),
    )
    const sends = [...alice.network.sends, ...other.network.sends]
    expect(sends.length).to.equal(20)
    expect(await bob.texts(toAlice)).to.deep.equal(await alice.texts(toBob))
    expect(await other.texts(toBob)).to.deep.equal(await alice.texts(toBob))
  })

  it('tells whoever waits in one tab that another has sent it', async () => {
    const { alice, toBob } = await chat.service.pair()
    await alice.cut()
    const sent = alice.say(toBob, 'by the other tab')
    await alice.has(toBob, 'by the other tab')
    await chat.service.tabOf(alice).online()
    expect((await sent).sentStatus).to.equal(SentStatus.SENT)
    expect(alice.network.sends).to.deep.equal([])
  })

  it('sends what a client left behind that was closed meanwhile', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    alice.network.holdAcks()
    for (const word of words(3)) await alice.post(toBob, word)
    await eventually('the first is on its way', () => alice.network.sends.length)
    await alice.client.disconnect()
    await chat.service.tabOf(alice).online()
    await bob.has(toAlice, 'word 2')
    expect(await bob.texts(toAlice)).to.deep.equal(words(3))
  })

  it('ends the waiting for a message when the user logs out, and keeps it', async () => {
    const { alice, toBob } = await chat.service.pair()
    await alice.cut()
    const sent = refusalOf(alice.say(toBob, 'later'))
    await alice.has(toBob, 'later')
    await alice.client.disconnect()
    expect((await sent).code).to.equal(ErrorCode.RC_NET_CHANNEL_INVALID)
    alice.network.restore()
    await alice.online()
    expect((await alice.has(toBob, 'later')).content.content).to.equal('later')
  })

  it('takes back what waits, and never sends it', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    await alice.cut()
    const { messageId } = await alice.post(toBob, 'never mind')
    await alice.client.sender.cancel(messageId)
    await alice.post(toBob, 'this instead')
    await alice.reconnect()
    await bob.has(toAlice, 'this instead')
    expect(await bob.texts(toAlice)).to.deep.equal(['this instead'])
    expect((await alice.conversation(toBob)).latestMessage!.content.content).to.equal(
      'this instead',
    )
  })

  it('keeps what is not stored by anybody out of the database', async () => {
    const { alice, bob, toBob } = await chat.service.pair()
    for (const { client } of [alice, bob]) {
      client.messageTypes.register('app:nudge', { isStatusMessage: true })
    }
    const message = { messageType: 'app:nudge', content: { strength: 3 } }
    await alice.client.sender.send(toBob, message)
    await eventually('the nudge comes', () => bob.heard('statusMessage').length)
    expect(bob.heard('statusMessage')[0]!.message.content.strength).to.equal(3)
    expect(await alice.messages(toBob)).to.deep.equal([])
    await alice.cut()
    const refusal = await refusalOf(alice.client.sender.send(toBob, message))
    expect(refusal.code).to.equal(ErrorCode.RC_NET_UNAVAILABLE)
  })

  it('refuses what can not be stored or sent before anything is stored', async () => {
    const { alice, toBob } = await chat.service.pair()
    const circular: Record<string, unknown> = {}
    circular.self = circular
    const contents = [{ content: 'x'.repeat(128 * 1024) }, circular, { count: 1n }]
    const codes = []
    for (const content of contents) {
      const message = { messageType: MessageType.TEXT, content }
      codes.push((await refusalOf(alice.client.sender.post(toBob, message))).code)
    }
    expect(codes).to.deep.equal([
      ErrorCode.RC_MSG_CONTENT_EXCEED_LIMIT,
      ErrorCode.BIZ_ERROR_INVALID_PARAMETER,
      ErrorCode.BIZ_ERROR_INVALID_PARAMETER,
    ])
    expect(await alice.messages(toBob)).to.deep.equal([])
  })

  it('says so when the browser has no room, and takes the next message', async () => {
    const { alice, toBob } = await chat.service.pair()
    await alice.cut()
    const restore = failNextWrite()
    const refusal = await refusalOf(alice.post(toBob, 'too much')).finally(restore)
    expect(refusal.code).to.equal(ErrorCode.PROTOCOL_MESSAGE_SAVED_ERROR)
    await alice.post(toBob, 'fits')
    expect(await alice.texts(toBob)).to.deep.equal(['fits'])
  })
})

describe('outbox: files', () => {
  const chat = useChat()

  async function aliceWithHeldUploads() {
    const { bob, toBob, toAlice } = await chat.service.pair()
    const uploads = new HeldUploads(chat.service.backend)
    const alice = await chat.service.deviceOn('alice', new FlakyBackend(uploads)).online()
    return { alice, bob, toBob, toAlice, uploads }
  }

  const sendFile = (alice: Device, toBob: ConversationId) =>
    alice.client.sender.sendFile(toBob, fileMessage, file(), { field: 'fileUrl' })

  it('lets text overtake a file that is still being uploaded', async () => {
    const { alice, bob, toBob, toAlice, uploads } = await aliceWithHeldUploads()
    const sent = sendFile(alice, toBob)
    await eventually('the upload has begun', () => uploads.count)
    await alice.say(toBob, 'text')
    uploads.release()
    const { content } = await sent
    await eventually('both are there', async () => (await bob.messages(toAlice)).length === 2)
    const types = (await bob.messages(toAlice)).map(({ messageType }) => messageType)
    expect(types).to.deep.equal([MessageType.TEXT, MessageType.FILE])
    const bytes = await fetch(await bob.client.fileUrl(content.fileUrl))
    expect((await bytes.blob()).size).to.equal(10)
  })

  it('tells how far an upload is, and that it is done', async () => {
    const { alice, toBob, uploads } = await aliceWithHeldUploads()
    uploads.release()
    const { messageUId } = await sendFile(alice, toBob)
    const steps = alice.heard('upload')
    expect(steps.every((step) => step.messageUId === messageUId)).to.equal(true)
    expect(steps.at(0)).to.include({ percent: 50, done: false })
    expect(steps.at(-1)).to.include({ percent: 100, done: true })
  })

  it('ends an upload that is cancelled, and leaves nothing of it', async () => {
    const { alice, toBob, uploads } = await aliceWithHeldUploads()
    const sent = refusalOf(sendFile(alice, toBob))
    await eventually('the upload has begun', () => uploads.count)
    const [message] = await alice.messages(toBob)
    await alice.client.sender.cancel(message!.messageId)
    expect((await sent).code).to.equal(ErrorCode.RC_MSG_SEND_FAIL)
    await eventually('the upload is given up', () => uploads.abortCount)
    expect(await alice.messages(toBob)).to.deep.equal([])
    expect(alice.network.sends).to.deep.equal([])
  })

  it('keeps the file of a refused upload for another try', async () => {
    const { alice, bob, toBob, toAlice, uploads } = await aliceWithHeldUploads()
    uploads.refuseNext(ErrorCode.UPLOAD_FAIL)
    uploads.release()
    const refusal = await refusalOf(sendFile(alice, toBob))
    expect(refusal.code).to.equal(ErrorCode.UPLOAD_FAIL)
    const [failed] = await alice.messages(toBob)
    expect(failed!.sentStatus).to.equal(SentStatus.FAILED)
    const sent = await alice.client.sender.resendAndWait(failed!.messageId)
    expect(sent.messageUId).to.equal(failed!.messageUId)
    await eventually('it is there', async () => (await bob.messages(toAlice)).length)
  })

  it('begins an upload anew that the connection was lost under', async () => {
    const { alice, bob, toBob, toAlice, uploads } = await aliceWithHeldUploads()
    uploads.refuseNext(ErrorCode.RC_SOCKET_DISCONNECTED)
    uploads.release()
    const sent = sendFile(alice, toBob)
    await eventually('a retry is due', () => alice.timers.pending.length)
    alice.timers.runAll()
    expect((await sent).sentStatus).to.equal(SentStatus.SENT)
    await eventually('it is there', async () => (await bob.messages(toAlice)).length)
  })

  it('sends what the caller makes of the address', async () => {
    const { alice, toBob, uploads } = await aliceWithHeldUploads()
    uploads.release()
    const sent = await alice.client.sender.sendFile(toBob, fileMessage, file(), {
      field: 'fileUrl',
      onComplete: (uri) => ({ messageType: MessageType.TEXT, content: { content: uri } }),
    })
    expect(sent.messageType).to.equal(MessageType.TEXT)
    expect(sent.content.content).to.match(/^imkit-local:/)
  })

  it('refuses empty files at once', async () => {
    const { alice, toBob } = await aliceWithHeldUploads()
    const empty = alice.client.sender.postFile(toBob, fileMessage, file(0), { field: 'fileUrl' })
    expect((await refusalOf(empty)).code).to.equal(ErrorCode.UPLOAD_FAIL)
    expect(await alice.messages(toBob)).to.deep.equal([])
  })
})
