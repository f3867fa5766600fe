import { expect } from '@open-wc/testing'
import type { ArchivedMessage, Message } from '../../src/model/message.js'
import { MentionedType } from '../../src/model/content.js'
import type { ConversationId } from '../../src/model/conversation.js'
import { IMError } from '../../src/model/errors.js'
import { uuidv7 } from '../../src/model/identity.js'
import { MessageType } from '../../src/model/message-types.js'
import {
  archived,
  deleteForMe,
  expand,
  mention,
  readReceipt,
  recall,
  said,
  saidFromTo,
  team,
  withBob,
} from '../support/archived-messages.js'
import { eventually, Tab, textOf } from '../support/chat-service.js'
import { failNextWrite } from '../support/full-disk.js'
import { orderOf, ScriptedBackend } from '../support/scripted-backend.js'

const all = { type: MentionedType.ALL }
const only = (...userIdList: string[]) => ({ type: MentionedType.SINGAL, userIdList })
const recalled = MessageType.RECALL_NOTIFICATION

describe('inbox', () => {
  let tabs: Tab<ScriptedBackend>[] = []
  afterEach(async () => {
    for (const { client } of tabs) {
      await client.disconnect()
      await client.clearLocalData('alice')
    }
    tabs = []
  })

  async function online(appkey = `app-${uuidv7()}`): Promise<Tab<ScriptedBackend>> {
    const tab = new Tab(new ScriptedBackend('alice'), 'alice', appkey)
    tabs.push(tab)
    await tab.client.connect('token')
    await eventually('it has caught up', () => tab.told.includes('offlineMessagesPulled'))
    return tab
  }

  /** Delivers in one batch, and waits until it is stored. */
  async function deliver(tab: Tab<ScriptedBackend>, ...messages: ArchivedMessage[]): Promise<void> {
    const marker = archived(
      9_000_000,
      'app:marker',
      {},
      { messageUId: uuidv7(), isCounted: false, targetId: 'marker', senderUserId: 'marker' },
    )
    tab.network.deliver({ messages: [...messages, marker] })
    await eventually('the batch is stored', () =>
      tab.received.some(({ messageUId }) => messageUId === marker.messageUId),
    )
  }

  const received = (tab: Tab<ScriptedBackend>) =>
    tab.received.filter(({ targetId }) => targetId !== 'marker')

  const stored = (tab: Tab<ScriptedBackend>, conversation: ConversationId = withBob) =>
    tab.messages(conversation)

  async function find(
    tab: Tab<ScriptedBackend>,
    { messageUId, senderUserId }: ArchivedMessage,
    conversation: ConversationId = withBob,
  ): Promise<Message | undefined> {
    return tab.client.reader.find(conversation, { messageUId, senderUserId })
  }

  describe('what is known already', () => {
    it('stores a message once, however often it comes', async () => {
      const tab = await online()
      await deliver(tab, said(1), said(1), said(2))
      await deliver(tab, said(2), said(1))
      expect((await stored(tab)).map(textOf)).to.deep.equal(['text 1', 'text 2'])
      expect(received(tab).length).to.equal(2)
      expect(await tab.unread(withBob)).to.equal(2)
    })

    it('stores a message once that is here while those around it are new', async () => {
      const tab = await online()
      await deliver(tab, said(1), said(2))
      await deliver(tab, said(3), said(1), said(2), said(4))
      const texts = ['text 1', 'text 2', 'text 3', 'text 4']
      expect((await stored(tab)).map(textOf)).to.deep.equal(texts)
      expect(received(tab).map(textOf)).to.deep.equal(texts)
      expect(await tab.unread(withBob)).to.equal(4)
    })

    it('reports a message without identity once, though others of its batch are here', async () => {
      const tab = await online()
      await deliver(tab, said(1))
      const before = tab.reports.length
      await deliver(tab, said(2), said(1), said(3), { ...said(4), messageUId: '' })
      expect((await stored(tab)).map(textOf)).to.deep.equal(['text 1', 'text 2', 'text 3'])
      expect(tab.reports.length).to.equal(before + 1)
    })

    it('keeps the order of the archive, whatever order messages come in', async () => {
      const tab = await online()
      await deliver(tab, said(3), said(1))
      await deliver(tab, said(2))
      expect((await stored(tab)).map(textOf)).to.deep.equal(['text 1', 'text 2', 'text 3'])
      expect((await tab.conversation(withBob)).latestMessage!.order).to.equal(orderOf(3))
    })

    it('neither replaces nor hides a message when somebody else uses its id', async () => {
      const tab = await online()
      const first = said(1, { ...team, messageUId: 'same' })
      const second = said(2, { ...team, messageUId: 'same', senderUserId: 'mallory' })
      await deliver(tab, first, second)
      await deliver(tab, recall(3, first, {}, { ...team, senderUserId: 'mallory' }))
      expect((await stored(tab, team)).map(textOf)).to.deep.equal(['text 1', 'text 2'])
    })

    it('ignores columns of ours that somebody put into a message', async () => {
      const tab = await online()
      await deliver(tab, said(1))
      const [{ messageId }] = (await stored(tab)) as [Message]
      const hostile = { ...said(2), messageId, failure: { code: 1 }, expansionStamps: 'x' }
      await deliver(tab, hostile as never, said(3))
      expect((await stored(tab)).map(textOf)).to.deep.equal(['text 1', 'text 2', 'text 3'])
      expect((await stored(tab))[1]).not.to.have.property('failure')
    })

    it('reports what is no message, and stores the rest of the batch', async () => {
      const tab = await online()
      const broken = [
        null,
        'text',
        { ...said(1), messageUId: '' },
        { ...said(1), senderUserId: 7 },
        { ...said(1), order: undefined },
        { ...said(1), order: '~1' },
        { ...said(1), conversationType: '1' },
        { ...said(1), targetId: 'x'.repeat(1000) },
      ]
      await deliver(tab, ...(broken as never[]), said(9))
      expect((await stored(tab)).map(textOf)).to.deep.equal(['text 9'])
      expect(tab.reports.length).to.equal(broken.length)
      expect(tab.reports.every((report) => report instanceof IMError)).to.equal(true)
    })

    it('stores what has a place but a content of no use', async () => {
      const tab = await online()
      const hostile = { ...said(1), content: 'no object', expansion: ['x'], sentTime: NaN }
      await deliver(tab, hostile as never)
      const [message] = await stored(tab)
      expect(message!.content).to.deep.equal({})
      expect(message!.sentTime).to.equal(0)
      expect(message!).not.to.have.property('expansion')
    })

    it('stores types nobody has registered as their sender wants it', async () => {
      const tab = await online()
      await deliver(
        tab,
        archived(1, 'app:unknown', { a: 1 }),
        archived(2, 'app:uncounted', {}, { isCounted: false }),
        archived(3, 'app:unkept', {}, { isPersisted: false }),
      )
      const types = (await stored(tab)).map(({ messageType }) => messageType)
      expect(types).to.deep.equal(['app:unknown', 'app:uncounted'])
      expect(await tab.unread(withBob)).to.equal(1)
    })
  })

  describe('operations', () => {
    it('finds what a recall names by its place, if its sender wrote it', async () => {
      const tab = await online()
      const byPlace = (place: number, senderUserId: string, of: number) =>
        recall(place, { messageUId: '', senderUserId }, { order: orderOf(of) }, { senderUserId })
      await deliver(tab, said(1), byPlace(2, 'mallory', 1), byPlace(3, 'bob', 7))
      expect((await stored(tab)).map(textOf)).to.deep.equal(['text 1'])
      await deliver(tab, byPlace(4, 'bob', 1))
      expect((await stored(tab))[0]!.messageType).to.equal(recalled)
      expect(tab.heard('recalled').map(({ message }) => message.messageUId)).to.deep.equal(['m1'])
      // One that comes with its message too.
      await deliver(tab, said(5), byPlace(6, 'bob', 5))
      expect((await stored(tab))[1]!.messageType).to.equal(recalled)
    })

    it('turns a recalled message into a notice, and tells of it', async () => {
      const tab = await online()
      await deliver(tab, said(1))
      await deliver(tab, recall(2, said(1)))
      const [notice] = await stored(tab)
      expect(notice!.messageType).to.equal(recalled)
      expect(notice!.content).to.include({ operatorId: 'bob', originalObjectName: 'RC:TxtMsg' })
      await eventually('it is told', () => tab.heard('recalled').length)
      expect(tab.heard('recalled')[0]!.message.messageUId).to.equal('m1')
    })

    it('lets an operation wait for its message', async () => {
      const tab = await online()
      await deliver(tab, recall(2, said(1)))
      expect(await stored(tab)).to.deep.equal([])
      await deliver(tab, said(1))
      expect((await stored(tab))[0]!.messageType).to.equal(recalled)
      expect(await tab.unread(withBob)).to.equal(0)
    })

    it('never shows a message that was taken away before it came', async () => {
      const tab = await online()
      await deliver(tab, recall(2, said(1), { isDelete: true }))
      await deliver(tab, deleteForMe(4, { messages: [{ messageUId: 'm3', senderUserId: 'bob' }] }))
      await deliver(tab, said(1), said(3))
      await deliver(tab, said(1), said(3), said(5))
      expect((await stored(tab)).map(textOf)).to.deep.equal(['text 5'])
      expect(await tab.unread(withBob)).to.equal(1)
    })

    it('folds an operation of the same batch, whichever comes first', async () => {
      const tab = await online()
      await deliver(tab, recall(2, said(1)), said(1))
      expect((await stored(tab))[0]!.messageType).to.equal(recalled)
    })

    it('ignores operations by those who may not', async () => {
      const tab = await online()
      const target = said(1, { ...team, canIncludeExpansion: true })
      const byMallory = { ...team, senderUserId: 'mallory' }
      await deliver(tab, target)
      await deliver(
        tab,
        recall(2, target, {}, byMallory),
        recall(3, target, { isDelete: true }, byMallory),
        deleteForMe(4, { messages: [target] }, byMallory),
        deleteForMe(5, { before: orderOf(9) }, { ...byMallory, audience: 'conversation' }),
      )
      expect((await stored(tab, team)).map(textOf)).to.deep.equal(['text 1'])
      expect(await tab.unread(team)).to.equal(1)
    })

    it('lets the owner of a group recall, as the backend vouches, but nobody in private', async () => {
      const tab = await online()
      const inTeam = said(1, team)
      await deliver(tab, inTeam, said(2))
      await deliver(
        tab,
        recall(3, inTeam, { isAdmin: true }, { ...team, senderUserId: 'owner' }),
        recall(4, said(2), { isAdmin: true }, { senderUserId: 'owner' }),
      )
      expect((await find(tab, inTeam, team))!.messageType).to.equal(recalled)
      expect((await find(tab, said(2)))!.messageType).to.equal(MessageType.TEXT)
    })

    it('survives operations of any shape', async () => {
      const tab = await online()
      await deliver(tab, said(1))
      const contents = [{}, { messageUId: 1 }, { messages: 'x' }, { messages: [null, 1] }]
      const types = [
        MessageType.RECALL,
        MessageType.EXPANSION,
        MessageType.EDIT,
        MessageType.REACTION,
        MessageType.READ_RECEIPT,
        MessageType.READ_RECEIPT_REQUEST,
        MessageType.READ_RECEIPT_RESPONSE,
      ]
      let place = 10
      const operations = types.flatMap((type) =>
        contents.map((content) => archived((place += 1), type, content)),
      )
      const dictionaries = [null, 'x', { bob: 'm1' }, { bob: [1, null] }].map((dictionary) =>
        archived((place += 1), MessageType.READ_RECEIPT_RESPONSE, {
          receiptMessageDic: dictionary,
        }),
      )
      await deliver(tab, ...operations, ...dictionaries, said(99))
      expect((await stored(tab)).map(textOf)).to.deep.equal(['text 1', 'text 99'])
      expect(tab.reports).to.deep.equal([])
    })

    it('tells of a changed expansion, and keeps it', async () => {
      const tab = await online()
      const target = said(1, { canIncludeExpansion: true })
      await deliver(tab, target, expand(2, target, { put: { vote: 'yes' } }))
      expect((await stored(tab))[0]!.expansion).to.deep.equal({ vote: 'yes' })
      await eventually('it is told', () => tab.heard('expansion').length)
      expect(tab.heard('expansion')[0]).to.deep.include({ messageUId: 'm1', put: { vote: 'yes' } })
    })

    it('tells the host of operations after the messages they came with', async () => {
      const tab = await online()
      const before = tab.told.length
      await deliver(tab, said(1), recall(2, said(1)))
      await eventually('it is told', () => tab.heard('recalled').length)
      const told = tab.told.slice(before)
      expect(told.indexOf('messages')).to.be.lessThan(told.indexOf('recalled'))
    })
  })

  describe('unread counts', () => {
    it('counts what others say, never what this user says elsewhere', async () => {
      const tab = await online()
      await deliver(tab, said(1), said(2, { senderUserId: 'alice' }), said(3))
      expect(await tab.unread(withBob)).to.equal(2)
      expect(received(tab).length).to.equal(3)
    })

    it('counts mentions of this user and of everybody', async () => {
      const tab = await online()
      await deliver(
        tab,
        mention(1, all),
        mention(2, only('alice', 'carol')),
        mention(3, only('carol')),
        mention(4, all, { isMentioned: false }),
        mention(5, all, { senderUserId: 'alice' }),
        mention(6, all, withBob),
        mention(7, { type: 'x', userIdList: 'alice' } as never),
      )
      const { unreadMessageCount, unreadMentionedCount, hasMentioned, mentionedInfo } =
        await tab.conversation(team)
      expect(unreadMessageCount).to.equal(5)
      expect(unreadMentionedCount).to.equal(2)
      expect(hasMentioned).to.equal(true)
      expect(mentionedInfo).to.deep.equal(only('alice', 'carol'))
      expect((await tab.conversation(withBob)).hasMentioned).to.equal(false)
    })

    it('takes back what it counted when a message is recalled or deleted', async () => {
      const tab = await online()
      const messages = [mention(1, all), mention(2, all), said(3, team), said(4, team)]
      await deliver(tab, ...messages)
      await deliver(
        tab,
        recall(5, messages[0]!, {}, team),
        recall(6, messages[0]!, { isDelete: true }, team),
        deleteForMe(7, { messages: [messages[2]!] }, team),
      )
      const { unreadMessageCount, unreadMentionedCount } = await tab.conversation(team)
      expect(unreadMessageCount).to.equal(2)
      expect(unreadMentionedCount).to.equal(1)
    })

    it('does not take back what was read before it was recalled', async () => {
      const tab = await online()
      await deliver(tab, said(1), said(2))
      const [first] = await stored(tab)
      await tab.client.readState.markRead(withBob, first)
      expect(await tab.unread(withBob)).to.equal(1)
      await deliver(tab, recall(3, said(1)))
      expect(await tab.unread(withBob)).to.equal(1)
    })

    it('counts muted conversations too', async () => {
      const tab = await online()
      await tab.client.conversations.setNotificationLevel(withBob, 5)
      await deliver(tab, said(1), said(2, team))
      expect(await tab.client.conversations.unread()).to.equal(2)
      expect(await tab.client.conversations.unread({ includeMuted: false })).to.equal(1)
    })

    it('counts once in two tabs that get the same batch', async () => {
      const tab = await online()
      const other = await online(tab.appkey)
      await Promise.all([deliver(tab, ...saidFromTo(1, 5)), deliver(other, ...saidFromTo(1, 5))])
      expect(await tab.unread(withBob)).to.equal(5)
      expect((await stored(other)).length).to.equal(5)
    })

    it('shows the message before when the last one goes', async () => {
      const tab = await online()
      const latest = async () => (await tab.conversation(withBob)).latestMessage
      await deliver(tab, said(1), said(2), said(3))
      await deliver(tab, recall(4, said(3)))
      expect((await latest())!.messageType).to.equal(recalled)
      await deliver(tab, recall(5, said(3), { isDelete: true }))
      expect((await latest())!.messageUId).to.equal('m2')
      await deliver(tab, deleteForMe(6, { messages: [said(2), said(1)] }))
      expect(await latest()).to.equal(null)
      expect((await tab.client.conversations.list()).length).to.equal(2)
    })

    it('clears history up to a place, on all devices, and counts what is left', async () => {
      const tab = await online()
      await deliver(tab, ...saidFromTo(1, 4))
      await deliver(tab, deleteForMe(5, { before: orderOf(3) }), said(6))
      expect((await stored(tab)).map(textOf)).to.deep.equal(['text 4', 'text 6'])
      expect(await tab.unread(withBob)).to.equal(2)
      await deliver(tab, ...saidFromTo(1, 3))
      expect((await stored(tab)).length).to.equal(2)
      expect(tab.heard('change').some(({ reset }) => reset.length)).to.equal(true)
    })
  })

  describe('receipts', () => {
    it('marks own messages as read up to the time of a private receipt', async () => {
      const tab = await online()
      const own = { senderUserId: 'alice' }
      await deliver(tab, said(1, own), said(2, own), said(5, own))
      await deliver(tab, readReceipt(6, 2))
      const read = (await stored(tab)).map(({ sentStatus }) => sentStatus === 50)
      expect(read).to.deep.equal([true, true, false])
      await deliver(tab, readReceipt(7, 1))
      expect((await tab.conversation(withBob)).peerReadTime).to.equal(2)
    })

    it('believes no receipt for what was sent after it', async () => {
      const tab = await online()
      await deliver(tab, readReceipt(6, 999_999), said(7, { senderUserId: 'alice' }))
      expect((await stored(tab))[0]!.sentStatus).to.equal(30)
    })

    it('has no private receipts in groups', async () => {
      const tab = await online()
      await deliver(tab, said(1, { ...team, senderUserId: 'alice' }), readReceipt(2, 1, team))
      expect((await stored(tab, team))[0]!.sentStatus).to.equal(30)
    })

    it('collects who has read a group message', async () => {
      const tab = await online()
      const own = said(1, { ...team, senderUserId: 'alice', needReceipt: true })
      const answer = (place: number, senderUserId: string) =>
        archived(
          place,
          MessageType.READ_RECEIPT_RESPONSE,
          { receiptMessageDic: { alice: ['m1'] } },
          { ...team, senderUserId },
        )
      await deliver(tab, own, answer(2, 'bob'), answer(3, 'carol'), answer(4, 'bob'))
      expect((await find(tab, own, team))!.readReceiptInfo).to.deep.equal({
        isReceiptRequestMessage: true,
        hasRespond: false,
        readers: { bob: 2, carol: 3 },
      })
      await eventually('it is told', () => tab.heard('receiptResponse').length === 3)
      expect(tab.heard('receiptResponse')[0]).to.deep.include({
        receivedUserId: 'bob',
        messageUIdList: ['m1'],
      })
    })
  })

  describe('storing', () => {
    it('moves the cursor with the batch', async () => {
      const tab = await online()
      tab.network.deliver({ messages: [said(1)], cursor: 'here' })
      await eventually('it is stored', () => received(tab).length)
      await tab.client.disconnect()
      await tab.client.connect('token')
      await eventually('it catches up', () => tab.network.cursors.length === 2)
      expect(tab.network.cursors).to.deep.equal([undefined, 'here'])
    })

    it('loses nothing when the browser has no room: all of a batch comes again', async () => {
      const tab = await online()
      await deliver(tab, said(1))
      const restore = failNextWrite((row) => (row as ArchivedMessage).messageUId === 'm3')
      const lost = [said(2), said(3)]
      tab.network.deliver({ messages: lost, cursor: 'past the lost' })
      await eventually('it tries again', () => tab.timers.pending.length)
      restore()
      expect((await stored(tab)).map(textOf)).to.deep.equal(['text 1'])
      expect(tab.reports.length).to.equal(1)

      tab.network.missed = [{ messages: lost }]
      tab.timers.runAll()
      await eventually('it has caught up', () => received(tab).length === 3)
      expect(tab.network.cursors.at(-1)).not.to.equal('past the lost')
      expect((await stored(tab)).map(textOf)).to.deep.equal(['text 1', 'text 2', 'text 3'])
      expect(await tab.unread(withBob)).to.equal(3)
    })
  })
})
