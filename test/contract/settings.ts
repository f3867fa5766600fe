import { expect } from '@open-wc/testing'
import { useService, type BackendUnderTest } from './backend-harness.js'

export function describeSettings(backend: BackendUnderTest): void {
  describe('settings', () => {
    const service = useService(backend)

    it('reach all devices of their user, the one that set them included', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const second = await service.connect(alice.userId)
      const setting = await alice.session.settings.set('theme', { dark: true })
      for (const { received } of [alice, second]) {
        const seen = await received.until(({ settings }) =>
          settings.find((it) => it.key === 'theme'),
        )
        expect(seen).to.deep.equal(setting)
      }
    })

    it('carry any JSON under any key', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const key = '1/a%2Fb/:draft é 你'
      for (const value of [null, false, 0, '', 'text', [1, [2]], { a: { b: null } }]) {
        expect(await alice.session.settings.set(key, value)).to.deep.include({ key, value })
      }
    })

    it('have versions that rise with every change, from whatever device', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const second = await service.connect(alice.userId)
      const versions: number[] = []
      for (const { session } of [alice, second, alice, second]) {
        versions.push((await session.settings.set('key', versions.length)).version)
      }
      expect(versions).to.deep.equal([...new Set(versions)].sort((one, other) => one - other))
    })

    it('end with the same value everywhere when two devices write at once', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const second = await service.connect(alice.userId)
      const written = await Promise.all([
        alice.session.settings.set('key', 'first'),
        second.session.settings.set('key', 'second'),
      ])
      const winner = written.reduce((one, other) => (one.version > other.version ? one : other))
      // In the same millisecond both may have taken one number; then one of them takes another.
      const isTied = written[0].version === written[1].version
      const least = isTied ? winner.version + 1 : winner.version
      const values = []
      for (const { received } of [alice, second]) {
        await received.until(({ settings }) => settings.some((it) => it.version >= least))
        const newest = received.settings.reduce((one, other) =>
          one.version > other.version ? one : other,
        )
        values.push(newest.value)
      }
      expect(values[0]).to.equal(values[1])
      if (!isTied) expect(values[0]).to.equal(winner.value)
    })

    it('can be removed', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const set = await alice.session.settings.set('key', 1)
      const removed = await alice.session.settings.set('key', null)
      expect(removed.value).to.equal(null)
      expect(removed.version).to.be.above(set.version)
    })

    it('are nobody else’s', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      await alice.session.settings.set('secret', 1)
      await bob.received.untilMessage(await alice.says(toBob, 'done'))
      expect(bob.received.settings).to.be.empty
      const batches = await bob.catchUp(undefined)
      expect(batches.flatMap(({ settings }) => settings ?? [])).to.be.empty
    })
  })
}
