/** What only the embedded backend promises: many tabs, one service, no leader. */
import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import type { ArchivedMessage } from '../../src/model/message.js'
import { inGroup, privateWith, readReceipt, text, typing } from '../support/backend-messages.js'
import { connectTo, LocalService } from '../support/backend-local-service.js'
import { codeOf, refusalOf } from '../support/backend-refusal.js'

const idsOf = (messages: readonly ArchivedMessage[]) => messages.map((it) => it.messageUId)

describe('local service', () => {
  let service: LocalService

  beforeEach(() => {
    service = new LocalService()
  })

  afterEach(() => service.remove())

  describe('in several tabs', () => {
    it('is one service', async () => {
      const alice = await connectTo(service.openTab(), 'alice')
      const bob = await connectTo(service.openTab(), 'bob')
      const sent = text(privateWith('bob'), 'hello')
      await alice.session.send(sent)
      await bob.received.untilMessage(sent)
      const answer = text(privateWith('alice'), 'hello back')
      await bob.session.send(answer)
      await alice.received.untilMessage(answer)
      const sign = typing(privateWith('bob'))
      await alice.session.send(sign)
      await bob.received.untilStatus(sign)
    })

    it('goes on when the tab that came first is closed', async () => {
      const first = await connectTo(service.openTab(), 'alice')
      const second = await connectTo(service.openTab(), 'bob')
      const third = await connectTo(service.openTab(), 'carol')
      await first.session.close()
      const sent = text(privateWith('carol'), 'still here')
      await second.session.send(sent)
      await third.received.untilMessage(sent)
    })

    it('goes on when another tab is switched off', async () => {
      const tab = service.openTab()
      const off = await connectTo(tab, 'alice')
      const bob = await connectTo(service.openTab(), 'bob')
      tab.setOnline(false)
      expect(off.received.closings.map(({ code }) => code)).to.deep.equal([
        ErrorCode.RC_SOCKET_DISCONNECTED,
      ])
      expect(await codeOf(connectTo(tab, 'alice'))).to.equal(ErrorCode.RC_NETWORK_DOWN)
      expect(bob.received.closings).to.be.empty

      tab.setOnline(true)
      const again = await connectTo(tab, 'alice')
      const sent = text(privateWith('alice'), 'back again?')
      await bob.session.send(sent)
      await again.received.untilMessage(sent)
    })

    it('gives 200 messages sent from three tabs at once one order for all', async () => {
      const users = ['alice', 'bob', 'carol']
      const clients = await Promise.all(users.map((id) => connectTo(service.openTab(), id)))
      const [alice] = clients
      const { groupId } = await alice!.session.groups!.create({ name: 'All', memberIds: users })
      const sent = Array.from({ length: 200 }, (_, index) => text(inGroup(groupId), `${index}`))
      const acknowledgements = await Promise.all(
        sent.map((it, index) => clients[index % clients.length]!.session.send(it)),
      )
      expect(new Set(acknowledgements.map(({ order }) => order)).size).to.equal(sent.length)

      const expected = sent
        .map(({ messageUId }, index) => ({ messageUId, ...acknowledgements[index]! }))
        .sort((one, other) => (one.order < other.order ? -1 : 1))
      for (const { received } of clients) {
        // The first is the notice that the group was created.
        await received.until(({ messages }) => messages.length > sent.length)
        const [, ...seen] = received.messages
        expect(
          seen.map(({ messageUId, order, sentTime }) => ({ messageUId, order, sentTime })),
        ).to.deep.equal(expected)
      }
      for (const [index, { sentTime }] of expected.entries()) {
        if (index > 0) expect(sentTime).to.be.above(expected[index - 1]!.sentTime)
      }
    })

    it('lets time run forward when the clocks of the tabs disagree', async () => {
      const ahead = await connectTo(service.openTab({ now: () => 2_000_000 }), 'alice')
      const behind = await connectTo(service.openTab({ now: () => 1_000_000 }), 'bob')
      const first = await ahead.session.send(text(privateWith('bob'), 'one'))
      const second = await behind.session.send(text(privateWith('alice'), 'two'))
      expect(first.sentTime).to.equal(2_000_000)
      expect(second.sentTime).to.be.above(first.sentTime)
    })
  })

  describe('when a ring is lost', () => {
    /** A tab that appends and does not ring: what is left of one that was killed in between. */
    const openMuteTab = async (userId: string) => {
      const { BroadcastChannel } = globalThis
      globalThis.BroadcastChannel = undefined as unknown as typeof BroadcastChannel
      try {
        return await connectTo(service.openTab(), userId)
      } finally {
        globalThis.BroadcastChannel = BroadcastChannel
      }
    }

    it('finds what it announced by looking from time to time', async () => {
      const bob = await connectTo(service.openTab({ pollInterval: 20 }), 'bob')
      const mute = await openMuteTab('alice')
      const sent = text(privateWith('bob'), 'nobody rang')
      await mute.session.send(sent)
      await bob.received.untilMessage(sent)
    })

    it('finds what it announced with the next own call', async () => {
      const bob = await connectTo(service.openTab({ pollInterval: 1_000_000 }), 'bob')
      const mute = await openMuteTab('alice')
      const sent = text(privateWith('bob'), 'nobody rang')
      await mute.session.send(sent)
      await bob.session.settings.set('key', 1)
      await bob.received.untilMessage(sent)
    })

    it('finds what it announced with the next ring', async () => {
      const bob = await connectTo(service.openTab({ pollInterval: 1_000_000 }), 'bob')
      const mute = await openMuteTab('alice')
      const [lost, next] = [text(privateWith('bob'), 'one'), text(privateWith('bob'), 'two')]
      await mute.session.send(lost)
      await (await connectTo(service.openTab(), 'carol')).session.send(next)
      await bob.received.untilMessage(next)
      expect(idsOf(bob.received.messages)).to.deep.equal([lost.messageUId, next.messageUId])
    })
  })

  it('leaves neither timer nor channel behind when its sessions are closed', async () => {
    const { BroadcastChannel, setInterval, clearInterval } = globalThis
    const open = new Set<unknown>()
    globalThis.BroadcastChannel = class extends BroadcastChannel {
      constructor(name: string) {
        super(name)
        if (name === service.name) open.add(this)
      }
      override close() {
        open.delete(this)
        super.close()
      }
    }
    globalThis.setInterval = ((...values: Parameters<typeof setInterval>) => {
      const timer = setInterval(...values)
      open.add(timer)
      return timer
    }) as typeof setInterval
    globalThis.clearInterval = (timer) => {
      open.delete(timer)
      clearInterval(timer)
    }
    try {
      const tab = service.openTab()
      const [alice, bob] = [await connectTo(tab, 'alice'), await connectTo(tab, 'bob')]
      await alice.session.send(text(privateWith('bob'), 'hello'))
      expect(open.size).to.equal(2)
      await alice.session.close()
      await bob.session.close()
      expect(open.size).to.equal(0)
      const content = { content: 'nobody is here' }
      await tab.sendSystemMessage('bob', {
        senderUserId: 'news',
        messageType: 'RC:TxtMsg',
        content,
      })
      expect(open.size).to.equal(0)
    } finally {
      Object.assign(globalThis, { BroadcastChannel, setInterval, clearInterval })
    }
  })

  describe('after a long absence', () => {
    it('moves the cursor only with the last of many operations', async () => {
      const tab = service.openTab({ catchUpLimit: 1 })
      const [alice, bob] = [await connectTo(tab, 'alice'), await connectTo(tab, 'bob')]
      let cursor: string | undefined
      for await (const batch of bob.session.catchUp(undefined)) cursor = batch.cursor
      for (const words of ['one', 'two']) await alice.session.send(text(privateWith('bob'), words))
      const receipts = Array.from({ length: 250 }, (_, index) =>
        readReceipt(privateWith('bob'), { messageUId: `${index}`, senderUserId: 'bob' }),
      )
      await Promise.all(receipts.map((it) => alice.session.send(it)))

      const batches = []
      for await (const batch of bob.session.catchUp(cursor)) batches.push(batch)
      expect(batches.flatMap(({ messages }) => idsOf(messages))).to.have.members(
        idsOf(receipts as ArchivedMessage[]),
      )
      expect(batches.length).to.be.above(1)
      const cursors = batches.map((batch) => batch.cursor)
      expect(new Set(cursors.slice(0, -1))).to.deep.equal(new Set([cursor]))
      expect(cursors.at(-1)).to.not.equal(cursor)
    })
  })

  describe('when removed', () => {
    it('ends the sessions of all tabs, and starts anew for who connects again', async () => {
      const [here, there] = [service.openTab(), service.openTab()]
      const alice = await connectTo(here, 'alice')
      const bob = await connectTo(there, 'bob')
      await alice.session.send(text(privateWith('bob'), 'old'))
      let cursor: string | undefined
      for await (const batch of bob.session.catchUp(undefined)) cursor = batch.cursor

      await here.destroy()
      for (const { received } of [alice, bob]) {
        const { code } = await received.until(({ closings }) => closings[0])
        expect(code).to.equal(ErrorCode.RC_SOCKET_DISCONNECTED)
      }

      const again = await connectTo(there, 'bob')
      const conversation = privateWith('alice')
      const { messages } = await again.session.history({ conversation, count: 10 })
      expect(messages).to.be.empty
      await (await connectTo(here, 'alice')).session.send(text(privateWith('bob'), 'new'))
      const batches = []
      for await (const batch of again.session.catchUp(cursor)) batches.push(batch)
      expect(batches[0]!.gaps).to.deep.equal([conversation])
    })

    it('can be removed twice', async () => {
      const tab = service.openTab()
      await connectTo(tab, 'alice')
      await tab.destroy()
      await tab.destroy()
    })
  })

  describe('without a database', () => {
    /** IndexedDB as a browser has it that refuses, for this reason. */
    const refusing = (name: string): IDBFactory =>
      ({
        open() {
          throw new DOMException('refused', name)
        },
        deleteDatabase: (database: string) => indexedDB.deleteDatabase(database),
      }) as unknown as IDBFactory

    it('says what to do when the browser refuses storage: 33002', async () => {
      const tab = service.openTab({ indexedDB: refusing('SecurityError') })
      const error = await refusalOf(connectTo(tab, 'alice'))
      expect(error.code).to.equal(ErrorCode.BIZ_ERROR_DATABASE_ERROR)
      expect(error.message).to.contain('Allow site data')
    })

    it('says so when a newer version wrote it: 33002', async () => {
      const newer = await openRaw(service.name, 1_000)
      newer.close()
      const error = await refusalOf(connectTo(service.openTab(), 'alice'))
      expect(error.code).to.equal(ErrorCode.BIZ_ERROR_DATABASE_ERROR)
      expect(error.message).to.contain('newer version')
    })

    it('makes way for a newer version in another tab, and says to load again', async () => {
      const alice = await connectTo(service.openTab(), 'alice')
      const newer = await openRaw(service.name, 1_000)
      newer.close()
      const reason = await alice.received.until(({ closings }) => closings[0])
      expect(reason.code).to.equal(ErrorCode.BIZ_ERROR_DATABASE_ERROR)
      expect(reason.message).to.contain('load this page again')
    })

    it('says so when there is no more room, and keeps nothing half: 33000', async () => {
      const tab = service.openTab()
      const alice = await connectTo(tab, 'alice')
      const { add } = IDBObjectStore.prototype
      IDBObjectStore.prototype.add = function (this: IDBObjectStore, ...values) {
        if (this.name === 'log') throw new DOMException('full', 'QuotaExceededError')
        return add.apply(this, values)
      }
      const sent = text(privateWith('bob'), 'too much')
      try {
        const error = await refusalOf(alice.session.send(sent))
        expect(error.code).to.equal(ErrorCode.PROTOCOL_MESSAGE_SAVED_ERROR)
        expect(error.message).to.contain('Free some space')
      } finally {
        IDBObjectStore.prototype.add = add
      }
      const conversation = privateWith('bob')
      expect((await alice.session.history({ conversation, count: 10 })).messages).to.be.empty
      await alice.session.send(sent)
      expect((await alice.session.history({ conversation, count: 10 })).messages).to.have.length(1)
    })
  })
})

/** The bare database, as another version of the code would open it. */
function openRaw(name: string, version: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error!)
  })
}
