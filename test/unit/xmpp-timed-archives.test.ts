import { expect } from '@open-wc/testing'
import { People } from '../../src/backends/xmpp/people.js'
import { TimedArchives } from '../../src/backends/xmpp/timed-archives.js'
import { xml, type Element } from '../../src/backends/xmpp/wire.js'
import { FakeWire, refusal } from '../support/fake-wire.js'

const NS_ARCHIVE = 'urn:xmpp:mam:2'
const NS_RESULT_SET = 'http://jabber.org/protocol/rsm'
const start = 1_800_000_000

interface Entry {
  id: string
  second: number
  peer: string
  /** What its message is called, if it says so. */
  messageId?: string
}

/** Alice's archive as Prosody answers for it: ids that say nothing, times in whole seconds. */
function archiveOf(entries: readonly Entry[], told: (entry: Entry) => void = () => {}) {
  const fieldOf = (child: Element, name: string) =>
    child
      .getChild('x')
      ?.getChildren('field')
      .find(({ attrs }) => attrs.var === name)
      ?.getChildText('value') ?? undefined
  const wire: FakeWire = new FakeWire('alice', ({ child }) => {
    const [from, to] = ['start', 'end'].map((name) => Date.parse(fieldOf(child, name) ?? '') / 1000)
    const peer = fieldOf(child, 'with')
    const matching = entries.filter(
      (it) =>
        !(it.second < from!) && !(it.second > to!) && (!peer || peer === `${it.peer}@example.org`),
    )
    const set = child.getChild('set', NS_RESULT_SET)!
    const size = Number(set.getChildText('max'))
    const isBackward = set.getChild('before') !== undefined
    const id = set.getChildText('before') || set.getChildText('after')
    const at = matching.findIndex((it) => it.id === id)
    if (id && at < 0) throw refusal('item-not-found')
    const rest = isBackward ? matching.slice(0, id ? at : undefined) : matching.slice(at + 1)
    const page = isBackward ? rest.slice(-size) : rest.slice(0, size)
    for (const it of page) {
      told(it)
      wire.deliver(resultOf(it, child.attrs.queryid))
    }
    const ends =
      page.length > 0 ? [xml('first', {}, page[0]!.id), xml('last', {}, page.at(-1)!.id)] : []
    const complete = String(page.length === rest.length)
    return xml(
      'fin',
      { xmlns: NS_ARCHIVE, complete },
      xml('set', { xmlns: NS_RESULT_SET }, ...ends),
    )
  })
  return new TimedArchives(wire, new People(wire.jid, wire.userId, undefined))
}

function resultOf({ id, second, peer, messageId }: Entry, queryid: string | undefined): Element {
  const stamp = new Date(second * 1000).toISOString()
  const from = `${peer}@example.org/x`
  // What is sent to the own account is sent to nobody in particular.
  const to = id.startsWith('sent') ? undefined : 'alice@example.org'
  const message = xml('message', { id: messageId, from, to })
  const delay = xml('delay', { xmlns: 'urn:xmpp:delay', stamp })
  const forwarded = xml('forwarded', { xmlns: 'urn:xmpp:forward:0' }, delay, message)
  return xml(
    'message',
    { from: 'alice@example.org' },
    xml('result', { xmlns: NS_ARCHIVE, id, queryid }, forwarded),
  )
}

/** Seconds with one, several and very many messages, of two people who take turns. */
const entries = [1, 3, 12, 2, 1, 7].flatMap((count, second) =>
  Array.from({ length: count }, (_, number) => ({
    id: `${second}-${number}-${(number * 7919) % 97}`,
    second: start + second,
    peer: number % 3 === 1 ? 'carol' : 'bob',
  })),
)

