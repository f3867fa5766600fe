import { expect } from '@open-wc/testing'
import { decode, encode, originId, type Carried } from '../../src/backends/xmpp/envelope.js'
import { People } from '../../src/backends/xmpp/people.js'
import { parseFrame, xml, type Element } from '../../src/backends/xmpp/xml.js'
import { ConversationType } from '../../src/model/conversation.js'
import { MessageType } from '../../src/model/message-types.js'
import type { MessageEnvelope } from '../../src/model/message.js'
import {
  deleteForMe,
  inGroup,
  message,
  privateWith,
  readReceipt,
  recall,
  text,
  typing,
} from '../support/backend-messages.js'

const rooms = 'rooms.example.org'
const alice = new People('\\41lice@example.org/phone', 'Alice', rooms)
const bob = new People('bob@example.org/desk', 'bob', rooms)

/** As the server brings it: whose it is is what the server says. */
function sent(stanza: Element, from = '\\41lice@example.org/phone'): Element {
  const arrived = parseFrame(stanza.toString())
  arrived.attrs.from = from
  return arrived
}

const encoded = (envelope: MessageEnvelope, to = 'bob@example.org', rest: Partial<Carried> = {}) =>
  encode(alice, { envelope, ...rest }, to)

const json = (value: unknown) =>
  xml(
    'json',
    { xmlns: 'urn:xmpp:json:0' },
    typeof value === 'string' ? value : JSON.stringify(value),
  )

const chat = (...children: Element[]) =>
  xml('message', { to: 'bob@example.org', type: 'chat', id: 'some-id' }, ...children)

describe('a message on the wire', () => {
  it('comes out as it went in, under the other’s id', () => {
    const envelope = text(privateWith('bob'), '<b>&amp;</b> 你好 \ud800 \ufffe\u0000\t"', {
      isMentioned: true,
      canIncludeExpansion: true,
      expansion: { key: 'value' },
      pushConfig: { title: 'x' },
    })
    const { envelope: seen } = decode(bob, sent(encoded(envelope)))!
    expect(seen).to.deep.equal({ ...envelope, targetId: 'Alice', senderUserId: 'Alice' })
  })

  it('brings a text for other clients, but none for what is not shown', () => {
    const bodyOf = (envelope: MessageEnvelope) => encoded(envelope).getChildText('body')
    expect(bodyOf(text(privateWith('bob'), 'hello \u0001'))).to.equal('hello \ufffd')
    expect(bodyOf(message(privateWith('bob'), 'app:card', { a: 1 }))).to.equal('[app:card]')
    expect(bodyOf(message(privateWith('bob'), MessageType.FILE, { name: 'a.txt' }))).to.equal(
      'a.txt',
    )
    expect(bodyOf(typing(privateWith('bob')))).to.equal(null)
    expect(
      bodyOf(readReceipt(privateWith('bob'), { messageUId: '1', senderUserId: 'bob' })),
    ).to.equal(null)
  })

  it('is kept by the archive or not, as it says', () => {
    const hints = (envelope: MessageEnvelope) =>
      ['store', 'no-store'].filter((it) => encoded(envelope).getChild(it, 'urn:xmpp:hints'))
    expect(hints(text(privateWith('bob'), 'x'))).to.deep.equal(['store'])
    expect(hints(typing(privateWith('bob')))).to.deep.equal(['no-store'])
  })

  it('that recalls takes the message out of the archive, by a name that only its author may use', () => {
    const own = recall(privateWith('bob'), { messageUId: 'it', senderUserId: 'Alice' })
    const remains = { order: '1700000000000000', sentTime: 1, messageType: 'RC:TxtMsg' }
    const retract = (stanza: Element) =>
      stanza.getChild('retract', 'urn:xmpp:message-retract:1')?.attrs.id
    expect(retract(encoded(own, 'bob@example.org', { remains }))).to.equal('\\41lice/it')
    expect(originId(alice, 'it')).to.equal('\\41lice/it')
    const inRoom = { ...own, ...inGroup('team') }
    expect(retract(encoded(inRoom, alice.room('team'), { remains }))).to.equal('1700000000000000')
    const another = recall(privateWith('bob'), { messageUId: 'it', senderUserId: 'bob' })
    expect(retract(encoded(another, 'bob@example.org', { remains }))).to.equal(undefined)
  })

  it('to a group goes to its room, to one member through it', () => {
    const envelope = text(inGroup('Team 1'), 'all')
    const room = '\\54eam\\20\\31@rooms.example.org'.replace('\\31', '1')
    expect(alice.room('Team 1')).to.equal(room)
    expect(encoded(envelope, room).attrs.type).to.equal('groupchat')
    expect(encoded(envelope, alice.member('Team 1', 'bob')).attrs).to.include({
      type: 'chat',
      to: `${room}/bob`,
    })
  })
})

