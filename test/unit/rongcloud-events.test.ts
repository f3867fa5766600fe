import { expect } from '@open-wc/testing'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import * as RongIMLib from '../../src/rongcloud/imlib.js'
import { eventually, type Device } from '../support/chat-service.js'
import { useFacadePage } from '../support/facade-page.js'
import { inGroup, privateWith } from '../support/backend-messages.js'

const { Events, MessageType, NotificationLevel, NotificationStatus } = RongIMLib

const texts = (messages: RongIMLib.IAReceivedMessage[]) =>
  messages.map(({ content }) => content.content)

describe('RongIMLib: listening', () => {
  const chat = useFacadePage()
  const toAlice = privateWith('alice')

  it('runs a listener that was added twice twice, until each is removed', async () => {
    let count = 0
    const listener = () => (count += 1)
    RongIMLib.addEventListener(Events.CONNECTED, listener)
    RongIMLib.addEventListener(Events.CONNECTED, listener)
    await chat.page.online()
    expect(count).to.equal(2)
    RongIMLib.removeEventListener(Events.CONNECTED, listener)
    await chat.page.cut()
    await chat.page.reconnect()
    expect(count).to.equal(3)
    RongIMLib.removeEventListeners(Events.CONNECTED)
  })

  it('runs a listener once, if that was said', async () => {
    let count = 0
    RongIMLib.onceEventListener(Events.CONNECTED, () => (count += 1))
    await chat.page.online()
    await chat.page.cut()
    await chat.page.reconnect()
    expect(count).to.equal(1)
  })

  it('calls a listener on its target', async () => {
    const target = { isConnected: false }
    RongIMLib.addEventListener(
      Events.CONNECTED,
      function (this: typeof target) {
        this.isConnected = true
      },
      target,
    )
    await chat.page.online()
    expect(target.isConnected).to.equal(true)
  })

  it('goes on when a listener throws', async () => {
    const { error: consoleError } = console
    const reported: unknown[] = []
    console.error = (...words: unknown[]) => reported.push(...words)
    try {
      RongIMLib.addEventListener(Events.MESSAGES, () => {
        throw new Error('a page’s mistake')
      })
      await chat.page.online()
      const bob = await chat.page.service.device('bob').online()
      await bob.say(toAlice, 'hi')
      await chat.page.hears(Events.MESSAGES)
    } finally {
      console.error = consoleError
    }
    expect(reported.some((one) => one instanceof Error && /mistake/.test(one.message))).to.be.true
  })

  it('refuses what is no function', () => {
    expect(() => RongIMLib.addEventListener(Events.MESSAGES, undefined as never))
      .to.throw(IMError)
      .with.property('code', ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
  })

  it('has the names of the original', () => {
    expect(Events).to.deep.include({
      CONNECTING: 'CONNECTING',
      MESSAGES: 'MESSAGES',
      TYPING_STATUS: 'TYPING_STATUS',
      PULL_OFFLINE_MESSAGE_FINISHED: 'PULL_OFFLINE_MESSAGE_FINISHED',
      CONVERSATION_TAG: 'CONVERSATION_TAG',
      ULTRA_GROUP_MESSAGE_MODIFIED: 'MESSAGE_MODIFIED',
    })
  })
})

describe('RongIMLib: events', () => {
  const chat = useFacadePage()
  const toBob = privateWith('bob')
  const toAlice = privateWith('alice')
  let bob: Device

  beforeEach(async () => {
    bob = await chat.page.service.device('bob').online()
  })

  it('gives what others send in the shape of the original', async () => {
    await chat.page.online()
    await bob.say(toAlice, 'hi')
    const { messages } = await chat.page.hears(Events.MESSAGES)
    expect(messages).to.have.length(1)
    expect(messages[0]).to.deep.include({
      messageType: MessageType.TEXT,
      senderUserId: 'bob',
      targetId: 'bob',
      channelId: '',
      messageDirection: RongIMLib.MessageDirection.RECEIVE,
      isOffLineMessage: false,
      isOfflineMessage: false,
      isPersited: true,
      isCounted: true,
      isMentioned: false,
      canIncludeExpansion: false,
      expansion: null,
    })
  })

  it('gives what was missed before it says that all is here', async () => {
    await chat.page.online()
    await RongIMLib.disconnect()
    await bob.say(toAlice, 'one')
    await bob.say(toAlice, 'two')
    chat.page.forgetHeard()
    await RongIMLib.connect(chat.page.token)
    await chat.page.hears(Events.PULL_OFFLINE_MESSAGE_FINISHED)
    expect(texts(chat.page.received)).to.deep.equal(['one', 'two'])
    expect(chat.page.received.every((message) => message.isOffLineMessage)).to.be.true
  })

  it('does not give again what it gave before the connection broke', async () => {
    await chat.page.online()
    await bob.say(toAlice, 'before')
    await chat.page.hears(Events.MESSAGES)
    await chat.page.cut()
    await bob.say(toAlice, 'after')
    await chat.page.reconnect()
    expect(texts(chat.page.received)).to.deep.equal(['after'])
  })

  it('gives what is not kept, such as commands', async () => {
    await chat.page.online()
    const content = { name: 'ring', data: '1' }
    await bob.client.sender.send(toAlice, { messageType: MessageType.COMMAND, content })
    const { messages } = await chat.page.hears(Events.MESSAGES)
    expect(messages).to.have.length(1)
    expect(messages[0]).to.deep.include({
      messageType: 'RC:CmdMsg',
      content,
      targetId: 'bob',
      messageDirection: RongIMLib.MessageDirection.RECEIVE,
      messageId: 0,
      isPersited: false,
    })
    expect((await RongIMLib.getHistoryMessages(toBob)).data!.list).to.deep.equal([])
  })

  it('gives the recall of another as RC:RcNtf', async () => {
    await chat.page.online()
    const message = await bob.say(toAlice, 'oops')
    await chat.page.hears(Events.MESSAGES)
    await bob.client.actions.recall(message)
    const { messages } = await chat.page.hears(
      Events.MESSAGES,
      ({ messages }) => messages[0]!.messageType === 'RC:RcNtf',
    )
    expect(messages[0]).to.deep.include({ messageUId: message.messageUId, isCounted: false })
    expect(messages[0]!.content).to.deep.include({
      operatorId: 'bob',
      originalObjectName: 'RC:TxtMsg',
      delete: false,
    })
  })

  it('gives the recall of a message that vanishes as RC:RcNtf, without its text', async () => {
    await chat.page.online()
    const message = await bob.say(toAlice, 'oops')
    await chat.page.hears(Events.MESSAGES)
    await bob.client.actions.recall(message, { isDelete: true })
    const { messages } = await chat.page.hears(
      Events.MESSAGES,
      ({ messages }) => messages[0]!.messageType === 'RC:RcNtf',
    )
    expect(messages[0]!.content).to.deep.include({ delete: true, originalObjectName: 'RC:TxtMsg' })
    expect(JSON.stringify(messages[0])).not.to.contain('oops')
  })

  it('does not give a recall of its own', async () => {
    await chat.page.online()
    const { data } = await RongIMLib.sendTextMessage(toBob, { content: 'mine' })
    const { code } = await RongIMLib.recallMessage(toBob, data!)
    expect(code).to.equal(0)
    await bob.say(toAlice, 'yours')
    await chat.page.hears(Events.MESSAGES)
    expect(chat.page.received.map(({ messageType }) => messageType)).to.deep.equal(['RC:TxtMsg'])
  })

  it('gives what the user sends and recalls on another device', async () => {
    await chat.page.online()
    const phone = await chat.page.service.device('alice').online()
    const message = await phone.say(toBob, 'from the phone')
    await chat.page.hears(Events.MESSAGES)
    expect(chat.page.received[0]!.messageDirection).to.equal(RongIMLib.MessageDirection.SEND)
    await phone.client.actions.recall(message)
    await chat.page.hears(
      Events.MESSAGES,
      ({ messages }) => messages[0]!.messageType === 'RC:RcNtf',
    )
  })

  it('tells who has read up to where', async () => {
    await chat.page.online()
    const { data } = await RongIMLib.sendTextMessage(toBob, { content: 'hi' })
    await bob.has(toAlice, 'hi')
    await bob.client.readState.markRead(toAlice)
    const receipt = await chat.page.hears(Events.READ_RECEIPT_RECEIVED)
    expect(receipt).to.deep.equal({
      conversation: toBob,
      messageUId: data!.messageUId,
      sentTime: data!.sentTime,
      sendUserId: 'bob',
    })
  })

  it('does not tell of receipts and values that this page sends itself', async () => {
    await chat.page.online()
    const message = await bob.say(toAlice, 'gift', { canIncludeExpansion: true })
    await chat.page.hears(Events.MESSAGES)
    await RongIMLib.sendReadReceiptMessage('bob', message.messageUId, message.sentTime)
    await RongIMLib.updateMessageExpansion({ taken: 'yes' }, chat.page.received[0]!)
    await bob.say(toAlice, 'thanks')
    await chat.page.hears(Events.MESSAGES, ({ messages }) => texts(messages).includes('thanks'))
    expect(chat.page.heard(Events.READ_RECEIPT_RECEIVED)).to.deep.equal([])
    expect(chat.page.heard(Events.EXPANSION)).to.deep.equal([])
  })

  it('tells of requests and answers about who has read a group message', async () => {
    await chat.page.online()
    const { groupId } = await bob.client.groups.create({ name: 'Group', memberIds: ['alice'] })
    const group = inGroup(groupId)
    const asked = await bob.say(group, 'read this', { needReceipt: false })
    await bob.client.readState.requestReceipt(asked)
    expect(await chat.page.hears(Events.MESSAGE_RECEIPT_REQUEST)).to.deep.equal({
      conversation: group,
      messageUId: asked.messageUId,
      senderUserId: 'bob',
    })

    const { data } = await RongIMLib.sendTextMessage(
      group,
      { content: 'and this' },
      { needReceipt: true },
    )
    const seen = await bob.has(group, 'and this')
    await bob.client.readState.respondReceipts(group, [seen])
    expect(await chat.page.hears(Events.MESSAGE_RECEIPT_RESPONSE)).to.deep.equal({
      conversation: group,
      receivedUserId: 'bob',
      messageUIdList: [data!.messageUId],
    })
  })

  it('tells what changed about a conversation, and nothing twice', async () => {
    await chat.page.online()
    await bob.say(toAlice, 'hi')
    const first = await chat.page.hears(Events.CONVERSATION)
    const [state] = first.conversationList
    expect(state!.conversation).to.deep.include({ targetId: 'bob', unreadMessageCount: 1 })
    expect(state!.conversation.latestMessage!.content.content).to.equal('hi')
    expect(Object.keys(state!.updatedItems)).to.have.members([
      'latestMessage',
      'unreadMessageCount',
    ])
    expect(state!.updatedItems.unreadMessageCount!.val).to.equal(1)
    expect(state!.updatedItems.unreadMessageCount!.time).to.be.a('number')

    chat.page.forgetHeard()
    await RongIMLib.setConversationToTop(toBob, true)
    const pinned = await chat.page.hears(Events.CONVERSATION)
    expect(pinned.conversationList[0]!.updatedItems).to.have.all.keys('isTop')
    expect(pinned.conversationList[0]!.updatedItems.isTop!.val).to.equal(true)
  })

  it('tells of pins and levels that are set on another device', async () => {
    await chat.page.online()
    const phone = await chat.page.service.device('alice').online()
    await phone.client.conversations.setNotificationLevel(
      toBob,
      NotificationLevel.NOT_MESSAGE_NOTIFICATION,
    )
    const { conversationList } = await chat.page.hears(Events.CONVERSATION)
    const { updatedItems } = conversationList[0]!
    expect(updatedItems.notificationLevel!.val).to.equal(5)
    expect(updatedItems.notificationStatus!.val).to.equal(NotificationStatus.OPEN)
  })

  it('tells who is typing, and that they have stopped', async () => {
    await chat.page.online()
    bob.client.typing.send(toAlice, MessageType.TEXT)
    const { status } = await chat.page.hears(Events.TYPING_STATUS)
    expect(status).to.have.length(1)
    expect(status[0]).to.deep.include({ conversationType: 1, targetId: 'bob', channelId: '' })
    expect(status[0]!.list[0]).to.deep.include({ userId: 'bob', messageType: 'RC:TxtMsg' })
    await bob.say(toAlice, 'done')
    await chat.page.hears(Events.TYPING_STATUS, ({ status }) => status[0]!.list.length === 0)
  })

  it('tells which values of a message changed and which are gone', async () => {
    await chat.page.online()
    const message = await bob.say(toAlice, 'gift', { canIncludeExpansion: true })
    await chat.page.hears(Events.MESSAGES)
    const expanded = { conversationType: 1, targetId: 'bob', channelId: '' }
    await bob.client.actions.updateExpansion(message, { taken: 'yes' })
    const { updatedExpansion } = await chat.page.hears(Events.EXPANSION)
    expect(updatedExpansion).to.deep.equal({
      ...expanded,
      messageUId: message.messageUId,
      expansion: { taken: 'yes' },
    })
    await bob.client.actions.removeExpansion(message, ['taken'])
    const { deletedExpansion } = await chat.page.hears(
      Events.EXPANSION,
      (detail) => detail.deletedExpansion !== undefined,
    )
    expect(deletedExpansion).to.deep.equal({
      ...expanded,
      messageUId: message.messageUId,
      deletedKeys: ['taken'],
    })
  })

  it('forgets the former user when another one logs in', async () => {
    await chat.page.online()
    await bob.say(toAlice, 'hi')
    await chat.page.hears(Events.CONVERSATION)
    await RongIMLib.disconnect()
    chat.page.forgetHeard()
    await RongIMLib.connect(chat.page.token)
    await chat.page.hears(Events.PULL_OFFLINE_MESSAGE_FINISHED)
    await bob.say(toAlice, 'again')
    const { conversationList } = await chat.page.hears(
      Events.CONVERSATION,
      ({ conversationList }) =>
        conversationList[0]!.conversation.latestMessage?.content.content === 'again',
    )
    expect(conversationList[0]!.updatedItems.unreadMessageCount!.val).to.equal(2)
    await eventually('nobody is left over', () => RongIMLib.getCurrentUserId() === 'alice')
  })
})
