import { expect } from '@open-wc/testing'
import type { BaseMessage } from '../../src/model/message-types.js'
import { MessageType } from '../../src/model/message-types.js'
import { NotificationLevel, NotificationStatus } from '../../src/model/conversation.js'
import { ErrorCode, type IMError } from '../../src/model/errors.js'
import { inGroup, privateWith } from '../support/backend-messages.js'
import { eventually, textOf, useChat } from '../support/chat-service.js'
import { ReadyKit } from '../support/ready-kit.js'
import { risingClock } from '../support/rising-clock.js'

const text = (content: string): BaseMessage => ({
  messageType: MessageType.TEXT,
  content: { content },
  isPersisted: true,
  isCounted: true,
  isStatusMessage: false,
})

const withName = (open: ReadyKit) => ({
  /** What a call gives that asks who is who on the way. */
  async gives<Value>(call: Promise<Value>): Promise<Value> {
    let answer: { value: Value } | undefined
    void call.then((value) => (answer = { value }))
    await open.passes('the call answers', () => answer)
    return answer!.value
  },
})

async function failsWith(call: () => unknown, message: string): Promise<IMError> {
  try {
    await call()
  } catch (error) {
    expect((error as IMError).message).to.contain(message)
    return error as IMError
  }
  throw new Error('It did not fail.')
}

