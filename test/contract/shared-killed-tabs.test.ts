/** Real tabs that share a connection, killed and blocked while they send. */
import { expect } from '@open-wc/testing'
import type { OutgoingMessage } from '../../src/backends/backend.js'
import type { ArchivedMessage } from '../../src/model/message.js'
import { connectTo, LocalService } from '../support/backend-local-service.js'
import { privateWith, text } from '../support/backend-messages.js'
import type { BackendRecorder } from '../support/backend-recorder.js'
import { randomFrom } from '../support/random-from.js'
import { SharedTab, type TabSetUp } from '../support/shared-tab.js'

const TABS = 3
const KILLS = 20
/** Messages that each tab sends between two kills. */
const EACH = 5
/** Milliseconds in which another tab has to have the connection. */
const TAKEOVER = 2000

const toBob = (count: number, words: string): OutgoingMessage[] =>
  Array.from({ length: count }, (_, index) => text(privateWith('bob'), `${words} ${index}`))

const idsOf = (messages: readonly OutgoingMessage[]) => messages.map((it) => it.messageUId)

describe('tabs that share a connection', () => {
  let service: LocalService
  let setUp: TabSetUp
  /** What the service itself has of it all, in order. */
  let archive: BackendRecorder
  let tabs: SharedTab[]

  beforeEach(async () => {
    service = new LocalService()
    tabs = []
    const reader = await connectTo(service.openTab({ pollInterval: 50 }), 'alice')
    archive = reader.received
    let cursor = ''
    for await (const batch of reader.session.catchUp(undefined)) cursor = batch.cursor
    setUp = { serviceName: service.name, userId: 'alice', cursor, pollInterval: 50 }
  })

  afterEach(async () => {
    for (const tab of tabs) tab.kill()
    await service.remove()
  })

  async function open(): Promise<SharedTab> {
    const tab = await SharedTab.open(setUp)
    tabs.push(tab)
    return tab
  }

  /** The tab that got the connection last. */
  const holder = () =>
    tabs.reduce((one, other) => (one.holdsSince > other.holdsSince ? one : other))

  /** Resolves with the milliseconds until another tab than those killed has the connection. */
  async function takeover(before: SharedTab): Promise<number> {
    const since = performance.now()
    const isTaken = () => tabs.some((tab) => tab !== before && tab.holdsSince > since)
    await Promise.race(tabs.filter((tab) => tab !== before).map((tab) => tab.until(isTaken)))
    return holder().holdsSince - since
  }

  /** Kills the tab with the connection when so many more messages have been acknowledged. */
  function killWithin(count: number): Promise<{ victim: SharedTab; milliseconds: number }> {
    const before = tabs.map(({ sent }) => sent.size).reduce((sum, size) => sum + size)
    return new Promise((resolve) => {
      const look = () => {
        const now = tabs.map(({ sent }) => sent.size).reduce((sum, size) => sum + size)
        if (now - before < count) return
        for (const tab of tabs) tab.onReport = () => undefined
        const victim = holder()
        victim.kill()
        tabs = tabs.filter((tab) => tab !== victim)
        void takeover(victim).then((milliseconds) => resolve({ victim, milliseconds }))
      }
      for (const tab of tabs) tab.onReport = look
    })
  }

  async function expectAllAtAll(sent: readonly OutgoingMessage[]): Promise<void> {
    await archive.until(({ messages }) => messages.length >= sent.length)
    const inOrder = archive.messages.map(({ messageUId }: ArchivedMessage) => messageUId)
    expect(inOrder).to.have.members(idsOf(sent))
    expect(new Set(inOrder).size).to.equal(inOrder.length)
    for (const tab of tabs) {
      await tab.until(() => tab.received.size >= sent.length)
      expect([...tab.received]).to.deep.equal(inOrder)
      expect(tab.refusals).to.be.empty
      expect(tab.closings).to.be.empty
    }
  }

  it('have one between them, and the next takes over from one that is closed', async () => {
    for (let count = 0; count < TABS; count += 1) await open()
    expect(tabs.map(({ holdCount }) => holdCount)).to.deep.equal([1, 0, 0])
    const [first, second] = tabs as [SharedTab, SharedTab]
    first.close()
    expect(await takeover(first)).to.be.below(TAKEOVER)
    expect(tabs.map(({ holdCount }) => holdCount)).to.deep.equal([1, 1, 0])
    const sent = toBob(3, 'after')
    second.send(sent)
    await second.until(() => second.sent.size === sent.length)
    tabs.splice(0, 1)
    await expectAllAtAll(sent)
  })

  it('lose and double nothing when the one that holds it is killed, again and again', async function () {
    this.timeout(120_000)
    const random = randomFrom(20)
    const all: OutgoingMessage[] = []
    const takeovers: number[] = []
    /** What killed tabs were not told of; the tabs that come in their places send it again. */
    let left: OutgoingMessage[] = []

    for (let kill = 0; kill < KILLS; kill += 1) {
      while (tabs.length < TABS) await open()
      const tasks = tabs.map((tab, at) => {
        const messages = toBob(EACH, `round ${kill} tab ${at}`)
        all.push(...messages)
        return { tab, messages: at === TABS - 1 ? [...left, ...messages] : messages }
      })
      const killed = killWithin(Math.floor(random() * TABS * EACH))
      for (const { tab, messages } of tasks) tab.send(messages)
      const { victim, milliseconds } = await killed
      takeovers.push(milliseconds)
      const areSent = ({ tab, messages }: (typeof tasks)[0]) =>
        messages.every(({ messageUId }) => tab.sent.has(messageUId))
      const survivors = tasks.filter(({ tab }) => tab !== victim)
      await Promise.all(survivors.map((task) => task.tab.until(() => areSent(task))))
      left = tasks
        .filter(({ tab }) => tab === victim)
        .flatMap(({ messages }) => messages.filter((it) => !victim.sent.has(it.messageUId)))
    }
    const last = await open()
    last.send(left)
    expect(Math.max(...takeovers)).to.be.below(TAKEOVER)
    await expectAllAtAll(all)
  })

  it('go on within 2 s without one that does not move', async () => {
    // A blocked tab would keep whatever transaction of the service it happens to be in.
    setUp.pollInterval = 600_000
    for (let count = 0; count < TABS; count += 1) await open()
    const [hung, second, third] = tabs as [SharedTab, SharedTab, SharedTab]
    await hung.block(5000)
    const taken = takeover(hung)
    const sent = toBob(20, 'meanwhile')
    second.send(sent.slice(0, 10))
    third.send(sent.slice(10))
    expect(await taken).to.be.below(TAKEOVER)
    await expectAllAtAll(sent)
    expect(hung.holdCount).to.equal(1)
  })

  it('do not see old requests done by one that moves again', async () => {
    setUp.pollInterval = 600_000
    for (let count = 0; count < TABS; count += 1) await open()
    const [hung, second] = tabs as [SharedTab, SharedTab]
    await hung.block(4000)
    await second.set('key', 'old')
    await second.set('key', 'new')
    const sent = toBob(1, 'from the one that moves again')
    hung.send(sent)
    await expectAllAtAll(sent)
    // Whoever looks late sees the newer one only.
    const values = archive.settings.map(({ value }) => value)
    expect(values.lastIndexOf('new')).to.equal(values.length - 1)
    expect(values.filter((value) => value === 'new')).to.have.length(1)
  })

  it('lose and double nothing when the one that holds it does not move while all send', async function () {
    this.timeout(60_000)
    for (let count = 0; count < TABS; count += 1) await open()
    const shares = tabs.map((_, index) => toBob(100, `tab ${index}`))
    tabs.forEach((tab, index) => tab.send(shares[index]!))
    const [hung] = tabs as [SharedTab]
    await hung.until(() => hung.sent.size > 10)
    await hung.block(5000)
    await Promise.all(tabs.map((tab) => tab.until(() => tab.sent.size === 100)))
    await expectAllAtAll(shares.flat())
  })
})
