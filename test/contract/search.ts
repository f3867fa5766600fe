import { expect } from '@open-wc/testing'
import type { ServerSearchQuery } from '../../src/backends/backend.js'
import { MessageType } from '../../src/model/message-types.js'
import type { ArchivedMessage } from '../../src/model/message.js'
import {
  deleteForMe,
  edit,
  fromSystem,
  inGroup,
  message,
  privateWith,
  recall,
  receiptResponse,
  text,
} from '../support/backend-messages.js'
import { useService, type BackendUnderTest, type Client } from './backend-harness.js'

const textsOf = (messages: readonly ArchivedMessage[]) =>
  messages.map(({ content }) => String(content.content ?? content.name))

export function describeSearch(backend: BackendUnderTest): void {
  describe('search', () => {
    const service = useService(backend)

    const find = (client: Client, query: Partial<ServerSearchQuery>) =>
      client.session.search!.messages({ count: 20, ...query })

    const texts = async (client: Client, query: Partial<ServerSearchQuery>) =>
      textsOf((await find(client, query)).messages)

    it('finds what a user may read, as it was sent, newest first', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const carol = await service.connect(service.newUser('carol'))
      const one = await alice.says(toBob, 'The BLUE house')
      await alice.says(toBob, 'a red one')
      const two = await bob.says(toAlice, 'why blue?')
      await bob.says(privateWith(carol.userId), 'blue, for Carol alone')
      const { messages, operations, next } = await find(alice, { keyword: 'blue' })
      expect(messages.map(({ order }) => order)).to.deep.equal([two.order, one.order])
      expect(messages[1]).to.deep.include({ ...one, targetId: bob.userId })
      expect(operations).to.be.empty
      expect(next).to.equal(undefined)
      expect(await texts(carol, { keyword: 'house' })).to.be.empty
    })

    it('finds parts of words, Chinese, and what looks like a pattern', async () => {
      const { alice, toBob } = await service.connectPair()
      await alice.saysAll(toBob, ['Grüße aus Köln', '今天晚上一起吃饭吗', '100% _sure_ <&>\\'])
      for (const [keyword, expected] of [
        ['öl', 'Grüße aus Köln'],
        ['晚上', '今天晚上一起吃饭吗'],
        ['0% _', '100% _sure_ <&>\\'],
        ['<&>\\', '100% _sure_ <&>\\'],
      ] as const) {
        expect(await texts(alice, { keyword }), keyword).to.deep.equal([expected])
      }
      expect(await texts(alice, { keyword: `öl\u0000${'x'.repeat(500)}😀` })).to.be.empty
    })

    it('brings who has read what was found, to who asked for it', async () => {
      if (!service.has('groupReceipts')) return
      const { alice, bob } = await service.connectPair()
      const memberIds = [bob.userId]
      const { groupId } = await alice.session.groups!.create({ name: 'Team', memberIds })
      const toGroup = inGroup(groupId)
      const sent = await alice.sends(text(toGroup, 'a word', { needReceipt: true }))
      const read = { [alice.userId]: [sent.messageUId] }
      const response = await bob.sends(receiptResponse(toGroup, read))
      const { messages, operations } = await find(alice, { keyword: 'word' })
      expect(messages.map(({ order }) => order)).to.deep.equal([sent.order])
      expect(operations.map(({ order }) => order)).to.deep.equal([response.order])
      expect(operations[0]!.content.receiptMessageDic).to.deep.equal(read)
    })

    it('is narrowed by conversation, sender, type and time', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const carol = await service.connect(service.newUser('carol'))
      await alice.says(toBob, 'word one')
      const two = await bob.says(toAlice, 'word two')
      await carol.says(privateWith(alice.userId), 'word three')
      const file = { name: 'word.pdf', fileUrl: 'https://files.example/word.pdf' }
      await bob.sends(message(toAlice, MessageType.FILE, file))
      const keyword = 'word'
      expect(await texts(alice, { keyword, conversation: toBob })).to.deep.equal([
        'word.pdf',
        'word two',
        'word one',
      ])
      const senderUserIds = [alice.userId, carol.userId]
      expect(await texts(alice, { senderUserIds })).to.deep.equal(['word three', 'word one'])
      const messageTypes = [MessageType.FILE]
      expect(await texts(alice, { messageTypes })).to.deep.equal(['word.pdf'])
      const until = { keyword, to: two.sentTime, conversation: toBob }
      expect((await texts(alice, until)).at(-1)).to.equal('word one')
      expect(await texts(alice, { keyword, from: two.sentTime + 60_000 })).to.be.empty
      expect(await texts(alice, { keyword, to: 0 })).to.be.empty
    })

    it('comes in pages without a double and without a hole', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const said = ['page 1', 'page 2', 'page 3', 'page 4', 'page 5']
      await alice.saysAll(toBob, said.slice(0, 3))
      await bob.saysAll(toAlice, said.slice(3))
      const seen: string[] = []
      let before: string | undefined
      do {
        const page = await find(bob, { keyword: 'page', count: 2, before })
        seen.push(...textsOf(page.messages))
        before = page.next
      } while (before !== undefined)
      expect(seen).to.deep.equal(said.reverse())
    })

    if (backend.capabilities.includes('recall')) {
      it('does not find what was recalled', async () => {
        const { alice, bob, toBob } = await service.connectPair()
        const sent = await alice.says(toBob, 'a secret')
        await alice.session.send(recall(toBob, sent))
        expect(await texts(bob, { keyword: 'secret' })).to.be.empty
        expect(await texts(bob, { senderUserIds: [alice.userId] })).to.be.empty
      })
    }

    if (backend.capabilities.includes('edit')) {
      it('finds an edited message by what it says now, with the edit', async () => {
        const { alice, bob, toBob } = await service.connectPair()
        const sent = await alice.says(toBob, 'a plian word')
        const operation = await alice.sends(edit(toBob, sent, { content: 'a plain word' }))
        expect(await texts(bob, { keyword: 'plian' })).to.be.empty
        const { messages, operations } = await find(bob, { keyword: 'plain' })
        expect(messages.map(({ order }) => order)).to.deep.equal([sent.order])
        expect(operations.map(({ order }) => order)).to.deep.equal([operation.order])
      })
    }

    if (backend.capabilities.includes('deleteForMe')) {
      it('does not find what this user removed', async () => {
        const { alice, bob, toBob, toAlice } = await service.connectPair()
        const [one] = await alice.saysAll(toBob, ['word one', 'word two'])
        await bob.session.send(deleteForMe(toAlice, { messages: [one!] }))
        expect(await texts(bob, { keyword: 'word' })).to.deep.equal(['word two'])
        expect(await texts(alice, { keyword: 'word' })).to.deep.equal(['word two', 'word one'])
      })
    }

    if (backend.capabilities.includes('groups')) {
      it('looks into the groups one is in, and into no others', async () => {
        const { alice, bob } = await service.connectPair()
        const memberIds = [bob.userId]
        const { groupId } = await alice.session.groups!.create({ name: 'Team', memberIds })
        const conversation = inGroup(groupId)
        const sent = await alice.says(conversation, 'for the team')
        const { messages } = await find(bob, { keyword: 'team', conversation })
        expect(messages).to.have.length(1)
        expect(messages[0]).to.deep.include(sent)
        await bob.session.groups!.leave(groupId)
        expect(await texts(bob, { keyword: 'team' })).to.be.empty
        expect(await texts(bob, { keyword: 'team', conversation })).to.be.empty
      })
    }

    if (backend.means.includes('systemMessages')) {
      it('finds what the server says', async () => {
        const alice = await service.connect(service.newUser('alice'))
        const senderUserId = 'News & Weather'
        const said = { senderUserId, messageType: MessageType.TEXT, content: { content: 'Rain' } }
        await service.harness.sendSystemMessage!(alice.userId, said)
        await alice.received.until(({ messages }) => messages[0])
        const conversation = fromSystem(senderUserId)
        const { messages } = await find(alice, { keyword: 'rain', conversation })
        expect(messages[0]).to.deep.include({ ...conversation, senderUserId })
      })
    }
  })
}
