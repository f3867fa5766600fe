import { expect } from '@open-wc/testing'
import { localToken } from '../../src/backends/local/index.js'
import { IMClient } from '../../src/core/client.js'
import { databaseName } from '../../src/database/schema.js'
import { ConnectionStatus } from '../../src/model/connection-status.js'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import { uuidv7 } from '../../src/model/identity.js'
import { privateWith } from '../support/backend-messages.js'
import { refusalOf } from '../support/backend-refusal.js'
import { eventually, Tab, textOf, useChat } from '../support/chat-service.js'
import { said, withBob } from '../support/archived-messages.js'
import { failNextRead } from '../support/broken-storage.js'
import { failNextWrite } from '../support/full-disk.js'
import { ScriptedBackend } from '../support/scripted-backend.js'

describe('client: logging in and out', () => {
  const chat = useChat()

  it('gives the user, opens the database first, and connects', async () => {
    const alice = chat.service.device('alice')
    expect(alice.client.isOpen).to.equal(false)
    expect(await alice.client.connect(localToken('alice'))).to.equal('alice')
    expect(alice.client.userId).to.equal('alice')
    expect(alice.client.status).to.equal(ConnectionStatus.CONNECTED)
    expect(alice.told.slice(0, 3)).to.deep.equal(['status', 'opened', 'status'])
    expect(alice.heard('status').map(({ status }) => status)).to.deep.equal([
      ConnectionStatus.CONNECTING,
      ConnectionStatus.CONNECTED,
    ])
    expect(alice.client.capabilities.has('recall')).to.equal(true)
  })

  it('shows what is stored before it knows what this device is called', async () => {
    const backend = new ScriptedBackend('alice')
    const names: string[] = []
    const logIn = async (appkey: string) => {
      const client = new IMClient({ appkey, backend })
      client.events.on('opened', () => names.push(client.deviceId))
      await client.connect('token')
      return client
    }
    const first = await logIn(`app-${uuidv7()}`)
    names.push(first.deviceId)
    await first.disconnect()
    const second = await logIn(first.appkey)
    names.push(second.deviceId)
    const [name] = backend.attempts.map(({ deviceId }) => deviceId)
    expect(names).to.deep.equal(['', name, '', name])
    expect(backend.attempts[1]?.deviceId).to.equal(name)
    await second.clearLocalData()
  })

  it('connects no more if it is told to stop when the database is open', async () => {
    const backend = new ScriptedBackend('alice')
    const client = new IMClient({ appkey: `app-${uuidv7()}`, backend })
    client.events.on('opened', () => void client.disconnect())
    const refusal = await refusalOf(client.connect('token'))
    expect(refusal.code).to.equal(ErrorCode.RC_NET_CHANNEL_INVALID)
    expect(client.isOpen).to.equal(false)
    expect(backend.attempts).to.deep.equal([])
    await client.clearLocalData('alice')
  })

  it('tells the parts of a client only to somebody who is logged in', async () => {
    const { client } = chat.service.device('alice')
    const codes = [
      () => client.reader,
      () => client.sender,
      () => client.actions,
      () => client.conversations,
      () => client.readState,
      () => client.typing,
      () => client.groups,
    ].map(codeOfCall)
    expect(codes).to.deep.equal(Array(7).fill(ErrorCode.RC_NET_CHANNEL_INVALID))
    const fileUrl = await refusalOf(client.fileUrl('imkit-local:1'))
    expect(fileUrl.code).to.equal(ErrorCode.RC_NET_CHANNEL_INVALID)
  })

  it('refuses to be made without an appkey or a backend, and to connect without a token', async () => {
    const backend = chat.service.backend
    const invalid = ErrorCode.BIZ_ERROR_INVALID_PARAMETER
    expect(codeOfCall(() => new IMClient({ appkey: '', backend }))).to.equal(invalid)
    expect(codeOfCall(() => new IMClient({ appkey: 'app' } as never))).to.equal(invalid)
    const { client } = chat.service.device('alice')
    expect((await refusalOf(client.connect(''))).code).to.equal(invalid)
    expect((await refusalOf(client.connect(undefined as never))).code).to.equal(invalid)
  })

  it('refuses a second connect, with a code for each reason', async () => {
    const alice = chat.service.device('alice')
    const again = async () => (await refusalOf(alice.client.connect(localToken('alice')))).code
    const first = alice.client.connect(localToken('alice'))
    expect(await again(), 'while it is at it').to.equal(ErrorCode.BIZ_ERROR_CONNECTING)
    await first
    expect(await again(), 'once it is connected').to.equal(ErrorCode.RC_CONNECTION_EXIST)
    await alice.cut()
    expect(await again(), 'while it tries by itself').to.equal(ErrorCode.CAN_NOT_RECONNECT)
    await alice.client.disconnect()
    alice.network.restore()
    await alice.online()
  })

  it('names a wrong token and shows nobody', async () => {
    const { client } = chat.service.device('alice')
    const refusal = await refusalOf(client.connect('nonsense'))
    expect(refusal.code).to.equal(ErrorCode.RC_CONN_TOKEN_INCORRECT)
    expect(client.isOpen).to.equal(false)
    expect(client.status).to.equal(ConnectionStatus.DISCONNECTED)
  })

  it('names an expired token, and takes a new one', async () => {
    const alice = chat.service.device('alice')
    const expired = localToken('alice', { expires: Date.now() - 1 })
    const refusal = await refusalOf(alice.client.connect(expired))
    expect(refusal.code).to.equal(ErrorCode.RC_CONN_TOKEN_EXPIRED)
    expect(alice.client.status).to.equal(ConnectionStatus.DISCONNECTED)
    expect(alice.timers.pending).to.deep.equal([])
    await alice.online()
  })

  describe('with getToken', () => {
    const expired = () => localToken('alice', { expires: Date.now() - 1 })

    it('asks for a new token when one has expired, and uses that from then on', async () => {
      let asked = 0
      const getToken = () => {
        asked += 1
        return Promise.resolve(localToken('alice'))
      }
      const alice = chat.service.device('alice', { getToken })
      expect(await alice.client.connect(expired())).to.equal('alice')
      expect(alice.client.status).to.equal(ConnectionStatus.CONNECTED)
      await eventually('catching up', () => alice.told.includes('offlineMessagesPulled'))
      await alice.cut()
      await alice.reconnect()
      expect(alice.client.status).to.equal(ConnectionStatus.CONNECTED)
      expect(asked).to.equal(1)
    })

    it('ends with 31020 when it gives none', async () => {
      const alice = chat.service.device('alice', { getToken: () => undefined })
      const refusal = await refusalOf(alice.client.connect(expired()))
      expect(refusal.code).to.equal(ErrorCode.RC_CONN_TOKEN_EXPIRED)
    })

    for (const [what, getToken] of [
      ['fails', () => Promise.reject(new Error('503'))],
      ['gives what is none', () => Promise.resolve(1 as unknown as string)],
      ['gives another user’s', () => localToken('bob')],
    ] as const) {
      it(`reports it when it ${what}, and asks again later`, async () => {
        const reports: string[] = []
        let isMended = false
        const alice = chat.service.device('alice', {
          getToken: () => (isMended ? localToken('alice') : getToken()),
          report: (_, context) => reports.push(context),
        })
        expect(await alice.client.connect(expired())).to.equal('alice')
        expect(alice.client.status).to.equal(ConnectionStatus.SOCKET_UNAVAILABLE)
        expect(reports).to.deep.equal(['getToken'])
        isMended = true
        alice.timers.runAll()
        await alice.untilStatus(ConnectionStatus.CONNECTED)
        expect(alice.client.userId).to.equal('alice')
      })
    }

    it('refuses to be made with one that is no function', () => {
      const { backend } = chat.service
      const make = () => new IMClient({ appkey: 'app', backend, getToken: 'token' as never })
      expect(codeOfCall(make)).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
    })
  })

  it('leaves nothing of the former user when another one logs in', async () => {
    const { alice: tab, toBob } = await chat.service.pair()
    await tab.say(toBob, 'secret')
    await tab.client.disconnect()
    expect(tab.client.userId).to.equal('')
    await tab.client.connect(localToken('carol'))
    expect(tab.client.userId).to.equal('carol')
    expect(await tab.client.conversations.list()).to.deep.equal([])
    expect(await tab.messages(toBob)).to.deep.equal([])
    const lives = tab.told.filter((name) => name === 'opened' || name === 'closed')
    expect(lives).to.deep.equal(['opened', 'closed', 'opened'])
    await tab.client.disconnect()
    await tab.client.connect(localToken('alice'))
    expect(await tab.texts(toBob)).to.deep.equal(['secret'])
    await tab.client.disconnect()
    await tab.client.clearLocalData('carol')
  })

  it('stays logged out when disconnect comes while connect is at it', async () => {
    const alice = chat.service.device('alice')
    const connecting = refusalOf(alice.client.connect(localToken('alice')))
    await alice.client.disconnect()
    expect((await connecting).code).to.equal(ErrorCode.RC_NET_CHANNEL_INVALID)
    expect(alice.client.isOpen).to.equal(false)
    expect(alice.client.status).to.equal(ConnectionStatus.DISCONNECTED)
    expect(alice.told).not.to.include('opened')
  })

  it('lets the last of two users in who log in at the same time', async () => {
    const tab = chat.service.device('alice')
    const first = refusalOf(tab.client.connect(localToken('alice')))
    const out = tab.client.disconnect()
    const second = tab.client.connect(localToken('carol'))
    await Promise.all([first, out])
    expect(await second).to.equal('carol')
    expect(tab.client.userId).to.equal('carol')
    await tab.client.clearLocalData()
  })

  it('removes what a user has stored', async () => {
    const { alice, toBob } = await chat.service.pair()
    const name = databaseName(alice.appkey, 'alice')
    await alice.say(toBob, 'hi')
    await alice.client.clearLocalData()
    expect(alice.client.isOpen).to.equal(false)
    const databases = await indexedDB.databases()
    expect(databases.map((database) => database.name)).not.to.include(name)
  })
})

