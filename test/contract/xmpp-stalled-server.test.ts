/**
 * A server that stands still for longer than clients wait for it. Usually a connection counts as broken
 * 28 s after the last sign of its server, and a login is given up after 9 s.
 */
import { expect } from '@open-wc/testing'
import { ConnectionStatus } from '../../src/model/connection-status.js'
import { privateWith } from '../support/backend-messages.js'
import { eventually, textOf } from '../support/chat-service.js'
import { TestServer } from '../support/test-server.js'
import { storedTexts, WholeClients } from '../support/whole-client.js'

describe('a server that stands still', () => {
  let server: TestServer
  let clients: WholeClients

  before(async () => {
    server = await TestServer.own()
    clients = new WholeClients(server)
  })
  after(async () => {
    await server.stall(false)
    await clients.end()
    await server.stop()
  })

  it('is noticed, and nothing that was said meanwhile is lost or doubled', async function () {
    this.timeout(90_000)
    const setup = { backend: { maxSilence: 1000, resumeFor: 500 } }
    const alice = await clients.online('alice', setup)
    const bob = await clients.online('bob', setup)
    const toBob = privateWith(bob.userId)
    const toAlice = privateWith(alice.userId)
    await alice.say(toBob, 'before')
    await server.stall(true)
    await alice.post(toBob, 'into silence')
    await alice.untilStatus(ConnectionStatus.SOCKET_UNAVAILABLE)
    await alice.post(toBob, 'meanwhile')
    await bob.untilStatus(ConnectionStatus.SOCKET_UNAVAILABLE)
    await bob.post(toAlice, 'from the other side')
    await server.stall(false)
    for (const [client, conversation] of [
      [alice, toBob],
      [bob, toAlice],
    ] as const) {
      const waiting = async () => (await client.client.diagnose()).outbox.length
      await eventually('nothing waits', async () => (await waiting()) === 0)
      const words = async () => (await storedTexts(client, conversation)).map(textOf)
      await eventually('all is here', async () => (await words()).length === 4)
      expect(await words()).to.have.members([
        'before',
        'into silence',
        'meanwhile',
        'from the other side',
      ])
      const own = (await words()).filter((it) => it !== 'from the other side')
      expect(own).to.deep.equal(['before', 'into silence', 'meanwhile'])
      expect(client.heard('sendFailed')).to.be.empty
    }
    expect(bob.received.map(textOf)).to.deep.equal(['before', 'into silence', 'meanwhile'])
    expect(alice.received.map(textOf)).to.deep.equal(['from the other side'])
  })
})
