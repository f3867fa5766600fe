/** Whole clients to whom stanzas come twice, in another order, or broken. */
import { expect } from '@open-wc/testing'
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { ConnectionStatus } from '../../src/model/connection-status.js'
import { inGroup, privateWith } from '../support/backend-messages.js'
import { eventually, textOf } from '../support/chat-service.js'
import { TestServer } from '../support/test-server.js'
import { UnrulySockets } from '../support/unruly-socket.js'
import { storedTexts, WholeClients, type WholeClient } from '../support/whole-client.js'

const words = ['1', '2', '3', '4', '5']

describe('a whole client', () => {
  let server: TestServer
  let clients: WholeClients
  let sockets: UnrulySockets
  let alice: WholeClient
  let bob: WholeClient

  beforeEach(async () => {
    server = await TestServer.shared()
    clients = new WholeClients(server)
    bob = await clients.online('bob')
    // Bob's socket is there already, and as it should be.
    sockets = new UnrulySockets()
    alice = await clients.online('alice')
  })
  afterEach(async () => {
    sockets.end()
    await clients.end()
  })

  const shown = async (conversation = privateWith(bob.userId)) =>
    (await storedTexts(alice, conversation)).map(textOf)

  /** As it comes live, and not out of an archive. */
  const isText = (frame: string) =>
    frame.startsWith('<message') && frame.includes('RC:TxtMsg') && !frame.includes('queryid')

  /**
   * Stanzas that come twice are more than the server has sent, which ends the session: what is not
   * shown yet is read by the next one.
   */
  const showsAll = (texts: string[], conversation = privateWith(bob.userId)) =>
    eventually('all are shown, once and in order', async () => {
      return (await shown(conversation)).join() === texts.join()
    })

  it('shows once and in order what comes backwards and twice', async () => {
    sockets.hold(isText)
    const toAlice = privateWith(alice.userId)
    for (const it of words) await bob.say(toAlice, it)
    await eventually('all are held', () => sockets.heldCount === words.length)
    sockets.release((frames) => frames.toReversed().flatMap((frame) => [frame, frame]))
    // Not by reading: what the archive gives first does not come any more.
    await eventually('all are here', () => alice.received.length >= words.length)
    await bob.say(toAlice, 'end')
    await showsAll([...words, 'end'])
    expect(alice.received.map(textOf).sort()).to.deep.equal([...words, 'end'].sort())
    const [conversation] = await alice.client.conversations.list({ count: 10 })
    expect(conversation!.unreadMessageCount).to.equal(words.length + 1)
    await alice.client.disconnect()
    await alice.client.connect(await server.tokenOf(escapeId(alice.userId)))
    await showsAll([...words, 'end'])
  })

  it('does so in a group', async () => {
    const memberIds = [alice.userId]
    const { groupId } = await bob.client.groups.create({ name: 'Team', memberIds })
    const team = inGroup(groupId)
    await eventually('Alice is in the group', async () =>
      (await alice.client.groups.mine()).some((group) => group.groupId === groupId),
    )
    sockets.hold(isText)
    for (const it of words) await bob.say(team, it)
    await eventually('all are held', () => sockets.heldCount === words.length)
    sockets.release((frames) => frames.toReversed().flatMap((frame) => [frame, frame]))
    const received = () => alice.received.filter((it) => words.includes(textOf(it) ?? ''))
    await eventually('all are here', () => received().length >= words.length)
    await showsAll(words, team)
    expect(received()).to.have.length(words.length)
  })

  it('goes on with the session after a frame that is none', async () => {
    sockets.hold(isText)
    await bob.say(privateWith(alice.userId), '1')
    await eventually('it is held', () => sockets.heldCount === 1)
    sockets.release(([frame]) => [frame!.slice(0, -20)])
    await bob.say(privateWith(alice.userId), '2')
    await showsAll(['1', '2'])
    expect(alice.client.status).to.equal(ConnectionStatus.CONNECTED)
  })
})
