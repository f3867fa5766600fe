import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import { privateWith } from '../support/backend-messages.js'
import { refusalOf } from '../support/backend-refusal.js'
import {
  useService,
  type BackendUnderTest,
  type Client,
  type PushedBrowser,
} from './backend-harness.js'

export function describePush(backend: BackendUnderTest): void {
  describe('push', () => {
    const service = useService(backend)
    const newBrowser = () => service.harness.newBrowser!()

    /** What still reaches a session while it ends is told to no browser. */
    const leave = async (...clients: Client[]) => {
      await Promise.all(clients.map(({ session }) => session.close()))
      await Promise.all(clients.map(({ userId }) => service.harness.untilAway!(userId)))
    }

    it('tells the browser of who is away that something came', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const browser = await newBrowser()
      expect(await bob.session.push!.key()).to.match(/^[\w-]{87}$/)
      await bob.session.push!.subscribe(browser.address)
      await bob.session.push!.subscribe(browser.address)
      await leave(bob)
      await alice.says(toBob, 'are you there?')
      expect(await browser.isTold()).to.deep.equal({
        ...privateWith(alice.userId),
        senderUserId: alice.userId,
        more: 0,
      })
    })

    it('tells it no more once it is unsubscribed, and others still', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const carol = await service.connect(service.newUser('carol'))
      const [one, other] = await Promise.all([newBrowser(), newBrowser()])
      await bob.session.push!.subscribe(one.address)
      const elsewhere = await service.connect(bob.userId)
      await elsewhere.session.push!.subscribe(other.address)
      await bob.session.push!.unsubscribe(one.address.endpoint)
      await leave(bob, elsewhere)
      await alice.says(toBob, 'for the other')
      await other.isTold()

      const again = await service.connect(bob.userId)
      await again.session.push!.subscribe(one.address)
      await leave(again)
      await carol.says(toBob, 'for both')
      expect(await one.isTold()).to.include({ senderUserId: carol.userId })
    })

    it('tells each of the browsers that one session has subscribed', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const browsers = await Promise.all([newBrowser(), newBrowser(), newBrowser()])
      const [first, second, third] = browsers as [PushedBrowser, PushedBrowser, PushedBrowser]
      await bob.session.push!.subscribe(first.address)
      await Promise.all([second, third].map(({ address }) => bob.session.push!.subscribe(address)))
      await leave(bob)
      await alice.says(toBob, 'to all of them')
      for (const browser of browsers) {
        expect(await browser.isTold()).to.include({ senderUserId: alice.userId })
      }
    })

    it('goes on in a session that comes later, under the address it has', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const browser = await newBrowser()
      await bob.session.push!.subscribe(browser.address)
      await leave(bob)
      const later = await service.connect(bob.userId)
      await later.session.push!.subscribe(browser.address)
      await leave(later)
      await alice.says(toBob, 'again')
      expect(await browser.isTold()).to.include({ targetId: alice.userId, more: 0 })
    })

    it('refuses an address that is no push service’s', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const { address } = await newBrowser()
      const elsewhere = { ...address, endpoint: 'https://example.org/push' }
      const refused = await refusalOf(alice.session.push!.subscribe(elsewhere))
      expect(refused.code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
      expect(refused.message).to.contain('https://example.org/push')
    })
  })
}
