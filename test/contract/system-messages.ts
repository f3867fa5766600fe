import { expect } from '@open-wc/testing'
import { conversationIdOf } from '../../src/model/conversation.js'
import { ErrorCode } from '../../src/model/errors.js'
import { MessageType } from '../../src/model/message-types.js'
import type { ArchivedMessage } from '../../src/model/message.js'
import { fromSystem, text } from '../support/backend-messages.js'
import { codeOf } from '../support/backend-refusal.js'
import { useService, type BackendUnderTest, type Client } from './backend-harness.js'

export function describeSystemMessages(backend: BackendUnderTest): void {
  describe('system messages', () => {
    const service = useService(backend)

    const tell = (client: Client, content: string) =>
      service.harness.sendSystemMessage!(client.userId, {
        senderUserId: 'news',
        messageType: MessageType.TEXT,
        content: { content },
      })

    const wordsOf = (messages: readonly ArchivedMessage[]) =>
      messages.map(({ content }) => content.content as string)

    it('come from the server, in a conversation of their own', async () => {
      const alice = await service.connect(service.newUser('alice'))
      await tell(alice, 'welcome')
      const seen = await alice.received.until(({ messages }) => messages[0])
      expect(conversationIdOf(seen)).to.deep.equal(fromSystem('news'))
      expect(seen.senderUserId).to.equal('news')
    })

    it('are for their receiver alone', async () => {
      const { alice, bob } = await service.connectPair()
      await tell(alice, 'for Alice')
      await tell(bob, 'for Bob')
      await bob.received.until(({ messages }) => messages.length > 0)
      expect(wordsOf(bob.received.messages)).to.deep.equal(['for Bob'])
      const page = await bob.session.history({ conversation: fromSystem('news'), count: 10 })
      expect(wordsOf(page.messages)).to.deep.equal(['for Bob'])
    })

    it('wait for who is away', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const cursor = await alice.cursor()
      await alice.session.close()
      await tell(alice, 'while you were away')
      const batches = await (await service.connect(alice.userId)).catchUp(cursor)
      const missed = batches.flatMap(({ messages }) => messages)
      expect(wordsOf(missed)).to.deep.equal(['while you were away'])
    })

    it('can not be sent by users: 20109', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const call = alice.session.send(text(fromSystem('news'), 'I am the server'))
      expect(await codeOf(call)).to.equal(ErrorCode.SYS_CONVERSATION_NOT_SUPPORT_MESSAGE)
    })

    if (backend.capabilities.includes('conversations')) {
      it('count as unread in the list', async () => {
        const alice = await service.connect(service.newUser('alice'))
        await tell(alice, 'one')
        await tell(alice, 'two')
        const { items } = await alice.session.conversations!.list({ count: 10 })
        expect(items.map(conversationIdOf)).to.deep.equal([fromSystem('news')])
        expect(items[0]!.unreadMessageCount).to.equal(2)
      })
    }
  })
}