describe('archives whose ids say nothing', () => {
  const archives = archiveOf(entries)
  const counterpart = 'bob@example.org'
  const all = entries.filter(({ peer }) => peer === 'bob').map(({ id }) => id)

  it('have one place for each message, from whichever side they are read', async () => {
    const backward = new Map<string, string>()
    for (let before: string | undefined, isComplete = false; !isComplete;) {
      const page = await archives.page({ counterpart, before, count: 4 })
      for (const { id, order } of page.entries) backward.set(id!, order)
      ;({ first: before, isComplete } = page)
    }
    const forward = new Map<string, string>()
    for (let after: string | undefined = '0', isComplete = false; !isComplete;) {
      const page = await archives.page({ counterpart, after, count: 4 })
      for (const { id, order } of page.entries) forward.set(id!, order)
      after = page.last
      isComplete = page.isComplete
    }
    expect([...forward.keys()]).to.deep.equal(all)
    expect([...forward.values()]).to.deep.equal([...forward.values()].sort())
    expect(new Set(forward.values()).size).to.equal(all.length)
    for (const id of all) expect(backward.get(id), id).to.equal(forward.get(id))
  })

  it('have that place for what comes live, too', async () => {
    const { entries: read } = await archives.page({ counterpart, after: '0', count: 1000 })
    for (const { id, order } of read) {
      expect(await archives.placeOf(id!)).to.deep.equal({ id, order })
    }
  })

  it('go on within a second from a message of it', async () => {
    const { entries: read } = await archives.page({ counterpart, after: '0', count: 1000 })
    const [fourth, fifth] = read.slice(3)
    const behind = await archives.page({ counterpart, after: fourth!.order, count: 2 })
    expect(behind.entries[0]!.id).to.equal(fifth!.id)
    const before = await archives.page({ counterpart, before: fifth!.order, count: 2 })
    expect(before.entries.at(-1)!.id).to.equal(fourth!.id)
  })

  describe('of which the newest is asked for again and again', () => {
    const query = { counterpart, count: 4 }
    let kept: Entry[]
    let told: Entry[]
    let archives: TimedArchives
    beforeEach(() => {
      kept = entries.slice(0, 10)
      told = []
      archives = archiveOf(kept, (entry) => told.push(entry))
    })

    const idsOf = (all: readonly { id?: string }[]) => all.map(({ id }) => id)
    const fromBob = () => kept.filter(({ peer }) => peer === 'bob')

    /** Asks for it, and for the whole to compare it with. */
    const expectNewest = async () => {
      const { entries: read, first, last, isComplete } = await archives.page(query)
      const whole = (await archiveOf(kept).page({ counterpart, after: '0', count: 1000 })).entries
      const places = (all: typeof read) => all.map(({ id, order }) => ({ id, order }))
      expect(places(read)).to.deep.equal(places(whole.slice(-read.length)))
      expect(read.length).to.be.at.least(Math.min(query.count, 3))
      expect(isComplete).to.equal(read.length === whole.length)
      expect(last).to.equal(whole.at(-1)!.order)
      // Nothing is left out between what is read next, farther back, and this.
      const { entries: older } = await archives.page({ ...query, before: first, count: 1000 })
      expect(places([...older, ...read])).to.deep.equal(places(whole))
    }

    it('tell what came since, and nothing twice', async () => {
      await archives.page(query)
      for (const it of entries.slice(10)) {
        told = []
        kept.push(it)
        const { entries: read } = await archives.page(query)
        expect(idsOf(told)).to.deep.equal(it.peer === 'bob' ? [it.id] : [])
        expect(idsOf(read).at(-1)).to.equal(idsOf(fromBob()).at(-1))
        await expectNewest()
      }
    })

    it('tell several who ask at the same time what was there when they asked', async () => {
      await archives.page(query)
      const asked = entries.slice(10).map(async (it) => {
        kept.push(it)
        const expected = fromBob().at(-1)!
        const { entries: read } = await archives.page(query)
        expect(idsOf(read)).to.include(expected.id)
      })
      await Promise.all(asked)
      await expectNewest()
    })

    it('are read anew where what was last there is no longer kept', async () => {
      await archives.page(query)
      const since = entries.slice(10)
      kept.splice(0, kept.length, ...since)
      await expectNewest()
    })
  })

  it('have what a user wrote to the own account once, though it is there twice', async () => {
    const kept: Entry[] = ['one', 'two', 'three'].flatMap((messageId, number) =>
      ['sent', 'received'].map((side, copy) => ({
        id: `${side} ${messageId}`,
        // The last is received in the next second.
        second: start + (number + copy > 2 ? 1 : 0),
        peer: 'alice',
        messageId,
      })),
    )
    const own = archiveOf(kept)
    for (const count of [1, 3, 100]) {
      const read: (string | undefined)[] = []
      for (let before: string | undefined, isComplete = false; !isComplete;) {
        const page = await own.page({ counterpart: 'alice@example.org', before, count })
        read.unshift(...page.entries.map(({ id }) => id))
        ;({ first: before, isComplete } = page)
      }
      expect(read, `${count} at once`).to.deep.equal(['sent one', 'sent two', 'sent three'])
    }
    const places = await Promise.all(kept.map(({ id }) => own.placeOf(id)))
    for (const [index, place] of places.entries()) {
      expect(place).to.deep.equal(places[index - (index % 2)])
    }
    expect(new Set(places.map((place) => place!.order)).size).to.equal(3)
  })
})