describe('client: the connection', () => {
  const chat = useChat()

  it('shows what is stored when it starts without a connection', async () => {
    const { alice, toBob } = await chat.service.pair()
    await alice.say(toBob, 'seen')
    await alice.client.disconnect()
    alice.network.cut()
    expect(await alice.client.connect(localToken('alice'))).to.equal('alice')
    expect(alice.client.status).to.equal(ConnectionStatus.NETWORK_UNAVAILABLE)
    expect(await alice.texts(toBob)).to.deep.equal(['seen'])
    expect((await alice.client.conversations.list()).length).to.equal(1)
    await alice.reconnect()
    expect(alice.client.status).to.equal(ConnectionStatus.CONNECTED)
  })

  it('catches up after a break: messages first, marked, then that there are no more', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    await alice.cut()
    await bob.say(toAlice, 'one')
    await bob.say(toAlice, 'two')
    const before = alice.told.length
    await alice.reconnect()
    expect(alice.received.map(textOf)).to.deep.equal(['one', 'two'])
    expect(alice.received.every((message) => message.isOffLineMessage)).to.equal(true)
    const told = alice.told.slice(before)
    expect(told.lastIndexOf('messages')).to.be.lessThan(told.indexOf('offlineMessagesPulled'))
    await bob.say(toAlice, 'three')
    await eventually('the live one', () => alice.received.length === 3)
    expect(alice.received[2]!.isOffLineMessage).to.equal(false)
    expect(await alice.unread(toBob)).to.equal(3)
  })

  it('goes on by itself when it is lost, and tells why', async () => {
    const { alice } = await chat.service.pair()
    await alice.cut()
    const { status, reason } = alice.heard('status').at(-1)!
    expect(status).to.equal(ConnectionStatus.SOCKET_UNAVAILABLE)
    expect(reason?.code).to.equal(ErrorCode.RC_SOCKET_DISCONNECTED)
    expect(alice.timers.pending.length).to.equal(1)
  })

  it('does not go on when it was kicked', async () => {
    const { alice, toBob } = await chat.service.pair()
    await alice.say(toBob, 'still here')
    alice.network.cut(ErrorCode.RC_DISCONN_KICK)
    await alice.untilStatus(ConnectionStatus.KICKED_OFFLINE_BY_OTHER_CLIENT)
    expect(alice.timers.pending).to.deep.equal([])
    expect(await alice.texts(toBob)).to.deep.equal(['still here'])
    alice.network.restore()
    await alice.online()
  })

  it('refuses calls that need a connection while there is none', async () => {
    const { alice, toBob } = await chat.service.pair()
    const message = await alice.say(toBob, 'hi')
    await alice.cut()
    const refusal = await refusalOf(alice.client.actions.recall(message))
    expect(refusal.code).to.equal(ErrorCode.RC_NET_UNAVAILABLE)
  })

  it('reports a listener that throws, and tells the others', async () => {
    const { alice, bob, toAlice } = await chat.service.pair()
    const failure = new Error('in a listener')
    const heard: string[] = []
    alice.client.events.on('messages', () => {
      throw failure
    })
    alice.client.events.on('messages', ({ messages }) => heard.push(...messages.map(textOf)))
    await bob.say(toAlice, 'one')
    await bob.say(toAlice, 'two')
    await eventually('both are told', () => heard.length === 2)
    expect(alice.reports).to.deep.equal([failure, failure])
  })

  it('goes on when the way to report throws itself', async () => {
    const alice = chat.service.device('alice', {
      report: () => {
        throw new Error('in report')
      },
    })
    const log = console.error
    const logged: unknown[] = []
    console.error = (...line: unknown[]) => logged.push(line)
    try {
      alice.client.events.on('opened', () => {
        throw new Error('in a listener')
      })
      await alice.online()
    } finally {
      console.error = log
    }
    expect(logged.length).to.equal(1)
  })
})

