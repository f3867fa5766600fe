/** Servers that lack something: what is missing is said by name. */
import { expect } from '@open-wc/testing'
import { passwordToken, xmpp } from '../../src/backends/xmpp/index.js'
import { ErrorCode } from '../../src/model/errors.js'
import { uuidv7 } from '../../src/model/identity.js'
import { inGroup, text } from '../support/backend-messages.js'
import { BackendRecorder } from '../support/backend-recorder.js'
import { refusalOf } from '../support/backend-refusal.js'
import { TestProsody } from '../support/test-server.js'

/** Milliseconds in which it has to be said. */
const PATIENCE = 10_000

describe('a server', () => {
  const logIn = async (without: string[]) => {
    const { url, domain, ...server } = await serverWithout(without)
    await server.createUser('alice')
    const credentials = { appkey: 'x', token: passwordToken('alice', 'secret'), deviceId: uuidv7() }
    return xmpp({ url, domain }).connect(credentials, new BackendRecorder())
  }

  const serverWithout = async (without: string[]) => {
    const server = await TestProsody.shared({ without })
    const { url, domain } = server
    return { url, domain, createUser: (local: string) => server.createUser(local, 'secret') }
  }

  it('without archives is refused with 31003', async () => {
    const begun = Date.now()
    const { code, message } = await refusalOf(logIn(['mam']))
    expect(code).to.equal(ErrorCode.RC_CONN_SERVER_UNAVAILABLE)
    expect(message).to.contain('XEP-0313')
    expect(Date.now() - begun).to.be.below(PATIENCE)
  })

  it('without a WebSocket is refused with 30010, which names it', async () => {
    const begun = Date.now()
    const { code, message } = await refusalOf(logIn(['websocket']))
    expect(code).to.equal(ErrorCode.RC_SOCKET_NOT_CREATED)
    expect(message).to.contain('mod_websocket')
    expect(Date.now() - begun).to.be.below(PATIENCE)
  })

  it('without groups says so to who writes to one', async () => {
    const session = await logIn([])
    const { code, message } = await refusalOf(session.send(text(inGroup('team'), 'hello')))
    await session.close()
    expect(code).to.equal(ErrorCode.NOT_IN_GROUP)
    expect(message).to.contain('mod_muc')
  })
})