describe('the calls of the original', () => {
  const chat = useChat({
    now: risingClock(),
    users: [
      { id: 'alice', name: 'Alice' },
      { id: 'bob', name: 'Bob' },
    ],
  })

  async function pair() {
    const { alice, bob, toAlice, toBob } = await chat.service.pair()
    const cut = () => alice.cut()
    return { alice: new ReadyKit(alice), bob: new ReadyKit(bob), toAlice, toBob, cut }
  }

  it('send, and say with a code how it went', async () => {
    const { alice, bob, toAlice, toBob } = await pair()
    const sent = await alice.kit.sendMessage(toBob, text('hi'))
    expect(sent.code).to.equal(0)
    expect(sent.data!.messageUId).to.equal((await bob.tab.has(toAlice, 'hi')).messageUId)
    const refused = await alice.kit.sendMessage(inGroup('of-others'), text('hi'))
    expect(refused.code).to.equal(ErrorCode.NOT_IN_GROUP)
    expect(refused.msg).to.be.a('string')
    expect(refused.data).to.be.undefined
    const unknown = await alice.kit.sendMessage(toBob, { ...text(''), messageType: 'app:no' })
    expect(unknown.code).to.equal(ErrorCode.MESSAGE_NOT_REGISTERED)
    const again = await alice.kit.resendMessage(toBob, sent.data!)
    expect(again.code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
  })

  it('send with every option there is', async () => {
    const { alice, bob } = await pair()
    const { groupId } = await alice.tab.client.groups.create({ name: 'G', memberIds: ['bob'] })
    const group = inGroup(groupId)
    const options = {
      isMentioned: true,
      disableNotification: true,
      pushContent: 'a message',
      pushData: '{"a":1}',
      pushConfig: { pushTitle: 'G' },
      isVoipPush: true,
      isFilerWhiteBlacklist: true,
      canIncludeExpansion: true,
      expansion: { key: 'value' },
    }
    const before: string[] = []
    const { code, data } = await alice.kit.sendMessage(group, text('look'), {
      ...options,
      directionalUserIdList: ['bob'],
      onSendBefore: ({ messageUId }) => before.push(messageUId),
    })
    expect(code).to.equal(0)
    expect(before).to.deep.equal([data!.messageUId])
    const { isVoipPush, isFilerWhiteBlacklist, ...seen } = options
    expect(data).to.deep.include({ isVoipPush, isFilerWhiteBlacklist })
    const received = await bob.tab.has(group, 'look')
    expect(received).to.deep.include({ ...seen, directedUserIds: ['bob'] })
  })

  it('send what was said without a connection once there is one, and answer then', async () => {
    const { alice: device, bob, toAlice, toBob } = await chat.service.pair()
    const { kit } = new ReadyKit(device)
    await device.cut()
    let code: number | undefined
    const sending = kit.sendMessage(toBob, text('later')).then((result) => (code = result.code))
    await device.has(toBob, 'later')
    expect(code).to.be.undefined
    await device.reconnect()
    await sending
    expect(code).to.equal(0)
    await bob.has(toAlice, 'later')

    await kit.disconnect()
    const nobody = await kit.sendMessage(toBob, text('by nobody'))
    expect(nobody.code).to.equal(ErrorCode.RC_NET_CHANNEL_INVALID)
  })

  it('resend a failed message under its id', async () => {
    const { alice, bob } = await pair()
    const { groupId } = await bob.tab.client.groups.create({ name: 'G', memberIds: ['carol'] })
    const group = inGroup(groupId)
    const failed = await alice.kit.post(group, text('let me in'))
    await alice.hears('message_send_fail')
    await bob.tab.client.groups.invite(groupId, ['alice'])
    const result = await alice.kit.resendMessage(group, failed)
    expect(result.data!.messageUId).to.equal(failed.messageUId)
    await bob.tab.has(group, 'let me in')
  })

  it('send images with a thumbnail and their size', async () => {
    const { alice, toBob } = await pair()
    const canvas = new OffscreenCanvas(300, 200)
    canvas.getContext('2d')!.fillRect(0, 0, 300, 200)
    const file = await canvas.convertToBlob({ type: 'image/png' })
    const user = { id: 'alice', name: 'Alice' }
    const { code, data } = await alice.kit.sendImageMessage(toBob, { file, user })
    expect(code).to.equal(0)
    expect(data!.messageType).to.equal(MessageType.IMAGE)
    expect(data!.content).to.deep.include({ width: 300, height: 200, user })
    expect(atob(data!.content.content as string).length).to.be.greaterThan(100)
    expect(data!.content.imageUri).not.to.equal('')
  })

  it('refuse to send no file and an empty one', async () => {
    const { alice, toBob } = await pair()
    const none = await alice.kit.sendFileMessage(toBob, {} as never)
    expect(none).to.include({ code: ErrorCode.UPLOAD_FAIL })
    expect(none.msg).to.contain('sendFileMessage() needs { file }')
    const empty = await alice.kit.sendFileMessage(toBob, { file: new File([], 'a.txt') })
    expect(empty.msg).to.contain('0 bytes')
  })

  it('let the host send another message than the file’s', async () => {
    const { alice, bob, toAlice, toBob } = await pair()
    const file = new File(['abc'], 'a.txt')
    await alice.kit.sendFileMessage(toBob, { file }, { onComplete: () => text('instead') })
    await bob.tab.has(toAlice, 'instead')
  })

  it('recall and delete', async () => {
    const { alice, bob, toAlice, toBob } = await pair()
    const mine = (await alice.kit.sendMessage(toBob, text('one'))).data!
    const theirs = await bob.kit.send(toAlice, text('two'))
    const received = await alice.tab.has(toBob, 'two')
    expect((await alice.kit.recallMessage(received)).code).to.equal(
      ErrorCode.RECALL_MESSAGE_USER_INVALID,
    )
    expect((await alice.kit.deleteMessage(received)).code).to.equal(0)
    expect((await alice.kit.recallMessage(mine)).code).to.equal(0)
    const { list } = await alice.kit.getMessages(toBob)
    expect(list.map(({ messageType }) => messageType)).to.deep.equal(['RC:RcNtf'])
    expect((await bob.tab.has(toAlice, 'two')).messageUId).to.equal(theirs.messageUId)
  })

  it('get messages by pages, oldest first, before a time', async () => {
    const { alice, toBob } = await pair()
    for (const content of ['one', 'two', 'three']) await alice.kit.send(toBob, text(content))
    const newest = await alice.kit.getMessages(toBob, 0, 2)
    expect(newest.list.map(textOf)).to.deep.equal(['two', 'three'])
    expect(newest.hasMore).to.be.true
    const before = await alice.kit.getMessages(toBob, newest.list[0]!.sentTime, 2)
    expect(before.list.map(textOf)).to.deep.equal(['one'])
    expect(before.hasMore).to.be.false
    const all = await alice.kit.getMessages(toBob, Date.now() + 60_000)
    expect(all.list).to.have.length(3)
    expect((await alice.kit.getMessages(toBob, 0, -5)).list).to.have.length(1)
  })

  it('pin, mute, clear, draft and remove', async () => {
    const { alice, bob, toAlice, toBob } = await pair()
    await bob.kit.send(toAlice, text('hi'))
    await alice.tab.has(toBob, 'hi')
    const { kit } = alice
    const row = () => alice.tab.conversation(toBob)
    expect((await kit.setConversationToTop(toBob, true)).code).to.equal(0)
    await kit.setConversationNotificationStatus(toBob, NotificationStatus.OPEN)
    expect(await row()).to.include({
      isTop: true,
      notificationStatus: NotificationStatus.OPEN,
      notificationLevel: NotificationLevel.NOT_MESSAGE_NOTIFICATION,
    })
    await kit.setConversationNotificationStatus(toBob, NotificationStatus.CLOSE)
    await kit.clearMessagesUnreadStatus(toBob)
    await kit.saveTextMessageDraft(toBob, 'dear Bob')
    expect(await row()).to.include({
      notificationStatus: NotificationStatus.CLOSE,
      unreadMessageCount: 0,
      draft: 'dear Bob',
    })
    await kit.saveTextMessageDraft(toBob, '')
    expect((await row()).draft).to.equal('')
    kit.selectConversation(toBob)
    await kit.removeConversation(toBob)
    expect(kit.currentConversation).to.be.null
    expect(alice.heard('conversation_removed')[0]).to.deep.include(toBob)
    expect((await row()).listOrder).to.be.undefined
  })

  it('list conversations with their profiles, and find one', async () => {
    const { alice, bob, toAlice, toBob } = await pair()
    await bob.kit.send(toAlice, text('hi'))
    await alice.hears('conversation')
    const { gives } = withName(alice)
    const [first] = await gives(alice.kit.getConversationList(true))
    expect(first!.profile).to.include({ name: 'Bob', targetId: 'bob' })
    expect(first!.conversation.latestMessage!.content.content).to.equal('hi')
    expect((await gives(alice.kit.getConversation(toBob)))!.profile.name).to.equal('Bob')
    expect(await alice.kit.getConversation(privateWith('nobody'))).to.be.null
    const created = alice.kit.createConversation(privateWith('nobody'))
    expect(created).to.include({ targetId: 'nobody', unreadMessageCount: 0 })
    await eventually('it is in the list', () =>
      alice.kit.store.value!.conversations.find(created.conversationKey),
    )
    const found = await gives(alice.kit.getConversation(privateWith('nobody')))
    expect(found!.profile.name).to.equal('nobody')
  })

  it('tell who is who', async () => {
    const { alice, bob } = await pair()
    const { groupId } = await bob.tab.client.groups.create({ name: 'G', memberIds: ['alice'] })
    const group = inGroup(groupId)
    const { kit } = alice
    const { gives } = withName(alice)
    expect((await gives(kit.getMyProfile())).name).to.equal('Alice')
    expect((await gives(kit.getConversationProfile(group))).name).to.equal('G')
    const members = await gives(kit.getGroupMembers(group))
    expect(members!.map(({ id }) => id).sort()).to.deep.equal(['alice', 'bob'])
    expect((await gives(kit.getGroupMemberProfile(group, 'bob')))!.id).to.equal('bob')
    expect(await gives(kit.getGroupMemberProfile(group, 'nobody'))).to.be.undefined
    expect(await kit.getGroupMembers(privateWith('bob'))).to.be.null
  })

  it('register custom types and make messages of them', async () => {
    const { alice, bob, toAlice, toBob } = await pair()
    const types = [alice, bob].map(({ kit }) => kit.registerMessageType('app:card', true, false))
    const message = new types[0]!({ title: 'Card' })
    expect(message).to.deep.include({
      messageType: 'app:card',
      isPersisted: true,
      isCounted: false,
      isStatusMessage: false,
    })
    expect((await alice.kit.sendMessage(toBob, message)).code).to.equal(0)
    await bob.hears('MESSAGES')
    expect(bob.heard('MESSAGES')[0]![0]!.content).to.deep.equal({ title: 'Card' })
    expect(await bob.tab.unread(toAlice)).to.equal(0)
    await failsWith(() => alice.kit.registerMessageType('RC:mine', true, true), 'reserved')
  })

  it('quote, and stop quoting what goes or is left', async () => {
    const { alice, toBob } = await pair()
    const { kit } = alice
    kit.selectConversation(toBob)
    const one = await kit.send(toBob, text('one'))
    kit.referenceMessage(one)
    expect(kit.reference.value).to.equal(one)
    kit.selectConversation(inGroup('g'))
    expect(kit.reference.value).to.be.undefined
    kit.selectConversation(toBob)
    kit.referenceMessage(one)
    await kit.deleteMessages(toBob, [one])
    expect(kit.reference.value).to.be.undefined
    expect(alice.heard('reference_message')).to.have.length(2)
    expect(alice.heard('close_reference')).to.have.length(2)
    kit.quote(undefined)
    expect(alice.heard('close_reference')).to.have.length(2)
  })

  it('forward to as many as the host allows', async () => {
    const { alice, toBob, cut } = await pair()
    const one = await alice.kit.send(toBob, text('one'))
    const targets = ['a', 'b', 'c', 'd', 'e', 'f'].map(privateWith)
    await failsWith(() => alice.kit.forward([one], targets), 'at once, not to 6')
    await failsWith(() => alice.kit.forward([one], []), '1 to 5')
    expect(await alice.kit.forward([one], targets.slice(1))).to.have.length(5)
    const [merged] = await alice.kit.forward([one], [toBob], { isMerged: true, title: 'T' })
    expect(merged!.messageType).to.equal(MessageType.COMBINE)
    await cut()
    const waiting = await alice.kit.post(toBob, text('waiting'))
    await failsWith(() => alice.kit.forward([waiting], [toBob]), 'sent can be forwarded')
  })

  it('refuse what is no conversation', async () => {
    const { alice } = await pair()
    const { kit } = alice
    for (const wrong of [undefined, {}, { conversationType: 99, targetId: 'x' }, privateWith('')]) {
      await failsWith(() => kit.createConversation(wrong as never), 'conversationType, targetId')
      await failsWith(() => kit.removeConversation(wrong as never), 'conversationType, targetId')
    }
    await failsWith(() => kit.selectConversation({} as never), 'imkit.selectConversation()')
  })

  it('know the time of the server', async () => {
    const { alice } = await pair()
    expect(alice.kit.getTime()).to.be.closeTo(Date.now(), 5000)
  })
})
