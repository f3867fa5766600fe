/** What somebody with an account can try who writes stanzas by hand, on a real server. */
import { expect } from '@open-wc/testing'
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { xmpp } from '../../src/backends/xmpp/index.js'
import { LastingStream } from '../../src/backends/xmpp/lasting-stream.js'
import { NS_PRESENCE } from '../../src/backends/xmpp/presence.js'
import { xml, type Element } from '../../src/backends/xmpp/wire.js'
import type { IMError } from '../../src/model/errors.js'
import { uuidv7 } from '../../src/model/identity.js'
import type { ArchivedMessage } from '../../src/model/message.js'
import { inGroup, privateWith, text } from '../support/backend-messages.js'
import { form, json, store, streamOf } from '../support/by-hand.js'
import { TestServer } from '../support/test-server.js'
import { useService, type Client } from './backend-harness.js'
import { onServer } from './xmpp-harness.js'

const idsOf = (messages: readonly ArchivedMessage[]) => messages.map((it) => it.messageUId)

describe('somebody who writes stanzas by hand', () => {
  const service = useService({ capabilities: [], ...onServer({ xmpp, escapeId }) })
  const open: LastingStream[] = []

  /** Alice and Bob talk; Mallory has an account too, and no client. */
  const withMallory = async () => {
    const pair = await service.connectPair()
    const server = await TestServer.shared()
    const mallory = service.newUser('mallory')
    await service.harness.tokenOf(mallory)
    const stream = await streamOf(server, mallory)
    open.push(stream)
    const address = (userId: string) => `${userId}@${server.domain}`
    const toBob = (...children: (Element | undefined)[]) =>
      xml('message', { to: address(pair.bob.userId), type: 'chat', id: uuidv7() }, ...children)
    /** Sends them, and gives what Bob has after that. */
    const send = async (...stanzas: Element[]) => {
      for (const stanza of stanzas) stream.send(stanza)
      const end = form('RC:TxtMsg', { content: 'end' })
      stream.send(toBob(json(end), store()))
      await pair.bob.received.untilMessage(end)
      return pair.bob.received.messages.filter(({ messageUId }) => messageUId !== end.messageUId)
    }
    return { ...pair, server, mallory, address, stanza: toBob, send, stream }
  }

  afterEach(() => {
    for (const stream of open.splice(0)) stream.close()
  })

  const historyOf = async (client: Client, peer: string) =>
    (await client.session.history({ conversation: privateWith(peer), count: 100 })).messages

  it('can not speak for another', async () => {
    const { alice, bob, mallory, stanza, send, address } = await withMallory()
    const forged = form('RC:TxtMsg', { content: 'pay' }, { senderUserId: alice.userId })
    const claimed = stanza(json(forged), store())
    claimed.attrs.from = `${address(alice.userId)}/phone`
    const seen = await send(stanza(json(forged), store()))
    expect(seen.map(({ senderUserId }) => senderUserId)).to.deep.equal([mallory])
    expect(await historyOf(bob, alice.userId)).to.be.empty
    // The server ends the stream of who claims another's address.
    open[0]!.send(claimed)
    await alice.received.untilMessage(await bob.says(privateWith(alice.userId), 'fence'))
    expect(await historyOf(bob, alice.userId)).to.have.length(1)
  })

  it('can not say who is online, nor have others watch', async () => {
    const { alice, bob, send, address, stream } = await withMallory()
    await bob.session.presence!.watch([alice.userId])
    await bob.received.until(({ presences }) => presences.length > 0)
    const user = xml('user', { jid: address(alice.userId), online: 'false' })
    const presence = xml('presence', { xmlns: NS_PRESENCE }, user)
    await send(xml('message', { to: address(bob.userId), type: 'headline' }, presence))
    expect(bob.received.presences).to.deep.equal([{ userId: alice.userId, isOnline: true }])
    const watch = xml('watch', { xmlns: NS_PRESENCE }, xml('add', { jid: address(alice.userId) }))
    const refused = await stream.iq('set', watch, address(bob.userId)).catch(String)
    expect(refused).to.contain('forbidden')
  })

  it('can not recall or change what others wrote', async () => {
    const { alice, bob, toBob, mallory, stanza, send } = await withMallory()
    const sent = await alice.sends(text(toBob, 'mine', { canIncludeExpansion: true }))
    const { messageUId, order, sentTime } = sent
    const target = { messageUId, senderUserId: alice.userId }
    const remains = { order, sentTime, messageType: 'RC:TxtMsg' }
    const recall = form('RC:RcCmd', { ...target, isAdmin: true, isDelete: true }, { remains })
    const retract = (id: string) => xml('retract', { xmlns: 'urn:xmpp:message-retract:1', id })
    await send(
      stanza(json(recall), store(), retract(`${alice.userId}/${messageUId}`)),
      stanza(json(form('RC:MsgExMsg', { ...target, put: { a: 'b' } })), store()),
    )
    const [kept] = await historyOf(bob, alice.userId)
    expect(kept!.content).to.deep.equal({ content: 'mine' })
    const page = await bob.session.history({ conversation: privateWith(alice.userId), count: 10 })
    expect(page.operations).to.be.empty
    // Where it stands it is about a message that never was.
    const theirs = await bob.session.history({ conversation: privateWith(mallory), count: 10 })
    expect(theirs.messages.map(({ content }) => content.content)).to.deep.equal(['end'])
  })

  it('can not take the other’s messages out of a conversation', async () => {
    const { bob, mallory, stanza, send } = await withMallory()
    const own = await bob.says(privateWith(mallory), 'mine')
    const retract = (id: string) => xml('retract', { xmlns: 'urn:xmpp:message-retract:1', id })
    await send(stanza(retract(`${bob.userId}/${own.messageUId}`), store()))
    const kept = await historyOf(bob, mallory)
    expect(idsOf(kept)).to.include(own.messageUId)
  })

  it('can not say that others have read', async () => {
    const { alice, bob, toAlice, stanza, send, mallory } = await withMallory()
    await bob.says(toAlice, 'read this')
    const receipt = form('RC:ReadNtf', { lastMessageSendTime: Date.now() + 1000, type: 1 })
    const seen = await send(stanza(json(receipt), store()))
    expect(seen.filter(({ messageType }) => messageType === 'RC:ReadNtf')).to.have.length(1)
    expect(seen.at(-1)).to.include({ senderUserId: mallory, targetId: mallory })
    const page = await bob.session.history({ conversation: toAlice, count: 10 })
    expect(page.operations).to.be.empty
    expect(alice.userId).to.not.equal(mallory)
  })

  it('can not forge copies, archive results, acknowledgements or places', async () => {
    const { alice, bob, stanza, send, address } = await withMallory()
    const forged = xml(
      'message',
      { from: address(alice.userId), to: address(bob.userId), type: 'chat', id: 'forged' },
      json(form('RC:TxtMsg', { content: 'forged' })),
      xml('stanza-id', {
        xmlns: 'urn:xmpp:sid:0',
        by: address(bob.userId),
        id: '1700000000000000',
      }),
    )
    const forwarded = () => xml('forwarded', { xmlns: 'urn:xmpp:forward:0' }, forged)
    const id = { xmlns: 'urn:imkit:0', id: 'x', 'stanza-id': '1700000000000000' }
    const seen = await send(
      stanza(xml('received', { xmlns: 'urn:xmpp:carbons:2' }, forwarded())),
      stanza(xml('sent', { xmlns: 'urn:xmpp:carbons:2' }, forwarded())),
      stanza(xml('result', { xmlns: 'urn:xmpp:mam:2', queryid: 'q', id: '1' }, forwarded())),
      stanza(xml('ack', id)),
      stanza(
        json(form('RC:TxtMsg', { content: 'early' })),
        store(),
        xml('stanza-id', { xmlns: 'urn:xmpp:sid:0', by: address(bob.userId), id: '1' }),
      ),
    )
    expect(JSON.stringify(seen)).to.not.contain('forged')
    for (const { order } of seen) expect(order > '1700000000000000').to.equal(true)
    expect(await historyOf(bob, alice.userId)).to.be.empty
  })

  it('can not tell of groups', async () => {
    const { alice, bob, stanza, send, mallory } = await withMallory()
    const { groupId } = await alice.session.groups!.create({
      name: 'Team',
      memberIds: [bob.userId],
    })
    await bob.received.until(({ groups }) => groups.some((it) => it.groupId === groupId))
    const before = bob.received.groups.length
    const notice = form(
      'RC:GrpNtf',
      { operation: 'Dismiss', operatorUserId: alice.userId, data: '{}', message: 'over' },
      { conversationType: 3, targetId: groupId },
    )
    const event = xml(
      'event',
      { xmlns: 'http://jabber.org/protocol/pubsub#event' },
      xml(
        'items',
        { node: 'urn:xmpp:mucsub:nodes:messages' },
        xml('item', { id: '1' }, xml('message', { type: 'groupchat' }, json(notice))),
      ),
    )
    const seen = await send(stanza(json(notice), store()), stanza(event, store()))
    const told = seen.filter(({ content }) => content.operation === 'Dismiss')
    expect(told.map(({ targetId }) => targetId)).to.deep.equal([mallory])
    expect(bob.received.groups).to.have.length(before)
    await bob.says(inGroup(groupId), 'still here')
  })

  it('can not stop what comes next by what nobody can read', async () => {
    const { stanza, send, bob, mallory } = await withMallory()
    let deep = xml('x')
    for (let depth = 0; depth < 60; depth++) deep = xml('x', {}, deep)
    const broken = (content: string) =>
      stanza(xml('json', { xmlns: 'urn:xmpp:json:0' }, content), store())
    const large = form('RC:TxtMsg', { content: 'y'.repeat(400_000) })
    const seen = await send(
      broken('{'),
      broken('{"imkit":{"messageUId":{},"messageType":[]}}'),
      broken('null'),
      stanza(deep, store()),
      stanza(json(large), store()),
      stanza(json(form('RC:RcCmd', {})), store()),
      stanza(json(form('RC:RRRspMsg', { receiptMessageDic: 7 })), store()),
      stanza(json(form('RC:MsgExMsg', { messageUId: {}, senderUserId: null })), store()),
    )
    expect(idsOf(seen)).to.include(large.messageUId)
    const page = await bob.session.history({ conversation: privateWith(mallory), count: 100 })
    expect(page.messages.at(-1)!.content.content).to.equal('end')
  })

  it('can not send more at once than the server takes from anybody', async () => {
    const { alice, bob, toBob, stanza, stream } = await withMallory()
    const ended = new Promise<IMError>((resolve) => (stream.onEnd = resolve))
    stream.send(stanza(json(form('RC:TxtMsg', { content: 'x'.repeat(1_100_000) })), store()))
    expect((await ended).message).to.contain('too large')
    await alice.says(toBob, 'still here')
    await bob.received.until(({ messages }) => messages.length > 0)
    expect(bob.received.messages.map(({ content }) => content.content)).to.deep.equal([
      'still here',
    ])
  })

  it('says nothing twice by sending it twice', async () => {
    const { stanza, send, bob, mallory } = await withMallory()
    const once = form('RC:TxtMsg', { content: 'once' })
    const seen = await send(
      stanza(json(once), store()),
      stanza(json(once), store()),
      stanza(json({ ...once, content: { content: 'changed' } }), store()),
    )
    expect(seen.map(({ content }) => content)).to.deep.equal([{ content: 'once' }])
    const kept = (await historyOf(bob, mallory)).map(({ content }) => content.content)
    expect(kept).to.deep.equal(['once', 'end'])
  })
})
