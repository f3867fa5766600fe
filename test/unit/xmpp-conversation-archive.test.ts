import { expect } from '@open-wc/testing'
import { ConversationArchive, assembled } from '../../src/backends/xmpp/conversation-archive.js'
import type { ArchiveSource } from '../../src/backends/xmpp/archive-source.js'
import type { Received } from '../../src/backends/xmpp/received.js'
import { inGroup, privateWith, recall, text } from '../support/backend-messages.js'

const orderAt = (number: number) => String(1_700_000_000_000_000 + number)

const at = (number: number, senderUserId = 'alice', messageUId = `${number}`): Received => ({
  message: {
    ...text(privateWith('alice'), `${number}`, { messageUId, senderUserId }),
    order: orderAt(number),
    sentTime: number,
  },
})

const recallAt = (
  number: number,
  senderUserId: string,
  target: { messageUId: string; senderUserId: string },
  more: Partial<Received> & { isAdmin?: boolean; isGroup?: boolean } = {},
): Received => {
  const { isAdmin = false, isGroup = false, remains } = more
  const conversation = isGroup ? inGroup('alice') : privateWith('alice')
  return {
    message: {
      ...recall(conversation, target, { isAdmin }),
      messageUId: `r${number}`,
      senderUserId,
      order: orderAt(number),
      sentTime: number,
    },
    ...(remains && { remains }),
  }
}

const contents = (received: Received[]) =>
  assembled(received, '')
    .filter(({ messageType }) => messageType === 'RC:TxtMsg')
    .map(({ content }) => content)

describe('recalls in an archive', () => {
  const target = { messageUId: '1', senderUserId: 'alice' }

  it('leave the place without the content, whichever comes first', () => {
    const messages = [at(1), recallAt(2, 'alice', target)]
    expect(contents(messages)).to.deep.equal([{}])
    expect(contents([...messages].reverse())).to.deep.equal([{}])
  })

  it('keep the place of what the server has no more', () => {
    const remains = { order: orderAt(1), sentTime: 0, messageType: 'RC:TxtMsg' }
    const [left] = assembled([recallAt(5, 'alice', target, { remains }), at(3)], '')
    expect(left).to.deep.include({ ...target, order: orderAt(1), content: {}, isCounted: false })
  })

  it('keep no place that is not before them, or farther back than what is known', () => {
    const remains = (number: number) => ({
      order: orderAt(number),
      sentTime: 0,
      messageType: 'RC:TxtMsg',
    })
    expect(assembled([recallAt(5, 'alice', target, { remains: remains(9) })], '')).to.have.length(1)
    const tooFar = [recallAt(5, 'alice', target, { remains: remains(1) })]
    expect(assembled(tooFar, orderAt(2))).to.have.length(1)
  })

  it('of others’ messages do nothing, in a group but for its owner', () => {
    expect(contents([at(1), recallAt(2, 'bob', target)])).to.deep.equal([{ content: '1' }])
    const claim = recallAt(2, 'bob', target, { isAdmin: true })
    expect(contents([at(1), claim])).to.deep.equal([{ content: '1' }])
    const inTeam = at(1)
    const message = { ...inTeam.message, ...inGroup('alice') }
    const byOwner = recallAt(2, 'bob', target, { isAdmin: true, isGroup: true })
    expect(contents([{ message }, byOwner])).to.deep.equal([{}])
  })

  it('meet the message of their author alone when two use one id', () => {
    const messages = [at(1, 'alice', 'x'), at(2, 'bob', 'x')]
    const byBob = recallAt(3, 'bob', { messageUId: 'x', senderUserId: 'bob' })
    expect(contents([...messages, byBob])).to.deep.equal([{ content: '1' }, {}])
  })
})

describe('the newest part of a conversation', () => {
  /** An archive of so many messages. */
  const archiveOf = (count: number, pageSize = 10) => {
    const reads: (string | undefined)[] = []
    const source: ArchiveSource = {
      before(place) {
        reads.push(place)
        const end = place === undefined ? count : Number(place) - 1_700_000_000_000_000 - 1
        const start = Math.max(0, end - pageSize)
        const numbers = Array.from({ length: end - start }, (_, index) => start + index + 1)
        const received = numbers.map((number) => at(number))
        return Promise.resolve({ received, from: orderAt(start + 1), isComplete: start === 0 })
      },
      after: () => Promise.resolve({ received: [], from: '', isComplete: true }),
      countSince: () => Promise.resolve(count),
    }
    return { reads, archive: new ConversationArchive(privateWith('alice'), source) }
  }

  it('is read as far as it is wanted, each page once', async () => {
    const { archive, reads } = archiveOf(25)
    const wanted = (count: number) => archive.readBack(() => archive.entries().length >= count)
    await Promise.all([wanted(5), wanted(12), wanted(12)])
    expect(archive.entries()).to.have.length(20)
    expect(reads).to.have.length(2)
    expect(await wanted(26)).to.equal(false)
    expect(archive.isWhole).to.equal(true)
    expect(archive.entries().map(({ sentTime }) => sentTime)).to.deep.equal(
      Array.from({ length: 25 }, (_, index) => index + 1),
    )
  })

  it('has what came live, once, also while it is being read', async () => {
    const { archive } = archiveOf(3)
    archive.add(at(4))
    expect(archive.entries(), 'not read yet').to.be.empty
    const reading = archive.readBack(() => true)
    archive.add(at(3))
    archive.add(at(4))
    await reading
    archive.add(at(4))
    archive.add({ message: { ...at(9).message, messageUId: '4' } })
    expect(archive.entries().map(({ order }) => order)).to.deep.equal([1, 2, 3, 4].map(orderAt))
  })
})
