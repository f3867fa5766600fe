import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import * as RongIMLib from '../../src/rongcloud/imlib.js'
import { eventually, type Device } from '../support/chat-service.js'
import { useFacadePage } from '../support/facade-page.js'
import { inGroup, privateWith } from '../support/backend-messages.js'

const { ConversationType, NotificationLevel, NotificationStatus } = RongIMLib

const targets = ({ data }: RongIMLib.IAsyncRes<RongIMLib.IAReceivedConversation[]>) =>
  data!.map(({ targetId }) => targetId)

describe('RongIMLib: conversations', () => {
  let time = 1_700_000_000_000
  const chat = useFacadePage({ now: () => (time += 1) })

  /** One message from each, in this order. */
  async function heardFrom(...userIds: string[]): Promise<void> {
    for (const userId of userIds) {
      const device: Device = await chat.page.service.device(userId).online()
      await device.say(privateWith('alice'), `from ${userId}`)
    }
  }

  async function untilListed(count: number): Promise<void> {
    await eventually(`${count} conversations`, async () => {
      return targets(await RongIMLib.getConversationList()).length === count
    })
  }

  it('lists conversations by time, the latest first, pinned ones among them', async () => {
    await chat.page.online()
    await heardFrom('bob', 'carol', 'dave')
    await untilListed(3)
    await RongIMLib.setConversationToTop(privateWith('bob'))
    const list = await RongIMLib.getConversationList()
    expect(targets(list)).to.deep.equal(['dave', 'carol', 'bob'])
    expect(list.data![2]).to.deep.include({
      isTop: true,
      conversationType: ConversationType.PRIVATE,
      channelId: '',
      unreadMessageCount: 1,
      hasMentioned: false,
      notificationLevel: NotificationLevel.NOT_SET,
      notificationStatus: NotificationStatus.CLOSE,
      draft: '',
    })
    expect(list.data![2]!.latestMessage).to.deep.include({ senderUserId: 'bob', isPersited: true })
  })

  it('pages by the time of the last message, in both directions', async () => {
    await chat.page.online()
    await heardFrom('bob', 'carol', 'dave')
    await untilListed(3)
    const first = await RongIMLib.getConversationList({ count: 2 })
    expect(targets(first)).to.deep.equal(['dave', 'carol'])
    const startTime = first.data![1]!.latestMessage!.sentTime
    const next = await RongIMLib.getConversationList({ count: 2, startTime })
    expect(targets(next)).to.deep.equal(['bob'])
    const oldest = await RongIMLib.getConversationList({ count: 2, order: 1 })
    expect(targets(oldest)).to.deep.equal(['bob', 'carol'])
    const newer = await RongIMLib.getConversationList({ count: 2, startTime, order: 1 })
    expect(targets(newer)).to.deep.equal(['dave'])
  })

  it('takes from the backend what a new device does not know', async () => {
    await heardFrom('bob', 'carol', 'dave', 'erin')
    await chat.page.online()
    expect(targets(await RongIMLib.getConversationList({ count: 3 }))).to.deep.equal([
      'erin',
      'dave',
      'carol',
    ])
    expect(targets(await RongIMLib.getConversationList())).to.have.length(4)
  })

  it('refuses counts outside of 1 to 1000', async () => {
    await chat.page.online()
    for (const count of [0, 1001, 2.5]) {
      const { code } = await RongIMLib.getConversationList({ count })
      expect(code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
    }
  })

  it('makes up a conversation there is nothing of', async () => {
    await chat.page.online()
    const { data } = await RongIMLib.getConversation(privateWith('nobody'))
    expect(data).to.deep.include({ targetId: 'nobody', latestMessage: null, unreadMessageCount: 0 })
    const wrong = await RongIMLib.getConversation({} as RongIMLib.IConversationOption)
    expect(wrong.code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
  })

  it('lists the pinned ones, the unread ones and the quiet ones', async () => {
    await chat.page.online()
    await heardFrom('bob', 'carol')
    await untilListed(2)
    await RongIMLib.setConversationToTop(privateWith('bob'), true)
    await RongIMLib.setConversationNotificationLevel(privateWith('carol'), 5)
    await RongIMLib.clearMessagesUnreadStatus(privateWith('carol'))
    expect(targets(await RongIMLib.getTopConversationList())).to.deep.equal(['bob'])
    expect(targets(await RongIMLib.getTopConversationList([ConversationType.GROUP]))).to.be.empty
    expect(targets(await RongIMLib.getUnreadConversationList())).to.deep.equal(['bob'])
    expect(targets(await RongIMLib.getUnreadConversationList([ConversationType.SYSTEM]))).to.be
      .empty
    expect(targets(await RongIMLib.getBlockedConversationList())).to.deep.equal(['carol'])
    await RongIMLib.setConversationToTop(privateWith('bob'), false)
    expect(targets(await RongIMLib.getTopConversationList())).to.be.empty
  })

  it('keeps levels, and the older two states with them', async () => {
    await chat.page.online()
    const bob = privateWith('bob')
    await RongIMLib.setConversationNotificationLevel(bob, NotificationLevel.AT_USER_NOTIFICATION)
    expect((await RongIMLib.getConversationNotificationLevel(bob)).data).to.equal(2)
    expect((await RongIMLib.getConversationNotificationStatus(bob)).data).to.equal(
      NotificationStatus.OPEN,
    )
    await RongIMLib.setConversationNotificationStatus(bob, NotificationStatus.CLOSE)
    expect((await RongIMLib.getConversationNotificationLevel(bob)).data).to.be.at.most(0)
    await RongIMLib.setConversationNotificationStatus(bob, NotificationStatus.OPEN)
    expect((await RongIMLib.getConversationNotificationLevel(bob)).data).to.equal(5)
    for (const change of [
      RongIMLib.setConversationNotificationLevel(bob, 3 as RongIMLib.NotificationLevel),
      RongIMLib.setConversationNotificationStatus(bob, 0 as RongIMLib.NotificationStatus),
    ]) {
      expect((await change).code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
    }
  })

  it('takes a conversation out of the list until its next message', async () => {
    await chat.page.online()
    await heardFrom('bob')
    await untilListed(1)
    expect((await RongIMLib.removeConversation(privateWith('bob'))).code).to.equal(0)
    expect(targets(await RongIMLib.getConversationList())).to.be.empty
    await RongIMLib.sendTextMessage(privateWith('bob'), { content: 'again' })
    expect(targets(await RongIMLib.getConversationList())).to.deep.equal(['bob'])
  })

  it('keeps a draft until it is cleared, also on the user’s other devices', async () => {
    await chat.page.online()
    const bob = privateWith('bob')
    const phone = await chat.page.service.device('alice').online()
    expect((await RongIMLib.getTextMessageDraft(bob)).data).to.equal('')
    expect((await RongIMLib.saveTextMessageDraft(bob, 'not yet')).code).to.equal(0)
    expect((await RongIMLib.getTextMessageDraft(bob)).data).to.equal('not yet')
    await eventually('the phone has it', async () => {
      return (await phone.conversation(bob)).draft === 'not yet'
    })
    expect((await RongIMLib.clearTextMessageDraft(bob)).code).to.equal(0)
    expect((await RongIMLib.getTextMessageDraft(bob)).data).to.equal('')
    const wrong = await RongIMLib.saveTextMessageDraft(bob, 7 as unknown as string)
    expect(wrong.code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
  })
})

describe('RongIMLib: unread counts', () => {
  const chat = useFacadePage()
  const fromBob = privateWith('bob')
  let bob: Device
  let group: RongIMLib.IConversationOption

  /** Two private messages of Bob's, and in a group one that counts and one that names Alice. */
  beforeEach(async () => {
    await chat.page.online()
    bob = await chat.page.service.device('bob').online()
    const { groupId } = await bob.client.groups.create({ name: 'Group', memberIds: ['alice'] })
    group = inGroup(groupId)
    await bob.say(privateWith('alice'), 'one')
    await bob.say(privateWith('alice'), 'two')
    await bob.say(group, 'three')
    const mentionedInfo = { type: RongIMLib.MentionedType.SINGAL, userIdList: ['alice'] }
    const named = { messageType: 'RC:TxtMsg', content: { content: '@Alice', mentionedInfo } }
    await bob.client.sender.send(group, named, { isMentioned: true })
    await eventually('all is here', async () => (await total()) === 4)
  })

  const total = async (...query: Parameters<typeof RongIMLib.getTotalUnreadCount>) =>
    (await RongIMLib.getTotalUnreadCount(...query)).data

  it('counts what others sent, not notices', async () => {
    expect((await RongIMLib.getUnreadCount(fromBob)).data).to.equal(2)
    expect((await RongIMLib.getUnreadCount(group)).data).to.equal(2)
    expect(await total(true, [ConversationType.GROUP])).to.equal(2)
    expect(await total(true, [ConversationType.CHATROOM])).to.equal(0)
  })

  it('leaves muted conversations out unless they are asked for', async () => {
    await RongIMLib.setConversationNotificationLevel(fromBob, 5)
    expect(await total()).to.equal(2)
    expect(await total(true)).to.equal(4)
  })

  it('counts by levels', async () => {
    await RongIMLib.setConversationNotificationLevel(fromBob, 5)
    const byLevels = async (types: RongIMLib.ConversationType[], levels: number[]) =>
      (await RongIMLib.getTotalUnreadCountByLevels(types, levels)).data
    expect(await byLevels([], [])).to.equal(4)
    expect(await byLevels([], [NotificationLevel.NOT_MESSAGE_NOTIFICATION])).to.equal(2)
    expect(await byLevels([ConversationType.GROUP], [5])).to.equal(0)
  })

  it('counts mentions', async () => {
    expect((await RongIMLib.getUnreadMentionedCount(group)).data).to.equal(1)
    expect((await RongIMLib.getAllUnreadMentionedCount()).data).to.equal(1)
    const byLevels = RongIMLib.getTotalUnreadMentionedCountByLevels
    expect((await byLevels([], [])).data).to.equal(1)
    expect((await byLevels([ConversationType.PRIVATE], [])).data).to.equal(0)
    expect((await byLevels([], [NotificationLevel.NOT_MESSAGE_NOTIFICATION])).data).to.equal(0)
    const { data } = await RongIMLib.getConversation(group)
    expect(data).to.deep.include({ hasMentioned: true })
    expect(data!.mentionedInfo!.userIdList).to.deep.equal(['alice'])
  })

  it('clears one conversation without telling the other side', async () => {
    expect((await RongIMLib.clearMessagesUnreadStatus(fromBob)).code).to.equal(0)
    expect((await RongIMLib.getUnreadCount(fromBob)).data).to.equal(0)
    expect(await total()).to.equal(2)
    await RongIMLib.sendTextMessage(fromBob, { content: 'a sign' })
    await bob.has(privateWith('alice'), 'a sign')
    expect(bob.heard('readReceipt')).to.deep.equal([])
  })

  it('clears all of them', async () => {
    expect((await RongIMLib.clearAllMessagesUnreadStatus()).code).to.equal(0)
    expect(await total(true)).to.equal(0)
    expect((await RongIMLib.getAllUnreadMentionedCount()).data).to.equal(0)
  })

  it('clears also behind an own message that is not sent yet', async () => {
    await chat.page.cut()
    await RongIMLib.sendTextMessage(fromBob, { content: 'waits' })
    await RongIMLib.clearMessagesUnreadStatus(fromBob)
    expect((await RongIMLib.getUnreadCount(fromBob)).data).to.equal(0)
  })

  it('counts less when an unread message is recalled', async () => {
    const [first] = await bob.messages(privateWith('alice'))
    await bob.client.actions.recall(first!)
    await eventually('it counts less', async () => (await total()) === 3)
  })
})
