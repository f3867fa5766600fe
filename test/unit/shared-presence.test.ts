import { expect } from '@open-wc/testing'
import type { BackendSession } from '../../src/backends/backend.js'
import { local, localToken } from '../../src/backends/local/index.js'
import { sharedConnection } from '../../src/backends/shared/index.js'
import { uuidv7 } from '../../src/model/identity.js'
import { BackendRecorder } from '../support/backend-recorder.js'

describe('presence in tabs that share a connection', () => {
  let service: ReturnType<typeof local>
  let sessions: BackendSession[]

  beforeEach(() => {
    service = local({ name: `service-${uuidv7()}` })
    sessions = []
  })
  afterEach(async () => {
    await Promise.all(sessions.map((session) => session.close()))
    await service.destroy()
  })

  const connect = async (backend = sharedConnection(service), userId = 'alice') => {
    const received = new BackendRecorder()
    const credentials = { appkey: 'app', token: localToken(userId), deviceId: `of ${userId}` }
    const session = await backend.connect(credentials, received)
    sessions.push(session)
    return {
      received,
      close: () => session.close(),
      watch: (...userIds: string[]) => session.presence!.watch(userIds),
      until: (of: string, isOnline: boolean) =>
        received.until(() => received.isOnline(of) === isOnline),
    }
  }

  it('is told to each tab of those it has asked for', async () => {
    const [one, other] = [await connect(), await connect()]
    await connect(service, 'bob')
    await one.watch('bob')
    await other.watch('carol')
    await one.until('bob', true)
    await other.until('carol', false)
    expect(one.received.isOnline('carol')).to.equal(undefined)
    expect(other.received.isOnline('bob')).to.equal(undefined)
  })

  it('goes on for one when another wants to know no more', async () => {
    const [one, other] = [await connect(), await connect()]
    const bob = await connect(service, 'bob')
    await one.watch('bob')
    await other.watch('bob')
    await other.until('bob', true)
    await one.watch()
    await bob.close()
    await other.until('bob', false)
    expect(one.received.isOnline('bob')).to.equal(true)
  })

  it('goes on when the connection has changed hands', async () => {
    const [holder, other] = [await connect(), await connect()]
    await other.watch('bob')
    await other.until('bob', false)
    await holder.close()
    await connect(service, 'bob')
    await other.until('bob', true)
  })
})
