import { expect } from '@open-wc/testing'
import { assembled } from '../../src/backends/xmpp/conversation-archive.js'
import { editRetraction } from '../../src/backends/xmpp/edit-retraction.js'
import { decode, encode } from '../../src/backends/xmpp/envelope.js'
import { completed } from '../../src/backends/xmpp/named-messages.js'
import { People } from '../../src/backends/xmpp/people.js'
import { receivedFrom, type Received } from '../../src/backends/xmpp/received.js'
import { parseFrame, xml, type Element } from '../../src/backends/xmpp/xml.js'
import { MessageType } from '../../src/model/message-types.js'
import type { ArchivedMessage } from '../../src/model/message.js'
import {
  edit,
  inGroup,
  message,
  privateWith,
  reaction,
  recall,
  text,
} from '../support/backend-messages.js'

const bob = new People('bob@example.org/desk', 'bob', 'rooms.example.org')
const fromAlice = 'alice@example.org/other'
const inTeam = 'team@rooms.example.org/alice'

const orderAt = (number: number) => String(1_700_000_000_000_000 + number)
const store = () => xml('store', { xmlns: 'urn:xmpp:hints' })
const body = (content: string) => xml('body', {}, content)

/** What another client sends, as the server brings it. */
function stanza(from: string, ...children: Element[]): Element {
  const type = from === inTeam ? 'groupchat' : 'chat'
  return parseFrame(xml('message', { from, type, id: 'own-id' }, ...children).toString())
}

const replace = (id: string) => xml('replace', { xmlns: 'urn:xmpp:message-correct:0', id })
const retract = (id: string) => xml('retract', { xmlns: 'urn:xmpp:message-retract:1', id })
const displayed = (id: string) => xml('displayed', { xmlns: 'urn:xmpp:chat-markers:0', id })
const reactions = (id: string, ...said: string[]) =>
  xml(
    'reactions',
    { xmlns: 'urn:xmpp:reactions:0', id },
    ...said.map((it) => xml('reaction', {}, it)),
  )

const oob = (url: string) => xml('x', { xmlns: 'jabber:x:oob' }, xml('url', {}, url))

function received(number: number, from: string, ...children: Element[]): Received {
  return receivedFrom(bob, { message: stanza(from, ...children), order: orderAt(number) })!
}

const entry = (number: number, from: Partial<ArchivedMessage> = {}): ArchivedMessage => ({
  ...text(privateWith('alice'), `${number}`, { messageUId: `m${number}`, senderUserId: 'bob' }),
  order: orderAt(number),
  sentTime: 1000 + number,
  ...from,
})