describe('what somebody else wrote', () => {
  it('is from who the server says, whatever it says itself', () => {
    const form = {
      messageUId: '1',
      messageType: 'RC:TxtMsg',
      content: { content: 'it was not me' },
      senderUserId: 'Alice',
      targetId: 'Alice',
      conversationType: 3,
      isPersisted: true,
    }
    const { envelope } = decode(bob, sent(chat(json({ imkit: form })), 'mallory@example.org/x'))!
    expect(envelope).to.include({
      senderUserId: 'mallory',
      targetId: 'mallory',
      conversationType: ConversationType.PRIVATE,
    })
  })

  it('is no note of the own devices', () => {
    const note = deleteForMe(privateWith('Alice'), { before: '1700000000000000' })
    const stanza = encode(bob, { envelope: note }, bob.ownDevices)
    expect(decode(bob, sent(stanza, 'mallory@example.org/x'))).to.equal(undefined)
    expect(decode(bob, sent(stanza, 'bob@example.org/phone'))!.envelope).to.include({
      targetId: 'Alice',
      audience: 'self',
    })
    // Nor does one become a message by being sent elsewhere.
    const elsewhere = encode(bob, { envelope: note }, 'mallory@example.org')
    expect(decode(bob, sent(elsewhere, 'bob@example.org/phone'))).to.equal(undefined)
  })

  it('in a group is from whom its room says, and by nickname where it does not', () => {
    const said = (from: string, ...children: Element[]) =>
      sent(xml('message', { type: 'groupchat', id: '1' }, xml('body', {}, 'hi'), ...children), from)
    const mark = (jid: string) => xml('sender', { xmlns: 'urn:imkit:0', jid })
    const from = 'team@rooms.example.org/bob'
    const senderOf = (stanza: Element) => decode(alice, stanza)?.envelope.senderUserId
    expect(senderOf(said(from))).to.equal('bob')
    expect(senderOf(said(from, mark('mallory@example.org')))).to.equal('mallory')
    expect(senderOf(said(from, mark('mallory@elsewhere.org')))).to.equal(undefined)
    expect(senderOf(said('team@rooms.example.org'))).to.equal(undefined)
    expect(senderOf(said('team@elsewhere.org/bob'))).to.equal(undefined)
    expect(senderOf(said('mallory@example.org/bob'))).to.equal(undefined)
  })

  it('is the server’s if it comes from the server alone', () => {
    const notice = chat(xml('body', {}, 'welcome'))
    const { envelope } = decode(bob, sent(notice, 'example.org/\\4eews'))!
    expect(envelope).to.include({
      conversationType: ConversationType.SYSTEM,
      targetId: 'News',
      senderUserId: 'News',
    })
    for (const from of ['elsewhere.org/news', 'rooms.example.org/news', 'example.org']) {
      expect(decode(bob, sent(notice, from)), from).to.equal(undefined)
    }
  })

  it('with another client is a text, typing, or nothing', () => {
    const { envelope } = decode(bob, sent(chat(xml('body', {}, 'plain'))))!
    expect(envelope).to.include({
      messageUId: 'some-id',
      messageType: 'RC:TxtMsg',
      isCounted: true,
    })
    expect(envelope.content).to.deep.equal({ content: 'plain' })
    const composing = xml('composing', { xmlns: 'http://jabber.org/protocol/chatstates' })
    expect(decode(bob, sent(chat(composing)))!.envelope).to.include({
      messageType: MessageType.TYPING,
      isPersisted: false,
    })
    expect(decode(bob, sent(chat()))).to.equal(undefined)
    expect(decode(bob, sent(xml('message', {}, xml('body', {}, 'no id'))))).to.equal(undefined)
  })

  it('that makes no sense is nothing, or at least harmless', () => {
    const bad = [
      '{',
      'null',
      '[]',
      { imkit: null },
      { imkit: [] },
      { imkit: { messageUId: 1, messageType: 'RC:TxtMsg' } },
      { imkit: { messageUId: '', messageType: 'RC:TxtMsg' } },
      { imkit: { messageUId: 'x'.repeat(600), messageType: 'RC:TxtMsg' } },
      { imkit: { messageUId: '1', messageType: {} } },
      { other: 1 },
    ]
    for (const it of bad) {
      expect(decode(bob, sent(chat(json(it)))), JSON.stringify(it)).to.equal(undefined)
    }
    const odd = { messageUId: '1', messageType: 'x', content: 7, isCounted: 'yes', expansion: [1] }
    const { envelope } = decode(bob, sent(chat(json({ imkit: odd }))))!
    expect(envelope).to.include({ isCounted: false, isPersisted: false })
    expect(envelope.content).to.deep.equal({})
    expect(envelope.expansion).to.equal(undefined)
  })
})
