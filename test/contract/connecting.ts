import { expect } from '@open-wc/testing'
import { ErrorCode, isRetryable } from '../../src/model/errors.js'
import { privateWith, text } from '../support/backend-messages.js'
import { BackendRecorder } from '../support/backend-recorder.js'
import { codeOf, refusalOf } from '../support/backend-refusal.js'
import { useService, type BackendUnderTest } from './backend-harness.js'

export function describeConnecting(backend: BackendUnderTest): void {
  describe('connecting', () => {
    const service = useService(backend)

    it('connects the user whom the token is for', async () => {
      const userId = service.newUser('alice')
      const { session } = await service.connect(userId)
      expect(session.userId).to.equal(userId)
    })

    it('reads whom a token is for without a connection, if it reads tokens at all', async () => {
      const userId = service.newUser('alice')
      const { backend: port, tokenOf } = service.harness
      if (port.userIdOf) expect(port.userIdOf(await tokenOf(userId))).to.equal(userId)
    })

    it('refuses what is no token with 31004', async () => {
      const attempt = service.connect('alice', { token: 'certainly no token' })
      expect(await codeOf(attempt)).to.equal(ErrorCode.RC_CONN_TOKEN_INCORRECT)
    })

    if (backend.means.includes('expiringTokens')) {
      it('refuses an expired token with 31020', async () => {
        const userId = service.newUser('alice')
        const token = await service.harness.expiredTokenOf!(userId)
        const attempt = service.connect(userId, { token })
        expect(await codeOf(attempt)).to.equal(ErrorCode.RC_CONN_TOKEN_EXPIRED)
      })
    }

    it('refuses an attempt that was given up', async () => {
      const abort = new AbortController()
      abort.abort()
      const attempt = service.connect(service.newUser('alice'), { signal: abort.signal })
      await refusalOf(attempt)
    })

    it('offers a part for every capability that has one, and no other', async () => {
      const { session } = await service.connect(service.newUser('alice'))
      expect([...session.capabilities]).to.have.members([...backend.capabilities])
      for (const part of ['conversations', 'groups', 'files', 'profiles'] as const) {
        expect(session[part] !== undefined, part).to.equal(service.has(part))
      }
    })

    it("tells the server's time", async () => {
      const { alice, toBob } = await service.connectPair()
      const { sentTime } = await alice.says(toBob, 'what time is it?')
      expect(Math.abs(alice.session.serverTime() - sentTime)).to.be.below(60_000)
    })

    it('delivers nothing after it was closed', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const elsewhere = await service.connect(bob.userId)
      await bob.session.close()
      const { callCount } = bob.received
      const sent = await alice.says(toBob, 'too late')
      await elsewhere.received.untilMessage(sent)
      expect(bob.received.callCount).to.equal(callCount)
      expect(bob.received.closings).to.be.empty
    })

    it('can be closed twice', async () => {
      const client = await service.connect(service.newUser('alice'))
      await client.session.close()
      await client.session.close()
      expect(client.received.closings).to.be.empty
    })

    it('refuses calls on a closed session with a code worth another connection', async () => {
      const { alice, toBob } = await service.connectPair()
      await alice.session.close()
      const calls = [
        alice.session.send(text(toBob, 'too late')),
        alice.session.history({ conversation: toBob, count: 1 }),
        alice.session.settings.set('key', 1),
        alice.catchUp(undefined),
      ]
      const codes = await Promise.all(calls.map(codeOf))
      expect(codes.map(isRetryable)).to.deep.equal(calls.map(() => true))
    })

    if (backend.means.includes('linkFailure')) {
      it('tells once that the link broke, and nothing afterwards', async () => {
        const { alice, bob, toBob } = await service.connectPair()
        await service.harness.breakLinks!()
        const reason = await bob.received.until(({ closings }) => closings[0])
        expect(isRetryable(reason.code)).to.equal(true)
        const { callCount } = bob.received

        const [again, elsewhere] = [
          await service.connect(alice.userId),
          await service.connect(bob.userId),
        ]
        await elsewhere.received.untilMessage(await again.says(toBob, 'are you there?'))
        expect(bob.received.callCount).to.equal(callCount)
      })

      it('catches up after the link broke with what came before it did', async () => {
        const { alice, bob, toBob } = await service.connectPair()
        const first = await alice.says(toBob, 'one')
        const { cursor } = await bob.received.until(({ batches }) =>
          batches.find(({ messages }) => messages.some((it) => it.messageUId === first.messageUId)),
        )
        await service.harness.breakLinks!()
        const again = await service.connect(alice.userId)
        const second = await again.says(toBob, 'two')

        const batches = await (await service.connect(bob.userId)).catchUp(cursor)
        const missed = batches.flatMap(({ messages }) => messages)
        expect(missed.map(({ messageUId }) => messageUId)).to.include(second.messageUId)
      })
    }

    it('keeps two users on one page apart', async () => {
      const [alice, bob, carol] = await service.connectNew('alice', 'bob', 'carol')
      const secret = await alice!.says(privateWith(bob!.userId), 'not for Carol')
      const open = await alice!.says(privateWith(carol!.userId), 'for Carol')
      await carol!.received.untilMessage(open)
      const { messages } = carol!.received
      expect(messages.map(({ messageUId }) => messageUId)).to.not.include(secret.messageUId)
    })

    it('lets one user be connected with several devices at once', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const second = await service.connect(bob.userId, { received: new BackendRecorder() })
      const sent = await alice.says(toBob, 'to both of you')
      await Promise.all([bob.received.untilMessage(sent), second.received.untilMessage(sent)])
    })
  })
}
