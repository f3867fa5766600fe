import { expect } from '@open-wc/testing'
import type { ServerConversation } from '../../src/backends/backend.js'
import { MentionedType, type MentionedInfo } from '../../src/model/content.js'
import { conversationKey, type ConversationId } from '../../src/model/conversation.js'
import { MessageType } from '../../src/model/message-types.js'
import type { ArchivedMessage } from '../../src/model/message.js'
import {
  deleteForMe,
  edit,
  inGroup,
  message,
  privateWith,
  reaction,
  readReceipt,
  recall,
  text,
} from '../support/backend-messages.js'
import { useService, type BackendUnderTest, type Client } from './backend-harness.js'

export function describeConversations(backend: BackendUnderTest): void {
  describe('conversation list', () => {
    const service = useService(backend)

    const list = async (
      client: Client,
      query: { count: number; before?: number } = { count: 20 },
    ) => client.session.conversations!.list(query)

    const only = async (client: Client): Promise<ServerConversation> => {
      const { items } = await list(client)
      expect(items).to.have.length(1)
      return items[0]!
    }

    const readUpTo = (client: Client, conversation: ConversationId, read: ArchivedMessage) => {
      const { order, sentTime, messageUId } = read
      const key = `${conversationKey(conversation)}:readPosition`
      return client.session.settings.set(key, { order, sentTime, messageUId })
    }

    it('is empty for who has none', async () => {
      const alice = await service.connect(service.newUser('alice'))
      expect(await list(alice)).to.deep.equal({ items: [], hasMore: false })
    })

    it('holds each conversation once, as its user calls it, with the last message', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      await alice.says(toBob, 'one')
      const last = await bob.says(toAlice, 'two')
      const mine = await only(alice)
      expect(mine).to.include({ conversationType: toBob.conversationType, targetId: bob.userId })
      expect(mine.latestMessage).to.include({ order: last.order, targetId: bob.userId })
      const theirs = await only(bob)
      expect(theirs.targetId).to.equal(alice.userId)
      expect(theirs.latestMessage).to.include({ order: last.order, targetId: alice.userId })
    })

    it('has the newest first, and comes in pages', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const friends = await service.connectNew('bob', 'carol', 'dave', 'eve', 'frank')
      for (const friend of friends) await alice.says(privateWith(friend.userId), 'hello')
      await friends[1]!.says(privateWith(alice.userId), 'hello back')
      const expected = [1, 4, 3, 2, 0].map((index) => friends[index]!.userId)

      const listed: string[] = []
      let before: number | undefined
      for (;;) {
        const page = await list(alice, { count: 2, before })
        expect(page.items.length).to.be.at.most(2)
        listed.push(...page.items.map(({ targetId }) => targetId))
        if (!page.hasMore) break
        before = page.items.at(-1)!.latestMessage!.sentTime
      }
      expect(listed).to.deep.equal(expected)
    })

    it('counts what others sent and this user has not read', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const [, two] = await alice.saysAll(toBob, ['one', 'two', 'three'])
      await bob.says(toAlice, 'own messages do not count')
      expect((await only(bob)).unreadMessageCount).to.equal(3)
      await readUpTo(bob, toAlice, two!)
      expect((await only(bob)).unreadMessageCount).to.equal(1)
      expect((await only(alice)).unreadMessageCount).to.equal(1)
    })

    it('does not count what is not to be counted', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const notice = { message: 'a grey line' }
      const type = MessageType.INFORMATION_NOTIFICATION
      await alice.session.send(message(toBob, type, notice, { isCounted: false }))
      const { latestMessage, unreadMessageCount } = await only(bob)
      expect(latestMessage!.content).to.deep.equal(notice)
      expect(unreadMessageCount).to.equal(0)
    })

    it('brings the read receipts behind the last message', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const read = await alice.says(toBob, 'one')
      await bob.says(toAlice, 'two')
      const receipt = await bob.sends(readReceipt(toAlice, read))
      const { operations } = await only(alice)
      expect(operations!.map(({ order }) => order)).to.deep.equal([receipt.order])
    })

    if (backend.means.includes('systemMessages')) {
      it('counts what the server says, until it is read', async () => {
        const alice = await service.connect(service.newUser('alice'))
        const content = { content: 'Welcome!' }
        const senderUserId = 'News & Weather'
        const said = { senderUserId, messageType: MessageType.TEXT, content }
        await service.harness.sendSystemMessage!(alice.userId, said)
        await alice.received.until(({ messages }) => messages[0])
        const { latestMessage, ...conversation } = await only(alice)
        expect(conversation.targetId).to.equal(senderUserId)
        expect(conversation.unreadMessageCount).to.equal(1)
        await readUpTo(alice, conversation, latestMessage!)
        expect((await only(alice)).unreadMessageCount).to.equal(0)
      })
    }

    if (backend.capabilities.includes('recall')) {
      it('no longer counts what was recalled, and says that it was', async () => {
        const { alice, bob, toBob } = await service.connectPair()
        const sent = await alice.says(toBob, 'oops')
        const operation = await alice.sends(recall(toBob, sent))
        const { latestMessage, operations, unreadMessageCount } = await only(bob)
        expect(latestMessage!.order).to.equal(sent.order)
        expect(latestMessage!.content).to.deep.equal({})
        expect(operations!.map(({ order }) => order)).to.deep.equal([operation.order])
        expect(unreadMessageCount).to.equal(0)
      })
    }

    if (backend.capabilities.includes('edit') && backend.capabilities.includes('reactions')) {
      it('ends with a message, with what was done to it since', async () => {
        const { alice, bob, toBob, toAlice } = await service.connectPair()
        const sent = await alice.says(toBob, 'a plian word')
        const edited = await alice.sends(edit(toBob, sent, { content: 'a plain word' }))
        const liked = await bob.sends(reaction(toAlice, sent, '👍'))
        for (const client of [alice, bob]) {
          const { latestMessage, operations, unreadMessageCount } = await only(client)
          expect(latestMessage!.order).to.equal(sent.order)
          expect(operations!.map(({ order }) => order)).to.deep.equal([edited.order, liked.order])
          expect(unreadMessageCount).to.equal(client === bob ? 1 : 0)
        }
      })
    }

    if (backend.capabilities.includes('deleteForMe')) {
      it('does not show or count what this user removed', async () => {
        const { alice, bob, toBob, toAlice } = await service.connectPair()
        const [one, two] = await alice.saysAll(toBob, ['one', 'two'])
        await bob.session.send(deleteForMe(toAlice, { messages: [two!] }))
        const { latestMessage, unreadMessageCount } = await only(bob)
        expect(latestMessage!.order).to.equal(one!.order)
        expect(unreadMessageCount).to.equal(1)
        expect((await only(alice)).latestMessage!.order).to.equal(two!.order)
      })

      it('leaves out a conversation that was cleared, until somebody writes', async () => {
        const { alice, bob, toBob, toAlice } = await service.connectPair()
        const sent = await alice.says(toBob, 'one')
        await bob.session.send(deleteForMe(toAlice, { before: sent.order }))
        expect((await list(bob)).items).to.be.empty
        await alice.says(toBob, 'two')
        expect((await only(bob)).unreadMessageCount).to.equal(1)
      })
    }

    if (backend.capabilities.includes('groups')) {
      it('counts mentions of this user and of all', async () => {
        const { alice, bob } = await service.connectPair()
        const memberIds = [bob.userId]
        const { groupId } = await alice.session.groups!.create({ name: 'Team', memberIds })
        const mention = (mentionedInfo: MentionedInfo, isMentioned = true) =>
          alice.session.send(
            text(inGroup(groupId), '@', { content: { content: '@', mentionedInfo }, isMentioned }),
          )
        await mention({ type: MentionedType.ALL })
        await mention({ type: MentionedType.SINGAL, userIdList: [bob.userId] })
        await mention({ type: MentionedType.SINGAL, userIdList: [alice.userId] })
        await mention({ type: MentionedType.ALL }, false)
        expect(await only(bob)).to.include({ unreadMessageCount: 4, unreadMentionedCount: 2 })
        expect(await only(alice)).to.include({ unreadMessageCount: 0, unreadMentionedCount: 0 })
      })

      it('holds the groups one is in, and not those one has left', async () => {
        const { alice, bob } = await service.connectPair()
        const memberIds = [bob.userId]
        const { groupId } = await alice.session.groups!.create({ name: 'Team', memberIds })
        expect((await only(bob)).targetId).to.equal(groupId)
        await bob.session.groups!.leave(groupId)
        expect((await list(bob)).items).to.be.empty
      })
    }
  })
}