describe('client: two tabs of one user', () => {
  const chat = useChat()

  it('tells both of what is received, and of changes in the other one', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    const other = await chat.service.tabOf(alice).online()
    await bob.say(toAlice, 'to both')
    await eventually('both have it', () => alice.received.length && other.received.length)
    await alice.say(toBob, 'from one')
    await eventually('a change from the other tab', () =>
      other.heard('change').some(({ fromOtherTab }) => fromOtherTab),
    )
    await other.has(toBob, 'from one')
    expect(alice.received.map(textOf)).to.deep.equal(['to both'])
    expect(other.received.map(textOf)).to.deep.equal(['to both'])
    expect(await other.texts(toBob)).to.deep.equal(['to both', 'from one'])
  })

  it('counts a message once', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    const other = await chat.service.tabOf(alice).online()
    for (const word of ['a', 'b', 'c']) await bob.say(toAlice, word)
    await eventually('both have all', () => alice.received.length + other.received.length === 6)
    expect(await alice.unread(toBob)).to.equal(3)
    await other.client.readState.markRead(toBob)
    expect(await alice.unread(toBob)).to.equal(0)
  })

  it('goes on in a tab that connects while the other one is offline', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    await alice.cut()
    const other = await chat.service.tabOf(alice).online()
    await bob.say(toAlice, 'hello')
    await other.has(toBob, 'hello')
    await eventually('the offline tab has it', () => alice.received.length)
    expect(await alice.texts(toBob)).to.deep.equal(['hello'])
  })

  it('logs the others out, saying why, when one removes all data', async () => {
    const { alice } = await chat.service.pair()
    const other = await chat.service.tabOf(alice).online()
    await other.client.clearLocalData()
    await eventually('the first is closed', () => !alice.client.isOpen)
    expect(alice.told).to.include('closed')
    const { status, reason } = alice.heard('status').at(-1)!
    expect(status).to.equal(ConnectionStatus.DISCONNECTED)
    expect(reason?.code).to.equal(ErrorCode.BIZ_ERROR_DATABASE_ERROR)
    await alice.online()
  })
})

