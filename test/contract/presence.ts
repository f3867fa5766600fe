import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import { limits } from '../../src/model/limits.js'
import { codeOf } from '../support/backend-refusal.js'
import { useService, type BackendUnderTest, type Client } from './backend-harness.js'

export function describePresence(backend: BackendUnderTest): void {
  describe('presence', () => {
    const service = useService(backend)

    const watch = (client: Client, ...userIds: string[]) => client.session.presence!.watch(userIds)
    const until = ({ received }: Client, userId: string, isOnline: boolean) =>
      received.until(() => received.isOnline(userId) === isOnline)
    /** What was told of somebody, one after the other. */
    const toldOf = ({ received }: Client, userId: string) =>
      received.presences.filter((it) => it.userId === userId).map(({ isOnline }) => isOnline)

    it('tells at once how those who are watched stand', async () => {
      const [alice, bob] = await service.connectNew('alice', 'bob')
      const carol = service.newUser('carol')
      await watch(alice!, bob!.userId, carol)
      await until(alice!, bob!.userId, true)
      await until(alice!, carol, false)
    })

    it('tells when somebody comes and when they go', async () => {
      const [alice] = await service.connectNew('alice')
      const userId = service.newUser('bob')
      await watch(alice!, userId)
      await until(alice!, userId, false)
      const bob = await service.connect(userId)
      await until(alice!, userId, true)
      await bob.session.close()
      await until(alice!, userId, false)
      expect(toldOf(alice!, userId)).to.deep.equal([false, true, false])
    })

    it('counts several devices once: they are there until the last one is gone', async () => {
      const [alice, bob] = await service.connectNew('alice', 'bob')
      await watch(alice!, bob!.userId)
      await until(alice!, bob!.userId, true)
      const second = await service.connect(bob!.userId)
      await bob!.session.close()
      const fence = await service.connect(service.newUser('carol'))
      await watch(alice!, bob!.userId, fence.userId)
      await until(alice!, fence.userId, true)
      expect(alice!.received.isOnline(bob!.userId)).to.equal(true)
      await second.session.close()
      await until(alice!, bob!.userId, false)
      expect(toldOf(alice!, bob!.userId).indexOf(false)).to.equal(
        toldOf(alice!, bob!.userId).length - 1,
      )
    })

    it('holds those who come back in a moment for having stayed', async () => {
      const [alice, bob] = await service.connectNew('alice', 'bob')
      await watch(alice!, bob!.userId)
      await until(alice!, bob!.userId, true)
      await bob!.session.close()
      const again = await service.connect(bob!.userId)
      const carol = await service.connect(service.newUser('carol'))
      await watch(alice!, bob!.userId, carol.userId)
      await until(alice!, carol.userId, true)
      // Her going takes as long as his would have.
      await carol.session.close()
      await until(alice!, carol.userId, false)
      expect(toldOf(alice!, bob!.userId)).to.not.include(false)
      expect(again.userId).to.equal(bob!.userId)
    })

    it('is of those who were named last alone', async () => {
      const [alice, bob] = await service.connectNew('alice', 'bob')
      const carol = service.newUser('carol')
      await watch(alice!, bob!.userId)
      await until(alice!, bob!.userId, true)
      await watch(alice!, carol)
      await until(alice!, carol, false)
      const before = toldOf(alice!, bob!.userId).length
      await bob!.session.close()
      const there = await service.connect(carol)
      await until(alice!, carol, true)
      await there.session.close()
      await until(alice!, carol, false)
      expect(toldOf(alice!, bob!.userId)).to.have.length(before)
    })

    it('tells of oneself, too, and of ids of any kind', async () => {
      const alice = await service.connect(service.newUser('Älice/ @?'))
      await watch(alice, alice.userId)
      await until(alice, alice.userId, true)
    })

    it('refuses to watch more people than it can with 33003', async () => {
      const [alice, bob] = await service.connectNew('alice', 'bob')
      const most = limits.presence.followed
      const crowd = Array.from({ length: most }, (_, index) => `user-${index}`)
      const code = await codeOf(watch(alice!, ...crowd, bob!.userId))
      expect(code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
      await watch(alice!, ...crowd.slice(1), bob!.userId)
      await until(alice!, bob!.userId, true)
    })

    if (backend.means.includes('linkFailure')) {
      it('ends for those whose connection is lost', async () => {
        const [bob] = await service.connectNew('bob')
        await service.harness.breakLinks!()
        const [alice] = await service.connectNew('alice')
        await watch(alice!, bob!.userId)
        await until(alice!, bob!.userId, false)
      })
    }
  })
}
