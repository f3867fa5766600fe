import { expect } from '@open-wc/testing'
import type { GroupNotificationData } from '../../src/model/content.js'
import { ErrorCode } from '../../src/model/errors.js'
import { MessageType } from '../../src/model/message-types.js'
import type { ArchivedMessage } from '../../src/model/message.js'
import { inGroup, privateWith, text, typing } from '../support/backend-messages.js'
import { codeOf } from '../support/backend-refusal.js'
import { useService, type BackendUnderTest, type Client } from './backend-harness.js'

const idsOf = (messages: readonly ArchivedMessage[]) => messages.map((it) => it.messageUId)

/** The notice of a change, as a member gets it. */
const notice = async (client: Client, groupId: string, operation: string) => {
  const found = await client.received.until(({ messages }) =>
    messages.find(
      ({ targetId, messageType, content }) =>
        targetId === groupId &&
        messageType === MessageType.GROUP_NOTIFICATION &&
        content.operation === operation,
    ),
  )
  const data = JSON.parse(found.content.data as string) as GroupNotificationData
  return { ...found, data }
}

/** What the user was last told about being in the group. */
const untilMembership = (client: Client, groupId: string, isMember: boolean) =>
  client.received.until(
    ({ groups }) => groups.findLast((it) => it.groupId === groupId)?.isMember === isMember,
  )