describe('client: a database that can not be had', () => {
  const chat = useChat()

  it('says that the browser refuses storage', async () => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
    const refusing = { open: refuse, databases: refuse } as unknown as IDBFactory
    const { client } = new Tab(chat.service.backend, 'alice', 'app', {
      database: { indexedDB: refusing, IDBKeyRange },
    })
    const refusal = await refusalOf(client.connect(localToken('alice')))
    expect(refusal.code).to.equal(ErrorCode.BIZ_ERROR_DATABASE_ERROR)
    expect(refusal.message).to.match(/not available/)
    expect(client.status).to.equal(ConnectionStatus.DISCONNECTED)
  })

  it('does not touch a database of a newer version', async () => {
    const alice = chat.service.device('alice')
    const name = databaseName(alice.appkey, 'alice')
    await openAtVersion(name, 5000)
    const refusal = await refusalOf(alice.client.connect(localToken('alice')))
    expect(refusal.code).to.equal(ErrorCode.BIZ_ERROR_DATABASE_ERROR)
    expect(refusal.message).to.match(/newer version/)
    const databases = await indexedDB.databases()
    expect(databases.find((database) => database.name === name)?.version).to.equal(5000)
    await alice.client.clearLocalData('alice')
    await alice.online()
  })

  describe('once it is open', () => {
    let alice: Tab<ScriptedBackend>
    beforeEach(() => {
      alice = new Tab(new ScriptedBackend('alice'), 'alice', `app-${uuidv7()}`)
    })
    afterEach(() => alice.client.clearLocalData('alice'))

    const isDeviceName = (row: unknown) => (row as { key?: unknown }).key === 'deviceId'

    /** What `connect` is refused with, and that nobody is shown then. */
    const refusalToConnect = async () => {
      const opened = alice.heard('opened').length
      const { client, network } = alice
      const attempts = network.attempts.length
      const refusal = await refusalOf(client.connect('token'))
      expect(client.isOpen).to.equal(false)
      expect(client.status).to.equal(ConnectionStatus.DISCONNECTED)
      expect(network.attempts).to.have.length(attempts)
      expect(alice.heard('opened')).to.have.length(opened + 1)
      expect(alice.heard('closed')).to.have.length(opened + 1)
      return refusal
    }

    it('lets nobody in whose device can not be given a name, until it can', async () => {
      const restore = failNextWrite(isDeviceName)
      const refusal = await refusalToConnect().finally(restore)
      expect(refusal.code).to.equal(ErrorCode.PROTOCOL_MESSAGE_SAVED_ERROR)
      await alice.client.connect('token')
      expect(alice.client.deviceId).to.not.equal('')
      expect(alice.network.attempts.at(-1)?.deviceId).to.equal(alice.client.deviceId)
    })

    it('gives no device a second name because the first can not be read', async () => {
      await alice.client.connect('token')
      const name = alice.client.deviceId
      await alice.client.disconnect()
      const restore = failNextRead('deviceId')
      const refusal = await refusalToConnect().finally(restore)
      expect(refusal.code).to.equal(ErrorCode.BIZ_ERROR_DATABASE_ERROR)
      await alice.client.connect('token')
      expect(alice.client.deviceId).to.equal(name)
    })

    it('says that it was told to stop, if that came before the failure', async () => {
      const restore = failNextWrite((row) => {
        if (isDeviceName(row)) void alice.client.disconnect()
        return isDeviceName(row)
      })
      const refusal = await refusalToConnect().finally(restore)
      expect(refusal.code).to.equal(ErrorCode.RC_NET_CHANNEL_INVALID)
    })
  })
})

