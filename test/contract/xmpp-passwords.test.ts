/** Logging in with a password, on a real server that knows it. */
import { expect } from '@open-wc/testing'
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { passwordToken, xmpp } from '../../src/backends/xmpp/index.js'
import { ErrorCode } from '../../src/model/errors.js'
import { uuidv7 } from '../../src/model/identity.js'
import { privateWith } from '../support/backend-messages.js'
import { BackendRecorder } from '../support/backend-recorder.js'
import { codeOf } from '../support/backend-refusal.js'
import { TestServer } from '../support/test-server.js'
import { Client } from './backend-harness.js'

describe('logging in with a password', () => {
  let server: TestServer
  const clients: Client[] = []

  before(async () => {
    server = await TestServer.shared()
  })

  afterEach(async () => {
    await Promise.all(clients.splice(0).map(({ session }) => session.close()))
  })

  const logIn = async (userId: string, password: string) => {
    const { url, domain } = server
    const backend = xmpp({ url, domain })
    const token = passwordToken(userId, password)
    expect(backend.userIdOf!(token)).to.equal(userId)
    const received = new BackendRecorder()
    const session = await backend.connect({ appkey: 'x', token, deviceId: uuidv7() }, received)
    const client = new Client(session, received)
    clients.push(client)
    return client
  }

  const register = async (name: string, password: string) => {
    const userId = `${name} ${uuidv7()}`
    await server.call('register', { user: escapeId(userId), host: server.domain, password })
    return userId
  }

  it('is like logging in with a token', async () => {
    const [alice, bob] = await Promise.all([
      register('Alice', 'päss,wörd=1').then((userId) => logIn(userId, 'päss,wörd=1')),
      register('Bob', 'another "one"').then((userId) => logIn(userId, 'another "one"')),
    ])
    const said = await alice.says(privateWith(bob.userId), 'hello')
    const { senderUserId } = await bob.received.untilMessage(said)
    expect(senderUserId).to.equal(alice.userId)
  })

  it('is refused with 31004 for a wrong password, and for who does not exist', async () => {
    const userId = await register('Alice', 'right')
    for (const [name, password] of [
      [userId, 'wrong'],
      ['nobody at all', 'right'],
    ] as const) {
      expect(await codeOf(logIn(name, password))).to.equal(ErrorCode.RC_CONN_TOKEN_INCORRECT)
    }
  })
})
