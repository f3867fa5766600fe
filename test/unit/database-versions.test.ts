import { expect } from '@open-wc/testing'
import { Dexie } from 'dexie'
import { newConversationRow, withListOrder } from '../../src/core/conversation-rows.js'
import { ClientDatabase, databaseName } from '../../src/database/schema.js'
import { conversationKey } from '../../src/model/conversation.js'
import { uuidv7 } from '../../src/model/identity.js'
import { privateWith } from '../support/backend-messages.js'
import { said } from '../support/archived-messages.js'
import { eventually, Tab } from '../support/chat-service.js'
import { orderOf, ScriptedBackend } from '../support/scripted-backend.js'

/** The tables as the first version made them. */
const firstVersion = {
  messages:
    '++messageId, &[conversationKey+senderUserId+messageUId], [conversationKey+order], [conversationKey+messageType+order]',
  conversations: 'conversationKey, listOrder',
  segments: '[conversationKey+newest]',
  waitingOperations: '++id, [conversationKey+targetSenderUserId+targetMessageUId]',
  outbox: '++id, conversationKey, messageId',
  settings: 'key, dirty',
  groups: 'groupId',
  members: '[groupId+id], groupId',
  profiles: 'key',
  meta: 'key',
}

describe('a database of the first version', () => {
  it('is taken over: what is unread is found, what comes becomes the last message', async () => {
    const appkey = `app-${uuidv7()}`
    const old = new Dexie(databaseName(appkey, 'alice'))
    old.version(1).stores(firstVersion)
    const rows = ['ann', 'ben', 'bob'].map((targetId, index) =>
      withListOrder({
        ...newConversationRow(privateWith(targetId)),
        sortTime: index + 1,
        unreadMessageCount: index,
        latestMessageId: 1,
      }),
    )
    await old.table('conversations').bulkAdd(rows)
    const { order, ...message } = said(5)
    const stored = { ...message, order, conversationKey: rows[2]!.conversationKey, messageId: 1 }
    await old.table('messages').add(stored)
    old.close()

    const tab = new Tab(new ScriptedBackend('alice'), 'alice', appkey)
    await tab.client.connect('token')
    const unread = await tab.client.conversations.withUnread()
    expect(unread.map(({ targetId }) => targetId)).to.deep.equal(['bob', 'ben'])
    expect(await tab.client.conversations.unread()).to.equal(3)

    tab.network.say(said(4))
    await eventually('an older one is told of', () => tab.received.length === 1)
    const latest = async () => (await tab.conversation(privateWith('bob'))).latestMessage?.order
    expect(await latest()).to.equal(orderOf(5))
    tab.network.say(said(6))
    await eventually('a newer one is told of', () => tab.received.length === 2)
    expect(await latest()).to.equal(orderOf(6))
    await tab.client.disconnect()
    await tab.client.clearLocalData('alice')
  })

  it('keeps what is known to be missing, where it is found without a look at the rest', async () => {
    const name = databaseName(`app-${uuidv7()}`, 'alice')
    const old = new Dexie(name)
    old.version(1).stores(firstVersion)
    const flags = [{ hasGap: true, isStale: true }, { hasGap: false }, {}]
    await old.table('conversations').bulkAdd(
      ['ann', 'ben', 'bob'].map((targetId, index) => ({
        ...newConversationRow(privateWith(targetId)),
        ...flags[index],
      })),
    )
    old.close()

    const database = new ClientDatabase(name)
    await database.open()
    for (const flag of ['hasGap', 'isStale'] as const) {
      const found = await database.conversations.where(flag).equals(1).toArray()
      expect(found.map(({ targetId }) => targetId)).to.deep.equal(['ann'])
    }
    const ben = await database.conversations.get(conversationKey(privateWith('ben')))
    expect(ben).not.to.have.any.keys('hasGap', 'isStale')
    await database.delete()
  })
})

describe('a database of the second version', () => {
  it('is taken over: what it has is found', async () => {
    const appkey = `app-${uuidv7()}`
    const old = new Dexie(databaseName(appkey, 'alice'))
    old.version(1).stores(firstVersion)
    old.version(2).stores({ conversations: 'conversationKey, listOrder, unreadMessageCount' })
    const row = { ...said(5), conversationKey: conversationKey(privateWith('bob')) }
    await old.table('messages').add(row)
    old.close()

    const tab = new Tab(new ScriptedBackend('alice'), 'alice', appkey)
    await tab.client.connect('token')
    await eventually('it has caught up', () => tab.told.includes('offlineMessagesPulled'))
    const { found } = await tab.client.search.messages({ keyword: 'text 5' })
    expect(found.map(({ message }) => message.messageUId)).to.deep.equal(['m5'])
    await tab.client.disconnect()
    await tab.client.clearLocalData('alice')
  })
})
