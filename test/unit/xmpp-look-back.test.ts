import { expect } from '@open-wc/testing'
import { queryArchive } from '../../src/backends/xmpp/archive-query.js'
import { Belief } from '../../src/backends/xmpp/belief.js'
import { catchUp, lookBack, type CatchUpContext } from '../../src/backends/xmpp/catch-up.js'
import { placeOfCursor } from '../../src/backends/xmpp/cursor.js'
import { encode } from '../../src/backends/xmpp/envelope.js'
import { GroupEntries } from '../../src/backends/xmpp/group-entries.js'
import { GroupOwners } from '../../src/backends/xmpp/group-owners.js'
import { People } from '../../src/backends/xmpp/people.js'
import type { XmppSettings } from '../../src/backends/xmpp/settings.js'
import { xml, type Element } from '../../src/backends/xmpp/wire.js'
import { conversationKey } from '../../src/model/conversation.js'
import { privateWith, text } from '../support/backend-messages.js'
import { FakeWire } from '../support/fake-wire.js'

const NS_ARCHIVE = 'urn:xmpp:mam:2'
const NS_RESULT_SET = 'http://jabber.org/protocol/rsm'

const orderAt = (number: number) => String(1_700_000_000_000_000 + number)

/** An archive of Alice in which one user after the other has said something, in pages of 250. */
function archiveOf(count: number) {
  const senderAt = (number: number) => `user${Math.ceil(number / 10)}`
  const wire: FakeWire = new FakeWire('alice', ({ child }) => {
    const set = child.getChild('set', NS_RESULT_SET)
    const size = Number(set?.getChildText('max'))
    const before = set?.getChildText('before')
    const end = before ? Number(before) - Number(orderAt(0)) - 1 : count
    const start = Math.max(1, end - size + 1)
    const id = child.attrs.queryid
    for (let number = start; number <= end; number += 1) wire.deliver(result(id, number))
    const ends = [xml('first', {}, orderAt(start)), xml('last', {}, orderAt(end))]
    const page = xml('set', { xmlns: NS_RESULT_SET }, ...ends)
    return xml('fin', { xmlns: NS_ARCHIVE, complete: String(start === 1) }, page)
  })
  const result = (queryid: string | undefined, number: number): Element => {
    const from = `${senderAt(number)}@example.org`
    const author = new People(from, senderAt(number), undefined)
    const envelope = text(privateWith('alice'), `${number}`)
    const stanza = encode(author, { envelope }, 'alice@example.org')
    stanza.attrs.from = from
    const forwarded = xml('forwarded', { xmlns: 'urn:xmpp:forward:0' }, stanza)
    const attributes = { xmlns: NS_ARCHIVE, id: orderAt(number), queryid }
    return xml('message', { from: 'alice@example.org' }, xml('result', attributes, forwarded))
  }
  const people = new People(wire.jid, wire.userId, undefined)
  const context: CatchUpContext = {
    archives: { page: (query) => queryArchive(wire, people, query) },
    people,
    belief: new Belief({
      userId: wire.userId,
      owners: new GroupOwners(() => Promise.resolve(undefined)),
      entries: new GroupEntries({ handOver: () => Promise.resolve() }, people),
      readEntries: () => Promise.resolve(),
      disbelieved: (reason) => {
        throw reason
      },
    }),
    enteredAt: () => '',
    settings: {
      since: () => Promise.resolve({ settings: [], place: 0 }),
    } as unknown as XmppSettings,
    limit: 2000,
    completed: (received) => Promise.resolve(received),
  }
  return { context, asked: () => wire.questions.length }
}

describe('a new device', () => {
  it('is told of the newest conversations at once, and looks back for the others', async () => {
    const { context, asked } = archiveOf(600)
    const batches = []
    for await (const batch of catchUp(context, undefined)) batches.push(batch)
    expect(batches).to.have.length(1)
    expect(asked()).to.equal(1)
    const { gaps = [], cursor } = batches[0]!
    expect(gaps.map(({ targetId }) => targetId)).to.deep.equal(
      Array.from({ length: 25 }, (_, index) => `user${60 - index}`),
    )
    const place = placeOfCursor(cursor)!
    expect(place.unseen).to.equal(orderAt(351))

    let waits = 0
    const found: string[][] = []
    const unseen: (string | undefined)[] = []
    const told = new Set(gaps.map(conversationKey))
    const quiet = () => Promise.resolve(void (waits += 1))
    for await (const back of lookBack(context, place, told, quiet)) {
      found.push((back.gaps ?? []).map(({ targetId }) => targetId))
      unseen.push(back.unseen)
    }
    expect(found.map((page) => [page[0], page.at(-1), page.length])).to.deep.equal([
      ['user35', 'user11', 25],
      ['user10', 'user1', 10],
    ])
    expect(unseen).to.deep.equal([orderAt(101), undefined])
    expect(waits).to.equal(2)
  })

  it('that has seen all looks no farther', async () => {
    const { context, asked } = archiveOf(20)
    for await (const { cursor } of catchUp(context, undefined)) {
      const place = placeOfCursor(cursor)!
      expect(place.unseen).to.equal(undefined)
      for await (const _ of lookBack(context, place, new Set(), () => Promise.resolve())) {
        expect.fail('there is nothing')
      }
    }
    expect(asked()).to.equal(1)
  })
})
