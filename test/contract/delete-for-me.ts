import { expect } from '@open-wc/testing'
import type { ConversationId } from '../../src/model/conversation.js'
import { deleteForMe } from '../support/backend-messages.js'
import { useService, type BackendUnderTest, type Client } from './backend-harness.js'

const wordsIn = async (client: Client, conversation: ConversationId) => {
  const { messages } = await client.session.history({ conversation, count: 20 })
  return messages.map(({ content }) => content.content as string)
}

export function describeDeleteForMe(backend: BackendUnderTest): void {
  describe('delete for me', () => {
    const service = useService(backend)

    it('takes messages out of the own history, and leaves them to the others', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const [one, , three] = await alice.saysAll(toBob, ['one', 'two', 'three'])
      await bob.session.send(deleteForMe(toAlice, { messages: [one!, three!] }))
      expect(await wordsIn(bob, toAlice)).to.deep.equal(['two'])
      expect(await wordsIn(alice, toBob)).to.deep.equal(['one', 'two', 'three'])
    })

    it('clears everything up to a place', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const [, two] = await alice.saysAll(toBob, ['one', 'two', 'three'])
      const { order } = await bob.received.untilMessage(two!)
      await bob.session.send(deleteForMe(toAlice, { before: order }))
      expect(await wordsIn(bob, toAlice)).to.deep.equal(['three'])
      const page = await bob.session.history({ conversation: toAlice, count: 1 })
      expect(page.hasOlder).to.equal(false)
      expect(await wordsIn(alice, toBob)).to.deep.equal(['one', 'two', 'three'])
    })

    it('reaches the own devices, and nobody else', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const second = await service.connect(bob.userId)
      const sent = await alice.says(toBob, 'one')
      const operation = await bob.sends(deleteForMe(toAlice, { messages: [sent] }))
      await bob.received.untilMessage(operation)
      await second.received.untilMessage(operation)
      const fence = await bob.says(toAlice, 'end')
      await alice.received.untilMessage(fence)
      const atAlice = alice.received.messages.map(({ messageUId }) => messageUId)
      expect(atAlice).to.deep.equal([sent.messageUId, fence.messageUId])
    })

    it('is caught up with by devices that were away', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const sent = await alice.says(toBob, 'one')
      const cursor = await bob.cursor()
      const operation = await bob.sends(deleteForMe(toAlice, { messages: [sent] }))
      const batches = await (await service.connect(bob.userId)).catchUp(cursor)
      const missed = batches.flatMap(({ messages }) => messages)
      expect(missed.map(({ messageUId }) => messageUId)).to.deep.equal([operation.messageUId])
    })

    it('of a message nobody knows does no harm', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      await alice.says(toBob, 'one')
      const unknown = { messageUId: 'unknown', senderUserId: alice.userId }
      await bob.session.send(deleteForMe(toAlice, { messages: [unknown] }))
      expect(await wordsIn(bob, toAlice)).to.deep.equal(['one'])
    })
  })
}