describe('what another client does to a message', () => {
  it('is an edit of its own text when it corrects one', () => {
    const { envelope } = decode(bob, stanza(fromAlice, body('better'), replace('first')))!
    expect(envelope).to.include({ messageType: MessageType.EDIT, isCounted: false })
    expect(envelope.content).to.deep.equal({
      messageUId: 'first',
      senderUserId: 'alice',
      content: { content: 'better' },
    })
    expect(decode(bob, stanza(fromAlice, replace('first')))).to.equal(undefined)
  })

  it('is a recall of its own message when it retracts one', () => {
    const { envelope } = decode(bob, stanza(fromAlice, body('fallback'), retract('first')))!
    expect(envelope.messageType).to.equal(MessageType.RECALL)
    expect(envelope.content).to.include({
      messageUId: 'first',
      senderUserId: 'alice',
      isAdmin: false,
    })
  })

  it('is a recall too in the words of XEP-0424, version 0.3', () => {
    const former = xml('retract', { xmlns: 'urn:xmpp:message-retract:0' })
    const applied = xml('apply-to', { xmlns: 'urn:xmpp:fasten:0', id: 'first' }, former)
    const { envelope } = decode(bob, stanza(fromAlice, body('fallback'), applied))!
    expect(envelope.messageType).to.equal(MessageType.RECALL)
    expect(envelope.content).to.include({ messageUId: 'first', senderUserId: 'alice' })
  })

  it('is a recall in a group of what its sender wrote at that place', () => {
    const inGroupTeam = { ...inGroup('team'), senderUserId: 'alice' }
    const retracted = received(9, inTeam, retract(orderAt(2)), store())
    const found = completed(retracted, [entry(1, inGroupTeam), entry(2, inGroupTeam)])!
    expect(found.message.messageType).to.equal(MessageType.RECALL)
    expect(found.message.content).to.include({ messageUId: 'm2', senderUserId: 'alice' })
    const others = [entry(2, { ...inGroupTeam, senderUserId: 'carol' })]
    expect(completed(retracted, others)).to.equal(undefined)
    expect(decode(bob, stanza(inTeam, retract('no place'), store()))).to.equal(undefined)
  })

  it('reacts to the message of that id, whosever it is, and says it wholly', () => {
    const reacted = received(9, fromAlice, reactions('m2', '👍', ' 👍 ', '🎉'), body('👍'), store())
    const found = completed(reacted, [entry(1), entry(2)])!
    expect(found.names).to.equal(undefined)
    expect(found.message).to.deep.include({
      messageType: MessageType.REACTION,
      senderUserId: 'alice',
      content: { messageUId: 'm2', senderUserId: 'bob', reactions: ['👍', '🎉'] },
    })
    expect(completed(reacted, [entry(1)])).to.equal(undefined)
    expect(completed(reacted, [entry(12, { messageUId: 'm2' })]), 'it was not said yet').to.equal(
      undefined,
    )
  })

  it('reacts in a group to what stands at a place', () => {
    const reacted = received(9, inTeam, reactions(orderAt(3), '👍'))
    const found = completed(reacted, [entry(2), entry(3, { senderUserId: 'carol' })])!
    expect(found.message.content).to.include({ messageUId: 'm3', senderUserId: 'carol' })
  })

  it('tells until when it has read', () => {
    const read = received(9, fromAlice, displayed('m2'), store())
    const { message } = completed(read, [entry(1), entry(2)])!
    expect(message.messageType).to.equal(MessageType.READ_RECEIPT)
    expect(message.content).to.deep.equal({
      messageUId: 'm2',
      lastMessageSendTime: 1002,
      type: 1,
    })
  })

  it('is found where an archive has the message, and is nothing elsewhere', () => {
    const said: Received = { message: entry(2) }
    const reacted = received(9, fromAlice, reactions('m2', '👍'), store())
    expect(assembled([reacted, said], '').map((it) => it.messageType)).to.deep.equal([
      MessageType.TEXT,
      MessageType.REACTION,
    ])
    expect(assembled([reacted], '')).to.be.empty
  })
})

describe('files of other clients', () => {
  const told = (...children: Element[]) => {
    const { messageType, content } = decode(bob, stanza(fromAlice, ...children))!.envelope
    return { messageType, content }
  }

  it('are pictures or files, by their name', () => {
    const picture = 'https://files.example.org/a/cat.JPG'
    expect(told(body(picture), oob(picture))).to.deep.equal({
      messageType: MessageType.IMAGE,
      content: { content: '', imageUri: picture },
    })
    const paper = 'https://files.example.org/a/my%20paper.pdf'
    expect(told(body(paper), oob(paper))).to.deep.equal({
      messageType: MessageType.FILE,
      content: { name: 'my paper.pdf', size: 0, type: 'pdf', fileUrl: paper },
    })
  })

  it('are what the sender says they are', () => {
    const uri = 'https://files.example.org/1'
    const file = xml(
      'file',
      { xmlns: 'urn:xmpp:jingle:apps:file-transfer:5' },
      xml('media-type', {}, 'application/pdf'),
      xml('name', {}, 'paper.pdf'),
      xml('size', {}, 12),
    )
    const source = xml('reference', { xmlns: 'urn:xmpp:reference:0', type: 'data', uri })
    const sharing = xml('media-sharing', { xmlns: 'urn:xmpp:sims:1' }, file)
    sharing.append(xml('sources', {}, source))
    const shared = xml('reference', { xmlns: 'urn:xmpp:reference:0', type: 'data' }, sharing)
    expect(told(body(uri), shared).content).to.deep.equal({
      name: 'paper.pdf',
      size: 12,
      type: 'pdf',
      fileUrl: uri,
    })
  })

  it('stay a text where there is one, and where the address is none to fetch', () => {
    const url = 'https://files.example.org/cat.png'
    expect(told(body('look'), oob(url)).content).to.deep.equal({ content: `look\n${url}` })
    const script = 'javascript:alert(1)'
    expect(told(body(script), oob(script)).messageType).to.equal(MessageType.TEXT)
  })
})

