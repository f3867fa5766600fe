import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import { inGroup, privateWith, recall, text } from '../support/backend-messages.js'
import { codeOf } from '../support/backend-refusal.js'
import { useService, type BackendUnderTest } from './backend-harness.js'

export function describeRecall(backend: BackendUnderTest): void {
  describe('recall', () => {
    const service = useService(backend)

    it('reaches everyone in the conversation', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const second = await service.connect(alice.userId)
      const sent = await alice.says(toBob, 'oops')
      const operation = await alice.sends(recall(toBob, sent))
      for (const { received } of [alice, bob, second]) {
        const seen = await received.untilMessage(operation)
        expect(seen.content).to.include({
          messageUId: sent.messageUId,
          senderUserId: alice.userId,
          isAdmin: false,
          isDelete: false,
        })
      }
    })

    it('takes the content out of the archive', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const cursor = await bob.cursor()
      const sent = await alice.sends(
        text(toBob, 'secret', {
          pushContent: 'secret',
          canIncludeExpansion: true,
          expansion: { note: 'secret' },
        }),
      )
      const operation = await alice.sends(recall(toBob, sent))
      const page = await bob.session.history({ conversation: toAlice, count: 10 })
      expect(page.messages.map(({ messageUId }) => messageUId)).to.deep.equal([sent.messageUId])
      expect(page.messages[0]!.content).to.deep.equal({})
      expect(page.operations.map((it) => it.messageUId)).to.deep.equal([operation.messageUId])

      const missed = await (await service.connect(bob.userId)).catchUp(cursor)
      expect(JSON.stringify([page, missed])).to.not.contain('secret')
    })

    it('of another’s message is refused with 25107', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const sent = await alice.says(toBob, 'mine')
      for (const isAdmin of [false, true]) {
        const call = bob.session.send(recall(toAlice, sent, { isAdmin }))
        expect(await codeOf(call)).to.equal(ErrorCode.RECALL_MESSAGE_USER_INVALID)
      }
      const { messages } = await alice.session.history({ conversation: toBob, count: 10 })
      expect(messages[0]!.content).to.deep.equal({ content: 'mine' })
    })

    it('of what is not there is refused with 25101', async () => {
      const { alice, toBob } = await service.connectPair()
      const unknown = { messageUId: 'unknown', senderUserId: alice.userId }
      const call = alice.session.send(recall(toBob, unknown))
      expect(await codeOf(call)).to.equal(ErrorCode.RECALL_MESSAGE)
    })

    it('of a message of another conversation is refused with 25101', async () => {
      const { alice, toBob } = await service.connectPair()
      const carol = await service.connect(service.newUser('carol'))
      const sent = await alice.says(toBob, 'to Bob')
      const call = alice.session.send(recall(privateWith(carol.userId), sent))
      expect(await codeOf(call)).to.equal(ErrorCode.RECALL_MESSAGE)
    })

    it('meets the message of its author alone when a peer uses the same id', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const mine = await alice.says(toBob, 'mine')
      const theirs = await bob.sends(text(toAlice, 'theirs', { messageUId: mine.messageUId }))
      await bob.session.send(recall(toAlice, theirs))
      const { messages } = await alice.session.history({ conversation: toBob, count: 10 })
      expect(messages.map(({ content }) => content)).to.deep.equal([{ content: 'mine' }, {}])
    })

    it('sent twice with one id is one recall', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const operation = recall(toBob, await alice.says(toBob, 'oops'))
      const first = await alice.session.send(operation)
      expect(await alice.session.send(operation)).to.deep.equal(first)
      const { operations } = await bob.session.history({ conversation: toAlice, count: 10 })
      expect(operations).to.have.length(1)
    })

    if (backend.capabilities.includes('groups')) {
      it('of any message is the right of the owner of a group', async () => {
        const { alice, bob } = await service.connectPair()
        const memberIds = [bob.userId]
        const { groupId } = await alice.session.groups!.create({ name: 'Team', memberIds })
        const toGroup = inGroup(groupId)
        const sent = await bob.says(toGroup, 'rude')
        const operation = await alice.sends(recall(toGroup, sent, { isAdmin: true }))
        const seen = await bob.received.untilMessage(operation)
        expect(seen.content).to.include({ isAdmin: true })
        const { messages } = await bob.session.history({ conversation: toGroup, count: 1 })
        expect(messages[0]!.content).to.deep.equal({})
      })

      it('of another’s message is no right of a member', async () => {
        const { alice, bob } = await service.connectPair()
        const memberIds = [bob.userId]
        const { groupId } = await alice.session.groups!.create({ name: 'Team', memberIds })
        const toGroup = inGroup(groupId)
        const sent = await alice.says(toGroup, 'mine')
        const call = bob.session.send(recall(toGroup, sent, { isAdmin: true }))
        expect(await codeOf(call)).to.equal(ErrorCode.RECALL_MESSAGE_USER_INVALID)
      })
    }
  })
}
