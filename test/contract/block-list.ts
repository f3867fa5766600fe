import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import { limits } from '../../src/model/limits.js'
import { ConversationType } from '../../src/model/conversation.js'
import { readReceipt, text, typing } from '../support/backend-messages.js'
import { codeOf } from '../support/backend-refusal.js'
import { useService, type BackendUnderTest, type Client } from './backend-harness.js'

export function describeBlockList(backend: BackendUnderTest): void {
  describe('block list', () => {
    const service = useService(backend)

    const block = (client: Client, ...userIds: string[]) => client.session.blockList!.add(userIds)
    const unblock = (client: Client, ...userIds: string[]) =>
      client.session.blockList!.remove(userIds)
    const told = ({ received }: Client) => received.blockLists.at(-1)

    it('refuses with 405 what a blocked person writes, and it is in nobody’s archive', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const cursor = await bob.cursor()
      await block(bob, alice.userId)
      const refused = text(toBob, 'can you hear me?')
      expect(await codeOf(alice.session.send(refused))).to.equal(ErrorCode.REJECTED_BY_BLACKLIST)
      expect(await codeOf(alice.session.send(refused))).to.equal(ErrorCode.REJECTED_BY_BLACKLIST)
      for (const [client, conversation] of [
        [alice, toBob],
        [bob, toAlice],
      ] as const) {
        const page = await client.session.history({ conversation, count: 10 })
        expect(page.messages).to.be.empty
      }
      const missed = await bob.catchUp(cursor)
      expect(missed.flatMap(({ messages }) => messages)).to.be.empty
    })

    it('takes the same message under the same id when its sender is on it no more', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      await block(bob, alice.userId)
      const message = text(toBob, 'and now?')
      expect(await codeOf(alice.session.send(message))).to.equal(ErrorCode.REJECTED_BY_BLACKLIST)
      await unblock(bob, alice.userId)
      await alice.session.send(message)
      expect((await bob.received.untilMessage(message)).content).to.deep.equal(message.content)
    })

    it('lets its owner write to those on it, who can’t say that they have read it', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      await block(bob, alice.userId)
      const said = await bob.says(toAlice, 'you may listen')
      const seen = await alice.received.untilMessage(said)
      const call = alice.session.send(readReceipt(toBob, seen))
      expect(await codeOf(call)).to.equal(ErrorCode.REJECTED_BY_BLACKLIST)
    })

    it('stops typing notices, without a word to who is typing', async () => {
      const [alice, bob, carol] = await service.connectNew('alice', 'bob', 'carol')
      const toBob = { conversationType: ConversationType.PRIVATE, targetId: bob!.userId }
      await block(bob!, alice!.userId)
      const notice = typing(toBob)
      expect(await codeOf(alice!.session.send(notice))).to.equal(ErrorCode.SUCCESS)
      const fence = typing(toBob)
      await carol!.session.send(fence)
      await bob!.received.untilStatus(fence)
      expect(bob!.received.statuses).to.have.length(1)
    })

    it('concerns nobody else, nor what was said before', async () => {
      const [alice, bob, carol] = await service.connectNew('alice', 'bob', 'carol')
      const toBob = { conversationType: ConversationType.PRIVATE, targetId: bob!.userId }
      const before = await alice!.says(toBob, 'earlier')
      await block(bob!, alice!.userId)
      await bob!.received.untilMessage(await carol!.says(toBob, 'hello'))
      const conversation = { ...toBob, targetId: alice!.userId }
      const { messages } = await bob!.session.history({ conversation, count: 10 })
      expect(messages.map(({ messageUId }) => messageUId)).to.deep.equal([before.messageUId])
    })

    it('tells all devices of its owner, whole, and one that was away', async () => {
      const { alice, bob } = await service.connectPair()
      const second = await service.connect(bob.userId)
      const cursor = await second.cursor()
      const away = await bob.cursor()
      await block(bob, alice.userId, 'carol')
      for (const { received } of [bob, second]) {
        await received.until(() => received.blockLists.at(-1)?.length === 2)
        expect(received.blockLists.at(-1)).to.have.members([alice.userId, 'carol'])
      }
      await unblock(second, 'carol')
      for (const client of [bob, second]) {
        await client.received.until(() => told(client)?.length === 1)
        expect(told(client)).to.deep.equal([alice.userId])
      }
      for (const place of [undefined, cursor, away]) {
        const late = await service.connect(bob.userId)
        const lists = (await late.catchUp(place)).flatMap((batch) =>
          batch.blockList ? [batch.blockList] : [],
        )
        expect(lists.at(-1)).to.deep.equal([alice.userId])
      }
    })

    it('is nobody else’s', async () => {
      const { alice, bob, toAlice } = await service.connectPair()
      await block(bob, alice.userId)
      await alice.received.untilMessage(await bob.says(toAlice, 'done'))
      const batches = [...alice.received.batches, ...(await alice.catchUp(undefined))]
      expect(batches.flatMap(({ blockList }) => blockList ?? [])).to.be.empty
    })

    it('takes anybody twice, and removes who is not on it', async () => {
      const { alice, bob } = await service.connectPair()
      await block(bob, alice.userId)
      await block(bob, alice.userId)
      await unblock(bob, 'nobody-we-know')
      const list = (await bob.catchUp(undefined)).flatMap(({ blockList }) => blockList ?? [])
      expect(list).to.deep.equal([alice.userId])
    })

    it('refuses its owner with 33003, and more than it holds with 37001', async () => {
      const [alice] = await service.connectNew('alice')
      const own = await codeOf(block(alice!, alice!.userId))
      expect(own).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
      const crowd = Array.from({ length: limits.blockList + 1 }, (_, index) => `user-${index}`)
      expect(await codeOf(block(alice!, ...crowd))).to.equal(ErrorCode.BLACK_ADD_ERROR)
    })

    if (backend.capabilities.includes('groups')) {
      it('leaves groups as they are', async () => {
        const [alice, bob] = await service.connectNew('alice', 'bob')
        const memberIds = [bob!.userId]
        const { groupId } = await alice!.session.groups!.create({ name: 'Both', memberIds })
        const group = { conversationType: ConversationType.GROUP, targetId: groupId }
        await bob!.received.until(({ groups }) => groups.length > 0)
        await block(bob!, alice!.userId)
        await bob!.received.untilMessage(await alice!.says(group, 'everyone hears me'))
      })
    }
  })
}
