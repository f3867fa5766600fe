/** Groups on a real server: what is no matter of the port, and what hostile clients try. */
import { expect } from '@open-wc/testing'
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { xmpp } from '../../src/backends/xmpp/index.js'
import { ErrorCode } from '../../src/model/errors.js'
import { MessageType } from '../../src/model/message-types.js'
import { inGroup, privateWith, text } from '../support/backend-messages.js'
import { codeOf } from '../support/backend-refusal.js'
import { useService, type BackendUnderTest, type Client } from './backend-harness.js'
import { onServer } from './xmpp-harness.js'

const backend: BackendUnderTest = {
  capabilities: ['groups', 'statusMessages'],
  ...onServer({ xmpp, escapeId }),
}

/** What a client says when it lies about what happened to a group. */
const forgedNotice = (groupId: string, operation: string, targetUserIds: string[]) => ({
  ...text(inGroup(groupId), ''),
  messageType: MessageType.GROUP_NOTIFICATION,
  content: {
    operatorUserId: 'whoever',
    operation,
    data: JSON.stringify({ targetUserIds, targetGroupName: 'Team' }),
    message: 'all lies',
  },
})

const operationsSeen = ({ received }: Client) =>
  received.messages.flatMap(({ content }) => content.operation ?? [])

const isMember = ({ received }: Client, groupId: string) =>
  received.groups.findLast((it) => it.groupId === groupId)?.isMember

