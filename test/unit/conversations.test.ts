import { expect } from '@open-wc/testing'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import { uuidv7 } from '../../src/model/identity.js'
import {
  conversationKey,
  ConversationType,
  NotificationLevel,
  NotificationStatus,
} from '../../src/model/conversation.js'
import { inGroup, privateWith } from '../support/backend-messages.js'
import { refusalOf } from '../support/backend-refusal.js'
import { said, withBob } from '../support/archived-messages.js'
import { eventually, Tab, textOf, useChat, type Device } from '../support/chat-service.js'
import { orderOf, ScriptedBackend } from '../support/scripted-backend.js'

const targets = async (tab: Device) =>
  (await tab.client.conversations.list()).map(({ targetId }) => targetId)

describe('conversations', () => {
  const chat = useChat()

  /** Alice on two devices, and a tab of the first. */
  async function aliceEverywhere() {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    const phone = await chat.service.device('alice').online()
    const other = await chat.service.tabOf(alice).online()
    await bob.say(toAlice, 'hi')
    for (const tab of [alice, phone, other]) await tab.has(toBob, 'hi')
    return { alice, bob, phone, other, toBob, toAlice }
  }

  it('lists pinned ones first, then by the time of the last message, in pages', async () => {
    const alice = await chat.service.device('alice').online()
    for (const id of ['a', 'b', 'c', 'd']) await alice.say(privateWith(id), id)
    await alice.client.conversations.setTop(privateWith('b'), true)
    expect(await targets(alice)).to.deep.equal(['b', 'd', 'c', 'a'])
    await alice.say(privateWith('a'), 'again')
    expect(await targets(alice)).to.deep.equal(['b', 'a', 'd', 'c'])
    const page = await alice.client.conversations.list({ count: 2 })
    const rest = await alice.client.conversations.list({ after: page.at(-1)!.listOrder })
    expect(page.map(({ targetId }) => targetId)).to.deep.equal(['b', 'a'])
    expect(rest.map(({ targetId }) => targetId)).to.deep.equal(['d', 'c'])
    await alice.client.conversations.setTop(privateWith('b'), false)
    expect(await targets(alice)).to.deep.equal(['a', 'd', 'c', 'b'])
  })

  it('brings pin, mute and draft to the other device and the other tab', async () => {
    const { alice, phone, other, toBob } = await aliceEverywhere()
    const draft = { text: 'I was about to', mentions: [{ id: 'bob', name: 'Bob' }] }
    await alice.client.conversations.setTop(toBob, true)
    await alice.client.conversations.setNotificationLevel(
      toBob,
      NotificationLevel.NOT_MESSAGE_NOTIFICATION,
    )
    await alice.client.conversations.saveDraft(toBob, draft)
    for (const tab of [alice, phone, other]) {
      await eventually('it is known', async () => (await tab.conversation(toBob)).draft)
      const conversation = await tab.conversation(toBob)
      expect(conversation.isTop).to.equal(true)
      expect(conversation.notificationStatus).to.equal(NotificationStatus.OPEN)
      expect(conversation.draftDetail).to.deep.equal(draft)
    }
    await phone.client.conversations.saveDraft(toBob, undefined)
    await eventually('it is gone', async () => (await alice.conversation(toBob)).draft === '')
  })

  it('clears the count everywhere when one device has read', async () => {
    const { alice, phone, other, toBob } = await aliceEverywhere()
    await phone.client.readState.markRead(toBob)
    for (const tab of [alice, phone, other]) {
      await eventually('it is read', async () => (await tab.unread(toBob)) === 0)
    }
  })

  it('tells the other side what was read, once', async () => {
    const { alice, bob, toBob, toAlice } = await aliceEverywhere()
    await alice.client.readState.markRead(toBob)
    await alice.client.readState.markRead(toBob)
    await eventually('bob knows', () => bob.heard('readReceipt').length)
    const [message] = await bob.messages(toAlice)
    expect(message!.sentStatus).to.equal(50)
    const receipts = alice.network.sends.filter(({ messageType }) => messageType === 'RC:ReadNtf')
    expect(receipts.length).to.equal(1)
  })

  it('never moves the read position back', async () => {
    const { alice, bob, phone, toBob, toAlice } = await aliceEverywhere()
    await bob.say(toAlice, 'two')
    await alice.has(toBob, 'two')
    const [first, second] = await alice.messages(toBob)
    await alice.client.readState.markRead(toBob)
    await alice.client.readState.markRead(toBob, first)
    await alice.client.readState.syncReadPosition(toBob, first!.sentTime)
    expect((await alice.conversation(toBob)).readPosition!.order).to.equal(second!.order)
    await eventually('the phone knows', async () => (await phone.unread(toBob)) === 0)
    const tablet = await chat.service.device('alice').online()
    expect((await tablet.conversation(toBob)).readPosition!.order).to.equal(second!.order)
  })

  it('keeps the position that is further on when two devices read without a connection', async () => {
    const { alice, bob, phone, toBob, toAlice } = await aliceEverywhere()
    await bob.say(toAlice, 'two')
    for (const tab of [alice, phone]) await tab.has(toBob, 'two')
    const [first, second] = await alice.messages(toBob)
    await alice.cut()
    await alice.client.readState.markRead(toBob, first)
    await phone.client.readState.markRead(toBob)
    await alice.reconnect()
    await eventually('both have read all', async () => (await alice.unread(toBob)) === 0)
    const tablet = await chat.service.device('alice').online()
    expect((await tablet.conversation(toBob)).readPosition!.order).to.equal(second!.order)
  })

  it('takes a conversation out of the list on all devices, until its next message', async () => {
    const { alice, bob, phone, toBob, toAlice } = await aliceEverywhere()
    await alice.client.conversations.remove(toBob)
    expect(await targets(alice)).to.deep.equal([])
    await eventually('gone on the phone', async () => (await targets(phone)).length === 0)
    expect(await alice.texts(toBob)).to.deep.equal(['hi'])
    await bob.say(toAlice, 'back')
    await eventually('back on the phone', async () => (await targets(phone)).length === 1)
    expect(await targets(alice)).to.deep.equal(['bob'])
  })

  it('does not count what is not in the list', async () => {
    const { alice, toBob } = await aliceEverywhere()
    expect(await alice.client.conversations.unread()).to.equal(1)
    await alice.client.conversations.remove(toBob)
    expect(await alice.client.conversations.unread()).to.equal(0)
  })

  it('sends what was set without a connection after reconnecting', async () => {
    const { alice, phone, toBob } = await aliceEverywhere()
    await alice.cut()
    await alice.client.conversations.setTop(toBob, true)
    await alice.client.conversations.saveDraft(toBob, { text: 'offline' })
    expect((await alice.conversation(toBob)).isTop).to.equal(true)
    await alice.reconnect()
    await eventually('the phone knows', async () => {
      const { draft, isTop } = await phone.conversation(toBob)
      return draft === 'offline' && isTop
    })
  })

  it('deletes messages for this user only, on all devices', async () => {
    const { alice, bob, phone, toBob, toAlice } = await aliceEverywhere()
    const [message] = await alice.messages(toBob)
    await alice.client.actions.delete(toBob, [message!])
    await eventually('gone on the phone', async () => !(await phone.messages(toBob)).length)
    expect(await alice.texts(toBob)).to.deep.equal([])
    expect(await bob.texts(toAlice)).to.deep.equal(['hi'])
  })

  it('clears the history without a connection too, and the server forgets it later', async () => {
    const { alice, bob, toBob, toAlice } = await aliceEverywhere()
    await alice.cut()
    await alice.client.actions.clear(toBob)
    expect(await alice.texts(toBob)).to.deep.equal([])
    expect(await alice.unread(toBob)).to.equal(0)
    await alice.reconnect()
    await bob.say(toAlice, 'new')
    await alice.has(toBob, 'new')
    await eventually('the server knows', () =>
      alice.network.sends.some(({ messageType }) => messageType === 'IK:DelMsg'),
    )
    const tablet = await chat.service.device('alice').online()
    expect(await tablet.texts(toBob)).to.deep.equal(['new'])
  })

  it('recalls for everyone, keeps the own text, and updates the list', async () => {
    const { alice, bob, toBob, toAlice } = await aliceEverywhere()
    const message = await alice.say(toBob, 'typo')
    await bob.has(toAlice, 'typo')
    await alice.client.actions.recall(message)
    const latest = (await alice.conversation(toBob)).latestMessage!
    expect(latest.messageType).to.equal('RC:RcNtf')
    expect(latest.content.recallContent).to.equal('typo')
    await eventually('bob sees it', async () => {
      const [last] = (await bob.messages(toAlice)).slice(-1)
      return last!.messageType === 'RC:RcNtf'
    })
    const [notice] = (await bob.messages(toAlice)).slice(-1)
    expect(notice!.content).not.to.have.property('recallContent')
    expect(await bob.unread(toAlice)).to.equal(0)
  })

  it('refuses to recall what was not sent, and what somebody else wrote', async () => {
    const { alice, toBob } = await aliceEverywhere()
    const [theirs] = await alice.messages(toBob)
    const recallTheirs = await refusalOf(alice.client.actions.recall(theirs!))
    expect(recallTheirs.code).to.equal(ErrorCode.RECALL_MESSAGE_USER_INVALID)
    expect(await alice.texts(toBob)).to.deep.equal(['hi'])
    await alice.cut()
    const unsent = await alice.post(toBob, 'waiting')
    const recallUnsent = await refusalOf(alice.client.actions.recall(unsent))
    expect(recallUnsent.code).to.equal(ErrorCode.RECALL_MESSAGE)
  })

  it('changes the expansion of a message for everyone', async () => {
    const { alice, bob, toBob, toAlice } = await aliceEverywhere()
    const options = { canIncludeExpansion: true, expansion: { a: '1' } }
    const message = await alice.say(toBob, 'vote', options)
    await bob.has(toAlice, 'vote')
    await alice.client.actions.updateExpansion(message, { b: '2' })
    await alice.client.actions.removeExpansion(message, ['a'])
    await eventually('bob has it', async () => {
      const { expansion } = await bob.has(toAlice, 'vote')
      return JSON.stringify(expansion) === '{"b":"2"}'
    })
    expect((await alice.has(toBob, 'vote')).expansion).to.deep.equal({ b: '2' })
    const plain = await alice.say(toBob, 'plain')
    const refusals = [
      await refusalOf(alice.client.actions.updateExpansion(plain, { b: '2' })),
      await refusalOf(alice.client.actions.updateExpansion(message, { 'no spaces': '2' })),
      await refusalOf(alice.client.actions.removeExpansion(message, 'a' as never)),
    ]
    expect(refusals.map(({ code }) => code)).to.deep.equal([
      ErrorCode.MESSAGE_KV_NOT_SUPPORT,
      ErrorCode.EXPANSION_LIMIT_EXCEET,
      ErrorCode.BIZ_ERROR_INVALID_PARAMETER,
    ])
    await alice.cut()
    const offline = await refusalOf(alice.client.actions.updateExpansion(message, { b: '3' }))
    expect(offline.code).to.equal(ErrorCode.MESSAGE_EXPANDED_ERROR)
  })

  it('edits a message for everyone, on the list too, and the last edit holds', async () => {
    const { alice, bob, phone, toBob, toAlice } = await aliceEverywhere()
    const message = await alice.say(toBob, 'helo')
    await bob.has(toAlice, 'helo')
    await alice.client.actions.edit(message, { content: 'hello' })
    await alice.client.actions.edit(message, { content: 'hello!' })
    expect((await alice.conversation(toBob)).latestMessage!.content.content).to.equal('hello!')
    const edited = await bob.has(toAlice, 'hello!')
    expect(edited.isModifyMessage).to.equal(true)
    await eventually('it is told', () => bob.heard('modified').length === 2)
    expect(bob.heard('modified')[1]!.message.content.content).to.equal('hello!')
    await phone.has(toBob, 'hello!')
    const tablet = await chat.service.device('alice').online()
    expect(await tablet.texts(toBob)).to.deep.equal(['hi', 'hello!'])
  })

  it('refuses to edit what is not one’s own, not sent, or no content of its type', async () => {
    const { alice, toBob } = await aliceEverywhere()
    const [theirs] = await alice.messages(toBob)
    const mine = await alice.say(toBob, 'mine')
    const { actions } = alice.client
    expect((await refusalOf(actions.edit(mine, {}))).code).to.equal(
      ErrorCode.BIZ_ERROR_INVALID_PARAMETER,
    )
    await alice.cut()
    const offline = await refusalOf(actions.edit(mine, { content: 'later' }))
    expect(offline.code).to.equal(ErrorCode.RC_NET_UNAVAILABLE)
    const unsent = await alice.post(toBob, 'waiting')
    for (const message of [theirs!, unsent]) {
      const refusal = await refusalOf(actions.edit(message, { content: 'x' }))
      expect(refusal.code).to.equal(ErrorCode.OPERATION_NOT_SUPPORT)
    }
  })

  it('reacts to a message for everyone, and takes it back', async () => {
    const { alice, bob, phone, toBob, toAlice } = await aliceEverywhere()
    const theirs = await alice.has(toBob, 'hi')
    await alice.client.actions.react(theirs, ['👍', '🎉'])
    const seen = async (reactions: unknown) => {
      for (const [device, conversation] of [
        [bob, toAlice],
        [phone, toBob],
      ] as const) {
        await eventually('it is seen', async () => {
          const message = await device.has(conversation, 'hi')
          return JSON.stringify(message.reactions) === JSON.stringify(reactions)
        })
      }
    }
    await seen({ alice: ['👍', '🎉'] })
    await eventually('it is told', () => bob.heard('reaction').length)
    expect(bob.heard('reaction')[0]).to.deep.include({ senderUserId: 'alice' })
    await alice.client.actions.react(theirs, [])
    await seen({})
    const tooLong = await refusalOf(alice.client.actions.react(theirs, ['x'.repeat(33)]))
    expect(tooLong.code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
  })

  it('asks a group who has read a message, and answers once for several', async () => {
    const { alice, bob } = await aliceEverywhere()
    const { groupId } = await alice.client.groups.create({ name: 'Team', memberIds: ['bob'] })
    const team = inGroup(groupId)
    const asked = await alice.say(team, 'read this', { needReceipt: true })
    const later = await alice.say(team, 'and this')
    await alice.client.readState.requestReceipt(later)
    await bob.has(team, 'and this')
    await eventually('bob is asked', () => bob.heard('receiptRequest').length)
    const messages = await bob.messages(team)
    await bob.client.readState.respondReceipts(team, messages)
    await bob.client.readState.respondReceipts(team, await bob.messages(team))
    await eventually('alice knows', () => alice.heard('receiptResponse').length)
    for (const { messageId } of [asked, later]) {
      const [message] = await alice.client.reader.byId([messageId])
      expect(Object.keys(message!.readReceiptInfo!.readers)).to.deep.equal(['bob'])
    }
    const answers = bob.network.sends.filter(({ messageType }) => messageType === 'RC:RRRspMsg')
    expect(answers.length).to.equal(1)
    const refusal = await refusalOf(bob.client.readState.requestReceipt(messages[1]!))
    expect(refusal.code).to.equal(ErrorCode.READ_RECEIPT_ERROR)
  })

  it('forwards each by itself or all as one, to five at most', async () => {
    const { alice, bob, toBob, toAlice } = await aliceEverywhere()
    const one = await alice.say(toBob, 'one')
    const two = await alice.say(toBob, 'two')
    await alice.client.sender.forward([one, two], [toBob])
    await eventually('bob has both', async () => (await bob.texts(toAlice)).length === 5)
    expect((await bob.texts(toAlice)).slice(-2)).to.deep.equal(['one', 'two'])
    const [merged] = await alice.client.sender.forward([one, two], [toBob], {
      isMerged: true,
      title: 'Chat',
      nameOf: (id) => `<${id}>`,
      digestOf: textOf,
    })
    expect(merged!.content).to.deep.include({
      title: 'Chat',
      msgNum: 2,
      summaryList: ['<alice>: one', '<alice>: two'],
    })
    const tooMany = Array.from({ length: 6 }, (_, index) => privateWith(`user${index}`))
    for (const bad of [[], tooMany]) {
      const refusal = await refusalOf(alice.client.sender.forward([one], bad))
      expect(refusal.code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
    }
  })

  it('refuses what is no conversation and no level', async () => {
    const { alice, toBob } = await aliceEverywhere()
    const { conversations } = alice.client
    const refused = [
      await refusalOf(conversations.get({ conversationType: 'PRIVATE' as never, targetId: 'a' })),
      await refusalOf(conversations.get({ conversationType: 99 as never, targetId: 'a' })),
      await refusalOf(conversations.get({ conversationType: 1, targetId: '' })),
      await refusalOf(conversations.setTop(undefined as never, true)),
      await refusalOf(conversations.setNotificationLevel(toBob, 3 as never)),
      await refusalOf(conversations.setNotificationLevel(toBob, 'NOT_SET' as never)),
    ]
    expect(refused.map(({ code }) => code)).to.deep.equal(
      Array(6).fill(ErrorCode.BIZ_ERROR_INVALID_PARAMETER),
    )
  })

  it('makes up a conversation nobody knows yet', async () => {
    const { alice } = await aliceEverywhere()
    const unknown = { conversationType: ConversationType.GROUP, targetId: 'a/b%c' }
    const conversation = await alice.conversation(unknown)
    expect(conversation).to.deep.include({ ...unknown, latestMessage: null, draft: '' })
    expect(conversation).not.to.have.property('listOrder')
  })
})

describe('conversations: what a backend says', () => {
  let tab: Tab<ScriptedBackend>
  beforeEach(() => {
    tab = new Tab(new ScriptedBackend('alice'), 'alice', `app-${uuidv7()}`)
  })
  afterEach(async () => {
    await tab.client.disconnect()
    await tab.client.clearLocalData('alice')
  })

  async function connect(): Promise<void> {
    const before = tab.heard('offlineMessagesPulled').length
    await tab.client.connect('token')
    await eventually('it has caught up', () => {
      return tab.heard('offlineMessagesPulled').length > before
    })
  }

  const key = (field: string) => `${conversationKey(withBob)}:${field}`

  it('ignores settings of no use, and takes the others of the batch', async () => {
    await connect()
    const values: [string, unknown][] = [
      [key('top'), 'yes'],
      [key('level'), 3],
      [key('level'), 'NOT_SET'],
      [key('draft'), { text: 7 }],
      [key('draft'), { text: 'x', mentions: 'everybody' }],
      [key('removed'), {}],
      [key('readPosition'), { order: 1, sentTime: 1 }],
      [key('unknown'), true],
      ['top', true],
      ['nonsense:top', true],
      ['1/bob:top', true],
      ['99/bob/:top', true],
      [`${conversationKey(withBob)}x:top`, null],
    ]
    const settings = values.map(([key, value], index) => ({ key, value, version: index + 1 }))
    tab.network.deliver({
      messages: [said(1)],
      settings: [...settings, { key: key('top'), value: true, version: 99 }],
    })
    await eventually('it is stored', async () => (await tab.conversation(withBob)).isTop)
    const { draft, notificationLevel, unreadMessageCount } = await tab.conversation(withBob)
    expect({ draft, notificationLevel, unreadMessageCount }).to.deep.equal({
      draft: '',
      notificationLevel: 0,
      unreadMessageCount: 1,
    })
    expect((await tab.client.conversations.list()).length).to.equal(1)
    expect(tab.reports).to.deep.equal([])
  })

  it('lets the last writer win, also over what was under way', async () => {
    await connect()
    let stored!: () => void
    tab.network.onSetting = () => new Promise((resolve) => (stored = resolve))
    const setting = tab.client.conversations.saveDraft(withBob, { text: 'ours' })
    await eventually('it is under way', () => tab.network.settingsSet.length)
    const version = tab.network.nextVersion()
    tab.network.deliver({
      messages: [said(1)],
      settings: [
        { key: key('draft'), value: { text: 'ours' }, version: version - 1 },
        { key: key('draft'), value: { text: 'theirs' }, version },
      ],
    })
    await eventually('theirs has come', () => tab.received.length)
    expect((await tab.conversation(withBob)).draft).to.equal('ours')
    stored()
    await setting
    expect((await tab.conversation(withBob)).draft).to.equal('theirs')
    expect(tab.network.settingsSet.length).to.equal(1)
  })

  it('ends with the last of several values that were set at once', async () => {
    await connect()
    const texts = ['a', 'ab', 'abc', 'abcd']
    await Promise.all(texts.map((text) => tab.client.conversations.saveDraft(withBob, { text })))
    const values = tab.network.settingsSet.map(({ value }) => value)
    expect(values.at(-1)).to.deep.equal({ text: 'abcd' })
    expect((await tab.conversation(withBob)).draft).to.equal('abcd')
  })

  it('does not take a setting of an older version', async () => {
    await connect()
    const top = (value: boolean, version: number) => ({ key: key('top'), value, version })
    tab.network.deliver({ messages: [said(1)], settings: [top(true, 5), top(false, 4)] })
    await eventually('it is stored', () => tab.received.length)
    expect((await tab.conversation(withBob)).isTop).to.equal(true)
  })

  it('starts with the list of the backend on a new device, and pulls more when asked', async () => {
    const of = (place: number) => ({
      conversationType: ConversationType.PRIVATE,
      targetId: `user${place}`,
      latestMessage: said(place, { targetId: `user${place}`, senderUserId: `user${place}` }),
      unreadMessageCount: place,
      unreadMentionedCount: 0,
    })
    tab.network.list = Array.from({ length: 40 }, (_, index) => of(100 - index))
    tab.network.missed = [
      {
        gaps: tab.network.list.map(({ conversationType, targetId }) => ({
          conversationType,
          targetId,
        })),
      },
    ]
    await connect()
    const { conversations } = tab.client
    expect((await conversations.list({ count: 100 })).length).to.equal(30)
    expect(tab.network.listQueries.length).to.equal(1)
    expect(await conversations.pullOlder()).to.equal(false)
    const all = await conversations.list({ count: 100 })
    expect(all.map(({ unreadMessageCount }) => unreadMessageCount)).to.deep.equal(
      tab.network.list.map(({ unreadMessageCount }) => unreadMessageCount),
    )
    expect(await conversations.pullOlder()).to.equal(false)
    expect(tab.network.listQueries.length).to.equal(2)
  })

  it('tells of what is unread on a new device when the backend keeps no list', async () => {
    tab.network.missed = [{ gaps: [withBob] }]
    tab.network.onHistory = () => ({
      messages: [said(1), said(2), said(3)],
      operations: [],
      hasOlder: false,
      hasNewer: false,
    })
    const told: Promise<number>[] = []
    tab.client.events.on('change', ({ conversations }) => {
      if (conversations.includes(conversationKey(withBob))) told.push(tab.unread(withBob))
    })
    await connect()
    await eventually('whoever reads when told knows', async () => (await told.at(-1)) === 3)
  })

  it('asks for several conversations at once in the order of the gaps, and not for all', async () => {
    const people = Array.from({ length: 30 }, (_, index) => privateWith(`user${index}`))
    tab.network.missed = [{ gaps: people }]
    let atOnce = 0
    let most = 0
    const asked: string[] = []
    tab.network.onHistory = async ({ conversation }) => {
      asked.push(conversation.targetId)
      most = Math.max(most, (atOnce += 1))
      await Promise.resolve()
      await tab.client.conversations.count()
      atOnce -= 1
      const { targetId } = conversation
      const message = said(asked.length, { ...conversation, senderUserId: targetId })
      return { messages: [message], operations: [], hasOlder: false, hasNewer: false }
    }
    await connect()
    expect(await tab.client.conversations.count()).to.equal(30)
    expect(asked).to.deep.equal(people.map(({ targetId }) => targetId))
    expect(most).to.be.within(2, 8)
  })

  it('counts exactly what is unread on a new device, also beyond the newest page', async () => {
    const archive = Array.from({ length: 300 }, (_, index) => said(index + 1))
    const read = { order: orderOf(120), sentTime: 120, messageUId: 'm120' }
    tab.network.missed = [
      { gaps: [withBob], settings: [{ key: key('readPosition'), value: read, version: 1 }] },
    ]
    tab.network.onHistory = ({ before = '~', count }) => {
      const older = archive.filter(({ order }) => order < before)
      return {
        messages: older.slice(-count),
        operations: [],
        hasOlder: older.length > count,
        hasNewer: false,
      }
    }
    await connect()
    await eventually('all are counted', async () => (await tab.unread(withBob)) === 180)
    expect(tab.network.queries.map(({ count }) => count)).to.deep.equal([20, 100, 100])
  })

  it('asks for the counts of an old conversation that comes to life', async () => {
    const old = { ...withBob, unreadMentionedCount: 0 }
    tab.network.list = []
    tab.network.missed = [{ gaps: [withBob] }]
    await connect()
    tab.network.list = [{ ...old, latestMessage: said(50), unreadMessageCount: 7 }]
    tab.network.say(said(50))
    await eventually('the count is known', async () => (await tab.unread(withBob)) === 7)
    tab.network.say(said(51))
    await eventually('one more', async () => (await tab.unread(withBob)) === 8)
  })

  it('counts a message once that came between the gap and the list', async () => {
    tab.network.list = [
      { ...withBob, latestMessage: said(12), unreadMessageCount: 5, unreadMentionedCount: 0 },
    ]
    tab.network.missed = [{ gaps: [withBob] }, { messages: [said(11), said(12), said(13)] }]
    await connect()
    expect(await tab.unread(withBob)).to.equal(6)
    expect(tab.received.length).to.equal(3)
  })

  it('asks again for what it could not learn before the connection was lost', async () => {
    tab.network.list = [
      { ...withBob, latestMessage: said(9), unreadMessageCount: 9, unreadMentionedCount: 2 },
    ]
    tab.network.missed = [{ gaps: [withBob] }]
    tab.network.onList = () => Promise.reject(new IMError(ErrorCode.RC_MSG_RESP_TIMEOUT))
    await connect()
    expect(await tab.client.conversations.list()).to.deep.equal([])
    await tab.client.disconnect()
    tab.network.onList = () => undefined
    await connect()
    expect(await tab.unread(withBob)).to.equal(9)
    expect((await tab.conversation(withBob)).unreadMentionedCount).to.equal(2)
    expect((await tab.conversation(withBob)).latestMessage!.order).to.equal(orderOf(9))
  })
})
