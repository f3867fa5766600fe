import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import * as RongIMLib from '../../src/rongcloud/imlib.js'
import { eventually, type Device } from '../support/chat-service.js'
import { useFacadePage } from '../support/facade-page.js'
import { inGroup, privateWith } from '../support/backend-messages.js'

const { Events, SentStatus } = RongIMLib

describe('RongIMLib: receipts', () => {
  const chat = useFacadePage()
  const toAlice = privateWith('alice')
  let bob: Device

  beforeEach(async () => {
    await chat.page.online()
    bob = await chat.page.service.device('bob').online()
  })

  it('marks the other’s messages as read up to one, without clearing the count', async () => {
    const first = await bob.say(toAlice, 'one')
    await eventually('time passes', () => bob.client.serverTime() > first.sentTime)
    await bob.say(toAlice, 'two')
    await chat.page.hears(Events.MESSAGES)
    const { messageUId, sentTime } = first
    const receipt = await RongIMLib.sendReadReceiptMessage('alice', messageUId, sentTime)
    expect(receipt.code).to.equal(0)
    expect((await RongIMLib.sendReadReceiptMessage('bob', messageUId, sentTime)).code).to.equal(0)
    await eventually('Bob sees it', async () => {
      const [one, two] = await bob.messages(toAlice)
      return one!.sentStatus === SentStatus.READ && two!.sentStatus === SentStatus.SENT
    })
    expect((await RongIMLib.getUnreadCount(privateWith('bob'))).data).to.equal(2)
  })

  it('asks the members of a group who has read an own message', async () => {
    const { group, data } = await saidInGroup('read this')
    const asked = await RongIMLib.sendReadReceiptRequest(group.targetId, data.messageUId)
    expect(asked.code).to.equal(0)
    await eventually('Bob is asked', () => bob.heard('receiptRequest').length === 1)
    const message = await bob.has(group, 'read this')
    await bob.client.readState.respondReceipts(group, [message])
    const response = await chat.page.hears(Events.MESSAGE_RECEIPT_RESPONSE)
    expect(response.messageUIdList).to.deep.equal([data.messageUId])
    const { data: read } = await RongIMLib.getMessage(data.messageId)
    expect(read!.readReceiptInfo).to.deep.include({ isReceiptRequestMessage: true, readCount: 1 })
    expect(read!.readReceiptInfo!.readerList.map(({ userId }) => userId)).to.deep.equal(['bob'])
  })

  it('resolves with 34014 for what is no own message of the group', async () => {
    const { group } = await saidInGroup('mine')
    const other = await bob.say(group, 'yours')
    const { code } = await RongIMLib.sendReadReceiptRequest(group.targetId, other.messageUId)
    expect(code).to.equal(ErrorCode.READ_RECEIPT_ERROR)
  })

  const answers: Record<string, (groupId: string, uid: string) => Promise<RongIMLib.IAsyncRes>> = {
    'those that are named': (groupId, uid) =>
      RongIMLib.sendReadReceiptResponseV2(groupId, { bob: [uid] }),
    'all that are open': (groupId) => RongIMLib.sendReadReceiptResponseV2(groupId),
    'those named without their senders': (groupId, uid) =>
      RongIMLib.sendReadReceiptResponse(groupId, [uid]),
  }
  for (const [which, answer] of Object.entries(answers)) {
    it(`answers requests: ${which}`, async () => {
      const { group } = await saidInGroup('hi')
      const asked = await bob.say(group, 'read this', { needReceipt: true })
      await bob.say(group, 'never mind this')
      await chat.page.hears(Events.MESSAGES, ({ messages }) =>
        messages.some(({ content }) => content.content === 'never mind this'),
      )
      expect((await answer(group.targetId, asked.messageUId)).code).to.equal(0)
      await eventually('Bob is answered', () => bob.heard('receiptResponse').length > 0)
      expect(bob.heard('receiptResponse')).to.deep.equal([
        { conversation: group, receivedUserId: 'alice', messageUIdList: [asked.messageUId] },
      ])
    })
  }

  it('brings the read position to the user’s other devices', async () => {
    const message = await bob.say(toAlice, 'hi')
    await chat.page.hears(Events.MESSAGES)
    const phone = await chat.page.service.device('alice').online()
    await phone.has(privateWith('bob'), 'hi')
    const { code } = await RongIMLib.sendSyncReadStatusMessage(privateWith('bob'), message.sentTime)
    expect(code).to.equal(0)
    await eventually('the phone clears its count', async () => {
      return (await phone.unread(privateWith('bob'))) === 0
    })
  })

  async function saidInGroup(content: string) {
    const { groupId } = await bob.client.groups.create({ name: 'Group', memberIds: ['alice'] })
    const group = inGroup(groupId)
    const { data } = await RongIMLib.sendTextMessage(group, { content })
    await bob.has(group, content)
    return { group, data: data! }
  }
})