describe('groups on an XMPP server', () => {
  const service = useService(backend)

  /** Alice's group with Bob in it; Carol is outside. */
  const withGroup = async () => {
    const clients = await service.connectNew('alice', 'bob', 'carol')
    const [alice, bob, carol] = clients as [Client, Client, Client]
    const { groupId } = await alice.session.groups!.create({
      name: 'Team',
      memberIds: [bob.userId],
    })
    return { alice, bob, carol, groupId, toGroup: inGroup(groupId) }
  }

  /** A session that was away from a place on. */
  const awayFrom = async (client: Client) => {
    const cursor = await client.cursor()
    await client.session.close()
    return async () => {
      const again = await service.connect(client.userId)
      return { again, batches: await again.catchUp(cursor) }
    }
  }

  const memberIds = async (client: Client, groupId: string) =>
    (await client.session.groups!.members(groupId)).map(({ id }) => id)

  it('have names and pictures of any text', async () => {
    const alice = await service.connect(service.newUser('Älice & "Bob" <x>'))
    const name = 'Team & <b>"Crew"</b> 你 \u{1f600}'
    const portraitUri = 'https://example.org/a.png?b=c&d="e"'
    const { groupId } = await alice.session.groups!.create({ name, portraitUri, memberIds: [] })
    expect(await alice.session.groups!.info(groupId)).to.deep.equal({
      groupId,
      name,
      portraitUri,
      ownerId: alice.userId,
      memberCount: 1,
    })
  })

  it('lose their picture, and keep what a change leaves out', async () => {
    const { alice, groupId } = await withGroup()
    const groups = alice.session.groups!
    await groups.rename(groupId, { portraitUri: 'https://example.org/a.png' })
    expect(await groups.rename(groupId, { name: 'Crew' })).to.include({
      name: 'Crew',
      portraitUri: 'https://example.org/a.png',
    })
    expect(await groups.rename(groupId, { portraitUri: '' })).to.not.have.property('portraitUri')
  })

  describe('while somebody is away', () => {
    it('take in whom their owner invites, who sees nothing of before', async () => {
      const { alice, carol, groupId, toGroup } = await withGroup()
      const back = await awayFrom(carol)
      const before = await alice.says(toGroup, 'before Carol')
      await alice.session.groups!.invite(groupId, [carol.userId])
      const after = await alice.says(toGroup, 'after')
      const { again, batches } = await back()
      const ids = batches.flatMap(({ messages }) => messages.map((it) => it.messageUId))
      expect(ids).to.include(after.messageUId)
      expect(ids).to.not.include(before.messageUId)
      expect(batches.flatMap(({ groups }) => groups ?? []).at(-1)).to.deep.equal({
        groupId,
        isMember: true,
      })
      await alice.received.untilMessage(await again.says(toGroup, 'thank you'))
    })

    it('take in whom members invite, as soon as they are back', async () => {
      const { alice, bob, carol, groupId, toGroup } = await withGroup()
      const back = await awayFrom(carol)
      const before = await alice.says(toGroup, 'before Carol')
      await bob.session.groups!.invite(groupId, [carol.userId])
      const after = await alice.says(toGroup, 'after')
      const { again, batches } = await back()
      const messages = batches.flatMap((batch) => batch.messages)
      const ids = messages.map((it) => it.messageUId)
      expect(messages.map(({ content }) => content.operation)).to.include('Add')
      expect(ids).to.include(after.messageUId)
      expect(ids).to.not.include(before.messageUId)
      await alice.received.untilMessage(await again.says(toGroup, 'thank you'))
    })

    it('are closed to whom they were dismissed under', async () => {
      const { alice, bob, groupId } = await withGroup()
      const back = await awayFrom(bob)
      await alice.session.groups!.dismiss(groupId)
      const { batches } = await back()
      expect(batches.flatMap(({ groups }) => groups ?? [])).to.deep.equal([
        { groupId, isMember: false },
      ])
      const missed = batches.flatMap(({ messages }) => messages)
      expect(missed.map(({ content }) => content.operation)).to.deep.equal(['Dismiss'])
    })

    it('tell the user’s other devices that the user has left', async () => {
      const { bob, groupId } = await withGroup()
      const phone = await service.connect(bob.userId)
      const back = await awayFrom(phone)
      await bob.session.groups!.leave(groupId)
      const { batches } = await back()
      expect(batches.flatMap(({ groups }) => groups ?? [])).to.deep.equal([
        { groupId, isMember: false },
      ])
    })

    it('do not take back who was invited, came, and has left since', async () => {
      const { alice, bob, carol, groupId } = await withGroup()
      const phone = await service.connect(carol.userId)
      const back = await awayFrom(phone)
      await bob.session.groups!.invite(groupId, [carol.userId])
      await carol.received.until(({ groups }) => groups.some((it) => it.groupId === groupId))
      await carol.session.groups!.leave(groupId)
      const { again } = await back()
      expect(await again.session.groups!.mine()).to.be.empty
      expect(await memberIds(alice, groupId)).to.not.include(carol.userId)
    })

    it('do not take them back while their owner is away, either', async () => {
      const { alice, bob, carol, groupId } = await withGroup()
      const phone = await service.connect(carol.userId)
      const back = await awayFrom(phone)
      await alice.session.close()
      await bob.session.groups!.invite(groupId, [carol.userId])
      await carol.received.until(({ groups }) => groups.some((it) => it.groupId === groupId))
      await carol.session.groups!.leave(groupId)
      const { again } = await back()
      expect(await again.session.groups!.mine()).to.be.empty
      expect(await memberIds(bob, groupId)).to.not.include(carol.userId)
    })

    it('count those who were invited and were not here since', async () => {
      const { alice, bob, carol, groupId } = await withGroup()
      await carol.session.close()
      await bob.session.groups!.invite(groupId, [carol.userId])
      expect(await memberIds(alice, groupId)).to.include(carol.userId)
      expect((await bob.session.groups!.info(groupId)).memberCount).to.equal(3)
      await alice.session.groups!.kick(groupId, [carol.userId])
      expect(await memberIds(bob, groupId)).to.not.include(carol.userId)
      const again = await service.connect(carol.userId)
      await again.catchUp(undefined)
      expect(await again.session.groups!.mine()).to.be.empty
    })
  })

  describe('believe no lies', () => {
    it('about who was put out, or that the group has ended', async () => {
      const { alice, bob, groupId, toGroup } = await withGroup()
      await bob.session.send(forgedNotice(groupId, 'Kicked', [alice.userId]))
      await bob.session.send(forgedNotice(groupId, 'Dismiss', []))
      await alice.received.untilMessage(await bob.says(toGroup, 'done'))
      expect(isMember(alice, groupId)).to.equal(true)
      expect(operationsSeen(alice)).to.not.include('Kicked')
      expect(operationsSeen(alice)).to.not.include('Dismiss')
    })

    it('nor in what was missed', async () => {
      const { alice, bob, groupId, toGroup } = await withGroup()
      const back = await awayFrom(alice)
      await bob.session.send(forgedNotice(groupId, 'Kicked', [alice.userId]))
      const after = await bob.says(toGroup, 'done')
      const { batches } = await back()
      const messages = batches.flatMap((batch) => batch.messages)
      expect(messages.map((it) => it.messageUId)).to.deep.equal([after.messageUId])
    })

    it('from outside', async () => {
      const { alice, carol, groupId } = await withGroup()
      const lie = forgedNotice(groupId, 'Dismiss', [])
      expect(await codeOf(carol.session.send(lie))).to.equal(ErrorCode.NOT_IN_GROUP)
      await carol.session.send({ ...lie, ...privateWith(alice.userId) })
      await alice.received.untilMessage(await carol.says(privateWith(alice.userId), 'done'))
      expect(isMember(alice, groupId)).to.equal(true)
    })
  })

  it('end for their owner’s other devices too', async () => {
    const { alice, groupId } = await withGroup()
    const phone = await service.connect(alice.userId)
    await alice.session.groups!.dismiss(groupId)
    await phone.received.until(() => isMember(phone, groupId) === false)
  })
})