export function describeGroups(backend: BackendUnderTest): void {
  describe('groups', () => {
    const service = useService(backend)

    /** Alice's group with Bob in it; Carol is outside. */
    const withGroup = async () => {
      const clients = await service.connectNew('alice', 'bob', 'carol')
      const [alice, bob, carol] = clients as [Client, Client, Client]
      const group = await alice.session.groups!.create({ name: 'Team', memberIds: [bob.userId] })
      return { alice, bob, carol, ...group, toGroup: inGroup(group.groupId) }
    }

    const memberIds = async (client: Client, groupId: string) =>
      (await client.session.groups!.members(groupId)).map(({ id }) => id)

    describe('when created', () => {
      it('belong to who created them, and hold who was named', async () => {
        const { alice, bob, groupId } = await withGroup()
        const info = { groupId, name: 'Team', ownerId: alice.userId, memberCount: 2 }
        for (const { session } of [alice, bob]) {
          expect(await session.groups!.info(groupId)).to.include(info)
          expect((await session.groups!.mine()).map((it) => it.groupId)).to.deep.equal([groupId])
          const members = await session.groups!.members(groupId)
          const roles = members.map(({ id, role }) => [id, role])
          expect(roles).to.have.deep.members([
            [alice.userId, 'owner'],
            [bob.userId, 'member'],
          ])
        }
      })

      it('are announced to all members', async () => {
        const { alice, bob, groupId } = await withGroup()
        for (const client of [alice, bob]) {
          await untilMembership(client, groupId, true)
          const { senderUserId, content, data, isCounted } = await notice(client, groupId, 'Create')
          expect([senderUserId, content.operatorUserId]).to.deep.equal([alice.userId, alice.userId])
          expect(content.message).to.be.a('string').that.is.not.empty
          expect(data.targetGroupName).to.equal('Team')
          expect(data.targetUserIds).to.deep.equal([bob.userId])
          expect(isCounted).to.equal(false)
        }
      })

      it('hold everyone once, whoever is named twice', async () => {
        const { alice, bob } = await service.connectPair()
        const named = [bob.userId, alice.userId, bob.userId]
        const group = await alice.session.groups!.create({ name: 'Team', memberIds: named })
        expect(group.memberCount).to.equal(2)
      })

      it('need a name', async () => {
        const { alice, bob } = await service.connectPair()
        const call = alice.session.groups!.create({ name: ' ', memberIds: [bob.userId] })
        expect(await codeOf(call)).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
      })
    })

    describe('messages', () => {
      it('reach all members under the id of the group, in one place', async () => {
        const { alice, bob, groupId, toGroup } = await withGroup()
        const sent = await alice.says(toGroup, 'hello all')
        for (const { received } of [alice, bob]) {
          const seen = await received.untilMessage(sent)
          expect(seen).to.include({ targetId: groupId, order: sent.order, sentTime: sent.sentTime })
        }
      })

      it('reach nobody outside', async () => {
        const { alice, carol, toGroup } = await withGroup()
        await alice.says(toGroup, 'among us')
        const fence = await alice.says(privateWith(carol.userId), 'hi Carol')
        await carol.received.untilMessage(fence)
        expect(idsOf(carol.received.messages)).to.deep.equal([fence.messageUId])
      })

      it('from outside are refused with 22406', async () => {
        const { carol, toGroup } = await withGroup()
        const calls = [
          carol.session.send(text(toGroup, 'let me in')),
          carol.session.history({ conversation: toGroup, count: 20 }),
        ]
        if (service.has('statusMessages')) calls.push(carol.session.send(typing(toGroup)))
        for (const code of await Promise.all(calls.map(codeOf))) {
          expect(code).to.equal(ErrorCode.NOT_IN_GROUP)
        }
      })

      it('to a group that never was are refused with 22406', async () => {
        const alice = await service.connect(service.newUser('alice'))
        const call = alice.says(inGroup('no such group'), 'hello?')
        expect(await codeOf(call)).to.equal(ErrorCode.NOT_IN_GROUP)
      })

      if (backend.capabilities.includes('statusMessages')) {
        it('of status types reach the members who are online', async () => {
          const { alice, bob, groupId, toGroup } = await withGroup()
          const sent = typing(toGroup)
          await alice.session.send(sent)
          expect((await bob.received.untilStatus(sent)).targetId).to.equal(groupId)
        })
      }
    })

    describe('invitations', () => {
      it('may come from any member', async () => {
        const { alice, bob, carol, groupId, toGroup } = await withGroup()
        await bob.session.groups!.invite(groupId, [carol.userId])
        expect(await memberIds(alice, groupId)).to.include(carol.userId)
        for (const client of [alice, bob, carol]) {
          const { content, data } = await notice(client, groupId, 'Add')
          expect(content.operatorUserId).to.equal(bob.userId)
          expect(data.targetUserIds).to.deep.equal([carol.userId])
        }
        await untilMembership(carol, groupId, true)
        await alice.received.untilMessage(await carol.says(toGroup, 'thank you'))
      })

      it('may not come from outside', async () => {
        const { carol, groupId } = await withGroup()
        const call = carol.session.groups!.invite(groupId, [carol.userId])
        expect(await codeOf(call)).to.equal(ErrorCode.NOT_IN_GROUP)
      })

      it('of members change nothing', async () => {
        const { alice, bob, groupId } = await withGroup()
        await alice.session.groups!.invite(groupId, [bob.userId])
        expect((await alice.session.groups!.info(groupId)).memberCount).to.equal(2)
      })

      it('do not open what was said before', async () => {
        const { alice, carol, groupId, toGroup } = await withGroup()
        const before = await alice.says(toGroup, 'before Carol')
        await alice.session.groups!.invite(groupId, [carol.userId])
        const after = await alice.says(toGroup, 'after')
        await carol.received.untilMessage(after)
        const page = await carol.session.history({ conversation: toGroup, count: 20 })
        for (const seen of [carol.received.messages, page.messages]) {
          expect(idsOf(seen)).to.include(after.messageUId)
          expect(idsOf(seen)).to.not.include(before.messageUId)
        }
        expect(page.hasOlder).to.equal(false)
      })
    })

    describe('when left', () => {
      it('are closed to who left', async () => {
        const { alice, bob, groupId, toGroup } = await withGroup()
        await bob.session.groups!.leave(groupId)
        await untilMembership(bob, groupId, false)
        expect((await notice(alice, groupId, 'Quit')).senderUserId).to.equal(bob.userId)
        expect(await memberIds(alice, groupId)).to.deep.equal([alice.userId])
        expect(await bob.session.groups!.mine()).to.be.empty
        const calls = [
          bob.says(toGroup, 'still here?'),
          bob.session.history({ conversation: toGroup, count: 20 }),
          bob.session.groups!.info(groupId),
          bob.session.groups!.members(groupId),
          bob.session.groups!.leave(groupId),
        ]
        for (const code of await Promise.all(calls.map(codeOf))) {
          expect(code).to.equal(ErrorCode.NOT_IN_GROUP)
        }
      })

      it('do not let their owner go while others are in', async () => {
        const { alice, groupId } = await withGroup()
        const call = alice.session.groups!.leave(groupId)
        expect(await codeOf(call)).to.equal(ErrorCode.OPERATION_NOT_SUPPORT)
        expect(await memberIds(alice, groupId)).to.include(alice.userId)
      })

      it('let their owner go as the last', async () => {
        const { alice, bob, groupId } = await withGroup()
        await bob.session.groups!.leave(groupId)
        await alice.session.groups!.leave(groupId)
        expect(await alice.session.groups!.mine()).to.be.empty
      })

      it('can be entered again, without what was said meanwhile', async () => {
        const { alice, bob, groupId, toGroup } = await withGroup()
        await bob.session.groups!.leave(groupId)
        const meanwhile = await alice.says(toGroup, 'he is gone')
        await alice.session.groups!.invite(groupId, [bob.userId])
        const back = await bob.says(toGroup, 'I am back')
        const { messages } = await bob.session.history({ conversation: toGroup, count: 20 })
        expect(idsOf(messages)).to.include(back.messageUId)
        expect(idsOf(messages)).to.not.include(meanwhile.messageUId)
      })
    })

    describe('when somebody is kicked', () => {
      it('tell the kicked, and then nothing more', async () => {
        const { alice, bob, groupId, toGroup } = await withGroup()
        await alice.session.groups!.kick(groupId, [bob.userId])
        const { content, data } = await notice(bob, groupId, 'Kicked')
        expect(content.operatorUserId).to.equal(alice.userId)
        expect(data.targetUserIds).to.deep.equal([bob.userId])
        await untilMembership(bob, groupId, false)

        const after = await alice.says(toGroup, 'now we can talk')
        const fence = await alice.says(privateWith(bob.userId), 'sorry')
        await bob.received.untilMessage(fence)
        expect(idsOf(bob.received.messages)).to.not.include(after.messageUId)
        expect(await codeOf(bob.says(toGroup, 'why?'))).to.equal(ErrorCode.NOT_IN_GROUP)
      })

      it('tell those who were away when they catch up', async () => {
        const { alice, bob, groupId } = await withGroup()
        const cursor = await bob.cursor()
        await bob.session.close()
        await alice.session.groups!.kick(groupId, [bob.userId])
        const batches = await (await service.connect(bob.userId)).catchUp(cursor)
        expect(batches.flatMap(({ groups }) => groups ?? [])).to.deep.equal([
          { groupId, isMember: false },
        ])
        const missed = batches.flatMap(({ messages }) => messages)
        expect(missed.at(-1)!.content.operation).to.equal('Kicked')
      })

      it('were asked by their owner: for others it is refused with 20606', async () => {
        const { alice, bob, groupId } = await withGroup()
        const call = bob.session.groups!.kick(groupId, [alice.userId])
        expect(await codeOf(call)).to.equal(ErrorCode.OPERATION_NOT_SUPPORT)
        expect(await memberIds(bob, groupId)).to.include(alice.userId)
      })
    })

    describe('when dismissed', () => {
      it('tell all members, and are closed to all', async () => {
        const { alice, bob, groupId, toGroup } = await withGroup()
        await alice.session.groups!.dismiss(groupId)
        for (const client of [alice, bob]) {
          await notice(client, groupId, 'Dismiss')
          await untilMembership(client, groupId, false)
          expect(await codeOf(client.says(toGroup, '?'))).to.equal(ErrorCode.NOT_IN_GROUP)
          expect(await client.session.groups!.mine()).to.be.empty
        }
      })

      it('were so by their owner: for others it is refused with 20606', async () => {
        const { bob, groupId } = await withGroup()
        const call = bob.session.groups!.dismiss(groupId)
        expect(await codeOf(call)).to.equal(ErrorCode.OPERATION_NOT_SUPPORT)
      })
    })

    describe('when renamed', () => {
      it('tell all members the new name', async () => {
        const { alice, bob, groupId } = await withGroup()
        const change = { name: 'Crew', portraitUri: 'https://example.org/crew.png' }
        const renamed = await alice.session.groups!.rename(groupId, change)
        expect(renamed).to.include(change)
        expect((await notice(bob, groupId, 'Rename')).data.targetGroupName).to.equal('Crew')
        expect(await bob.session.groups!.info(groupId)).to.include(change)
      })

      it('were so by their owner: for others it is refused with 20606', async () => {
        const { bob, groupId } = await withGroup()
        const call = bob.session.groups!.rename(groupId, { name: "Bob's" })
        expect(await codeOf(call)).to.equal(ErrorCode.OPERATION_NOT_SUPPORT)
      })
    })
  })

  describe('the member limit of groups', () => {
    const service = useService(backend, { groupMembers: 3 })

    it('counts the owner, and holds for creating and for inviting', async () => {
      const [alice, ...friends] = await service.connectNew('alice', 'bob', 'carol', 'dave')
      const ids = friends.map(({ userId }) => userId)
      const tooMany = alice!.session.groups!.create({ name: 'Crowd', memberIds: ids })
      expect(await codeOf(tooMany)).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
      const full = { name: 'Team', memberIds: ids.slice(0, 2) }
      const { groupId } = await alice!.session.groups!.create(full)
      const oneMore = alice!.session.groups!.invite(groupId, ids.slice(2))
      expect(await codeOf(oneMore)).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
      expect((await alice!.session.groups!.info(groupId)).memberCount).to.equal(3)
    })
  })
}