describe('client: a backend that does not tell whose a token is', () => {
  const tabs: Tab<ScriptedBackend>[] = []
  afterEach(async () => {
    for (const { client } of tabs.splice(0)) {
      await client.disconnect()
      await client.clearLocalData('alice')
    }
  })

  function tabOn(backend: ScriptedBackend): Tab<ScriptedBackend> {
    const tab = new Tab(backend, 'alice', `app-${uuidv7()}`)
    tabs.push(tab)
    return tab
  }

  it('opens the database once there is a session, and once', async () => {
    const tab = tabOn(new ScriptedBackend('alice', false))
    tab.network.missed = [{ messages: [said(1)] }]
    expect(await tab.client.connect('token')).to.equal('alice')
    await eventually('it has caught up', () => tab.told.includes('offlineMessagesPulled'))
    tab.network.say(said(2))
    await eventually('the live one', () => tab.received.length === 2)
    expect(tab.heard('opened')).to.deep.equal([{ userId: 'alice' }])
    expect(await tab.unread(withBob)).to.equal(2)
  })

  it('says that it has nobody to show when it can not connect', async () => {
    const tab = tabOn(new ScriptedBackend('alice', false))
    tab.network.onConnect = () => Promise.reject(new IMError(ErrorCode.RC_NETWORK_DOWN))
    const refusal = await refusalOf(tab.client.connect('token'))
    expect(refusal.code).to.equal(ErrorCode.RC_NET_UNAVAILABLE)
    expect(tab.client.status).to.equal(ConnectionStatus.DISCONNECTED)
    expect(tab.timers.pending).to.deep.equal([])
  })

  it('tells the backend the same device every time', async () => {
    const tab = tabOn(new ScriptedBackend('alice'))
    await tab.client.connect('token')
    await tab.client.disconnect()
    await tab.client.connect('token')
    const [first, second] = tab.network.attempts
    expect(first!.deviceId).to.equal(second!.deviceId)
  })

  it('keeps what comes before catching up has ended until it has', async () => {
    const tab = tabOn(new ScriptedBackend())
    let goOn!: () => void
    tab.network.onCatchUp = () => new Promise<void>((resolve) => (goOn = resolve))
    tab.network.missed = [{ messages: [said(1)] }]
    await tab.client.connect('token')
    await eventually('it catches up', () => tab.network.cursors.length)
    tab.network.say(said(2))
    goOn()
    await eventually('both are here', () => tab.received.length === 2)
    expect(tab.received.map(({ messageUId }) => messageUId)).to.deep.equal(['m1', 'm2'])
    expect(tab.received.map(({ isOffLineMessage }) => isOffLineMessage)).to.deep.equal([
      true,
      false,
    ])
  })

  it('tries again with growing pauses while it can not catch up', async () => {
    const tab = tabOn(new ScriptedBackend())
    tab.network.onCatchUp = () => Promise.reject(new IMError(ErrorCode.RC_MSG_RESP_TIMEOUT))
    await tab.client.connect('token')
    const pauses: number[] = []
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await eventually('it gives up', () => tab.timers.pending.length)
      pauses.push(...tab.timers.pending)
      tab.timers.runAll()
      await eventually('another attempt', () => tab.network.attempts.length > attempt)
    }
    expect(pauses[3]).to.be.greaterThan(2 * pauses[0]!)
    expect(tab.reports).to.deep.equal([])
  })

  it('gives out web addresses as they are, and refuses schemes nobody knows', async () => {
    const tab = tabOn(new ScriptedBackend())
    await tab.client.connect('token')
    expect(await tab.client.fileUrl('https://a.example/b.png')).to.equal('https://a.example/b.png')
    const refusal = await refusalOf(tab.client.fileUrl('javascript:alert(1)'))
    expect(refusal.code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
  })
})

describe('client: typing', () => {
  const chat = useChat()

  it('shows that somebody types until their message comes', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    alice.client.typing.send(privateWith('bob'), 'RC:TxtMsg')
    await eventually('bob sees it', () => bob.heard('typing').length)
    expect(bob.heard('typing')[0]!.list[0]).to.include({ userId: 'alice' })
    await alice.say(toBob, 'done')
    await bob.has(toAlice, 'done')
    await eventually('it is over', () => bob.heard('typing').at(-1)!.list.length === 0)
    expect(bob.client.typing.list(toAlice)).to.deep.equal([])
  })
})

function codeOfCall(call: () => unknown): ErrorCode {
  try {
    call()
    return ErrorCode.SUCCESS
  } catch (error) {
    return (error as IMError).code
  }
}

function openAtVersion(name: string, version: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version)
    request.onupgradeneeded = () => request.result.createObjectStore('fromTheFuture')
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      request.result.close()
      resolve()
    }
  })
}
