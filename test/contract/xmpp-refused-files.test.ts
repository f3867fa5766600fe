/** Whole clients whose files a real server, or what stands before it, does not take. */
import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import { MessageType } from '../../src/model/message-types.js'
import { SentStatus, type Message } from '../../src/model/message.js'
import { privateWith } from '../support/backend-messages.js'
import { codeOf } from '../support/backend-refusal.js'
import { eventually } from '../support/chat-service.js'
import { TestServer, type Link } from '../support/test-server.js'
import { WholeClients, type WholeClient } from '../support/whole-client.js'

const QUOTA = 100

describe('a file that is not taken', () => {
  let server: TestServer
  let link: Link
  let clients: WholeClients
  let alice: WholeClient
  let bob: WholeClient

  before(async () => {
    server = await TestServer.own({ isBehindLink: true, uploadQuota: QUOTA })
    link = server.ownLink
  })
  after(async () => {
    await server.stop()
    await link.close()
  })
  beforeEach(async () => {
    clients = new WholeClients(server)
    alice = await clients.online('alice')
    bob = await clients.online('bob')
  })
  afterEach(async () => {
    await link.refuse(undefined)
    await link.refuseFiles(undefined)
    await clients.end()
  })

  const post = (text: string) => {
    const file = new File([text], 'notes.txt', { type: 'text/plain' })
    const content = { name: file.name, size: file.size, type: 'txt' }
    const message = { messageType: MessageType.FILE, content }
    return alice.client.sender.postFile(privateWith(bob.userId), message, file, {
      field: 'fileUrl',
    })
  }

  /** What the message came to, and why. */
  const failureOf = async ({ messageId }: Message) => {
    const failures = () =>
      alice.heard('sendFailed').filter((it) => it.message.messageId === messageId)
    await eventually('it fails', () => failures().length > 0)
    const [message] = await alice.client.reader.byId([messageId])
    expect(message!.sentStatus).to.equal(SentStatus.FAILED)
    return failures().at(-1)!.error
  }

  const expectArrived = async (text: string) => {
    await eventually('it arrives', () => bob.received.length > 0)
    const { fileUrl } = bob.received[0]!.content
    expect(await (await fetch(fileUrl as string)).text()).to.equal(text)
  }

  for (const [status, reason] of [
    [403, /HTTP 403/],
    [413, /too large/],
    [507, /no room/],
  ] as const) {
    it(`with HTTP ${status} stays with its message, also over a new login, and is sent again`, async () => {
      await link.refuseFiles(status)
      const message = await post('some notes')
      const { code, message: text } = await failureOf(message)
      expect(code).to.equal(ErrorCode.UPLOAD_FAIL)
      expect(text).to.match(reason)
      await alice.client.disconnect()
      await link.refuseFiles(undefined)
      await alice.client.connect(await server.tokenOf(alice.userId))
      await alice.client.sender.resendAndWait(message.messageId)
      await expectArrived('some notes')
    })
  }

  it('by a proxy that pages are told nothing of stays, and is sent again', async () => {
    await link.refuse(503)
    const message = await post('some notes')
    const { code, message: text } = await failureOf(message)
    expect(code).to.equal(ErrorCode.UPLOAD_FAIL)
    expect(text).to.contain(new URL(server.uploadUrl).origin)
    await link.refuse(undefined)
    await alice.client.sender.resendAndWait(message.messageId)
    await expectArrived('some notes')
  })

  it('for which there is no room any more stays, and so does what is there', async () => {
    const first = 'a'.repeat(QUOTA - 1)
    await post(first)
    await expectArrived(first)
    const message = await post('bb')
    const { code, message: text } = await failureOf(message)
    expect(code).to.equal(ErrorCode.UPLOAD_FAIL)
    expect(text).to.contain('used up')
    const again = alice.client.sender.resendAndWait(message.messageId)
    expect(await codeOf(again)).to.equal(ErrorCode.UPLOAD_FAIL)
    await expectArrived(first)
    // A smaller one fits in.
    await post('c')
    await eventually('it arrives', () => bob.received.length > 1)
  })
})
