import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import { limits } from '../../src/model/limits.js'
import { inGroup, reaction } from '../support/backend-messages.js'
import { codeOf } from '../support/backend-refusal.js'
import { useService, type BackendUnderTest } from './backend-harness.js'

export function describeReactions(backend: BackendUnderTest): void {
  describe('reactions', () => {
    const service = useService(backend)

    it('reach everyone in the conversation, whoever wrote the message', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const sent = await alice.says(toBob, 'we won')
      const ofBob = await bob.sends(reaction(toAlice, sent, '👍', '🎉'))
      const ofAlice = await alice.sends(reaction(toBob, sent, '🎉'))
      for (const { received } of [alice, bob]) {
        expect((await received.untilMessage(ofBob)).content.reactions).to.deep.equal(['👍', '🎉'])
        expect((await received.untilMessage(ofAlice)).senderUserId).to.equal(alice.userId)
      }
    })

    it('come with the history of their message, in order', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const sent = await alice.says(toBob, 'we won')
      const first = await bob.sends(reaction(toAlice, sent, '👍'))
      const taken = await bob.sends(reaction(toAlice, sent))
      const page = await alice.session.history({ conversation: toBob, count: 10 })
      const operations = page.operations.map(({ messageUId }) => messageUId)
      expect(operations).to.deep.equal([first.messageUId, taken.messageUId])
      expect(page.operations[1]!.content.reactions).to.deep.equal([])
    })

    it('to what is not there, or more than allowed, are refused with 33003', async () => {
      const { alice, toBob } = await service.connectPair()
      const sent = await alice.says(toBob, 'hello')
      const unknown = { messageUId: 'unknown', senderUserId: alice.userId }
      const tooMany = Array.from({ length: limits.reactions.perUser + 1 }, (_, index) => `${index}`)
      for (const message of [
        reaction(toBob, unknown, '👍'),
        reaction(toBob, sent, ...tooMany),
        reaction(toBob, sent, 'x'.repeat(limits.reactions.length + 1)),
        reaction(toBob, sent, ''),
      ]) {
        const code = await codeOf(alice.session.send(message))
        expect(code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
      }
    })

    if (backend.capabilities.includes('groups')) {
      it('in a group are the members’ alone', async () => {
        const [alice, stranger] = await service.connectNew('alice', 'stranger')
        const { groupId } = await alice!.session.groups!.create({ name: 'We', memberIds: [] })
        const sent = await alice!.says(inGroup(groupId), 'hello')
        const call = stranger!.session.send(reaction(inGroup(groupId), sent, '👍'))
        expect(await codeOf(call)).to.equal(ErrorCode.NOT_IN_GROUP)
      })
    }
  })
}
