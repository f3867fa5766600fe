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
    }
  })
}
