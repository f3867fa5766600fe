/** Whole clients whose server is out of reach for longer than a connection can be gone on with. */
import { expect } from '@open-wc/testing'
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { ConnectionStatus } from '../../src/model/connection-status.js'
import { privateWith } from '../support/backend-messages.js'
import { eventually, textOf } from '../support/chat-service.js'
import { TestServer, type Link } from '../support/test-server.js'
import { storedTexts, WholeClients, type WholeClient } from '../support/whole-client.js'

/** Milliseconds for which a broken connection is tried to be gone on with. */
const RESUME_FOR = 500

describe('a whole client whose server is lost', () => {
  let server: TestServer
  let clients: WholeClients
  let link: Link
  let bob: WholeClient

  beforeEach(async () => {
    server = await TestServer.shared()
    clients = new WholeClients(server)
    link = await server.openLink()
    bob = await clients.online('bob')
  })
  afterEach(async () => {
    await clients.end()
    await link.close()
  })

  const overLink = () => ({ url: link.url, backend: { resumeFor: RESUME_FOR } })

  async function expectBoth(alice: WholeClient, words: string[]): Promise<void> {
    await eventually('both have everything', () => bob.received.length >= words.length)
    await eventually(
      'nothing waits',
      async () => (await alice.client.diagnose()).outbox.length === 0,
    )
    for (const [client, peer] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      const texts = await storedTexts(client, privateWith(peer.userId))
      expect(texts.map(textOf)).to.deep.equal(words)
    }
    expect(bob.received.map(textOf)).to.deep.equal(words)
  }

  it('asks for a new token once when the old one has expired meanwhile, and goes on', async () => {
    const asked: string[] = []
    const getToken = async () => {
      asked.push(alice.userId)
      return server.tokenOf(escapeId(alice.userId))
    }
    const lifetime = 2
    const expires = Date.now() + (lifetime + 1) * 1000
    const setup = { ...overLink(), lifetime, client: { getToken } }
    const alice: WholeClient = await clients.online('alice', setup)
    const toBob = privateWith(bob.userId)
    await alice.say(toBob, 'before')
    await eventually('the token expires', () => Date.now() > expires)
    await alice.say(toBob, 'what is open stays open')
    await link.cut()
    await alice.say(toBob, 'after')
    expect(asked).to.deep.equal([alice.userId])
    expect(alice.client.status).to.equal(ConnectionStatus.CONNECTED)
    await expectBoth(alice, ['before', 'what is open stays open', 'after'])
  })

  it('tries again while it answers 503, and sends what has waited', async () => {
    const alice = await clients.online('alice', overLink())
    const toBob = privateWith(bob.userId)
    await alice.say(toBob, 'before')
    await link.refuse(503)
    await link.cut()
    await alice.untilStatus(ConnectionStatus.SOCKET_UNAVAILABLE)
    await alice.post(toBob, 'meanwhile')
    const attempts = () =>
      alice.heard('status').filter(({ status }) => status === ConnectionStatus.CONNECTING).length
    const before = attempts()
    await eventually('it tries again', () => attempts() > before + 1)
    await link.refuse(undefined)
    await alice.say(toBob, 'after')
    await expectBoth(alice, ['before', 'meanwhile', 'after'])
  })
})
