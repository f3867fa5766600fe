import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import { expansion, inGroup, recall, text } from '../support/backend-messages.js'
import { codeOf } from '../support/backend-refusal.js'
import { useService, type BackendUnderTest, type Client } from './backend-harness.js'

export function describeDirectedMessages(backend: BackendUnderTest): void {
  describe('directed messages', () => {
    const service = useService(backend)

    /** Alice has told Bob something in a group that Carol is in too. */
    const withWhisper = async () => {
      const clients = await service.connectNew('alice', 'bob', 'carol')
      const [alice, bob, carol] = clients as [Client, Client, Client]
      const memberIds = [bob.userId, carol.userId]
      const { groupId } = await alice.session.groups!.create({ name: 'Team', memberIds })
      const toGroup = inGroup(groupId)
      const directedUserIds = [bob.userId]
      const draft = text(toGroup, 'psst', { directedUserIds, canIncludeExpansion: true })
      return { alice, bob, carol, toGroup, whisper: await alice.sends(draft) }
    }

    /** What a client was given of the group after all that was sent to it, live and from the archive. */
    const everythingAt = async (
      client: Client,
      writer: Client,
      toGroup: ReturnType<typeof inGroup>,
    ) => {
      await client.received.untilMessage(await writer.says(toGroup, 'end'))
      const page = await client.session.history({ conversation: toGroup, count: 20 })
      return [...client.received.messages, ...page.messages, ...page.operations].map(
        ({ messageUId }) => messageUId,
      )
    }

    it('reach those they are directed to, and their sender', async () => {
      const { alice, bob, toGroup, whisper } = await withWhisper()
      for (const client of [alice, bob]) {
        const seen = await client.received.untilMessage(whisper)
        expect(seen.directedUserIds).to.deep.equal([bob.userId])
        const page = await client.session.history({ conversation: toGroup, count: 20 })
        expect(page.messages.map(({ order }) => order)).to.include(whisper.order)
      }
    })

    it('reach no other member, live or from the archive', async () => {
      const { alice, carol, toGroup, whisper } = await withWhisper()
      expect(await everythingAt(carol, alice, toGroup)).to.not.include(whisper.messageUId)
    })

    it('directed to nobody are for everyone', async () => {
      const { alice, carol, toGroup } = await withWhisper()
      const sent = text(toGroup, 'all of you', { directedUserIds: [] })
      await alice.session.send(sent)
      await carol.received.untilMessage(sent)
    })

    if (backend.capabilities.includes('recall') && backend.capabilities.includes('expansion')) {
      it('keep operations on them among those who see them', async () => {
        const { alice, bob, carol, toGroup, whisper } = await withWhisper()
        const put = { seen: 'yes' }
        const change = await bob.sends(expansion(toGroup, whisper, { put }))
        const operation = await alice.sends(recall(toGroup, whisper))
        for (const { messageUId } of [change, operation]) {
          await bob.received.untilMessage({ messageUId })
          expect(await everythingAt(carol, alice, toGroup)).to.not.include(messageUId)
        }
      })

      it('can not be recalled by who does not see them', async () => {
        const { carol, toGroup, whisper } = await withWhisper()
        const call = carol.session.send(recall(toGroup, whisper))
        expect(await codeOf(call)).to.equal(ErrorCode.RECALL_MESSAGE)
      })
    }

    if (backend.capabilities.includes('conversations')) {
      it('are neither last message nor unread for the others', async () => {
        const { bob, carol, whisper } = await withWhisper()
        const listOf = async ({ session }: Client) => {
          const { items } = await session.conversations!.list({ count: 1 })
          return items[0]!
        }
        const atBob = await listOf(bob)
        expect(atBob.latestMessage!.order).to.equal(whisper.order)
        expect(atBob.unreadMessageCount).to.equal(1)
        const atCarol = await listOf(carol)
        expect(atCarol.latestMessage!.order < whisper.order).to.equal(true)
        expect(atCarol.unreadMessageCount).to.equal(0)
      })
    }
  })
}
