import { expect } from '@open-wc/testing'
import type { BackendSink } from '../../src/backends/backend.js'
import { Connection, type ConnectionOptions } from '../../src/core/connection.js'
import { ConnectionStatus } from '../../src/model/connection-status.js'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import { refusalOf } from '../support/backend-refusal.js'
import { ManualTimers } from '../support/manual-timers.js'
import { ScriptedBackend } from '../support/scripted-backend.js'

const { CONNECTED, CONNECTING, DISCONNECTED, NETWORK_UNAVAILABLE, SOCKET_UNAVAILABLE } =
  ConnectionStatus

describe('connection', () => {
  let open: Connection[] = []
  afterEach(async () => {
    await Promise.all(open.map((connection) => connection.close()))
    open = []
  })

  function setUp(options: Partial<ConnectionOptions> = {}) {
    const backend = new ScriptedBackend()
    const timers = new ManualTimers()
    const statuses: ConnectionStatus[] = []
    const reasons: (ErrorCode | undefined)[] = []
    let sessions = 0
    const connection = new Connection({
      backend,
      credentials: () => ({ appkey: 'app', token: 'token', deviceId: 'device' }),
      schedule: timers.schedule,
      random: () => 1,
      sink: { batch: () => undefined, status: () => undefined, presence: () => undefined },
      onStatus: (status, reason) => {
        statuses.push(status)
        reasons.push(reason?.code)
      },
      onSession: () => (sessions += 1),
      ...options,
    })
    open.push(connection)
    return { backend, timers, statuses, reasons, connection, sessions: () => sessions }
  }

  const failing = (code: ErrorCode) => () => Promise.reject(new IMError(code))

  /** Lets everything run that waits for nothing but promises. */
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }

  it('connects, and hands the session over', async () => {
    const { connection, statuses, sessions } = setUp()
    await connection.start()
    expect(statuses).to.deep.equal([CONNECTING, CONNECTED])
    expect(sessions()).to.equal(1)
    expect(connection.session?.userId).to.equal('alice')
  })

  it('waits longer after each failure, up to the most', async () => {
    const { backend, connection, timers } = setUp({ backOff: { first: 1000, most: 5000 } })
    backend.onConnect = failing(ErrorCode.RC_NET_UNAVAILABLE)
    await connection.start()
    const pauses = [...timers.pending]
    for (let attempt = 0; attempt < 4; attempt += 1) {
      timers.runAll()
      await settle()
      pauses.push(...timers.pending)
    }
    expect(pauses).to.deep.equal([1000, 2000, 4000, 5000, 5000])
  })

  it('spreads the pauses over their upper half', async () => {
    const { backend, connection, timers } = setUp({ random: () => 0 })
    backend.onConnect = failing(ErrorCode.RC_NET_UNAVAILABLE)
    await connection.start()
    expect(timers.pending).to.deep.equal([500])
  })

  it('starts with small pauses again once a session was of use', async () => {
    const { backend, connection, timers } = setUp()
    const lose = async () => {
      backend.close(new IMError(ErrorCode.RC_SOCKET_DISCONNECTED))
      const [pause] = timers.pending
      timers.runAll()
      await settle()
      return pause
    }
    await connection.start()
    expect([await lose(), await lose(), await lose()]).to.deep.equal([1000, 2000, 4000])
    connection.confirm()
    expect(await lose()).to.equal(1000)
  })

  it('tries at once when the network is back, and not twice', async () => {
    const { backend, connection, timers } = setUp()
    backend.onConnect = failing(ErrorCode.RC_NETWORK_DOWN)
    await connection.start()
    expect(connection.status).to.equal(NETWORK_UNAVAILABLE)
    backend.onConnect = () => undefined
    dispatchEvent(new Event('online'))
    dispatchEvent(new Event('online'))
    await settle()
    expect(connection.status).to.equal(CONNECTED)
    expect(timers.pending).to.deep.equal([])
    expect(backend.attempts.length).to.equal(2)
  })

  it('does not try again what is no use', async () => {
    const cases: [ErrorCode, ConnectionStatus][] = [
      [ErrorCode.RC_CONN_TOKEN_INCORRECT, DISCONNECTED],
      [ErrorCode.RC_CONN_TOKEN_EXPIRED, DISCONNECTED],
      [ErrorCode.RC_CONN_USER_BLOCKED, ConnectionStatus.BLOCKED],
      [ErrorCode.RC_CONN_HOSTNAME_ERROR, ConnectionStatus.DOMAIN_INCORRECT],
    ]
    for (const [code, status] of cases) {
      const { backend, connection, timers, reasons } = setUp()
      backend.onConnect = failing(code)
      expect((await refusalOf(connection.start())).code).to.equal(code)
      expect(connection.status).to.equal(status)
      expect(connection.isClosed).to.equal(true)
      expect(timers.pending).to.deep.equal([])
      expect(reasons.at(-1)).to.equal(code)
    }
  })

  describe('whose token has expired', () => {
    const expired = () => new IMError(ErrorCode.RC_CONN_TOKEN_EXPIRED)

    /** Asks for a new token, counted; the backend refuses the old one. */
    function setUpExpired(renewToken: () => Promise<boolean>) {
      let asked = 0
      let isNew = false
      const setting = setUp({
        renewToken: async () => {
          asked += 1
          return (isNew = await renewToken())
        },
      })
      setting.backend.onConnect = () => (isNew ? undefined : Promise.reject(expired()))
      return { ...setting, asked: () => asked }
    }

    it('asks for a new one once, and connects with it', async () => {
      const { asked, backend, connection, statuses, timers } = setUpExpired(async () => true)
      await connection.start()
      expect(asked()).to.equal(1)
      expect(statuses).to.deep.equal([CONNECTING, CONNECTED])
      expect(backend.attempts).to.have.length(2)
      expect(timers.pending).to.deep.equal([])
    })

    it('does so when the session ends for it, too', async () => {
      const { asked, backend, connection, statuses } = setUpExpired(async () => true)
      backend.onConnect = () => undefined
      await connection.start()
      backend.close(expired())
      expect(connection.session).to.equal(undefined)
      await settle()
      expect(asked()).to.equal(1)
      expect(statuses).to.deep.equal([CONNECTING, CONNECTED, CONNECTING, CONNECTED])
    })

    it('asks again at the next expiry', async () => {
      const { asked, backend, connection } = setUpExpired(async () => true)
      await connection.start()
      for (const time of [2, 3]) {
        connection.confirm()
        backend.close(expired())
        await settle()
        expect(asked()).to.equal(time)
      }
      expect(connection.status).to.equal(CONNECTED)
    })

    it('ends when the new one is no better', async () => {
      const { asked, backend, connection, reasons } = setUpExpired(async () => true)
      backend.onConnect = () => Promise.reject(expired())
      expect((await refusalOf(connection.start())).code).to.equal(ErrorCode.RC_CONN_TOKEN_EXPIRED)
      expect(asked()).to.equal(1)
      expect(connection.isClosed).to.equal(true)
      expect(reasons.at(-1)).to.equal(ErrorCode.RC_CONN_TOKEN_EXPIRED)
    })

    it('ends when the new one gives a session that expires before it was of use', async () => {
      const { asked, backend, connection } = setUpExpired(async () => true)
      await connection.start()
      backend.close(expired())
      await settle()
      expect(asked()).to.equal(1)
      expect(connection.status).to.equal(DISCONNECTED)
    })

    it('ends when there is none', async () => {
      const { asked, connection, timers } = setUpExpired(async () => false)
      expect((await refusalOf(connection.start())).code).to.equal(ErrorCode.RC_CONN_TOKEN_EXPIRED)
      expect(asked()).to.equal(1)
      expect(timers.pending).to.deep.equal([])
    })

    it('tries again after a pause when nobody can say', async () => {
      let isKnown = false
      const { asked, connection, timers } = setUpExpired(() =>
        isKnown ? Promise.resolve(true) : Promise.reject(new Error('no network')),
      )
      await connection.start()
      expect(connection.status).to.equal(SOCKET_UNAVAILABLE)
      expect(timers.pending).to.deep.equal([1000])
      isKnown = true
      timers.runAll()
      await settle()
      expect(asked()).to.equal(2)
      expect(connection.status).to.equal(CONNECTED)
    })

    it('does nothing with a new one that comes too late', async () => {
      let give!: (isNew: boolean) => void
      const { backend, connection, statuses } = setUpExpired(
        () => new Promise((resolve) => (give = resolve)),
      )
      const started = connection.start()
      await settle()
      await connection.close()
      give(true)
      await started
      expect(backend.attempts).to.have.length(1)
      expect(statuses).to.deep.equal([CONNECTING, DISCONNECTED])
    })
  })

  it('takes what is no IMError for a lost network', async () => {
    const { backend, connection, timers } = setUp()
    backend.onConnect = () => Promise.reject(new TypeError('fetch failed'))
    await connection.start()
    expect(connection.status).to.equal(SOCKET_UNAVAILABLE)
    expect(timers.pending.length).to.equal(1)
  })

  it('ends for good when the session is kicked', async () => {
    const { backend, connection, timers, statuses } = setUp()
    await connection.start()
    backend.close(new IMError(ErrorCode.RC_DISCONN_KICK))
    expect(statuses.at(-1)).to.equal(ConnectionStatus.KICKED_OFFLINE_BY_OTHER_CLIENT)
    expect(timers.pending).to.deep.equal([])
  })

  it('hears nothing of a session that is over', async () => {
    const sinks: BackendSink[] = []
    const heard: string[] = []
    const { connection, backend, timers } = setUp({
      sink: {
        batch: ({ cursor }) => heard.push(cursor),
        status: () => heard.push('status'),
        presence: () => heard.push('presence'),
      },
    })
    const { connect } = backend
    backend.connect = (credentials, sink) => {
      sinks.push(sink)
      return connect.call(backend, credentials, sink)
    }
    await connection.start()
    sinks[0]!.closed(new IMError(ErrorCode.RC_SOCKET_DISCONNECTED))
    timers.runAll()
    await settle()
    sinks[0]!.batch({ messages: [], cursor: 'old' })
    sinks[0]!.status([])
    sinks[0]!.presence([])
    sinks[0]!.closed(new IMError(ErrorCode.RC_DISCONN_KICK))
    sinks[1]!.batch({ messages: [], cursor: 'new' })
    expect(heard).to.deep.equal(['new'])
    expect(connection.status).to.equal(CONNECTED)
  })

  it('ends an attempt that is overtaken, and closes the session it still gets', async () => {
    const { connection, backend, statuses, sessions } = setUp()
    let goOn!: () => void
    backend.onConnect = () => new Promise<void>((resolve) => (goOn = resolve))
    const started = connection.start()
    await connection.close()
    goOn()
    await started
    expect(backend.attempts[0]!.signal!.aborted).to.equal(true)
    expect(sessions()).to.equal(0)
    expect(connection.session).to.equal(undefined)
    expect(statuses).to.deep.equal([CONNECTING, DISCONNECTED])
  })

  it('stays closed when a listener closes it because it was lost', async () => {
    const { backend, connection, timers, statuses } = setUp({
      onStatus: (status) => {
        statuses.push(status)
        if (status === SOCKET_UNAVAILABLE) void connection.close()
      },
    })
    await connection.start()
    backend.close(new IMError(ErrorCode.RC_SOCKET_DISCONNECTED))
    expect(timers.pending).to.deep.equal([])
    await connection.start()
    expect(statuses.at(-1)).to.equal(DISCONNECTED)
    expect(backend.attempts.length).to.equal(1)
  })
})
