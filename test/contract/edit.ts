import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import { edit, recall } from '../support/backend-messages.js'
import { codeOf } from '../support/backend-refusal.js'
import { useService, type BackendUnderTest } from './backend-harness.js'

export function describeEdit(backend: BackendUnderTest): void {
  describe('edit', () => {
    const service = useService(backend)

    it('reaches everyone in the conversation', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const second = await service.connect(alice.userId)
      const sent = await alice.says(toBob, 'helo')
      const operation = await alice.sends(edit(toBob, sent, { content: 'hello' }))
      for (const { received } of [alice, bob, second]) {
        const seen = await received.untilMessage(operation)
        expect(seen.senderUserId).to.equal(alice.userId)
        expect(seen.content).to.deep.include({
          messageUId: sent.messageUId,
          content: { content: 'hello' },
        })
      }
    })

    it('comes with the history of its message, all of several', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const sent = await alice.says(toBob, 'one')
      const first = await alice.sends(edit(toBob, sent, { content: 'two' }))
      const second = await alice.sends(edit(toBob, sent, { content: 'three' }))
      const page = await bob.session.history({ conversation: toAlice, count: 10 })
      expect(page.messages.map(({ messageUId }) => messageUId)).to.deep.equal([sent.messageUId])
      const operations = page.operations.map(({ messageUId }) => messageUId)
      expect(operations).to.deep.equal([first.messageUId, second.messageUId])
    })

    it('of another’s message is refused with 20606', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const sent = await alice.says(toBob, 'mine')
      const call = bob.session.send(edit(toAlice, sent, { content: 'yours' }))
      expect(await codeOf(call)).to.equal(ErrorCode.OPERATION_NOT_SUPPORT)
    })

    it('of what is not there, or without a content, is refused with 33003', async () => {
      const { alice, toBob } = await service.connectPair()
      const unknown = { messageUId: 'unknown', senderUserId: alice.userId }
      const sent = await alice.says(toBob, 'hello')
      for (const message of [
        edit(toBob, unknown, { content: 'new' }),
        edit(toBob, sent, null as never),
      ]) {
        const code = await codeOf(alice.session.send(message))
        expect(code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
      }
    })

    it('is gone with its message, and of a recalled one is refused with 20606', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const cursor = await bob.cursor()
      const sent = await alice.says(toBob, 'a secret')
      await alice.sends(edit(toBob, sent, { content: 'another secret' }))
      await alice.sends(recall(toBob, sent))
      const page = await bob.session.history({ conversation: toAlice, count: 10 })
      const missed = await (await service.connect(bob.userId)).catchUp(cursor)
      expect(JSON.stringify([page, missed])).to.not.contain('secret')
      const call = alice.session.send(edit(toBob, sent, { content: 'again' }))
      expect(await codeOf(call)).to.equal(ErrorCode.OPERATION_NOT_SUPPORT)
    })
  })
}
