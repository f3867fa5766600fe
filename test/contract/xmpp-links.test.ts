/** Connections that break, on a real server: what no other backend has is a stream that goes on. */
import { expect } from '@open-wc/testing'
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { xmpp } from '../../src/backends/xmpp/index.js'
import { isRetryable } from '../../src/model/errors.js'
import { uuidv7 } from '../../src/model/identity.js'
import type { ArchivedMessage } from '../../src/model/message.js'
import { privateWith, text } from '../support/backend-messages.js'
import { BackendRecorder } from '../support/backend-recorder.js'
import { codeOf } from '../support/backend-refusal.js'
import { TestServer, type Link } from '../support/test-server.js'
import { Client } from './backend-harness.js'

const wordsOf = (messages: readonly ArchivedMessage[]) =>
  messages.map(({ content }) => content.content as string)

describe('a session over XMPP whose connection breaks', () => {
  let clients: Client[] = []
  let links: Link[] = []

  /** A new user, by a way of their own. */
  const connect = async (server: TestServer, name: string, userId = `${name}-${uuidv7()}`) => {
    const link = await server.openLink()
    links.push(link)
    const local = escapeId(userId)
    await server.createUser(local)
    const limits = { sendRate: Infinity }
    const backend = xmpp({ url: link.url, domain: server.domain, limits })
    const received = new BackendRecorder()
    const token = await server.tokenOf(local)
    const session = await backend.connect({ appkey: 'x', token, deviceId: uuidv7() }, received)
    const client = new Client(session, received)
    clients.push(client)
    return { client, link }
  }

  afterEach(async () => {
    await Promise.all(clients.map(({ session }) => session.close()))
    await Promise.all(links.map((link) => link.close()))
    clients = []
    links = []
  })

  it('goes on over another one, with everything that came meanwhile, once', async () => {
    const server = await TestServer.shared()
    const { client: alice, link } = await connect(server, 'alice')
    const { client: bob } = await connect(server, 'bob')
    const toAlice = privateWith(alice.userId)
    await alice.received.untilMessage(await bob.says(toAlice, 'before'))
    await link.cut()
    await bob.saysAll(toAlice, ['1', '2', '3'])
    await alice.received.untilMessage(await bob.says(toAlice, 'after'))
    expect(wordsOf(alice.received.messages)).to.deep.equal(['before', '1', '2', '3', 'after'])
    expect(alice.received.closings).to.be.empty
    await bob.received.untilMessage(await alice.says(privateWith(bob.userId), 'still here'))
  })

  it('sends what was under way, once and in order', async () => {
    const server = await TestServer.shared()
    const { client: alice, link } = await connect(server, 'alice')
    const { client: bob } = await connect(server, 'bob')
    const toBob = privateWith(bob.userId)
    const words = Array.from({ length: 40 }, (_, index) => `${index}`)
    const sending = Promise.all(words.map((it) => alice.says(toBob, it)))
    await bob.received.until(({ messages }) => messages.length > 5)
    await link.cut()
    const sent = await sending
    expect(
      wordsOf([...sent].sort((one, other) => (one.order < other.order ? -1 : 1))),
    ).to.deep.equal(words)
    await bob.received.untilMessage(await alice.says(toBob, 'end'))
    expect(wordsOf(bob.received.messages)).to.deep.equal([...words, 'end'])
    const page = await bob.session.history({ conversation: privateWith(alice.userId), count: 100 })
    expect(wordsOf(page.messages)).to.deep.equal([...words, 'end'])
    expect(alice.received.closings).to.be.empty
  })

  it('watches on for those whom it watched, who are not told that it was away', async () => {
    const server = await TestServer.shared()
    const { client: alice, link } = await connect(server, 'alice')
    const { client: bob, link: toBob } = await connect(server, 'bob')
    const { client: carol } = await connect(server, 'carol')
    await alice.session.presence!.watch([bob.userId, carol.userId])
    await alice.received.until(() => alice.received.isOnline(carol.userId))
    await link.cut()
    await toBob.cut()
    // What comes over both links again shows that they are.
    await alice.received.untilMessage(await carol.says(privateWith(alice.userId), 'you are back'))
    await bob.received.untilMessage(await carol.says(privateWith(bob.userId), 'and so are you'))
    await carol.session.close()
    await alice.received.until(() => alice.received.isOnline(carol.userId) === false)
    const ofBob = alice.received.presences.filter(({ userId }) => userId === bob.userId)
    expect(ofBob).to.deep.equal([{ userId: bob.userId, isOnline: true }])
    expect(alice.received.closings).to.be.empty
  })

  it('goes on at once, however often it breaks with answers on their way', async function () {
    this.timeout(90_000)
    const server = await TestServer.shared()
    const { client: alice, link } = await connect(server, 'alice')
    const { client: bob } = await connect(server, 'bob')
    const toBob = privateWith(bob.userId)
    const said: string[] = []
    let longest = 0
    for (let round = 0; round < 30; round += 1) {
      const start = performance.now()
      const before = said.length
      const words = Array.from({ length: 20 }, (_, index) => `${round}.${index}`)
      said.push(...words)
      const sending = Promise.all(words.map((it) => alice.says(toBob, it)))
      await bob.received.until(({ messages }) => messages.length > before + 5)
      await link.cut()
      await sending
      longest = Math.max(longest, performance.now() - start)
    }
    await bob.received.untilMessage(await alice.says(toBob, 'end'))
    expect(wordsOf(bob.received.messages)).to.deep.equal([...said, 'end'])
    expect(alice.received.closings).to.be.empty
    // A session that waits for a connection that is gone answers nobody for 15 seconds.
    expect(longest).to.be.below(9000)
  })

  it('ends with a code worth another connection when the server is another by then', async () => {
    const server = await TestServer.own()
    try {
      const { client: alice } = await connect(server, 'alice')
      const { client: bob } = await connect(server, 'bob')
      const toBob = privateWith(bob.userId)
      const sent = await alice.says(toBob, 'before')
      const { cursor } = await bob.received.until(({ batches }) =>
        batches.find(({ messages }) => messages[0]?.messageUId === sent.messageUId),
      )
      await server.kill()
      const lost = text(toBob, 'while it was down')
      const code = codeOf(alice.session.send(lost))
      await server.restart()
      for (const { received } of [alice, bob]) {
        const reason = await received.until(({ closings }) => closings[0])
        expect(isRetryable(reason.code)).to.equal(true)
      }
      expect(isRetryable(await code)).to.equal(true)

      const { client: again } = await connect(server, 'alice', alice.userId)
      await again.session.send(lost)
      const { client: back } = await connect(server, 'bob', bob.userId)
      const missed = (await back.catchUp(cursor)).flatMap(({ messages }) => messages)
      expect(wordsOf(missed)).to.deep.equal(['while it was down'])
    } finally {
      await server.stop()
    }
  })
})
