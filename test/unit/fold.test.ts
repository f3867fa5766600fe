import { expect } from '@open-wc/testing'
import { fold, outlivesMessage, targetsOf } from '../../src/core/fold.js'
import { countsAsUnread } from '../../src/core/conversation-rows.js'
import type { MessageRow } from '../../src/database/schema.js'
import { conversationKey } from '../../src/model/conversation.js'
import { limits } from '../../src/model/limits.js'
import { MessageType } from '../../src/model/message-types.js'
import {
  MessageDirection,
  ReceivedStatus,
  SentStatus,
  type ArchivedMessage,
} from '../../src/model/message.js'
import {
  archived,
  deleteForMe,
  edit,
  expand,
  mention,
  react,
  recall,
  said,
  team,
} from '../support/archived-messages.js'
import { orderOf } from '../support/scripted-backend.js'

const viewer = 'alice'
const byBob = { ...team, senderUserId: 'bob' }
const byMallory = { ...team, senderUserId: 'mallory' }

function row(message: ArchivedMessage): MessageRow {
  return {
    ...message,
    messageId: 1,
    conversationKey: conversationKey(message),
    messageDirection: MessageDirection.RECEIVE,
    sentStatus: SentStatus.RECEIVED,
    receivedStatus: ReceivedStatus.UNREAD,
    receivedTime: 0,
    isOffLineMessage: false,
  }
}

const plain = row(said(1, team))
const expandable = row(said(1, { ...team, canIncludeExpansion: true, expansion: { a: '1' } }))

/** A message after several operations, one after the other. */
function foldAll(message: MessageRow, operations: readonly ArchivedMessage[]) {
  return operations.reduce<MessageRow | undefined>(
    (now, operation) => now && fold(now, operation, viewer),
    message,
  )
}

const answer = (place: number, reader: string) =>
  archived(
    place,
    MessageType.READ_RECEIPT_RESPONSE,
    { receiptMessageDic: { bob: ['m1'] } },
    { ...team, senderUserId: reader },
  )

const request = (place: number, senderUserId: string) =>
  archived(
    place,
    MessageType.READ_RECEIPT_REQUEST,
    { messageUId: 'm1', senderUserId: 'bob' },
    { ...team, senderUserId },
  )

