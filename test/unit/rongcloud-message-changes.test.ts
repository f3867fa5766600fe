import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import * as RongIMLib from '../../src/rongcloud/imlib.js'
import { eventually, type Device } from '../support/chat-service.js'
import { useFacadePage } from '../support/facade-page.js'
import { inGroup, privateWith } from '../support/backend-messages.js'

const { Events } = RongIMLib

describe('RongIMLib: what is done to messages', () => {
  const chat = useFacadePage()
  const toBob = privateWith('bob')
  const toAlice = privateWith('alice')
  let bob: Device

  beforeEach(async () => {
    await chat.page.online()
    bob = await chat.page.service.device('bob').online()
  })

  const say = async (conversation: RongIMLib.IConversationOption, content: string) =>
    (await RongIMLib.sendTextMessage(conversation, { content })).data!

  const textsHere = async (conversation: RongIMLib.IConversationOption) =>
    (await RongIMLib.getHistoryMessages(conversation)).data!.list.map(
      ({ content }) => content.content,
    )

  it('recalls an own message for everyone and resolves with its notice', async () => {
    const { messageUId, sentTime } = await say(toBob, 'oops')
    await bob.has(toAlice, 'oops')
    const { code, data } = await RongIMLib.recallMessage(toBob, {
      messageUId,
      sentTime,
      extra: 'more',
      user: { id: 'alice', name: 'Alice' },
    })
    expect(code).to.equal(0)
    expect(data).to.deep.include({ messageType: 'RC:RcNtf', messageUId })
    expect(data!.content).to.deep.include({ operatorId: 'alice', extra: 'more', delete: false })
    await eventually('Bob sees the notice', async () => {
      const [message] = await bob.messages(toAlice)
      return message?.messageType === 'RC:RcNtf' && message.content.user?.name === 'Alice'
    })
  })

  it('lets a message vanish for everyone', async () => {
    const { messageUId, sentTime } = await say(toBob, 'oops')
    await bob.has(toAlice, 'oops')
    const recall = { messageUId, sentTime, isDelete: true }
    const { code, data } = await RongIMLib.recallMessage(toBob, recall)
    expect(code).to.equal(0)
    expect(data!.content).to.deep.include({ delete: true })
    await eventually('it vanishes', async () => (await bob.messages(toAlice)).length === 0)
  })

  it('recalls the message of a member as the owner of the group, and of nobody otherwise', async () => {
    const group = await groupOfBob()
    const mine = await say(group, 'of a member')
    await bob.has(group, 'of a member')
    const others = await bob.say(group, 'of the owner')
    await chat.page.hears(Events.MESSAGES, ({ messages }) =>
      messages.some(({ content }) => content.content === 'of the owner'),
    )
    const refused = await RongIMLib.recallMessage(group, others)
    expect(refused.code).to.equal(ErrorCode.RECALL_MESSAGE_USER_INVALID)
    expect((await RongIMLib.recallMessage(group, mine)).code).to.equal(0)
  })

  it('resolves with 25101 for what is no message, 34201 in system conversations', async () => {
    const unknown = { messageUId: 'none', sentTime: 1 }
    expect((await RongIMLib.recallMessage(toBob, unknown)).code).to.equal(ErrorCode.RECALL_MESSAGE)
    expect((await RongIMLib.recallMessage(toBob, {} as typeof unknown)).code).to.equal(
      ErrorCode.RECALL_MESSAGE,
    )
    const system = { conversationType: RongIMLib.ConversationType.SYSTEM, targetId: 'news' }
    expect((await RongIMLib.recallMessage(system, unknown)).code).to.equal(
      ErrorCode.CONVERSATION_TYPE_NOT_SUPPORT,
    )
  })

  it('deletes own and others’ messages for this user only, in private and in groups', async () => {
    for (const conversation of [toBob, await groupOfBob()]) {
      const there = conversation === toBob ? toAlice : conversation
      const mine = await say(conversation, 'mine')
      await bob.say(there, 'yours')
      await say(conversation, 'stays')
      await bob.has(there, 'stays')
      const { data } = await RongIMLib.getHistoryMessages(conversation)
      const yours = data!.list.find(({ content }) => content.content === 'yours')!
      const { code } = await RongIMLib.deleteMessages(conversation, [mine, yours])
      expect(code).to.equal(0)
      expect(await textsHere(conversation)).to.include('stays')
      expect(await textsHere(conversation)).not.to.include.members(['mine'])
      expect(await textsHere(conversation)).not.to.include.members(['yours'])
      expect(await bob.texts(there)).to.include.members(['mine', 'yours', 'stays'])
    }
  })

  it('resolves with 34206 for a list that is none', async () => {
    for (const list of [[], undefined, [{}], 'all']) {
      const { code } = await RongIMLib.deleteMessages(toBob, list as never)
      expect(code).to.equal(ErrorCode.MSG_LIMIT_ERROR)
    }
  })

  it('clears history up to a time, and with 0 all of it', async () => {
    const { sentTime } = await say(toBob, 'old')
    await eventually('time passes', () => RongIMLib.getServerTime() > sentTime)
    await say(toBob, 'new')
    expect((await RongIMLib.clearHistoryMessages(toBob, 1)).code).to.equal(0)
    expect(await textsHere(toBob)).to.deep.equal(['old', 'new'])
    expect((await RongIMLib.clearHistoryMessages(toBob, sentTime)).code).to.equal(0)
    expect(await textsHere(toBob)).to.deep.equal(['new'])
    expect((await RongIMLib.clearHistoryMessages(toBob, 0)).code).to.equal(0)
    expect(await textsHere(toBob)).to.deep.equal([])
    expect((await RongIMLib.clearHistoryMessages(toBob, 'now' as never)).code).to.equal(
      ErrorCode.BIZ_ERROR_INVALID_PARAMETER,
    )
  })

  it('sets and removes values on a message', async () => {
    const { data: message } = await RongIMLib.sendTextMessage(
      toBob,
      { content: 'gift' },
      { canIncludeExpansion: true, expansion: { taken: 'no' } },
    )
    await bob.has(toAlice, 'gift')
    const change = await RongIMLib.updateMessageExpansion({ taken: 'yes', by: 'bob' }, message!)
    expect(change.code).to.equal(0)
    await eventually('Bob sees them', async () => {
      const [gift] = await bob.messages(toAlice)
      return gift!.expansion?.taken === 'yes' && gift!.expansion.by === 'bob'
    })
    expect((await RongIMLib.removeMessageExpansionForKey(['by'], message!)).code).to.equal(0)
    const { data } = await RongIMLib.getMessage(message!.messageId)
    expect(data!.expansion).to.deep.equal({ taken: 'yes' })
  })

  it('resolves with the code of what can not be set', async () => {
    const plain = await say(toBob, 'plain')
    const { data: gift } = await RongIMLib.sendTextMessage(
      toBob,
      { content: 'gift' },
      { canIncludeExpansion: true },
    )
    const cases: [Promise<RongIMLib.IAsyncRes>, ErrorCode][] = [
      [RongIMLib.updateMessageExpansion({ a: '1' }, plain), ErrorCode.MESSAGE_KV_NOT_SUPPORT],
      [RongIMLib.updateMessageExpansion({ 'a b': '1' }, gift!), ErrorCode.EXPANSION_LIMIT_EXCEET],
      [
        RongIMLib.updateMessageExpansion({ a: '1' }, { ...gift!, conversationType: 6 }),
        ErrorCode.CONVERSATION_TYPE_NOT_SUPPORT,
      ],
      [
        RongIMLib.updateMessageExpansion({ a: '1' }, { ...gift!, messageUId: 'none' }),
        ErrorCode.BIZ_ERROR_INVALID_PARAMETER,
      ],
    ]
    for (const [change, code] of cases) expect((await change).code).to.equal(code)
    await chat.page.cut()
    const offline = await RongIMLib.updateMessageExpansion({ a: '1' }, gift!)
    expect(offline.code).to.equal(ErrorCode.MESSAGE_EXPANDED_ERROR)
  })

  async function groupOfBob() {
    const { groupId } = await bob.client.groups.create({ name: 'Group', memberIds: ['alice'] })
    return inGroup(groupId)
  }
})
