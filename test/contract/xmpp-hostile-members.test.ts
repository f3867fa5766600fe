/** What a member of a group can try who writes stanzas by hand, on a real server. */
import { expect } from '@open-wc/testing'
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { xmpp } from '../../src/backends/xmpp/index.js'
import type { LastingStream } from '../../src/backends/xmpp/lasting-stream.js'
import { xml, type Element } from '../../src/backends/xmpp/wire.js'
import { uuidv7 } from '../../src/model/identity.js'
import { inGroup } from '../support/backend-messages.js'
import { form, json, store, streamOf, type Form } from '../support/by-hand.js'
import { eventually, textOf } from '../support/chat-service.js'
import { TestServer } from '../support/test-server.js'
import { storedTexts, WholeClients } from '../support/whole-client.js'
import { useService, type Client } from './backend-harness.js'
import { onServer } from './xmpp-harness.js'

describe('a member who writes stanzas by hand', () => {
  const service = useService({ capabilities: ['groups'], ...onServer({ xmpp, escapeId }) })
  const open: LastingStream[] = []
  let server: TestServer

  beforeEach(async () => {
    server = await TestServer.shared()
  })
  afterEach(() => {
    for (const stream of open.splice(0)) stream.close()
  })

  /** Mallory, and what she says in a group she is in. */
  const newMallory = async () => {
    const mallory = service.newUser('mallory')
    await service.harness.tokenOf(mallory)
    const stream = await streamOf(server, mallory)
    open.push(stream)
    const roomOf = (groupId: string) => `${groupId}@rooms.${server.domain}`
    const toGroup = (groupId: string, ...children: Element[]) =>
      xml('message', { to: roomOf(groupId), type: 'groupchat', id: uuidv7() }, ...children)
    const say = (groupId: string, ...forms: Form[]) => {
      for (const it of forms) stream.send(toGroup(groupId, json(it), store()))
    }
    return { mallory, stream, roomOf, toGroup, say }
  }

  /** Alice's group with Bob and Mallory in it. */
  const withGroup = async () => {
    const [alice, bob] = (await service.connectNew('alice', 'bob')) as [Client, Client]
    const hand = await newMallory()
    const memberIds = [bob.userId, hand.mallory]
    const { groupId } = await alice.session.groups!.create({ name: 'Team', memberIds })
    await bob.received.until(({ groups }) => groups.some((it) => it.groupId === groupId))
    /** Has Mallory say something, and waits until Bob has heard all of it. */
    const hear = async (...forms: Form[]) => {
      const end = form('RC:TxtMsg', { content: 'end' })
      hand.say(groupId, ...forms, end)
      await bob.received.untilMessage(end)
    }
    const notice = (
      operation: string,
      targetUserIds: string[],
      operatorUserId: string = hand.mallory,
    ) => {
      const data = JSON.stringify({ targetUserIds, targetGroupName: 'Lies' })
      return form('RC:GrpNtf', { operation, operatorUserId, data, message: 'lies' })
    }
    return { alice, bob, groupId, toTeam: inGroup(groupId), hear, notice, ...hand }
  }

  const wordsIn = async (client: Client, groupId: string) => {
    const page = await client.session.history({ conversation: inGroup(groupId), count: 100 })
    return page.messages.flatMap(({ content }) => content.content ?? [])
  }

  const operationsOf = async (client: Client, groupId: string) => {
    const page = await client.session.history({ conversation: inGroup(groupId), count: 100 })
    return page.messages.flatMap(({ content }) => content.operation ?? [])
  }

  /** What a device has that was away, and one that is new. */
  const othersOf = async ({ userId }: Client, groupId: string, cursor: string) => {
    const away = await service.connect(userId)
    const missed = (await away.catchUp(cursor)).flatMap(({ messages }) => messages)
    return {
      missed: missed.flatMap(({ content }) => content.content ?? []),
      operations: missed.flatMap(({ content }) => content.operation ?? []),
      history: await wordsIn(await service.connect(userId), groupId),
    }
  }

  it('can not hide what was said before, as if somebody came only now', async () => {
    const { alice, bob, groupId, toTeam, hear, notice } = await withGroup()
    const cursor = await bob.cursor()
    await alice.says(toTeam, 'before')
    await hear(notice('Add', [bob.userId]), notice('Create', [bob.userId]))
    expect(await wordsIn(bob, groupId)).to.deep.equal(['before', 'end'])
    const others = await othersOf(bob, groupId, cursor)
    expect(others.missed).to.deep.equal(['before', 'end'])
    expect(others.operations).to.be.empty
    expect(others.history).to.deep.equal(['before', 'end'])
    const reasons = bob.received.disbeliefs.map(({ message }) => message)
    expect(reasons).to.have.length(2)
    expect(reasons[0]).to.contain('"Add"')
    expect(reasons[1]).to.contain('"Create"')
  })

  it('can not do so by inviting somebody who is there already', async () => {
    const { alice, bob, groupId, toTeam, hear, notice, stream, roomOf } = await withGroup()
    const cursor = await bob.cursor()
    await alice.says(toTeam, 'before')
    const invite = xml('invite', { to: `${bob.userId}@${server.domain}` })
    const x = xml('x', { xmlns: 'http://jabber.org/protocol/muc#user' }, invite)
    stream.send(xml('message', { to: roomOf(groupId), id: uuidv7() }, x))
    await hear(notice('Add', [bob.userId]))
    expect(await wordsIn(bob, groupId)).to.deep.equal(['before', 'end'])
    const others = await othersOf(bob, groupId, cursor)
    expect(others.missed).to.deep.equal(['before', 'end'])
    expect(others.history).to.deep.equal(['before', 'end'])
    expect(bob.received.disbeliefs).to.have.length(1)
  })

  for (const operation of ['Kicked', 'Quit'] as const) {
    it(`can not say that others are out: ${operation}`, async () => {
      const { alice, bob, groupId, hear, notice, mallory } = await withGroup()
      const cursor = await bob.cursor()
      const told = bob.received.groups.length
      const forged = [alice.userId, bob.userId].flatMap((userId) => [
        notice(operation, [userId]),
        notice(operation, [userId], userId),
      ])
      await hear(...forged)
      expect(await operationsOf(bob, groupId)).to.deep.equal(['Create'])
      expect((await othersOf(bob, groupId, cursor)).operations).to.be.empty
      expect(bob.received.groups).to.have.length(told)
      expect(bob.received.disbeliefs).to.have.length(forged.length)
      const members = (await bob.session.groups!.members(groupId)).map(({ id }) => id)
      expect(members).to.have.members([alice.userId, bob.userId, mallory])
    })
  }

  for (const operation of ['Dismiss', 'Rename'] as const) {
    it(`can not change the group: ${operation}`, async () => {
      const { alice, bob, groupId, hear, notice } = await withGroup()
      const cursor = await bob.cursor()
      const told = bob.received.groups.length
      await hear(notice(operation, []), notice(operation, [], alice.userId))
      expect(await operationsOf(bob, groupId)).to.deep.equal(['Create'])
      expect((await othersOf(bob, groupId, cursor)).operations).to.be.empty
      expect(bob.received.groups).to.have.length(told)
      expect(bob.received.disbeliefs).to.have.length(2)
      expect((await bob.session.groups!.info(groupId)).name).to.equal('Team')
    })
  }

  it('can not invite in the name of others', async () => {
    const { alice, bob, groupId, hear, notice } = await withGroup()
    await hear(notice('Add', ['carol'], alice.userId))
    expect(await operationsOf(bob, groupId)).to.deep.equal(['Create'])
    expect(bob.received.disbeliefs).to.have.length(1)
  })

  it('can not change, recall, react to or read a message as somebody else', async () => {
    const clients = new WholeClients(server)
    try {
      const [alice, bob] = [await clients.online('alice'), await clients.online('bob')]
      const { mallory, stream, say, toGroup } = await newMallory()
      const memberIds = [bob.userId, mallory]
      const { groupId } = await alice.client.groups.create({ name: 'Team', memberIds })
      await eventually('Bob is in the group', async () => {
        return (await bob.client.groups.mine()).some((group) => group.groupId === groupId)
      })
      const toTeam = inGroup(groupId)
      await alice.say(toTeam, 'mine')
      await eventually('Bob has it', () => bob.received.some((it) => textOf(it) === 'mine'))
      const { messageUId, order, sentTime } = bob.received.find((it) => textOf(it) === 'mine')!
      const target = { messageUId, senderUserId: alice.userId }
      const remains = { order, sentTime, messageType: 'RC:TxtMsg' }
      const asAlice = { senderUserId: alice.userId }
      const retract = xml('retract', {
        xmlns: 'urn:xmpp:message-retract:1',
        id: String(Number(order)),
      })
      stream.send(toGroup(groupId, retract, xml('body', {}, 'gone'), store()))
      say(
        groupId,
        form('RC:RcCmd', { ...target, isAdmin: true, isDelete: true }, { remains, ...asAlice }),
        form('IK:EditMsg', { ...target, content: { content: 'theirs' } }, asAlice),
        form('IK:ReactMsg', { ...target, reactions: ['👎'] }, asAlice),
        form('RC:RRRspMsg', { receiptMessageDic: { [alice.userId]: [messageUId] } }, asAlice),
        form('RC:RRReqMsg', { messageUId }, asAlice),
        form('RC:TxtMsg', { content: 'end' }),
      )
      await eventually('Bob has all', () => bob.received.some((it) => textOf(it) === 'end'))
      const [message, end] = await storedTexts(bob, toTeam)
      expect(textOf(message!)).to.equal('mine')
      expect(message!.isModifyMessage).to.not.equal(true)
      expect(message!.reactions).to.deep.equal({ [mallory]: ['👎'] })
      // That she has read it herself is hers to say.
      expect(message!.readReceiptInfo?.hasRespond).to.equal(false)
      expect(Object.keys(message!.readReceiptInfo!.readers)).to.deep.equal([mallory])
      expect(textOf(end!)).to.equal('end')
      // A device that reads the archive finds the same.
      const page = await (
        await service.connect(bob.userId)
      ).session.history({
        conversation: toTeam,
        count: 10,
      })
      const kept = page.messages.find((it) => it.messageUId === messageUId)
      expect(kept!.content).to.deep.equal({ content: 'mine' })
      const claims = page.operations.filter(({ content }) => content.isAdmin === true)
      expect(claims).to.be.empty
      for (const { senderUserId } of page.operations) expect(senderUserId).to.equal(mallory)
    } finally {
      await clients.end()
    }
  })
})
