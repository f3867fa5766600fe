import { expect } from '@open-wc/testing'
import type { HistoryPage } from '../../src/backends/backend.js'
import { ErrorCode } from '../../src/model/errors.js'
import type { ArchivedMessage } from '../../src/model/message.js'
import { inGroup, privateWith, readReceipt, recall } from '../support/backend-messages.js'
import { codeOf } from '../support/backend-refusal.js'
import { useService, type BackendUnderTest } from './backend-harness.js'

const wordsOf = ({ messages }: HistoryPage) =>
  messages.map(({ content }) => Number(content.content))

/** The numbers from one to another, both included. */
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

export function describeHistory(backend: BackendUnderTest): void {
  describe('history', () => {
    const service = useService(backend)

    /** A conversation in which Alice has counted from 1 to `count`. */
    const counted = async (count: number) => {
      const pair = await service.connectPair()
      await pair.alice.saysAll(pair.toBob, range(1, count).map(String))
      // Places are those of who reads.
      const sent = await pair.bob.received.until(({ messages }) =>
        messages.length === count ? messages : undefined,
      )
      const read = (query: object) =>
        pair.bob.session.history({ conversation: pair.toAlice, count: 4, ...query })
      /** Place of a number. */
      const at = (number: number) => sent[number - 1]!.order
      return { ...pair, sent, read, at }
    }

    it('gives the newest messages, the oldest of them first', async () => {
      const { read } = await counted(10)
      const page = await read({})
      expect(wordsOf(page)).to.deep.equal([7, 8, 9, 10])
      expect(page).to.include({ hasOlder: true, hasNewer: false })
    })

    it('gives what is before a place', async () => {
      const { read, at } = await counted(10)
      const page = await read({ before: at(7) })
      expect(wordsOf(page)).to.deep.equal([3, 4, 5, 6])
      expect(page).to.include({ hasOlder: true, hasNewer: true })
    })

    it('gives what is after a place', async () => {
      const { read, at } = await counted(10)
      const page = await read({ after: at(2) })
      expect(wordsOf(page)).to.deep.equal([3, 4, 5, 6])
      expect(page).to.include({ hasOlder: true, hasNewer: true })
    })

    it('gives what is around a place, the place included', async () => {
      const { read, at } = await counted(20)
      const page = await read({ around: at(10), count: 6 })
      const words = wordsOf(page)
      expect(words).to.have.length(6)
      expect(words).to.include.members([9, 10, 11])
      expect(words).to.deep.equal(range(words[0]!, words[0]! + 5))
      expect(page).to.include({ hasOlder: true, hasNewer: true })
    })

    it('gives as much around the first and the last message as elsewhere', async () => {
      const { read, at } = await counted(10)
      const first = await read({ around: at(1), count: 6 })
      expect(wordsOf(first)).to.deep.equal(range(1, 6))
      expect(first).to.include({ hasOlder: false, hasNewer: true })
      const last = await read({ around: at(10), count: 6 })
      expect(wordsOf(last)).to.deep.equal(range(5, 10))
      expect(last).to.include({ hasOlder: true, hasNewer: false })
    })

    it('can be walked from the newest to the oldest without holes or repetition', async () => {
      const { read } = await counted(11)
      const walked: number[] = []
      let page = await read({})
      walked.unshift(...wordsOf(page))
      while (page.hasOlder) {
        page = await read({ before: page.messages[0]!.order })
        walked.unshift(...wordsOf(page))
      }
      expect(walked).to.deep.equal(range(1, 11))
    })

    it('can be walked from the oldest to the newest without holes or repetition', async () => {
      const { read, at } = await counted(11)
      const walked: number[] = [1]
      let page = await read({ after: at(1) })
      walked.push(...wordsOf(page))
      while (page.hasNewer) {
        page = await read({ after: page.messages.at(-1)!.order })
        walked.push(...wordsOf(page))
      }
      expect(walked).to.deep.equal(range(1, 11))
    })

    it('says at both ends that there is no more', async () => {
      const { read, at } = await counted(4)
      expect(await read({})).to.include({ hasOlder: false, hasNewer: false })
      const before = await read({ before: at(1) })
      expect(wordsOf(before)).to.be.empty
      expect(before).to.include({ hasOlder: false, hasNewer: true })
      const after = await read({ after: at(4) })
      expect(wordsOf(after)).to.be.empty
      expect(after).to.include({ hasOlder: true, hasNewer: false })
    })

    it('is the same for both sides', async () => {
      const { alice, toBob, read } = await counted(6)
      const mine = await alice.session.history({ conversation: toBob, count: 4 })
      const theirs = await read({})
      expect(wordsOf(mine)).to.deep.equal(wordsOf(theirs))
      if (!backend.means.includes('samePlaces')) return
      const places = ({ messages }: HistoryPage) => messages.map(({ order }) => order)
      expect(places(mine)).to.deep.equal(places(theirs))
    })

    it('of a conversation without messages is empty', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const bobId = service.newUser('bob')
      await service.harness.tokenOf(bobId)
      const conversation = privateWith(bobId)
      const page = await alice.session.history({ conversation, count: 20 })
      expect(page).to.deep.equal({
        messages: [],
        operations: [],
        hasOlder: false,
        hasNewer: false,
      })
    })

    it('gives up to 100 messages at once', async () => {
      const { read } = await counted(102)
      const page = await read({ count: 100 })
      expect(wordsOf(page)).to.deep.equal(range(3, 102))
      expect(page.hasOlder).to.equal(true)
    })

    it('of a group one is not in is refused with 22406', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const conversation = inGroup(service.newUser('no-group'))
      const call = alice.session.history({ conversation, count: 20 })
      expect(await codeOf(call)).to.equal(ErrorCode.NOT_IN_GROUP)
    })

    if (backend.capabilities.includes('recall')) {
      const idsOf = (messages: readonly ArchivedMessage[]) => messages.map((it) => it.messageUId)

      it('brings operations with the messages they are about, wherever they stand', async () => {
        const { alice, toBob, sent, read, at } = await counted(10)
        const onSecond = await alice.sends(recall(toBob, sent[1]!))
        const onNinth = await alice.sends(recall(toBob, sent[8]!))
        expect(idsOf((await read({})).operations)).to.deep.equal([onNinth.messageUId])
        const older = await read({ before: at(5) })
        expect(idsOf(older.operations)).to.deep.equal([onSecond.messageUId])
        expect((await read({ before: at(8), count: 3 })).operations).to.be.empty
      })

      it('does not count operations among the messages', async () => {
        const { alice, toBob, sent, read } = await counted(4)
        for (const target of sent) await alice.session.send(recall(toBob, target))
        const page = await read({})
        expect(idsOf(page.messages)).to.deep.equal(idsOf(sent))
        expect(page.operations).to.have.length(4)
      })
    }

    it('brings the read receipts of its stretch', async () => {
      const { alice, bob, toBob, toAlice, sent, read } = await counted(6)
      const receipt = await bob.sends(readReceipt(toAlice, sent[5]!))
      await alice.saysAll(toBob, ['7', '8'])
      const page = await read({})
      expect(page.operations.map((it) => it.messageUId)).to.deep.equal([receipt.messageUId])
      const older = await read({ before: sent[4]!.order })
      expect(older.operations).to.be.empty
    })
  })
}
