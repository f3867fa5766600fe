import { expect } from '@open-wc/testing'
import {
  conversationIdOf,
  conversationKey,
  conversationOfKey,
  ConversationType,
  isMuted,
  isSameConversation,
  NotificationLevel,
  type ConversationId,
} from '../../src/model/conversation.js'
import { ErrorCode, IMError, isRetryable, notSupported } from '../../src/model/errors.js'
import { uuidv7 } from '../../src/model/identity.js'
import { checkedMessage } from '../../src/model/incoming.js'
import { serializedSize } from '../../src/model/limits.js'
import { MessageType, MessageTypeRegistry } from '../../src/model/message-types.js'
import { isUnsent, unsentOrder } from '../../src/model/message.js'
import { said } from '../support/archived-messages.js'

describe('conversation keys', () => {
  const conversations: ConversationId[] = [
    { conversationType: ConversationType.PRIVATE, targetId: 'bob' },
    { conversationType: ConversationType.PRIVATE, targetId: 'a/b' },
    { conversationType: ConversationType.PRIVATE, targetId: 'a%2Fb' },
    { conversationType: ConversationType.PRIVATE, targetId: 'a%252Fb' },
    { conversationType: ConversationType.PRIVATE, targetId: '%' },
    { conversationType: ConversationType.GROUP, targetId: 'bob' },
    { conversationType: ConversationType.GROUP, targetId: '群/聊 👪' },
    { conversationType: ConversationType.ULTRA_GROUP, targetId: 'a', channelId: 'b' },
    { conversationType: ConversationType.ULTRA_GROUP, targetId: 'a/b' },
    { conversationType: ConversationType.ULTRA_GROUP, targetId: 'a', channelId: '/%25' },
  ]

  it('lead back to their conversation', () => {
    for (const conversation of conversations) {
      expect(conversationOfKey(conversationKey(conversation))).to.deep.equal(conversation)
    }
  })

  it('tell every conversation from every other', () => {
    expect(new Set(conversations.map(conversationKey)).size).to.equal(conversations.length)
  })

  it('do not depend on what else is known of it', () => {
    const [bob] = conversations as [ConversationId]
    const detailed = { ...bob, channelId: '', isTop: true }
    expect(isSameConversation(bob, detailed)).to.equal(true)
    expect(conversationIdOf(detailed)).to.deep.equal(bob)
    expect(isSameConversation(bob, undefined)).to.equal(false)
    expect(isSameConversation(undefined, undefined)).to.equal(true)
  })
})

describe('uuidv7', () => {
  it('has the time in front, then its version and variant', () => {
    const uuid = uuidv7(0x0123456789ab, new Uint8Array(10).fill(0xff))
    expect(uuid).to.equal('01234567-89ab-7fff-bfff-ffffffffffff')
  })

  it('sorts by time', () => {
    const times = [1, 255, 65_535, 65_536, 1_700_000_000_000, 2 ** 47]
    const ids = times.map((time) => uuidv7(time))
    expect([...ids].sort()).to.deep.equal(ids)
  })

  it('is another one every time', () => {
    expect(new Set(Array.from({ length: 1000 }, () => uuidv7(1))).size).to.equal(1000)
  })
})

describe('message types', () => {
  const codeOf = (call: () => unknown) => {
    try {
      call()
    } catch (error) {
      return (error as IMError).code
    }
    return ErrorCode.SUCCESS
  }

  it('reserves its own names and refuses those that are none', () => {
    const registry = new MessageTypeRegistry()
    for (const name of ['RC:TxtMsg', 'rc:mine', 'IK:x', '', ' ', undefined, 7]) {
      expect(codeOf(() => registry.register(name as string))).to.equal(
        ErrorCode.BIZ_ERROR_INVALID_PARAMETER,
      )
    }
  })

  it('takes a type twice with the same flags, and not with others', () => {
    const registry = new MessageTypeRegistry()
    registry.register('app:card', { isCounted: false, searchProps: ['title'] })
    registry.register('app:card', { isCounted: false, searchProps: ['title'] })
    expect(codeOf(() => registry.register('app:card'))).to.equal(
      ErrorCode.BIZ_ERROR_INVALID_PARAMETER,
    )
  })

  it('neither keeps nor counts status messages', () => {
    const registry = new MessageTypeRegistry()
    const type = registry.register('app:status', { isStatusMessage: true })
    expect(type).to.include({ isPersisted: false, isCounted: false, role: 'hidden' })
    expect(registry.get('app:status')).to.equal(type)
  })

  it('knows by content what it can show', () => {
    const registry = new MessageTypeRegistry()
    registry.register('app:card')
    const cases: [string, unknown, boolean][] = [
      [MessageType.TEXT, { content: 'hi' }, true],
      [MessageType.TEXT, { content: 1 }, false],
      [MessageType.TEXT, {}, false],
      [MessageType.TEXT, null, false],
      [MessageType.TEXT, 'hi', false],
      [MessageType.COMBINE, { msgList: null }, false],
      ['app:card', {}, true],
      ['app:unknown', {}, false],
    ]
    for (const [type, content, isRight] of cases) {
      expect(registry.isWellFormed(type, content), `${type} ${content}`).to.equal(isRight)
    }
  })
})

