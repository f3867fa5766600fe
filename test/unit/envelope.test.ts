import { expect } from '@open-wc/testing'
import { combine } from '../../src/core/combine.js'
import {
  checkExpansion,
  envelopeOf,
  newEnvelope,
  pendingRow,
  type SendOptions,
} from '../../src/core/envelope.js'
import { ConversationType, type ConversationId } from '../../src/model/conversation.js'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import { MessageType, MessageTypeRegistry } from '../../src/model/message-types.js'
import { SentStatus, type Message } from '../../src/model/message.js'
import { said, team, withBob } from '../support/archived-messages.js'
import { fromSystem } from '../support/backend-messages.js'

const types = new MessageTypeRegistry()
types.register('app:status', { isStatusMessage: true })
types.register('app:quiet', { isCounted: false })
type Outgoing = Parameters<typeof newEnvelope>[3]

const text = (content: unknown): Outgoing => ({
  messageType: MessageType.TEXT,
  content: { content },
})

function envelope(conversation: ConversationId, message = text('hi'), options: SendOptions = {}) {
  return newEnvelope(types, 'alice', conversation, message, options)
}

function codeOf(call: () => unknown): ErrorCode {
  try {
    call()
    return ErrorCode.SUCCESS
  } catch (error) {
    return (error as IMError).code
  }
}

