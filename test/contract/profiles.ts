import { expect } from '@open-wc/testing'
import { useService, type BackendUnderTest } from './backend-harness.js'

export function describeProfiles(backend: BackendUnderTest): void {
  describe('profiles', () => {
    const service = useService(backend)

    it('are seen by others after they changed', async () => {
      const { alice, bob } = await service.connectPair()
      const profile = { name: 'Alice', portraitUri: 'https://example.org/alice.png' }
      await alice.session.profiles!.update(profile)
      const [seen] = await bob.session.profiles!.users([alice.userId])
      expect(seen).to.include({ id: alice.userId, ...profile })
    })

    it('keep what a change leaves out', async () => {
      const { alice, bob } = await service.connectPair()
      await alice.session.profiles!.update({ portraitUri: 'https://example.org/alice.png' })
      await alice.session.profiles!.update({ name: 'Alice' })
      const [seen] = await bob.session.profiles!.users([alice.userId])
      expect(seen).to.include({ name: 'Alice', portraitUri: 'https://example.org/alice.png' })
    })

    it('come in the order asked for', async () => {
      const { alice, bob } = await service.connectPair()
      await alice.session.profiles!.update({ name: 'Alice' })
      await bob.session.profiles!.update({ name: 'Bob' })
      const seen = await alice.session.profiles!.users([bob.userId, alice.userId])
      expect(seen.map(({ name }) => name)).to.deep.equal(['Bob', 'Alice'])
    })

    it('of nobody are none', async () => {
      const alice = await service.connect(service.newUser('alice'))
      expect(await alice.session.profiles!.users([])).to.deep.equal([])
    })
  })
}
