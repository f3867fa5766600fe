import { expect } from '@open-wc/testing'
import type { Batch, UploadOptions } from '../../src/backends/backend.js'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import { uuidv7 } from '../../src/model/identity.js'
import { privateWith, text, typing } from '../support/backend-messages.js'
import { codeOf, refusalOf } from '../support/backend-refusal.js'
import { eventually } from '../support/eventually.js'
import { FakeServer, Tabs } from '../support/shared-connections.js'

const batch = (cursor: string, ...messages: Batch['messages']): Batch => ({ messages, cursor })

const archived = (order: string) => ({
  ...text(privateWith('bob'), order),
  order,
  sentTime: Number(order),
})

describe('a shared connection', () => {
  let server: FakeServer
  let tabs: Tabs

  beforeEach(() => {
    server = new FakeServer()
    tabs = new Tabs(server, `device-${uuidv7()}`)
  })

  afterEach(() => tabs.closeAll())

  describe('for those who come', () => {
    it('is one for all tabs of a user', async () => {
      await tabs.open()
      await Promise.all([tabs.open(), tabs.open({ token: 'alice:another' })])
      expect(server.sessions).to.have.length(1)
    })

    it('tells at once whose it is, what it can do and what time it is', async () => {
      await tabs.open()
      const { session } = await tabs.open()
      expect(session.userId).to.equal('alice')
      expect([...session.capabilities]).to.deep.equal(['recall', 'groups', 'files'])
      expect(Math.abs(session.serverTime() - 5_000)).to.be.below(1_000)
      const parts = [session.settings, session.groups, session.files].map((part) => typeof part)
      expect(parts).to.deep.equal(['object', 'object', 'object'])
      expect([session.profiles, session.conversations]).to.deep.equal([undefined, undefined])
    })

    it('is another one for other users, devices, applications and servers', async () => {
      await tabs.open()
      await tabs.open({ token: 'bob:1' })
      await tabs.open({ deviceId: `other-${uuidv7()}` })
      await tabs.open({ appkey: 'other' })
      await tabs.open({}, 'wss://other.example/')
      expect(server.sessions).to.have.length(5)
    })

    it('is their own when nobody can tell whose token it is', async () => {
      await tabs.open({ token: ':1' })
      await tabs.open({ token: ':1' })
      expect(server.sessions).to.have.length(2)
    })

    for (const [name, missing] of [
      ['Web Locks', { owner: navigator, name: 'locks' }],
      ['BroadcastChannel', { owner: globalThis, name: 'BroadcastChannel' }],
    ] as const) {
      it(`is their own without ${name}`, async () => {
        const { owner } = missing
        const before = Object.getOwnPropertyDescriptor(owner, missing.name)
        Object.defineProperty(owner, missing.name, { value: undefined, configurable: true })
        try {
          await tabs.open()
          await tabs.open()
        } finally {
          if (before) Object.defineProperty(owner, missing.name, before)
          else Reflect.deleteProperty(owner, missing.name)
        }
        expect(server.sessions).to.have.length(2)
      })
    }

    it('is their own where locks are refused', async () => {
      const request = () => Promise.reject(new DOMException('Not here.', 'SecurityError'))
      Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true })
      try {
        await tabs.open()
        await tabs.open()
      } finally {
        Reflect.deleteProperty(navigator, 'locks')
      }
      expect(server.sessions).to.have.length(2)
    })

    it('is waited for while another tab connects, and not asked for twice', async () => {
      let isLetIn!: () => void
      server.onConnect = () => new Promise<void>((resolve) => (isLetIn = resolve))
      const attempts = [tabs.open(), tabs.open()]
      await eventually(() => isLetIn)
      isLetIn()
      await Promise.all(attempts)
      expect(server.sessions).to.have.length(1)
    })

    it('is refused to all who wait when the server can’t be reached', async () => {
      server.onConnect = () => {
        throw new IMError(ErrorCode.RC_SOCKET_NOT_CREATED)
      }
      const codes = await Promise.all([codeOf(tabs.open()), codeOf(tabs.open())])
      expect(codes).to.deep.equal([
        ErrorCode.RC_SOCKET_NOT_CREATED,
        ErrorCode.RC_SOCKET_NOT_CREATED,
      ])
    })

    it('is refused only to the tab whose token has expired', async () => {
      server.onConnect = ({ token }) => {
        if (token === 'alice:old') throw new IMError(ErrorCode.RC_CONN_TOKEN_EXPIRED)
      }
      const [old, young] = [codeOf(tabs.open({ token: 'alice:old' })), tabs.open()]
      expect(await old).to.equal(ErrorCode.RC_CONN_TOKEN_EXPIRED)
      await young
    })

    it('can be given up waiting for', async () => {
      server.onConnect = () => new Promise(() => undefined)
      const abort = new AbortController()
      const attempts = [tabs.open({ signal: abort.signal }), tabs.open({ signal: abort.signal })]
      abort.abort()
      for (const attempt of attempts) await refusalOf(attempt)
      server.onConnect = () => undefined
      await tabs.open()
    })
  })

  describe('tells every tab', () => {
    it('of batches and status messages, in order', async () => {
      const [one, other] = [await tabs.open(), await tabs.open()]
      const status = { ...typing(privateWith('bob')), sentTime: 1 }
      const batches = ['1', '2', '3'].map((place) => batch(place, archived(place)))
      for (const it of batches) server.session.sink.batch(it)
      server.session.sink.status([status])
      for (const { received } of [one, other]) {
        await received.untilStatus(status)
        await received.until(({ batches: seen }) => seen.length === batches.length)
        expect(received.batches).to.deep.equal(batches)
      }
    })

    it('of batches a moment later than the tab that stores them first', async () => {
      const [one, other] = [await tabs.open(), await tabs.open()]
      server.session.sink.batch(batch('1', archived('1')))
      server.session.sink.batch(batch('2', archived('2')))
      expect(one.received.batches).to.have.length(2)
      expect(other.received.batches).to.have.length(0)
      await other.received.until(({ batches }) => batches.length === 2)
    })

    it('of batches before it tells that it is over', async () => {
      const [, other] = [await tabs.open(), await tabs.open()]
      server.session.sink.batch(batch('1', archived('1')))
      server.session.sink.closed(new IMError(ErrorCode.RC_NETWORK_DOWN))
      await other.received.until(({ closings }) => closings[0])
      expect(other.received.batches).to.have.length(1)
    })

    it('that it is over, once, with code and words', async () => {
      const [one, other] = [await tabs.open(), await tabs.open()]
      server.session.sink.closed(new IMError(ErrorCode.RC_DISCONN_KICK, 'Another login.'))
      for (const { received, session } of [one, other]) {
        const reason = await received.until(({ closings }) => closings[0])
        expect(reason).to.be.instanceOf(IMError)
        expect([reason.code, reason.message]).to.deep.equal([31010, 'Another login.'])
        expect(await codeOf(session.settings.set('key', 1))).to.equal(31010)
        expect(received.closings).to.have.length(1)
      }
    })
  })

  describe('takes calls', () => {
    it('with their values, and gives the answers', async () => {
      server.onCall = (...call) => call
      await tabs.open()
      const { session } = await tabs.open()
      const message = text(privateWith('bob'), 'hello')
      expect(await session.send(message)).to.deep.equal(['send', message])
      expect(await session.settings.set('key', { a: 1 })).to.deep.equal([
        'settings.set',
        'key',
        { a: 1 },
      ])
      expect(await session.groups!.kick('1', ['2'])).to.deep.equal(['groups.kick', '1', ['2']])
    })

    it('and gives errors with code and words, whatever was thrown', async () => {
      const thrown = [new IMError(ErrorCode.NOT_IN_GROUP, 'Not in there.'), new Error('odd')]
      server.onCall = () => {
        throw thrown.shift()
      }
      await tabs.open()
      const { session } = await tabs.open()
      const first = await refusalOf(session.groups!.leave('1'))
      expect([first.code, first.message]).to.deep.equal([22406, 'Not in there.'])
      const second = await refusalOf(session.groups!.leave('1'))
      expect([second.code, second.message]).to.deep.equal([ErrorCode.UNKNOWN, 'odd'])
    })

    it('and refuses what can’t be handed to another tab', async () => {
      await tabs.open()
      const { session } = await tabs.open()
      const call = session.settings.set('key', () => 1)
      expect(await codeOf(call)).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
    })

    it('of catching up only as fast as the batches are taken', async () => {
      let made = 0
      server.stream = async function* () {
        for (; made < 1000; made += 1) yield batch(`${made}`)
      }
      await tabs.open()
      const { session } = await tabs.open()
      let taken = 0
      for await (const { cursor } of session.catchUp('start')) {
        expect(cursor).to.equal(`${taken}`)
        taken += 1
        expect(made - taken).to.be.below(2)
        if (taken === 50) break
      }
      expect(made).to.be.below(52)
    })

    it('of catching up that is not read to its end, and ends it', async () => {
      let isEnded = false
      server.stream = async function* () {
        try {
          for (let place = 0; ; place += 1) yield batch(`${place}`)
        } finally {
          isEnded = true
        }
      }
      await tabs.open()
      const { session } = await tabs.open()
      for await (const _ of session.catchUp('start')) break
      await eventually(() => isEnded)
    })
  })

  describe('when it changes hands', () => {
    /** Two tabs; `leave` closes the first and resolves when the second has the connection. */
    async function openTwo() {
      const [first, second] = [await tabs.open(), await tabs.open({ token: 'alice:2' })]
      const leave = async () => {
        const before = server.sessions.length
        await first.session.close()
        await eventually(() => server.sessions.length > before)
      }
      return { first, second, leave }
    }

    it('goes on with the token of the tab that has it now, and nobody notices', async () => {
      const { second, leave } = await openTwo()
      const third = await tabs.open()
      await leave()
      expect(server.sessions[0]!.isClosed).to.equal(true)
      expect(server.session.credentials.token).to.equal('alice:2')
      const next = batch('1', archived('1'))
      server.onCall = () => 'answer'
      for (const { session, received } of [second, third]) {
        expect(await session.groups!.mine()).to.equal('answer')
        server.session.sink.batch(next)
        await received.until(({ batches }) => batches[0])
        expect(received.closings).to.be.empty
      }
      expect(server.sessions).to.have.length(2)
    })

    it('asks again what had no answer, if that does no harm', async () => {
      const { second, leave } = await openTwo()
      const asked: string[] = []
      server.onCall = (name) => {
        asked.push(name)
        return server.sessions.length > 1 ? 'answer' : new Promise(() => undefined)
      }
      const message = text(privateWith('bob'), 'hello')
      const calls = [
        second.session.send(message),
        second.session.history({ conversation: privateWith('bob'), count: 1 }),
        second.session.settings.set('key', 1),
        second.session.groups!.members('1'),
      ]
      await eventually(() => asked.length === 4)
      await leave()
      expect(await Promise.all(calls as Promise<unknown>[])).to.deep.equal(
        calls.map(() => 'answer'),
      )
      expect(asked).to.have.length(8)
    })

    it('does nothing twice that must not be, and says that it may have been done', async () => {
      const { second, leave } = await openTwo()
      const asked: string[] = []
      server.onCall = (name) => {
        asked.push(name)
        return new Promise(() => undefined)
      }
      const calls = [
        second.session.groups!.create({ name: 'Team', memberIds: [] }),
        second.session.groups!.invite('1', ['carol']),
      ]
      const refusals = Promise.all(calls.map(refusalOf))
      await eventually(() => asked.length === 2)
      await leave()
      for (const { code, message } of await refusals) {
        expect(code).to.equal(ErrorCode.RC_NET_CHANNEL_INVALID)
        expect(message).to.contain('not known')
      }
      expect(asked).to.have.length(2)
    })

    it('brings what came meanwhile, before what is new', async () => {
      const { second, leave } = await openTwo()
      server.session.sink.batch(batch('1', archived('1')))
      await second.received.until(({ batches }) => batches[0])
      const cursors: (string | undefined)[] = []
      let isLetOn!: () => void
      server.stream = async function* (cursor) {
        cursors.push(cursor)
        await new Promise<void>((resolve) => (isLetOn = resolve))
        yield batch('2', archived('2'))
        yield batch('3', archived('3'))
      }
      await leave()
      await eventually(() => isLetOn)
      server.session.sink.batch(batch('4', archived('4')))
      isLetOn()
      await second.received.until(({ batches }) => batches.length === 4)
      expect(cursors).to.deep.equal(['1'])
      const seen = second.received.batches.map(({ cursor }) => cursor)
      expect(seen).to.deep.equal(['1', '2', '3', '4'])
    })

    it('goes on with a catch-up from the last batch that was taken', async () => {
      const { second, leave } = await openTwo()
      const cursors: (string | undefined)[] = []
      server.stream = async function* (cursor) {
        cursors.push(cursor)
        for (let place = Number(cursor) + 1; place <= 10; place += 1) yield batch(`${place}`)
      }
      const seen: string[] = []
      for await (const { cursor } of second.session.catchUp('0')) {
        seen.push(cursor)
        if (cursor === '4') await leave()
      }
      expect(seen).to.deep.equal(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'])
      expect(cursors).to.deep.equal(['0', '4'])
    })

    it('uploads again, and tells of progress only forwards', async () => {
      const { second, leave } = await openTwo()
      const told: number[] = []
      server.onCall = (_, file, options) => {
        const { onProgress, signal } = options as Required<UploadOptions>
        if (server.sessions.length === 1) {
          onProgress(60)
          return new Promise((_, reject) => {
            signal.onabort = () => reject(new IMError(ErrorCode.UPLOAD_FAIL))
          })
        }
        for (const percent of [30, 60, 100]) onProgress(percent)
        return { uri: `${(file as Blob).size}` }
      }
      const upload = second.session.files!.upload(new Blob(['words']), {
        onProgress: (percent) => told.push(percent),
      })
      await eventually(() => told.length)
      await leave()
      expect(await upload).to.deep.equal({ uri: '5' })
      expect(told).to.deep.equal([60, 100])
    })

    it('keeps the addresses of files that were given', async () => {
      const { second, leave } = await openTwo()
      const ofServer = URL.createObjectURL(new Blob(['bytes']))
      server.onCall = () => ofServer
      const url = await second.session.files!.url('own:1')
      URL.revokeObjectURL(ofServer)
      await leave()
      expect(url).to.not.equal(ofServer)
      expect(await (await fetch(url)).text()).to.equal('bytes')
      await second.session.close()
      expect(
        await fetch(url).then(
          () => 'there',
          () => 'gone',
        ),
      ).to.equal('gone')
    })

    it('ends for the others with the reason when nobody can be reached', async () => {
      const { second, leave } = await openTwo()
      const third = await tabs.open()
      server.onConnect = () => {
        throw new IMError(ErrorCode.RC_NETWORK_DOWN, 'No network.')
      }
      void leave()
      for (const { received } of [second, third]) {
        const reason = await received.until(({ closings }) => closings[0])
        expect([reason.code, reason.message]).to.deep.equal([30019, 'No network.'])
      }
    })

    it('goes past a tab whose token has expired', async () => {
      const { first, second } = await openTwo()
      const third = await tabs.open({ token: 'alice:3' })
      server.onConnect = ({ token }) => {
        if (token === 'alice:2') throw new IMError(ErrorCode.RC_CONN_TOKEN_EXPIRED)
      }
      await first.session.close()
      const reason = await second.received.until(({ closings }) => closings[0])
      expect(reason.code).to.equal(ErrorCode.RC_CONN_TOKEN_EXPIRED)
      await eventually(() => server.sessions.length === 2)
      expect(server.session.credentials.token).to.equal('alice:3')
      expect(third.received.closings).to.be.empty
    })

    it('to a server that offers something else ends, so that the client looks anew', async () => {
      const { second, leave } = await openTwo()
      server.hasGroups = false
      await leave()
      const reason = await second.received.until(({ closings }) => closings[0])
      expect(reason.code).to.equal(ErrorCode.RC_NET_CHANNEL_INVALID)
    })
  })

  for (const event of ['pagehide', 'freeze']) {
    it(`is given up by a page at ${event}`, async () => {
      const { received } = await tabs.open()
      dispatchEvent(new Event(event))
      const reason = await received.until(({ closings }) => closings[0])
      expect(reason.code).to.equal(ErrorCode.RC_SOCKET_DISCONNECTED)
      expect(server.session.isClosed).to.equal(true)
      await tabs.open()
      expect(server.sessions).to.have.length(2)
    })
  }

  it('leaves nothing behind when all have closed it', async () => {
    const open = [await tabs.open(), await tabs.open()]
    await open[1]!.session.settings.set('key', 1)
    for (const { session } of open) await session.close()
    const locks = async () => {
      const { held = [], pending = [] } = await navigator.locks.query()
      return [...held, ...pending].filter(({ name }) => name?.includes(tabs.device))
    }
    await eventually(async () => (await locks()).length === 0)
    expect(server.sessions.map(({ isClosed }) => isClosed)).to.deep.equal([true])
  })
})