describe('incoming messages', () => {
  it('keep the documented fields and nothing else', () => {
    const full = {
      ...said(1),
      channelId: 'c',
      disableNotification: true,
      directedUserIds: ['a'],
      canIncludeExpansion: true,
      expansion: { a: '1' },
      needReceipt: true,
      pushContent: 'p',
      pushData: 'd',
      pushConfig: {},
      isMentioned: true,
      audience: 'self' as const,
    }
    const alien = { messageId: 1, sentStatus: 10, conversationKey: 'x', failure: {}, __x: 1 }
    expect(checkedMessage({ ...full, ...alien } as never)).to.deep.equal(full)
  })

  it('lose fields of another type than documented', () => {
    const hostile = {
      ...said(1),
      channelId: 1,
      directedUserIds: ['a', 1],
      expansion: { a: 1 },
      canIncludeExpansion: 'yes',
      audience: 'me',
      isPersisted: 1,
      isCounted: 'true',
      isMentioned: {},
    }
    expect(checkedMessage(hostile as never)).to.deep.equal({
      ...said(1),
      isPersisted: false,
      isCounted: false,
      isMentioned: false,
    })
  })
})

describe('places of unsent messages', () => {
  it('stand behind everything archived, in the order of writing', () => {
    const orders = [unsentOrder(10), unsentOrder(9), '9999999999999999', 'zzz', unsentOrder(1)]
    expect(orders.sort()).to.deep.equal([
      '9999999999999999',
      'zzz',
      unsentOrder(1),
      unsentOrder(9),
      unsentOrder(10),
    ])
    expect(isUnsent({ order: unsentOrder(1) })).to.equal(true)
    expect(isUnsent({ order: '1' })).to.equal(false)
  })
})

describe('notification levels', () => {
  it('mute from the first that keeps something quiet', () => {
    const muted = [-1, 0, 1, 2, 4, 5].filter((level) => isMuted(level as NotificationLevel))
    expect(muted).to.deep.equal([1, 2, 4, 5])
  })
})

describe('sizes', () => {
  it('are bytes as they travel', () => {
    expect(serializedSize({ a: 'é' })).to.equal('{"a":"é"}'.length + 1)
    expect(serializedSize(undefined)).to.equal(0)
  })
})

describe('errors', () => {
  it('have a name, and stay what they are', () => {
    const error = new IMError(ErrorCode.NOT_IN_GROUP)
    expect(error).to.include({ code: 22406, name: 'NOT_IN_GROUP', message: 'NOT_IN_GROUP' })
    expect(IMError.from(error)).to.equal(error)
    expect(new IMError(1 as ErrorCode).name).to.equal('CODE_1')
  })

  it('keep what was thrown beneath', () => {
    const beneath = new TypeError('x is undefined')
    const error = IMError.from(beneath, ErrorCode.BIZ_ERROR_DATABASE_ERROR, 'It failed.')
    expect(error.message).to.equal('It failed. (x is undefined)')
    expect(error.detail).to.equal(beneath)
    expect(IMError.from('text').message).to.equal('text')
  })

  it('are worth another try when only the line was bad', () => {
    expect(isRetryable(ErrorCode.RC_MSG_RESP_TIMEOUT)).to.equal(true)
    expect(isRetryable(ErrorCode.RC_NETWORK_DOWN)).to.equal(true)
    expect(isRetryable(ErrorCode.NOT_IN_GROUP)).to.equal(false)
    expect(isRetryable(ErrorCode.RC_DISCONN_KICK)).to.equal(false)
    expect(notSupported('recall').message).to.match(/"recall"/)
  })
})