describe('fold', () => {
  describe('recall', () => {
    it('leaves a notice that says who, what and when', () => {
      const notice = fold(plain, recall(5, plain, {}, byBob), viewer)!
      expect(notice).to.include({
        messageId: 1,
        messageUId: 'm1',
        order: orderOf(1),
        messageType: MessageType.RECALL_NOTIFICATION,
        isCounted: false,
        isMentioned: false,
      })
      expect(notice.content).to.deep.equal({
        operatorId: 'bob',
        recallTime: 1,
        originalObjectName: MessageType.TEXT,
        recallActionTime: 5,
        admin: false,
        delete: false,
      })
    })

    it('counts no more', () => {
      const counted = row(mention(1, { type: 1 }))
      expect(countsAsUnread(counted, {})).to.equal(true)
      const notice = fold(counted, recall(5, counted, {}, byBob), viewer)!
      expect(countsAsUnread(notice, {})).to.equal(false)
    })

    const cases: [string, ArchivedMessage, MessageRow, 'notice' | 'gone' | 'stays'][] = [
      ['by its author', recall(5, plain, {}, byBob), plain, 'notice'],
      ['by its author, to vanish', recall(5, plain, { isDelete: true }, byBob), plain, 'gone'],
      ['by somebody else', recall(5, plain, {}, byMallory), plain, 'stays'],
      [
        'by somebody else, to vanish',
        recall(5, plain, { isDelete: true }, byMallory),
        plain,
        'stays',
      ],
      [
        'by the owner of the group',
        recall(5, plain, { isAdmin: true }, byMallory),
        plain,
        'notice',
      ],
      [
        'by an owner in a private conversation',
        recall(5, plain, { isAdmin: true }, { senderUserId: 'mallory' }),
        row(said(1)),
        'stays',
      ],
    ]
    for (const [name, operation, message, outcome] of cases) {
      it(`${name}: ${outcome}`, () => {
        const after = fold(message, operation, viewer)
        if (outcome === 'gone') expect(after).to.equal(undefined)
        if (outcome === 'stays') expect(after).to.equal(message)
        if (outcome === 'notice')
          expect(after!.messageType).to.equal(MessageType.RECALL_NOTIFICATION)
      })
    }

    it('changes nothing the second time', () => {
      const operation = recall(5, plain, {}, byBob)
      const once = fold(plain, operation, viewer)!
      expect(fold(once, operation, viewer)).to.equal(once)
    })

    it('takes the expansion along, and takes no more', () => {
      const notice = fold(expandable, recall(5, expandable, {}, byBob), viewer)!
      expect(notice).not.to.have.property('expansion')
      const expanded = fold(notice, expand(6, notice, { put: { a: '2' } }, byBob), viewer)
      expect(expanded).to.equal(notice)
    })

    it('keeps the own text that was put into the notice when an earlier recall turns up', () => {
      const later = fold(plain, recall(6, plain, { isAdmin: true }, byMallory), viewer)!
      const withText = { ...later, content: { ...later.content, recallContent: 'text 1' } }
      const { content } = fold(withText, recall(5, plain, {}, byBob), viewer)!
      expect(content).to.include({ operatorId: 'bob', recallContent: 'text 1' })
      expect(content.originalObjectName).to.equal(MessageType.TEXT)
    })
  })

  describe('expansion', () => {
    it('puts and removes, the later place winning for each key', () => {
      const after = foldAll(expandable, [
        expand(5, expandable, { put: { a: '5', b: '5' } }, byBob),
        expand(4, expandable, { put: { a: '4', c: '4' }, remove: ['b'] }, byMallory),
        expand(6, expandable, { remove: ['c'] }, byBob),
      ])!
      expect(after.expansion).to.deep.equal({ a: '5', b: '5' })
    })

    it('is ignored by messages that take none', () => {
      expect(fold(plain, expand(5, plain, { put: { a: '1' } }, byBob), viewer)).to.equal(plain)
    })

    it('takes only texts', () => {
      const put = { a: 2, b: null, c: 'fine' } as never
      const after = fold(expandable, expand(5, expandable, { put }, byBob), viewer)!
      expect(after.expansion).to.deep.equal({ a: '1', c: 'fine' })
    })

    it('has keys that every object has', () => {
      const put = { constructor: 'c', toString: 't' } as never
      const after = fold(expandable, expand(5, expandable, { put }, byBob), viewer)!
      expect(after.expansion).to.deep.equal({ a: '1', constructor: 'c', toString: 't' })
    })

    it('holds no more pairs than a message may have', () => {
      const put = Object.fromEntries(Array.from({ length: 400 }, (_, key) => [`k${key}`, 'v']))
      const after = fold(expandable, expand(5, expandable, { put }, byBob), viewer)!
      expect(Object.keys(after.expansion!).length).to.equal(limits.expansion.pairsPerMessage)
    })
  })

  describe('receipts', () => {
    it('notes each reader once, at the earliest time', () => {
      const after = foldAll(plain, [answer(7, 'carol'), answer(5, 'carol'), answer(6, 'dan')])!
      expect(after.readReceiptInfo).to.deep.equal({
        isReceiptRequestMessage: false,
        hasRespond: false,
        readers: { carol: 5, dan: 6 },
      })
    })

    it('knows that this user has answered', () => {
      expect(fold(plain, answer(5, viewer), viewer)!.readReceiptInfo!.hasRespond).to.equal(true)
    })

    it('does not count an author as a reader', () => {
      expect(fold(plain, answer(5, 'bob'), viewer)).to.equal(plain)
    })

    it('lets only the author ask, and once', () => {
      expect(fold(plain, request(5, 'mallory'), viewer)).to.equal(plain)
      const asked = fold(plain, request(5, 'bob'), viewer)!
      expect(asked.readReceiptInfo!.isReceiptRequestMessage).to.equal(true)
      expect(fold(asked, request(6, 'bob'), viewer)).to.equal(asked)
    })
  })

  describe('edit', () => {
    it('changes the content, and says when', () => {
      const edited = fold(plain, edit(5, plain, 'better', byBob), viewer)!
      expect(edited.content).to.deep.equal({ content: 'better' })
      expect(edited.isModifyMessage).to.equal(true)
      expect(edited.modifiedTime).to.equal(edit(5, plain, '').sentTime)
      expect(edited.order).to.equal(plain.order)
    })

    it('is the author’s alone', () => {
      expect(fold(plain, edit(5, plain, 'worse', byMallory), viewer)).to.equal(plain)
    })

    it('brings nothing back that was recalled, and is forgotten with it', () => {
      const notice = fold(plain, recall(5, plain, {}, byBob), viewer)!
      expect(fold(notice, edit(6, plain, 'again', byBob), viewer)).to.equal(notice)
      const edited = fold(plain, edit(4, plain, 'a secret', byBob), viewer)!
      const recalled = fold(edited, recall(5, plain, {}, byBob), viewer)!
      expect(recalled).to.deep.equal(notice)
    })
  })

  describe('reaction', () => {
    it('is what a user said last', () => {
      const reacted = foldAll(plain, [
        react(5, plain, ['👍'], byMallory),
        react(6, plain, ['🎉', '👍', '🎉'], byMallory),
        react(7, plain, ['👍'], { ...team, senderUserId: viewer }),
      ])!
      expect(reacted.reactions).to.deep.equal({ mallory: ['🎉', '👍'], alice: ['👍'] })
      const taken = fold(reacted, react(8, plain, [], byMallory), viewer)!
      expect(taken.reactions).to.deep.equal({ alice: ['👍'] })
    })

    it('of a shape that no client sends is ignored', () => {
      const tooMany = Array.from({ length: limits.reactions.perUser + 1 }, (_, index) => `${index}`)
      for (const reactions of [null, 'x', [1], [''], tooMany, ['x'.repeat(100)]]) {
        expect(fold(plain, react(5, plain, reactions, byMallory), viewer)).to.equal(plain)
      }
    })
  })

  it('removes for this user what they deleted themselves', () => {
    const operation = deleteForMe(5, { messages: [plain] }, team)
    expect(fold(plain, operation, viewer)).to.equal(undefined)
    expect(fold(plain, { ...operation, audience: 'conversation' }, viewer)).to.equal(plain)
  })

  it('leaves a message alone that an unknown operation names', () => {
    expect(fold(plain, archived(5, 'app:operation', plain.content), viewer)).to.equal(plain)
  })

  describe('in any order, and more than once', () => {
    const sets: Record<string, ArchivedMessage[]> = {
      'two recalls and what is ignored after them': [
        recall(5, plain, {}, byBob),
        recall(6, plain, { isAdmin: true }, byMallory),
        answer(7, 'carol'),
        request(8, 'bob'),
      ],
      'expansions, receipts and a recall by nobody who may': [
        expand(5, plain, { put: { a: '5', b: '5' } }, byBob),
        expand(6, plain, { put: { b: '6' }, remove: ['a'] }, byMallory),
        answer(7, 'carol'),
        recall(8, plain, {}, byMallory),
      ],
      'a recall in the midst of everything': [
        expand(5, plain, { put: { a: '5' } }, byBob),
        recall(6, plain, {}, byBob),
        answer(7, viewer),
        expand(8, plain, { remove: ['a'] }, byBob),
      ],
      'edits, and some by nobody who may': [
        edit(5, plain, 'two', byBob),
        edit(6, plain, 'three', byBob),
        edit(7, plain, 'mine', byMallory),
        answer(8, 'carol'),
      ],
      'reactions, and an edit before a recall': [
        react(5, plain, ['👍'], byMallory),
        edit(6, plain, 'two', byBob),
        react(7, plain, [], byMallory),
        recall(8, plain, {}, byBob),
      ],
      'one that takes the message away': [
        recall(5, plain, {}, byBob),
        recall(6, plain, { isDelete: true }, byBob),
        expand(7, plain, { put: { a: '7' } }, byBob),
        answer(8, 'carol'),
      ],
    }
    for (const [name, operations] of Object.entries(sets)) {
      it(name, () => {
        const expected = foldAll(expandable, operations)
        for (const order of permutations(operations)) {
          expect(foldAll(expandable, order)).to.deep.equal(expected)
          expect(foldAll(expandable, [...order, ...order])).to.deep.equal(expected)
        }
      })
    }
  })
})

