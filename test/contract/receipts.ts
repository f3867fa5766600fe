import { expect } from '@open-wc/testing'
import {
  inGroup,
  readReceipt,
  receiptRequest,
  receiptResponse,
  text,
} from '../support/backend-messages.js'
import { useService, type BackendUnderTest } from './backend-harness.js'

export function describeReceipts(backend: BackendUnderTest): void {
  describe('receipts', () => {
    const service = useService(backend)

    it('of private messages reach the other side and the own devices', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const second = await service.connect(bob.userId)
      const receipt = await bob.sends(readReceipt(toAlice, await alice.says(toBob, 'read me')))
      for (const { received } of [alice, bob, second]) {
        const seen = await received.untilMessage(receipt)
        expect(seen.content).to.deep.equal(receipt.content)
        expect(seen.senderUserId).to.equal(bob.userId)
      }
    })

    it('of private messages wait for who is away', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const sent = await alice.says(toBob, 'read me')
      const cursor = await alice.cursor()
      await alice.session.close()
      const receipt = await bob.sends(readReceipt(toAlice, sent))
      const batches = await (await service.connect(alice.userId)).catchUp(cursor)
      const missed = batches.flatMap(({ messages }) => messages)
      expect(missed.map(({ messageUId }) => messageUId)).to.deep.equal([receipt.messageUId])
    })

    if (backend.capabilities.includes('groupReceipts')) {
      const withGroup = async () => {
        const pair = await service.connectPair()
        const { groupId } = await pair.alice.session.groups!.create({
          name: 'Team',
          memberIds: [pair.bob.userId],
        })
        return { ...pair, toGroup: inGroup(groupId) }
      }

      it('of group messages are asked for, and answered to who wrote them', async () => {
        const { alice, bob, toGroup } = await withGroup()
        const sent = await alice.says(toGroup, 'who reads this?')
        const request = await alice.sends(receiptRequest(toGroup, sent))
        await bob.received.untilMessage(request)
        const read = { [alice.userId]: [sent.messageUId] }
        const response = await bob.sends(receiptResponse(toGroup, read))
        const seen = await alice.received.untilMessage(response)
        expect(seen.senderUserId).to.equal(bob.userId)
        expect(seen.content.receiptMessageDic).to.deep.equal(read)
      })

      it('of group messages come with the history of those who wrote them', async () => {
        const { alice, bob, toGroup } = await withGroup()
        const draft = text(toGroup, 'who reads this?', { needReceipt: true })
        const sent = await alice.sends(draft)
        const read = { [alice.userId]: [sent.messageUId] }
        const response = await bob.sends(receiptResponse(toGroup, read))
        const page = await alice.session.history({ conversation: toGroup, count: 1 })
        expect(page.messages[0]!.needReceipt).to.equal(true)
        expect(page.operations.map(({ order }) => order)).to.deep.equal([response.order])
      })

      it('of group messages come with any stretch a new device reads, whoever asked when', async () => {
        const { alice, bob, toGroup } = await withGroup()
        const carol = await service.connect(service.newUser('carol'))
        await alice.session.groups!.invite(toGroup.targetId, [carol.userId])
        const one = await alice.sends(text(toGroup, 'one', { needReceipt: true }))
        const two = await alice.says(toGroup, 'two')
        const three = await alice.says(toGroup, 'nobody is asked about')
        const request = await alice.sends(receiptRequest(toGroup, two))
        await carol.received.untilMessage(request)
        const read = (...ids: string[]) => receiptResponse(toGroup, { [alice.userId]: ids })
        const answers = [
          await bob.sends(read(one.messageUId, two.messageUId)),
          await carol.sends(read(two.messageUId)),
          await carol.sends(read(one.messageUId)),
        ]
        const device = await service.connect(alice.userId)
        const page = await device.session.history({
          conversation: toGroup,
          before: three.order,
          count: 2,
        })
        expect(page.messages.map(({ order }) => order)).to.deep.equal([one.order, two.order])
        const told = page.operations.map(
          ({ messageUId, senderUserId, content, order, sentTime }) => [
            ...[messageUId, senderUserId, order, sentTime],
            content.receiptMessageDic,
          ],
        )
        const expected = [request, ...answers].map((it) => [
          ...[it.messageUId, it.senderUserId, it.order, it.sentTime],
          it.content.receiptMessageDic,
        ])
        expect(told).to.deep.equal(expected)
        // To others it is nobody's business.
        const others = await (
          await service.connect(bob.userId)
        ).session.history({
          conversation: toGroup,
          around: two.order,
          count: 2,
        })
        const senders = others.operations.map(({ senderUserId }) => senderUserId)
        expect(senders).to.not.include(carol.userId)
      })
    }
  })

  if (!backend.capabilities.includes('groupReceipts')) return
  describe('receipts where more was missed than is replayed', () => {
    const service = useService(backend, { catchUpLimit: 5 })

    it('come all the same, for messages of before', async () => {
      const { alice, bob } = await service.connectPair()
      const memberIds = [bob.userId]
      const { groupId } = await alice.session.groups!.create({ name: 'Team', memberIds })
      const toGroup = inGroup(groupId)
      const sent = await alice.sends(text(toGroup, 'who reads this?', { needReceipt: true }))
      const cursor = await alice.cursor()
      await alice.session.close()
      const response = await bob.sends(
        receiptResponse(toGroup, { [alice.userId]: [sent.messageUId] }),
      )
      await bob.saysAll(toGroup, ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'])
      const batches = await (await service.connect(alice.userId)).catchUp(cursor)
      expect(batches.flatMap(({ gaps }) => gaps ?? [])).to.not.be.empty
      const missed = batches.flatMap(({ messages }) => messages)
      expect(missed.map(({ messageUId }) => messageUId)).to.include(response.messageUId)
    })
  })
}
