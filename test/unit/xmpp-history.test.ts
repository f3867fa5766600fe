import { expect } from '@open-wc/testing'
import type { HistoryPage, HistoryQuery } from '../../src/backends/backend.js'
import type { ArchiveSource } from '../../src/backends/xmpp/archive-source.js'
import { ConversationArchive, MOST_KEPT } from '../../src/backends/xmpp/conversation-archive.js'
import { readHistory } from '../../src/backends/xmpp/history.js'
import type { Received } from '../../src/backends/xmpp/received.js'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import { expansion, privateWith, text } from '../support/backend-messages.js'

const orderAt = (number: number) => String(1_700_000_000_000_000 + number)
const numberAt = (order: string) => Number(order) - 1_700_000_000_000_000
const conversation = privateWith('alice')

const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)

/** An archive of numbers, some of which are operations on the number before. */
function archiveOf(count: number, isOperation: (number: number) => boolean = () => false) {
  let pages = 0
  const at = (number: number): Received => {
    const target = { messageUId: `${number - 1}`, senderUserId: 'alice' }
    const message = isOperation(number)
      ? expansion(conversation, target, { put: { key: 'value' } })
      : text(conversation, `${number}`)
    const sentTime = Math.floor(Number(orderAt(number)) / 1000)
    const identity = { messageUId: `${number}`, senderUserId: 'alice' }
    return { message: { ...message, ...identity, order: orderAt(number), sentTime } }
  }
  const source: ArchiveSource = {
    before(place, size) {
      pages += 1
      const end = place === undefined ? count : Math.min(count, numberAt(place) - 1)
      const start = Math.max(1, end - size + 1)
      const received = range(start, end).map(at)
      return Promise.resolve({ received, from: orderAt(start), isComplete: start === 1 })
    },
    after(place, size) {
      pages += 1
      const start = Math.max(1, numberAt(place) + 1)
      const end = Math.min(count, start + size - 1)
      const received = range(start, end).map(at)
      return Promise.resolve({ received, from: orderAt(end), isComplete: end === count })
    },
    countSince: (time) =>
      Promise.resolve(count - Math.max(0, numberAt(String(time * 1000).padStart(16, '0')))),
  }
  const archive = new ConversationArchive(conversation, source)
  const read = (
    query: Omit<HistoryQuery, 'conversation'>,
    farBack?: (query: HistoryQuery) => Promise<HistoryPage>,
  ) => readHistory(archive, { conversation, ...query }, () => true, farBack)
  return { read, pages: () => pages }
}

const numbersOf = ({ messages }: HistoryPage) => messages.map(({ order }) => numberAt(order))

describe('history of a long conversation', () => {
  const count = MOST_KEPT * 4

  describe('where the server has it with all operations', () => {
    const nothing: HistoryPage = { messages: [], operations: [], hasOlder: true, hasNewer: true }

    it('is asked for there, but for what has been read', async () => {
      const { read, pages } = archiveOf(count)
      const asked: Omit<HistoryQuery, 'conversation'>[] = []
      const farBack = ({ conversation: _, ...query }: HistoryQuery) => {
        asked.push(query)
        return Promise.resolve(nothing)
      }
      expect(await read({ around: orderAt(9), count: 6 }, farBack)).to.deep.equal(nothing)
      expect(pages()).to.equal(0)
      await read({ count: 20 }, farBack)
      await read({ before: orderAt(count - 5), count: 20 }, farBack)
      await read({ before: orderAt(count - 2000), count: 20 }, farBack)
      expect(asked).to.deep.equal([
        { around: orderAt(9), count: 6 },
        { before: orderAt(count - 2000), count: 20 },
      ])
    })

    it('is read from the archive when nobody answers there', async () => {
      const { read } = archiveOf(count)
      const away = () =>
        Promise.reject(new IMError(ErrorCode.SERVER_UNAVAILABLE, 'The companion is away.'))
      const around = await read({ around: orderAt(3000), count: 6 }, away)
      expect(numbersOf(around)).to.deep.equal(range(2997, 3002))
    })
  })

  it('is read near a place far back without all that came after it', async () => {
    const { read, pages } = archiveOf(count)
    const around = await read({ around: orderAt(3000), count: 6 })
    expect(numbersOf(around)).to.deep.equal(range(2997, 3002))
    expect(around).to.include({ hasOlder: true, hasNewer: true })
    const before = await read({ before: orderAt(3000), count: 3 })
    expect(numbersOf(before)).to.deep.equal([2997, 2998, 2999])
    expect(before).to.include({ hasOlder: true, hasNewer: true })
    const after = await read({ after: orderAt(3000), count: 3 })
    expect(numbersOf(after)).to.deep.equal([3001, 3002, 3003])
    expect(after).to.include({ hasOlder: true, hasNewer: true })
    expect(pages()).to.be.below(10)
  })

  it('has a beginning there too', async () => {
    const { read } = archiveOf(count)
    const first = await read({ before: orderAt(3), count: 10 })
    expect(numbersOf(first)).to.deep.equal([1, 2])
    expect(first).to.include({ hasOlder: false, hasNewer: true })
    const around = await read({ around: orderAt(1), count: 6 })
    expect(numbersOf(around)).to.deep.equal(range(1, 6))
    expect(around).to.include({ hasOlder: false, hasNewer: true })
  })

  it('gives as many messages as are wanted, however many operations lie between them', async () => {
    const isOperation = (number: number) => number % 500 !== 0
    const { read } = archiveOf(count, isOperation)
    const page = await read({ before: orderAt(3001), count: 4 })
    expect(numbersOf(page)).to.deep.equal([1500, 2000, 2500, 3000])
    expect(page.hasOlder).to.equal(true)
    expect(page.operations.map(({ order }) => numberAt(order))).to.deep.equal([
      1501, 2001, 2501, 3001,
    ])
  })

  it('can be walked from the newest to the oldest', async () => {
    const { read } = archiveOf(MOST_KEPT + 700)
    const walked: number[] = []
    let page = await read({ count: 100 })
    walked.unshift(...numbersOf(page))
    while (page.hasOlder) {
      page = await read({ before: page.messages[0]!.order, count: 100 })
      walked.unshift(...numbersOf(page))
    }
    expect(walked).to.deep.equal(range(1, MOST_KEPT + 700))
  })
})
