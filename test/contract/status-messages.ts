import { expect } from '@open-wc/testing'
import { conversationIdOf } from '../../src/model/conversation.js'
import { message, privateWith, typing } from '../support/backend-messages.js'
import { useService, type BackendUnderTest } from './backend-harness.js'

export function describeStatusMessages(backend: BackendUnderTest): void {
  describe('status messages', () => {
    const service = useService(backend)

    it('reach those who are online, from the other’s side', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const sent = typing(toBob)
      const acknowledgement = await alice.session.send(sent)
      expect(acknowledgement.order).to.equal('')
      const seen = await bob.received.untilStatus(sent)
      expect(conversationIdOf(seen)).to.deep.equal(toAlice)
      expect(seen.senderUserId).to.equal(alice.userId)
      expect(seen.content).to.deep.equal(sent.content)
      expect(seen.sentTime).to.be.a('number')
    })

    it('do not come back to the session that sent them', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const mine = typing(toBob)
      await alice.session.send(mine)
      await bob.received.untilStatus(mine)
      const theirs = typing(toAlice)
      await bob.session.send(theirs)
      await alice.received.untilStatus(theirs)
      expect(alice.received.statuses).to.have.length(1)
    })

    it('are kept by nobody', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const cursor = await bob.cursor()
      const sent = typing(toBob)
      await alice.session.send(sent)
      await bob.received.untilStatus(sent)

      const page = await bob.session.history({ conversation: toAlice, count: 10 })
      expect([...page.messages, ...page.operations]).to.be.empty
      const late = await service.connect(bob.userId)
      const missed = (await late.catchUp(cursor)).flatMap(({ messages }) => messages)
      expect(missed).to.be.empty
      const fence = typing(toBob)
      await alice.session.send(fence)
      await late.received.untilStatus(fence)
      expect(late.received.statuses).to.have.length(1)
    })

    it('of any type that is not to be kept travel the same way', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const command = message(toBob, 'app:command', { name: 'ring' }, { isPersisted: false })
      expect((await alice.session.send(command)).order).to.equal('')
      await bob.received.untilStatus(command)
      const { messages } = await alice.session.history({ conversation: toBob, count: 10 })
      expect(messages).to.be.empty
    })

    it('for oneself reach the own other devices alone', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const second = await service.connect(alice.userId)
      const flags = { isPersisted: false, isCounted: false, audience: 'self' } as const
      const own = message(toBob, 'RC:SRSMsg', { lastMessageSendTime: 1 }, flags)
      await alice.session.send(own)
      await second.received.untilStatus(own)
      const fence = typing(toBob)
      await alice.session.send(fence)
      await bob.received.untilStatus(fence)
      expect(bob.received.statuses).to.have.length(1)
    })

    it('reach nobody else', async () => {
      const [alice, bob, carol] = await service.connectNew('alice', 'bob', 'carol')
      await alice!.session.send(typing(privateWith(bob!.userId)))
      const fence = typing(privateWith(carol!.userId))
      await alice!.session.send(fence)
      await carol!.received.untilStatus(fence)
      expect(carol!.received.statuses).to.have.length(1)
    })
  })
}
