import { expect } from '@open-wc/testing'
import { unwrap } from '../../src/backends/xmpp/deliveries.js'
import { People } from '../../src/backends/xmpp/people.js'
import { xml, type Element } from '../../src/backends/xmpp/xml.js'

const bob = new People('bob@example.org/desk', 'bob', 'rooms.example.org')

const place = (by: string, id = '1700000000000000') =>
  xml('stanza-id', { xmlns: 'urn:xmpp:sid:0', by, id })

const said = (from: string, words: string, ...children: Element[]) =>
  xml('message', { from, type: 'chat', id: words }, xml('body', {}, words), ...children)

const copyOf = (message: Element, from: string, kind = 'received') =>
  xml(
    'message',
    { from, to: 'bob@example.org/desk' },
    xml(
      kind,
      { xmlns: 'urn:xmpp:carbons:2' },
      xml('forwarded', { xmlns: 'urn:xmpp:forward:0' }, message),
    ),
  )

const fromRoom = (
  message: Element,
  from = 'team@rooms.example.org',
  node = 'urn:xmpp:mucsub:nodes:messages',
) =>
  xml(
    'message',
    { from, to: 'bob@example.org' },
    xml(
      'event',
      { xmlns: 'http://jabber.org/protocol/pubsub#event' },
      xml('items', { node }, xml('item', { id: '1' }, message)),
    ),
  )

const groupMessage = (from: string, ...children: Element[]) =>
  xml('message', { from, type: 'groupchat', id: 'g' }, xml('body', {}, 'hi'), ...children)

const wordsOf = (stanza: Element) =>
  unwrap(bob, stanza).map(({ message }) => message.getChildText('body'))
const ordersOf = (stanza: Element) => unwrap(bob, stanza).map(({ order }) => order)

describe('what the server brings', () => {
  it('has its place by the own archive alone', () => {
    const from = 'mallory@example.org/x'
    expect(ordersOf(said(from, 'x', place('bob@example.org')))).to.deep.equal(['1700000000000000'])
    for (const by of ['mallory@example.org', 'bob@example.org/desk', 'example.org']) {
      expect(ordersOf(said(from, 'x', place(by))), by).to.deep.equal([undefined])
    }
    for (const id of ['', '-1', 'abc', '1'.repeat(17)]) {
      expect(ordersOf(said(from, 'x', place('bob@example.org', id))), id).to.deep.equal([undefined])
    }
  })

  it('holds copies of what other devices got and sent', () => {
    const own = place('bob@example.org')
    const received = said('alice@example.org/y', 'to my phone', own)
    expect(wordsOf(copyOf(received, 'bob@example.org'))).to.deep.equal(['to my phone'])
    const sent = said('bob@example.org/phone', 'from my phone', own)
    expect(wordsOf(copyOf(sent, 'bob@example.org', 'sent'))).to.deep.equal(['from my phone'])
  })

  it('holds no copy that anybody else says is one', () => {
    const forged = said('alice@example.org/y', 'forged', place('bob@example.org'))
    for (const from of ['mallory@example.org', 'bob@example.org/desk', 'example.org']) {
      expect(wordsOf(copyOf(forged, from)), from).to.deep.equal([null])
    }
  })

  it('holds messages of groups that their rooms wrap', () => {
    const room = 'team@rooms.example.org'
    const message = groupMessage(`${room}/alice`, place(room))
    expect(wordsOf(fromRoom(message))).to.deep.equal(['hi'])
    expect(ordersOf(fromRoom(message))).to.deep.equal(['1700000000000000'])
  })

  it('holds none that a room says of another, or that is from no room', () => {
    const other = 'other@rooms.example.org'
    expect(wordsOf(fromRoom(groupMessage(`${other}/alice`, place(other))))).to.deep.equal([])
    const team = groupMessage('team@rooms.example.org/alice', place('team@rooms.example.org'))
    for (const from of ['mallory@example.org', 'team@rooms.elsewhere.org', 'rooms.example.org']) {
      expect(wordsOf(fromRoom(team, from)), from).to.deep.equal([null])
    }
    expect(wordsOf(fromRoom(team, 'team@rooms.example.org', 'some:node'))).to.deep.equal([])
  })

  it('is no message where it reports a failure', () => {
    const failed = xml(
      'message',
      { from: 'alice@example.org', type: 'error' },
      xml('body', {}, 'x'),
    )
    expect(unwrap(bob, failed)).to.be.empty
    expect(unwrap(bob, xml('presence', { from: 'alice@example.org' }))).to.be.empty
  })
})