describe('targetsOf', () => {
  it('names the messages an operation is about', () => {
    const both = { messageUId: 'm1', senderUserId: 'bob' }
    const cases: [ArchivedMessage, unknown[]][] = [
      [recall(5, plain), [both]],
      [expand(5, plain, {}), [both]],
      [request(5, 'bob'), [both]],
      [request(5, 'mallory'), [{ ...both, senderUserId: 'mallory' }]],
      [answer(5, 'carol'), [both]],
      [deleteForMe(5, { messages: [{ ...both, x: 1 } as never, null as never] }), [both]],
      [deleteForMe(5, { before: orderOf(3) }), []],
      [archived(5, MessageType.RECALL, { messageUId: 1 }), []],
      [archived(5, MessageType.READ_RECEIPT_RESPONSE, { receiptMessageDic: { bob: 'm1' } }), []],
      [said(5), []],
    ]
    for (const [operation, targets] of cases) {
      expect(targetsOf(operation)).to.deep.equal(targets)
    }
  })
})

describe('outlivesMessage', () => {
  it('holds for what takes a message away for good', () => {
    expect(outlivesMessage(recall(5, plain, { isDelete: true }))).to.equal(true)
    expect(outlivesMessage(deleteForMe(5, {}))).to.equal(true)
    expect(outlivesMessage(recall(5, plain))).to.equal(false)
    expect(outlivesMessage(expand(5, plain, {}))).to.equal(false)
  })
})

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  )
}
