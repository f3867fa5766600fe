import { expect } from '@open-wc/testing'
import type { Batch } from '../../src/backends/backend.js'
import { conversationKey } from '../../src/model/conversation.js'
import type { ArchivedMessage } from '../../src/model/message.js'
import { deleteForMe, privateWith, readReceipt, recall } from '../support/backend-messages.js'
import { useService, type BackendUnderTest, type Client } from './backend-harness.js'

const idsOf = (messages: readonly ArchivedMessage[]) => messages.map((it) => it.messageUId)
const messagesOf = (batches: readonly Batch[]) => batches.flatMap(({ messages }) => messages)
const settingsOf = (batches: readonly Batch[]) => batches.flatMap(({ settings }) => settings ?? [])
const gapsOf = (batches: readonly Batch[]) =>
  batches.flatMap(({ gaps }) => gaps ?? []).map(conversationKey)

/** A device that has seen everything, and is then away. */
async function leave(client: Client): Promise<string> {
  const cursor = await client.cursor()
  await client.session.close()
  return cursor
}

export function describeCatchUp(backend: BackendUnderTest): void {
  const words = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12']

  describe('catching up', () => {
    const service = useService(backend)

    it('brings nothing when nothing was missed', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      await bob.received.untilMessage(await alice.says(toBob, 'seen'))
      const cursor = await leave(bob)
      const again = await service.connect(bob.userId)
      const batches = await again.catchUp(cursor)
      expect(messagesOf(batches)).to.be.empty
      expect(gapsOf(batches)).to.be.empty
    })

    it('brings what was missed, in order', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const cursor = await leave(bob)
      const sent = await alice.saysAll(toBob, words)
      const again = await service.connect(bob.userId)
      const batches = await again.catchUp(cursor)
      expect(idsOf(messagesOf(batches))).to.deep.equal(idsOf(sent))
      expect(gapsOf(batches)).to.be.empty
    })

    it('gives messages the same place as they had live', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const cursor = await bob.cursor()
      const live = await bob.received.untilMessage(await alice.says(toBob, 'live'))
      const [missed] = messagesOf(await (await service.connect(bob.userId)).catchUp(cursor))
      expect(missed).to.deep.equal(live)
    })

    it('goes on from any batch, so that an interruption loses nothing', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const cursor = await leave(bob)
      const sent = await alice.saysAll(
        toBob,
        Array.from({ length: 250 }, (_, index) => `${index}`),
      )
      const again = await service.connect(bob.userId)
      const received: ArchivedMessage[] = []
      let place = cursor
      for (;;) {
        let batch: Batch | undefined
        for await (batch of again.session.catchUp(place)) break
        if (!batch) break
        received.push(...batch.messages)
        place = batch.cursor
      }
      expect(idsOf(received)).to.deep.equal(idsOf(sent))
    })

    it('goes on from a live batch too', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const seen = await alice.says(toBob, 'seen')
      const { cursor } = await bob.received.until(({ batches }) =>
        batches.find(({ messages }) => idsOf(messages).includes(seen.messageUId)),
      )
      await bob.session.close()
      const missed = await alice.says(toBob, 'missed')
      const batches = await (await service.connect(bob.userId)).catchUp(cursor)
      expect(idsOf(messagesOf(batches))).to.deep.equal([missed.messageUId])
    })

    it('goes on from a live setting too', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      await alice.says(toBob, 'seen')
      const again = await service.connect(bob.userId)
      await again.cursor()
      await again.session.settings.set('key', 'value')
      const { cursor } = await again.received.until(({ batches }) =>
        batches.find(({ settings }) => settings?.some(({ key }) => key === 'key')),
      )
      const missed = await alice.says(toBob, 'missed')
      const batches = await (await service.connect(bob.userId)).catchUp(cursor)
      expect(idsOf(messagesOf(batches))).to.deep.equal([missed.messageUId])
    })

    it('brings own messages from other devices', async () => {
      const { alice, toBob } = await service.connectPair()
      const second = await service.connect(alice.userId)
      const cursor = await leave(second)
      const sent = await alice.says(toBob, 'from elsewhere')
      const batches = await (await service.connect(alice.userId)).catchUp(cursor)
      expect(idsOf(messagesOf(batches))).to.deep.equal([sent.messageUId])
    })

    it('brings settings that changed, with their last value', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const second = await service.connect(alice.userId)
      const cursor = await leave(second)
      await alice.session.settings.set('pinned', 1)
      const last = await alice.session.settings.set('pinned', 2)
      const batches = await (await service.connect(alice.userId)).catchUp(cursor)
      expect(settingsOf(batches).at(-1)).to.deep.equal(last)
    })

    it('and the live line together miss nothing', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const cursor = await leave(bob)
      const before = await alice.saysAll(toBob, words)
      const again = await service.connect(bob.userId)
      const [caughtUp, during] = await Promise.all([
        again.catchUp(cursor),
        alice.saysAll(toBob, words),
      ])
      const known = new Set(idsOf(messagesOf(caughtUp)))
      await again.received.until(({ messages }) => {
        for (const id of idsOf(messages)) known.add(id)
        return known.size === before.length + during.length
      })
    })

    it('without a cursor brings settings and a cursor, and names what the archive holds', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      await alice.says(toBob, 'before you had this device')
      const setting = await bob.session.settings.set('theme', { dark: true })
      await bob.session.settings.set('gone', 1)
      await bob.session.settings.set('gone', null)
      const device = await service.connect(bob.userId)
      const batches = await device.catchUp(undefined)
      const set = settingsOf(batches).filter(({ value }) => value !== null)
      expect(set).to.deep.equal([setting])
      const known = idsOf(messagesOf(batches)).length > 0
      expect(known || gapsOf(batches).includes(conversationKey(toAlice))).to.equal(true)

      const cursor = batches.at(-1)!.cursor
      await device.session.close()
      const missed = await alice.says(toBob, 'after')
      const next = await (await service.connect(bob.userId)).catchUp(cursor)
      expect(idsOf(messagesOf(next))).to.deep.equal([missed.messageUId])
    })

    it('takes the cursor of another database for none', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      await alice.says(toBob, 'hello')
      const batches = await bob.catchUp('no cursor of this server')
      expect(batches.at(-1)!.cursor).to.be.a('string')
      expect(messagesOf(batches).length + gapsOf(batches).length).to.be.above(0)
    })
  })

  describe('catching up after a long absence', () => {
    const service = useService(backend, { catchUpLimit: 5 })

    /** Every message of a conversation, as the history tells it. */
    const wholeHistory = async (client: Client, conversation: ReturnType<typeof privateWith>) =>
      idsOf((await client.session.history({ conversation, count: 100 })).messages)

    it('names the conversations in which messages may be missing', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const carol = await service.connect(service.newUser('carol'))
      await bob.received.untilMessage(await carol.says(toBob, 'seen'))
      const cursor = await leave(bob)
      const sent = await alice.saysAll(toBob, words)
      const again = await service.connect(bob.userId)
      const batches = await again.catchUp(cursor)

      const caughtUp = idsOf(messagesOf(batches))
      const isWhole = sent.every(({ messageUId }) => caughtUp.includes(messageUId))
      expect(isWhole || gapsOf(batches).includes(conversationKey(toAlice))).to.equal(true)
      expect(gapsOf(batches)).to.not.include(conversationKey(privateWith(carol.userId)))
      expect(await wholeHistory(again, toAlice)).to.deep.equal(idsOf(sent))
    })

    it('still brings the settings that changed', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const elsewhere = await service.connect(bob.userId)
      const cursor = await leave(bob)
      await alice.saysAll(toBob, words)
      const setting = await elsewhere.session.settings.set('key', 'value')
      const batches = await (await service.connect(bob.userId)).catchUp(cursor)
      expect(settingsOf(batches)).to.deep.equal([setting])
    })

    it('still brings every operation, for it may be about an older message', async () => {
      const { alice, bob, toBob, toAlice } = await service.connectPair()
      const old = await alice.says(toBob, 'old')
      await bob.received.untilMessage(old)
      const elsewhere = await service.connect(bob.userId)
      const cursor = await leave(bob)
      const operations = [await elsewhere.sends(readReceipt(toAlice, old))]
      await alice.saysAll(toBob, words)
      if (service.has('deleteForMe')) {
        const { messageUId, senderUserId } = old
        const removal = deleteForMe(toAlice, { messages: [{ messageUId, senderUserId }] })
        operations.push(await elsewhere.sends(removal))
      }
      if (service.has('recall')) operations.push(await alice.sends(recall(toBob, old)))

      const batches = await (await service.connect(bob.userId)).catchUp(cursor)
      expect(idsOf(messagesOf(batches))).to.include.members(idsOf(operations))
    })

    it('can go on from its last cursor', async () => {
      const { alice, bob, toBob } = await service.connectPair()
      const cursor = await leave(bob)
      await alice.saysAll(toBob, words)
      const again = await service.connect(bob.userId)
      const last = (await again.catchUp(cursor)).at(-1)!.cursor
      const next = await alice.says(toBob, 'next')
      expect(idsOf(messagesOf(await again.catchUp(last)))).to.deep.equal([next.messageUId])
    })
  })
}