describe('an envelope', () => {
  it('has an id of its own, the flags of its type, and a copy of the content', () => {
    const message = text('hi')
    const made = envelope(withBob, message)
    expect(made).to.deep.include({
      ...withBob,
      messageType: MessageType.TEXT,
      senderUserId: 'alice',
      isPersisted: true,
      isCounted: true,
      isStatusMessage: false,
    })
    expect(made.messageUId).not.to.equal(envelope(withBob).messageUId)
    message.content.content = 'changed afterwards'
    expect(made.content).to.deep.equal({ content: 'hi' })
    expect(
      envelope(withBob, { messageType: 'app:quiet', content: {} as never }).isCounted,
    ).to.equal(false)
  })

  it('has the id that its sender had for it already', () => {
    expect(envelope(withBob, text('hi'), { messageUId: '1' }).messageUId).to.equal('1')
    for (const messageUId of ['', 'x'.repeat(513), 1 as never]) {
      const code = codeOf(() => envelope(withBob, text('hi'), { messageUId }))
      expect(code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
    }
  })

  it('is not kept when its type or its sender says so', () => {
    for (const made of [
      envelope(withBob, { messageType: 'app:status', content: {} as never }),
      envelope(withBob, text('hi'), { isStatusMessage: true }),
    ]) {
      expect(made).to.include({ isStatusMessage: true, isPersisted: false, isCounted: false })
    }
  })

  it('mentions and directs in groups only', () => {
    const message = { messageType: MessageType.TEXT, content: { mentionedInfo: { type: 1 } } }
    const options = { isMentioned: true, directionalUserIdList: ['bob'], needReceipt: true }
    const inGroup = envelope(team, message as never, options)
    expect(inGroup).to.deep.include({
      isMentioned: true,
      directedUserIds: ['bob'],
      needReceipt: true,
    })
    const inPrivate = envelope(withBob, message as never, options)
    expect(inPrivate).not.to.have.any.keys('isMentioned', 'directedUserIds', 'needReceipt')
    expect(inPrivate.content).to.deep.equal({})
  })

  it('is refused with a code that says why', () => {
    const invalid = ErrorCode.BIZ_ERROR_INVALID_PARAMETER
    const circular: Record<string, unknown> = {}
    circular.self = circular
    const cases: [ErrorCode, () => unknown][] = [
      [invalid, () => envelope(undefined as never)],
      [invalid, () => envelope({ conversationType: 1, targetId: '' })],
      [invalid, () => envelope({ conversationType: '1' as never, targetId: 'bob' })],
      [invalid, () => envelope({ conversationType: 'PRIVATE' as never, targetId: 'bob' })],
      [invalid, () => envelope({ conversationType: 1, targetId: 'x'.repeat(1000) })],
      [invalid, () => envelope(withBob, { messageType: MessageType.TEXT } as never)],
      [invalid, () => envelope(withBob, { messageType: MessageType.TEXT, content: [] as never })],
      [invalid, () => envelope(withBob, text(circular))],
      [invalid, () => envelope(withBob, text(1n))],
      [ErrorCode.MESSAGE_NOT_REGISTERED, () => envelope(withBob, null as never)],
      [
        ErrorCode.MESSAGE_NOT_REGISTERED,
        () => envelope(withBob, { messageType: 'app:new', content: {} as never }),
      ],
      [ErrorCode.RC_MSG_CONTENT_EXCEED_LIMIT, () => envelope(withBob, text('é'.repeat(65_530)))],
      [ErrorCode.SYS_CONVERSATION_NOT_SUPPORT_MESSAGE, () => envelope(fromSystem('admin'))],
      [
        ErrorCode.MESSAGE_KV_NOT_SUPPORT,
        () => envelope(withBob, text('hi'), { expansion: { a: '1' } }),
      ],
      [
        ErrorCode.EXPANSION_LIMIT_EXCEET,
        () =>
          envelope(withBob, text('hi'), { canIncludeExpansion: true, expansion: { 'a b': '1' } }),
      ],
    ]
    expect(cases.map(([, call]) => codeOf(call))).to.deep.equal(cases.map(([code]) => code))
  })

  it('may be as large as documented', () => {
    const room = 128 * 1024 - JSON.stringify({ content: '' }).length
    expect(codeOf(() => envelope(withBob, text('x'.repeat(room))))).to.equal(ErrorCode.SUCCESS)
    expect(codeOf(() => envelope(withBob, text('x'.repeat(room + 1))))).to.equal(
      ErrorCode.RC_MSG_CONTENT_EXCEED_LIMIT,
    )
  })

  it('is the same again after it has waited in the database', () => {
    const options = { canIncludeExpansion: true, expansion: { a: '1' }, needReceipt: true }
    const made = envelope(team, text('hi'), options)
    const row = { ...pendingRow(made, 5), messageId: 1, order: '~1' }
    expect(row).to.include({ sentStatus: SentStatus.SENDING, sentTime: 5 })
    expect(envelopeOf(row)).to.deep.equal(made)
  })
})

describe('expansion limits', () => {
  const pairs = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, 'value']))
  const cases: [string, Record<string, unknown>, boolean][] = [
    ['20 pairs', pairs(20), true],
    ['21 pairs', pairs(21), false],
    ['every character allowed', { 'Az09+=-_': '' }, true],
    ['a key of 32', { ['k'.repeat(32)]: 'v' }, true],
    ['a key of 33', { ['k'.repeat(33)]: 'v' }, false],
    ['an empty key', { '': 'v' }, false],
    ['a key with a space', { 'a b': 'v' }, false],
    ['a value of 4096', { a: 'v'.repeat(4096) }, true],
    ['a value of 4097', { a: 'v'.repeat(4097) }, false],
    ['a number', { a: 1 }, false],
  ]
  for (const [name, expansion, isRight] of cases) {
    it(`${name}: ${isRight ? 'taken' : 'refused'}`, () => {
      expect(codeOf(() => checkExpansion(expansion))).to.equal(
        isRight ? ErrorCode.SUCCESS : ErrorCode.EXPANSION_LIMIT_EXCEET,
      )
    })
  }
})

describe('messages combined', () => {
  const messages = [1, 2, 3, 4, 5].map((place) =>
    said(place, { senderUserId: place % 2 ? 'bob' : 'carol' }),
  ) as Message[]

  it('name everybody once and sum up the first four', () => {
    const { content, messageType } = combine(messages, {
      title: 'Chat',
      nameOf: (id) => id.toUpperCase(),
      digestOf: ({ content }) => content.content,
    })
    expect(messageType).to.equal(MessageType.COMBINE)
    expect(content.conversationType).to.equal(ConversationType.PRIVATE)
    expect(content.nameList).to.deep.equal(['BOB', 'CAROL'])
    expect(content.summaryList).to.deep.equal([
      'BOB: text 1',
      'CAROL: text 2',
      'BOB: text 3',
      'CAROL: text 4',
    ])
    expect(content.msgNum).to.equal(5)
    expect(content.msgList[4]).to.deep.include({ fromUserId: 'bob', timestamp: 5 })
  })

  it('are at least one', () => {
    expect(codeOf(() => combine([]))).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
  })
})
