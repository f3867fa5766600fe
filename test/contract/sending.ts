import { expect } from '@open-wc/testing'
import { MentionedType } from '../../src/model/content.js'
import { conversationIdOf } from '../../src/model/conversation.js'
import { serializedSize } from '../../src/model/limits.js'
import { UNSENT_ORDER, type ArchivedMessage } from '../../src/model/message.js'
import { message, privateWith, text } from '../support/backend-messages.js'
import { useService, type BackendUnderTest, type Client } from './backend-harness.js'

const idsOf = (messages: readonly ArchivedMessage[]) => messages.map((it) => it.messageUId)

export function describeSending(backend: BackendUnderTest): void {
  describe('sending', () => {
    const service = useService(backend)

    it('shows a private conversation to each side under the other’s id', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const sent = await alice.says(toBob, 'hello')
      const atBob = await bob.received.untilMessage(sent)
      const atAlice = await alice.received.untilMessage(sent)
      expect(conversationIdOf(atBob)).to.deep.equal(toAlice)
      expect(conversationIdOf(atAlice)).to.deep.equal(toBob)
      expect(atBob.senderUserId).to.equal(alice.userId)
      expect(atBob.content).to.deep.equal({ content: 'hello' })
    })

    it('gives a message one place and one time wherever it comes from', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const sent = await alice.says(toBob, 'hello')
      const atBob = await bob.received.untilMessage(sent)
      const places = [
        [sent, await alice.received.untilMessage(sent)],
        [sent, (await alice.session.history({ conversation: toBob, count: 1 })).messages[0]!],
        [atBob, (await bob.session.history({ conversation: toAlice, count: 1 })).messages[0]!],
        ...(backend.means.includes('samePlaces') ? [[sent, atBob]] : []),
      ] as const
      for (const [{ messageUId, order, sentTime }, place] of places) {
        expect(place).to.include({ messageUId, order, sentTime })
      }
    })

    it('orders by tokens that rise as strings, and by times that never fall', async () => {
      const { alice, toBob } = await service.connectPair()
      const sent = await alice.saysAll(toBob, [
        '1',
        '2',
        '3',
        '4',
        '5',
        '6',
        '7',
        '8',
        '9',
        '10',
        '11',
      ])
      for (const [index, { order, sentTime }] of sent.entries()) {
        expect(order.startsWith(UNSENT_ORDER)).to.equal(false)
        const previous = sent[index - 1]
        if (!previous) continue
        expect(order > previous.order).to.equal(true)
        expect(sentTime).to.be.at.least(previous.sentTime)
      }
    })

    if (backend.means.includes('samePlaces')) {
      it('brings what two people say at once to both in one order', async () => {
        const { alice, bob, toBob, toAlice } = await service.connectPair()
        const words = Array.from({ length: 10 }, (_, index) => `${index}`)
        const sent = await Promise.all([
          ...words.map((it) => alice.says(toBob, it)),
          ...words.map((it) => bob.says(toAlice, it)),
        ])
        for (const { received } of [alice, bob]) {
          await received.until(({ messages }) => messages.length >= sent.length)
        }
        const ordered = idsOf(sent.sort((one, other) => (one.order < other.order ? -1 : 1)))
        expect(idsOf(alice.received.messages)).to.deep.equal(ordered)
        expect(idsOf(bob.received.messages)).to.deep.equal(ordered)
      })
    }

    it('shows the sender’s other devices what was sent', async () => {
      const { alice, toBob } = await service.connectPair()
      const second = await service.connect(alice.userId)
      const seen = await second.received.untilMessage(await alice.says(toBob, 'from my phone'))
      expect(conversationIdOf(seen)).to.deep.equal(toBob)
      expect(seen.senderUserId).to.equal(alice.userId)
    })

    it('never believes the sender it is given', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const forged = text(toBob, 'it was not me', { senderUserId: bob.userId })
      await alice.session.send(forged)
      expect((await bob.received.untilMessage(forged)).senderUserId).to.equal(alice.userId)
    })

    it('carries everything an envelope holds', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const sent = text(toBob, 'whole', {
        content: {
          content: 'whole',
          extra: 'a text of the host',
          user: { id: alice.userId, name: 'Alice', portraitUri: 'https://example.org/a.png' },
          mentionedInfo: { type: MentionedType.SINGAL, userIdList: [bob.userId] },
        },
        isCounted: false,
        isMentioned: true,
        disableNotification: true,
        canIncludeExpansion: true,
        expansion: { key: 'value' },
        needReceipt: true,
        pushContent: 'push',
        pushData: 'data',
        pushConfig: { pushTitle: 'title' },
      })
      await alice.session.send(sent)
      const { senderUserId: _, targetId: __, ...carried } = sent
      for (const [field, value] of Object.entries(carried)) {
        const seen = await bob.received.untilMessage(sent)
        expect(seen[field as keyof ArchivedMessage], field).to.deep.equal(value)
      }
    })

    it('carries types it does not know and any text as they are', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const content = {
        a: { b: [1, true, null] },
        words: '<b onclick="x">&amp;</b> 你好 👩‍👩‍👧 שלום\n\t"\\',
      }
      const sent = message(toBob, 'app:card', content)
      await alice.session.send(sent)
      const seen = await bob.received.untilMessage(sent)
      expect(seen.messageType).to.equal('app:card')
      expect(seen.content).to.deep.equal(content)
    })

    it('keeps what one writes to oneself, once', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const toSelf = privateWith(alice.userId)
      const sent = await alice.says(toSelf, 'note')
      expect(conversationIdOf(await alice.received.untilMessage(sent))).to.deep.equal(toSelf)
      const { messages } = await alice.session.history({ conversation: toSelf, count: 10 })
      expect(idsOf(messages)).to.deep.equal([sent.messageUId])
    })

    it('keeps messages for those who are away', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const bobId = service.newUser('bob')
      await service.harness.tokenOf(bobId)
      const sent = await alice.says(privateWith(bobId), 'when you are back')
      const bob = await service.connect(bobId)
      const page = await bob.session.history({ conversation: privateWith(alice.userId), count: 10 })
      expect(idsOf(page.messages)).to.deep.equal([sent.messageUId])
    })

    describe('twice with one id', () => {
      const expectOnce = async (reader: Client, writer: Client, ids: string[]) => {
        const fence = await writer.says(privateWith(reader.userId), 'end')
        await reader.received.untilMessage(fence)
        expect(idsOf(reader.received.messages)).to.deep.equal([...ids, fence.messageUId])
        const page = await reader.session.history({
          conversation: privateWith(writer.userId),
          count: 10,
        })
        expect(idsOf(page.messages)).to.deep.equal([...ids, fence.messageUId])
      }

      it('is sending once', async () => {
        const { alice, bob, toBob } = await service.connectPair()
        const sent = text(toBob, 'hello')
        const first = await alice.session.send(sent)
        expect(await alice.session.send(sent)).to.deep.equal(first)
        await expectOnce(bob, alice, [sent.messageUId])
      })

      it('is sending once at the same moment too', async () => {
        const { alice, bob, toBob } = await service.connectPair()
        const sent = text(toBob, 'hello')
        const [first, ...others] = await Promise.all([1, 2, 3].map(() => alice.session.send(sent)))
        for (const other of others) expect(other).to.deep.equal(first)
        await expectOnce(bob, alice, [sent.messageUId])
      })

      it('is sending once from two devices', async () => {
        const { alice, bob, toBob } = await service.connectPair()
        const sent = text(toBob, 'hello')
        const first = await alice.session.send(sent)
        const second = await service.connect(alice.userId)
        expect(await second.session.send(sent)).to.deep.equal(first)
        await expectOnce(bob, alice, [sent.messageUId])
      })

      it('is two messages if two people do it', async () => {
        const { alice, bob, toBob, toAlice } = await service.connectPair()
        const mine = await alice.says(toBob, 'mine')
        const theirs = await bob.sends(text(toAlice, 'theirs', { messageUId: mine.messageUId }))
        expect(theirs.order).to.not.equal(mine.order)
        const { messages } = await alice.session.history({ conversation: toBob, count: 10 })
        expect(messages.map(({ senderUserId }) => senderUserId)).to.deep.equal([
          alice.userId,
          bob.userId,
        ])
      })

      it('is two messages in two conversations', async () => {
        const { alice, bob, toBob } = await service.connectPair()
        const carol = await service.connect(service.newUser('carol'))
        const first = await alice.says(toBob, 'to Bob')
        const second = text(privateWith(carol.userId), 'to Carol', { messageUId: first.messageUId })
        await alice.session.send(second)
        const atBob = await bob.received.untilMessage(first)
        const atCarol = await carol.received.untilMessage(second)
        expect([atBob.content, atCarol.content]).to.deep.equal([
          { content: 'to Bob' },
          { content: 'to Carol' },
        ])
      })
    })

    it('carries a message of exactly the size that is allowed', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const room = service.limits.messageSize - serializedSize({ content: '' })
      const sent = await alice.says(toBob, 'x'.repeat(room))
      const seen = await bob.received.untilMessage(sent)
      expect(serializedSize(seen.content)).to.equal(service.limits.messageSize)
    })
  })
}
