import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import { serializedSize } from '../../src/model/limits.js'
import { recall, text, typing } from '../support/backend-messages.js'
import { codeOf } from '../support/backend-refusal.js'
import { useService, type BackendUnderTest } from './backend-harness.js'

export function describeLimits(backend: BackendUnderTest): void {
  describe('size', () => {
    const service = useService(backend)

    it('refuses one byte too many with 30016, and keeps nothing of it', async () => {
      const { alice, toBob } = await service.connectPair()
      const room = service.limits.messageSize - serializedSize({ content: '' })
      const tooLarge = alice.says(toBob, 'x'.repeat(room + 1))
      expect(await codeOf(tooLarge)).to.equal(ErrorCode.RC_MSG_CONTENT_EXCEED_LIMIT)
      const { messages } = await alice.session.history({ conversation: toBob, count: 10 })
      expect(messages).to.be.empty
    })

    it('counts bytes, not characters', async () => {
      const { alice, toBob } = await service.connectPair()
      const characters = Math.ceil(service.limits.messageSize / 3)
      const tooLarge = alice.says(toBob, '好'.repeat(characters))
      expect(await codeOf(tooLarge)).to.equal(ErrorCode.RC_MSG_CONTENT_EXCEED_LIMIT)
    })
  })

  describe('rate', () => {
    const service = useService(backend, { sendRate: 5 })

    it('refuses what comes too fast with 20604, and keeps nothing of it', async () => {
      const { alice, toBob } = await service.connectPair()
      const messages = Array.from({ length: 20 }, (_, index) => text(toBob, `${index}`))
      const codes = await Promise.all(messages.map((it) => codeOf(alice.session.send(it))))
      const accepted = messages.filter((_, index) => codes[index] === ErrorCode.SUCCESS)
      expect(accepted.length).to.be.at.least(service.limits.sendRate)
      expect(codes).to.include(ErrorCode.SEND_FREQUENCY_TOO_FAST)
      expect(new Set(codes).size).to.equal(2)

      const kept = await alice.session.history({ conversation: toBob, count: 100 })
      expect(kept.messages.map(({ messageUId }) => messageUId)).to.have.members(
        accepted.map(({ messageUId }) => messageUId),
      )
    })

    it('counts each client for itself', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const words = ['1', '2', '3', '4', '5']
      await Promise.all([alice.saysAll(toBob, words), bob.saysAll(toAlice, words)])
    })

    if (backend.capabilities.includes('recall')) {
      it('does not count operations', async () => {
        const { alice, toBob } = await service.connectPair()
        const sent = await alice.saysAll(toBob, ['1', '2', '3', '4', '5'])
        await Promise.all(sent.map((it) => alice.session.send(recall(toBob, it))))
      })
    }

    if (backend.capabilities.includes('statusMessages')) {
      it('does not count typing', async () => {
        const { alice, toBob } = await service.connectPair()
        await alice.saysAll(toBob, ['1', '2', '3', '4', '5'])
        await alice.session.send(typing(toBob))
      })
    }
  })
}
