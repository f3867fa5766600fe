import { expect } from '@open-wc/testing'
import {
  countMessage,
  countsAsUnread,
  mentions,
  newConversationRow,
  withListOrder,
} from '../../src/core/conversation-rows.js'
import { toConversation, toMessage } from '../../src/core/conversation.js'
import type { MessageRow } from '../../src/database/schema.js'
import { MessageDirection, SentStatus, type ArchivedMessage } from '../../src/model/message.js'
import { mention, said, team, withBob } from '../support/archived-messages.js'
import { orderOf } from '../support/scripted-backend.js'

const row = (message: ArchivedMessage, change: Partial<MessageRow> = {}): MessageRow =>
  ({ ...message, messageDirection: MessageDirection.RECEIVE, ...change }) as MessageRow
const own = { messageDirection: MessageDirection.SEND }
const readUpTo = (place: number) => ({
  readPosition: { order: orderOf(place), sentTime: place },
})

describe('what counts as unread', () => {
  const cases: [string, MessageRow, number, boolean][] = [
    ['what is new', row(said(5)), 4, true],
    ['what was read', row(said(5)), 5, false],
    ['what was read long ago', row(said(5)), 9, false],
    ['what this user said', row(said(5), own), 0, false],
    ['what does not count', row(said(5, { isCounted: false })), 0, false],
  ]
  for (const [name, message, read, counts] of cases) {
    it(`${name}: ${counts}`, () => {
      expect(countsAsUnread(message, readUpTo(read))).to.equal(counts)
    })
  }

  it('is added and taken back once, and never below nothing', () => {
    const empty = newConversationRow(team)
    const message = row(mention(5, { type: 1 }))
    const one = countMessage(empty, message, 'alice', 1)
    expect(one).to.include({ unreadMessageCount: 1, unreadMentionedCount: 1, lastUnreadTime: 5 })
    expect(one.mentionedInfo).to.deep.equal({ type: 1 })
    const none = countMessage(one, message, 'alice', -1)
    expect(none).to.include({ unreadMessageCount: 0, unreadMentionedCount: 0 })
    expect(none).not.to.have.property('mentionedInfo')
    const below = countMessage(none, message, 'alice', -1)
    expect(below).to.include({ unreadMessageCount: 0, unreadMentionedCount: 0 })
  })

  it('stays the same row when a message does not count', () => {
    const empty = newConversationRow(team)
    expect(countMessage(empty, row(said(5), own), 'alice', 1)).to.equal(empty)
  })
})

describe('a mention', () => {
  const cases: [string, MessageRow, boolean][] = [
    ['of everybody', row(mention(1, { type: 1 })), true],
    ['of this user', row(mention(1, { type: 2, userIdList: ['bob', 'alice'] })), true],
    ['of others', row(mention(1, { type: 2, userIdList: ['bob'] })), false],
    ['of nobody', row(mention(1, undefined)), false],
    ['by this user', row(mention(1, { type: 1 }), own), false],
    ['in a private conversation', row(mention(1, { type: 1 }, withBob)), false],
    ['in a message without the flag', row(mention(1, { type: 1 }, { isMentioned: false })), false],
    ['of no shape', row(mention(1, 'alice' as never)), false],
  ]
  for (const [name, message, isOne] of cases) {
    it(`${name}: ${isOne}`, () => expect(mentions(message, 'alice')).to.equal(isOne))
  }
})

describe('the order of the list', () => {
  const at = (sortTime: number, change = {}) =>
    withListOrder({ ...newConversationRow(withBob), sortTime, ...change }).listOrder

  it('has pinned conversations first, then the newest', () => {
    const orders = [at(9), at(10), at(2_000_000_000_000), at(1, { isTop: true })]
    expect([...orders].sort()).to.deep.equal(orders)
  })

  it('leaves out what has no message, and what was taken out since', () => {
    expect(at(0)).to.equal(undefined)
    expect(at(5, { removedAt: 5 })).to.equal(undefined)
    expect(at(6, { removedAt: 5 })).to.be.a('string')
    expect(at(5, { removedAt: 6, listOrder: 'before' })).to.equal(undefined)
  })

  it('tells conversations of the same time apart', () => {
    const other = withListOrder({ ...newConversationRow(team), sortTime: 9 }).listOrder
    expect(at(9)).not.to.equal(other)
  })
})

describe('what is given out', () => {
  it('is a message as read when the other side has read so far', () => {
    const sent = row(said(5), { ...own, sentStatus: SentStatus.SENT })
    const conversation = { ...newConversationRow(withBob), peerReadTime: 5 }
    expect(toMessage(sent, conversation).sentStatus).to.equal(SentStatus.READ)
    expect(toMessage({ ...sent, sentTime: 6 }, conversation).sentStatus).to.equal(SentStatus.SENT)
    const failed = { ...sent, sentStatus: SentStatus.FAILED }
    expect(toMessage(failed, conversation).sentStatus).to.equal(SentStatus.FAILED)
  })

  it('holds nothing of how it is stored', () => {
    expect(toMessage({ ...row(said(5)), conversationKey: '1/bob/' })).not.to.have.property(
      'conversationKey',
    )
    const conversation = toConversation(
      { ...newConversationRow(withBob), draft: { text: 'hm' }, clearedBefore: '1', hasGap: 1 },
      undefined,
    )
    expect(conversation).to.include({ draft: 'hm', latestMessage: null, hasMentioned: false })
    expect(conversation).not.to.have.any.keys('clearedBefore', 'hasGap')
  })
})
