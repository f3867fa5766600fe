/** What tests against a real server rely on. */
import { expect } from '@open-wc/testing'
import { TestServer } from '../support/test-server.js'

/** Opens a stream and gives the socket when the server has said all it says by itself. */
function streamTo(url: string, domain: string): Promise<WebSocket> {
  const socket = new WebSocket(url, 'xmpp')
  return new Promise((resolve, reject) => {
    socket.onerror = () => reject(new Error(`No connection to ${url}`))
    socket.onopen = () => socket.send(opening(domain))
    socket.onmessage = ({ data }) => {
      if (String(data).includes('features')) resolve(socket)
    }
  })
}

const opening = (domain: string) =>
  `<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="${domain}" version="1.0"/>`

const closingOf = (socket: WebSocket) =>
  new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve))

describe('a server for tests', () => {
  it('is the same for all who ask for the same', async () => {
    const [one, other] = await Promise.all([TestServer.shared(), TestServer.shared()])
    expect(other.url).to.equal(one.url)
  })

  it('answers a page of another origin', async () => {
    const { url, domain } = await TestServer.shared()
    expect(new URL(url).host).to.not.equal(location.host)
    const socket = await streamTo(url, domain)
    socket.close()
  })

  it('takes tokens signed in the page, and no expired ones', async () => {
    const server = await TestServer.shared()
    const isTaken = async (password: string) =>
      (await server.call('check_password', { user: 'anna', host: server.domain, password })) === 0
    expect(await isTaken(await server.tokenOf('anna'))).to.be.true
    expect(await isTaken(await server.tokenOf('anna', -1))).to.be.false
    expect(await isTaken(await server.tokenOf('berta'))).to.be.false
  })

  it('is reached over links that break without a close frame', async () => {
    const server = await TestServer.shared()
    const [one, other] = [await server.openLink(), await server.openLink()]
    const broken = await streamTo(one.url, server.domain)
    const whole = await streamTo(other.url, server.domain)
    const closing = closingOf(broken)
    await one.cut()
    expect((await closing).code).to.equal(1006)
    const again = await streamTo(one.url, server.domain)
    expect(whole.readyState).to.equal(WebSocket.OPEN)
    for (const socket of [again, whole]) socket.close()
    for (const link of [one, other]) await link.close()
  })

  it('is reached over links that let nothing through for a while', async () => {
    const server = await TestServer.shared()
    const link = await server.openLink()
    const socket = await streamTo(link.url, server.domain)
    const came: string[] = []
    const answered = new Promise<void>((resolve) => {
      socket.onmessage = ({ data }) => {
        came.push(String(data))
        resolve()
      }
    })
    await link.stall(true)
    socket.send('<close xmlns="urn:ietf:params:xml:ns:xmpp-framing"/>')
    const beside = await streamTo(server.url, server.domain)
    expect(came).to.be.empty
    await link.stall(false)
    await answered
    beside.close()
    await link.close()
  })

  it('can be killed and brought back by the test that has it alone', async () => {
    const server = await TestServer.own()
    await server.createUser('anna')
    const socket = await streamTo(server.url, server.domain)
    const closing = closingOf(socket)
    await server.kill()
    await closing
    await server.restart()
    const account = { user: 'anna', host: server.domain }
    expect(await server.call('check_account', account)).to.equal(0)
    await server.stop()
  })
})
