import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import * as RongIMLib from '../../src/rongcloud/imlib.js'
import { eventually } from '../support/chat-service.js'
import { useFacadePage } from '../support/facade-page.js'
import { privateWith } from '../support/backend-messages.js'

const { ConversationType, MentionedType, MessageDirection, SentStatus, TextMessage } = RongIMLib

describe('RongIMLib: sending', () => {
  const chat = useFacadePage()
  const toBob = privateWith('bob')
  const toAlice = privateWith('alice')

  const bobOnline = () => chat.page.service.device('bob').online()

  it('resolves with the whole message once the server has it', async () => {
    await chat.page.online()
    const bob = await bobOnline()
    const { code, data } = await RongIMLib.sendMessage(toBob, new TextMessage({ content: 'hi' }))
    expect(code).to.equal(0)
    expect(data).to.deep.include({
      messageType: 'RC:TxtMsg',
      senderUserId: 'alice',
      targetId: 'bob',
      conversationType: ConversationType.PRIVATE,
      channelId: '',
      messageDirection: MessageDirection.SEND,
      sentStatus: SentStatus.SENT,
      isPersited: true,
      isCounted: true,
      expansion: null,
    })
    expect(data!.messageId).to.be.above(0)
    expect(data!.messageUId).not.to.equal('')
    expect((await bob.has(toAlice, 'hi')).messageUId).to.equal(data!.messageUId)
  })

  it('does not tell the sender of its own message', async () => {
    await chat.page.online()
    const bob = await bobOnline()
    await RongIMLib.sendTextMessage(toBob, { content: 'mine' })
    await bob.say(toAlice, 'yours')
    await chat.page.hears(RongIMLib.Events.MESSAGES)
    expect(chat.page.received.map(({ content }) => content.content)).to.deep.equal(['yours'])
  })

  it('hands the message to onSendBefore before it is sent', async () => {
    await chat.page.online()
    const before: RongIMLib.IAReceivedMessage[] = []
    const { data } = await RongIMLib.sendTextMessage(
      toBob,
      { content: 'hi' },
      { onSendBefore: (message) => before.push(message) },
    )
    expect(before).to.have.length(1)
    expect(before[0]).to.deep.include({
      messageId: data!.messageId,
      messageUId: data!.messageUId,
      sentStatus: SentStatus.SENDING,
    })
  })

  it('takes null for options, as pages pass it', async () => {
    await chat.page.online()
    const { code } = await RongIMLib.sendMessage(toBob, new TextMessage({ content: 'hi' }), null)
    expect(code).to.equal(0)
  })

  it('resolves with 30002 and the queued message without a connection, and sends it later', async () => {
    await chat.page.online()
    const bob = await bobOnline()
    await chat.page.cut()
    const { code, data } = await RongIMLib.sendTextMessage(toBob, { content: 'later' })
    expect(code).to.equal(ErrorCode.RC_NET_UNAVAILABLE)
    expect(data!.sentStatus).to.equal(SentStatus.SENDING)
    await chat.page.reconnect()
    const arrived = await bob.has(toAlice, 'later')
    expect(arrived.messageUId).to.equal(data!.messageUId)
  })

  it('does not wait for ever when the connection breaks under way', async () => {
    await chat.page.online()
    chat.page.network.holdAcks()
    // The message itself, coming back as one of the user's own, would be an answer as well.
    chat.page.network.holdBatches()
    const sending = RongIMLib.sendTextMessage(toBob, { content: 'hi' })
    await eventually('the message leaves', () => chat.page.network.sends.length === 1)
    chat.page.network.cut()
    expect((await sending).code).to.equal(ErrorCode.RC_NET_UNAVAILABLE)
    chat.page.network.releaseBatches()
    chat.page.network.releaseAcks()
  })

  it('resolves with the refusal and the message, which its messageId sends again', async () => {
    await chat.page.online()
    const bob = await bobOnline()
    chat.page.network.refuseNextSend(ErrorCode.REJECTED_BY_BLACKLIST)
    const message = new TextMessage({ content: 'again' })
    const refused = await RongIMLib.sendMessage(toBob, message)
    expect(refused.code).to.equal(ErrorCode.REJECTED_BY_BLACKLIST)
    expect(refused.data!.sentStatus).to.equal(SentStatus.FAILED)

    const { messageId, messageUId } = refused.data!
    const sent = await RongIMLib.sendMessage(toBob, message, { messageId })
    expect(sent).to.deep.include({ code: 0 })
    expect(sent.data!.messageUId).to.equal(messageUId)
    const twice = await RongIMLib.sendMessage(toBob, message, { messageId })
    expect(twice.data!.messageUId).to.equal(messageUId)
    await bob.has(toAlice, 'again')
    expect(await bob.texts(toAlice)).to.deep.equal(['again'])
  })

  it('waits for a queued message that is sent again by its messageId', async () => {
    await chat.page.online()
    const bob = await bobOnline()
    await chat.page.cut()
    const message = new TextMessage({ content: 'once' })
    const { data } = await RongIMLib.sendMessage(toBob, message)
    await chat.page.reconnect()
    const { messageId } = data!
    expect((await RongIMLib.sendMessage(toBob, message, { messageId })).code).to.equal(0)
    await bob.has(toAlice, 'once')
    expect(await bob.texts(toAlice)).to.deep.equal(['once'])
  })

  it('refuses to send again what is no own message', async () => {
    await chat.page.online()
    const message = new TextMessage({ content: 'hi' })
    const { code } = await RongIMLib.sendMessage(toBob, message, { messageId: 4711 })
    expect(code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
  })

  it('resolves with the code of what is wrong with a message', async () => {
    await chat.page.online()
    const long = new TextMessage({ content: 'x'.repeat(128 * 1024) })
    const cases: [Promise<RongIMLib.IAsyncRes<unknown>>, ErrorCode][] = [
      [RongIMLib.sendMessage(toBob, long), ErrorCode.RC_MSG_CONTENT_EXCEED_LIMIT],
      [
        RongIMLib.sendMessage(toBob, { messageType: 'app:unknown', content: {} }),
        ErrorCode.MESSAGE_NOT_REGISTERED,
      ],
      [RongIMLib.sendMessage(toBob, null as never), ErrorCode.MESSAGE_NOT_REGISTERED],
      [
        RongIMLib.sendTextMessage({ conversationType: 1, targetId: '' }, { content: 'hi' }),
        ErrorCode.BIZ_ERROR_INVALID_PARAMETER,
      ],
      [
        RongIMLib.sendTextMessage({ conversationType: 6, targetId: 'bob' }, { content: 'hi' }),
        ErrorCode.SYS_CONVERSATION_NOT_SUPPORT_MESSAGE,
      ],
      [
        RongIMLib.sendTextMessage(toBob, { content: 'hi' }, { expansion: { a: '1' } }),
        ErrorCode.MESSAGE_KV_NOT_SUPPORT,
      ],
    ]
    for (const [sending, code] of cases) expect((await sending).code).to.equal(code)
  })

  it('sends mentions in groups, in the content or in the deprecated options', async () => {
    await chat.page.online()
    const bob = await bobOnline()
    const { groupId } = await bob.client.groups.create({ name: 'Group', memberIds: ['alice'] })
    const group = { conversationType: ConversationType.GROUP, targetId: groupId }
    const mentionedInfo = { type: MentionedType.SINGAL, userIdList: ['bob'] }
    await RongIMLib.sendTextMessage(
      group,
      { content: '@bob', mentionedInfo },
      { isMentioned: true },
    )
    await RongIMLib.sendTextMessage(
      group,
      { content: '@all' },
      { isMentioned: true, mentionedType: MentionedType.ALL },
    )
    expect((await bob.has(group, '@bob')).content.mentionedInfo).to.deep.equal(mentionedInfo)
    expect((await bob.has(group, '@all')).content.mentionedInfo?.type).to.equal(MentionedType.ALL)
    expect((await bob.conversation(group)).unreadMentionedCount).to.equal(2)
  })

  it('sends what is not kept to those who are online, and to nobody without a connection', async () => {
    await chat.page.online()
    const bob = await bobOnline()
    const command = new RongIMLib.CommandMessage({ name: 'ring', data: '1' })
    const { code, data } = await RongIMLib.sendMessage(toBob, command)
    expect(code).to.equal(0)
    expect(data!.messageType).to.equal('RC:CmdMsg')
    await eventually('Bob hears it', () => bob.heard('statusMessage').length === 1)
    await chat.page.cut()
    expect((await RongIMLib.sendMessage(toBob, command)).code).to.equal(
      ErrorCode.RC_NET_UNAVAILABLE,
    )
  })

  it('tells that it is typing', async () => {
    await chat.page.online()
    const bob = await bobOnline()
    expect((await RongIMLib.sendTypingStatusMessage(toBob, 'RC:TxtMsg')).code).to.equal(0)
    await eventually('Bob sees it', () => bob.heard('typing').length === 1)
    expect(bob.heard('typing')[0]!.list[0]).to.deep.include({
      userId: 'alice',
      messageType: 'RC:TxtMsg',
    })
    const wrong = await RongIMLib.sendTypingStatusMessage({} as typeof toBob, 'RC:TxtMsg')
    expect(wrong.code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
  })
})