describe('for clients of other makes', () => {
  const room = bob.room('team')
  const target = { order: orderAt(3), messageType: MessageType.TEXT }
  const sent = { messageUId: 'm3', senderUserId: 'bob' }

  it('an edit is a correction with the new text', () => {
    const envelope = edit(privateWith('alice'), sent, { content: 'better' })
    const out = encode(bob, { envelope, target }, 'alice@example.org')
    expect(out.getChildText('body')).to.equal('better')
    expect(out.getChild('replace', 'urn:xmpp:message-correct:0')!.attrs.id).to.equal('m3')
    expect(out.getChild('store', 'urn:xmpp:hints')).to.be.an('object')
  })

  it('reactions name the message by its id, in a group by its place', () => {
    const said = (conversation: ReturnType<typeof inGroup>, to: string) =>
      encode(bob, { envelope: reaction(conversation, sent, '👍', '🎉'), target }, to).getChild(
        'reactions',
        'urn:xmpp:reactions:0',
      )!
    expect(said(privateWith('alice'), 'alice@example.org').attrs.id).to.equal('m3')
    const inRoom = said(inGroup('team'), room)
    expect(inRoom.attrs.id).to.equal(orderAt(3))
    expect(inRoom.getChildren('reaction').map((it) => it.getText())).to.deep.equal(['👍', '🎉'])
  })

  it('a file is its address', () => {
    const fileUrl = 'https://files.example.org/paper.pdf'
    const envelope = message(privateWith('alice'), MessageType.FILE, { name: 'paper.pdf', fileUrl })
    const out = encode(bob, { envelope }, 'alice@example.org')
    expect(out.getChildText('body')).to.equal(fileUrl)
    expect(out.getChild('x', 'jabber:x:oob')!.getChildText('url')).to.equal(fileUrl)
  })
})

describe('edits of a recalled message', () => {
  it('are taken out of the archive, and say nothing to our own clients', () => {
    const own = entry(4, { messageType: MessageType.EDIT })
    const out = editRetraction(bob, own, 'alice@example.org')
    expect(out.getChild('retract', 'urn:xmpp:message-retract:1')!.attrs.id).to.equal('bob/m4')
    const inRoom = { ...own, ...inGroup('team') }
    const toRoom = editRetraction(bob, inRoom, bob.room('team'))
    expect(toRoom.attrs.type).to.equal('groupchat')
    expect(toRoom.getChild('retract', 'urn:xmpp:message-retract:1')!.attrs.id).to.equal(orderAt(4))
    for (const [stanza, from] of [
      [out, 'bob@example.org/desk'],
      [toRoom, 'team@rooms.example.org/bob'],
    ] as const) {
      stanza.attrs.from = from
      expect(decode(bob, stanza)).to.equal(undefined)
    }
  })

  it('are left without content where an archive still has them', () => {
    const said = { messageUId: 'm1', senderUserId: 'bob' }
    const operation = (number: number, outgoing: object): Received => ({
      message: { ...entry(number), ...outgoing, senderUserId: 'bob' } as ArchivedMessage,
    })
    const all = [
      { message: entry(1) },
      operation(2, edit(privateWith('alice'), said, { content: 'secret' })),
      operation(3, recall(privateWith('alice'), said)),
    ]
    const left = assembled(all, '')
    expect(left).to.have.length(3)
    expect(JSON.stringify(left)).to.not.contain('secret')
  })
})
