import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import { limits } from '../../src/model/limits.js'
import { expansion, text } from '../support/backend-messages.js'
import { codeOf } from '../support/backend-refusal.js'
import { useService, type BackendUnderTest } from './backend-harness.js'

/** So many pairs, with keys of their own. */
const pairs = (count: number, name = 'key'): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, 'value']))

export function describeExpansion(backend: BackendUnderTest): void {
  describe('expansion', () => {
    const service = useService(backend)
    const { keyLength, valueLength, pairsPerCall, pairsPerMessage } = limits.expansion

    const withExpandable = async (initial?: Record<string, string>) => {
      const pair = await service.connectPair()
      const draft = text(pair.toBob, 'vote', { canIncludeExpansion: true, expansion: initial })
      return { ...pair, sent: await pair.alice.sends(draft) }
    }

    it('may be changed by everyone in the conversation, and reaches all', async () => {
      const { alice, bob, toBob, toAlice, sent } = await withExpandable({ votes: '0' })
      const changes = [
        await alice.sends(expansion(toBob, sent, { put: { votes: '1' } })),
        await bob.sends(expansion(toAlice, sent, { put: { by: 'Bob' }, remove: ['votes'] })),
      ]
      for (const { received } of [alice, bob]) {
        for (const change of changes) {
          const seen = await received.untilMessage(change)
          expect(seen.content).to.deep.equal(change.content)
          expect(seen.senderUserId).to.equal(change.senderUserId)
        }
      }
    })

    it('comes with the history of its message', async () => {
      const { alice, bob, toBob, toAlice, sent } = await withExpandable({ votes: '0' })
      const change = await alice.sends(expansion(toBob, sent, { put: { votes: '1' } }))
      const page = await bob.session.history({ conversation: toAlice, count: 10 })
      expect(page.messages[0]!.expansion).to.deep.equal({ votes: '0' })
      expect(page.operations.map((it) => it.messageUId)).to.deep.equal([change.messageUId])
    })

    it('of a message that was not sent for it is refused with 34008', async () => {
      const { alice, toBob } = await service.connectPair()
      const sent = await alice.says(toBob, 'plain')
      const call = alice.session.send(expansion(toBob, sent, { put: { key: 'value' } }))
      expect(await codeOf(call)).to.equal(ErrorCode.MESSAGE_KV_NOT_SUPPORT)
    })

    it('over the limits of one call is refused with 34010', async () => {
      const { alice, toBob, sent } = await withExpandable()
      const tooMuch: Record<string, string>[] = [
        { ['k'.repeat(keyLength + 1)]: 'value' },
        { 'no space': 'value' },
        { key: 'v'.repeat(valueLength + 1) },
        pairs(pairsPerCall + 1),
      ]
      for (const put of tooMuch) {
        const call = alice.session.send(expansion(toBob, sent, { put }))
        expect(await codeOf(call)).to.equal(ErrorCode.EXPANSION_LIMIT_EXCEET)
      }
    })

    it('up to the limits of one call is taken', async () => {
      const { alice, toBob, sent } = await withExpandable()
      const put = {
        ...pairs(pairsPerCall - 1),
        ['k+=-_Z9'.padEnd(keyLength, 'k')]: 'v'.repeat(valueLength),
      }
      await alice.session.send(expansion(toBob, sent, { put }))
    })

    it('over the limit of one message is refused with 34010', async () => {
      const { alice, toBob, sent } = await withExpandable(pairs(pairsPerMessage - 1))
      const add = (put: Record<string, string>, remove?: string[]) =>
        codeOf(alice.session.send(expansion(toBob, sent, { put, remove })))
      expect(await add({ last: '1' })).to.equal(ErrorCode.SUCCESS)
      expect(await add({ oneMore: '1' })).to.equal(ErrorCode.EXPANSION_LIMIT_EXCEET)
      expect(await add({ last: 'again' }), 'known key').to.equal(ErrorCode.SUCCESS)
      expect(await add({ oneMore: '1' }, ['last']), 'in its place').to.equal(ErrorCode.SUCCESS)
    })
  })
}
