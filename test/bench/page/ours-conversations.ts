/** The real thing: connecting, with what that opens and reads, is part of showing the list. */
import '../../../src/define.js'
import { newConversationRow, withListOrder } from '../../../src/core/conversation-rows.js'
import { ClientDatabase, databaseName } from '../../../src/database/schema.js'
import { imkit } from '../../../src/kit/index.js'
import { conversationKey } from '../../../src/model/conversation.js'
import { ScriptedBackend } from '../../support/scripted-backend.js'
import { own, people } from './archive.js'
import { listed, presentList, type Listed } from './conversations.js'
import { archivedMessage, conversationOf, messageRow, orderOf } from './stored-archives.js'

/** Rows written in one transaction. */
const portion = 5000

const backend = new ScriptedBackend(own.id)
const list = document.createElement('conversation-list')
let updates = 0

presentList({
  async prepare({ name, count }) {
    await storeConversations(name, count)
    imkit.init({
      appkey: name,
      backend,
      language: 'en',
      service: {
        getUserProfile: (id) => people.find((person) => person.id === id),
        getConversationProfile: (conversations) =>
          conversations.map((it) => ({
            ...it,
            name: `Group ${it.targetId.slice('group-'.length)}`,
            memberCount: 4,
          })),
        getGroupMembers: () => [...people],
      },
    })
  },
  show() {
    document.body.append(list)
    void imkit.connect('token')
  },
  update(conversation) {
    updates += 1
    backend.say(archivedMessage(conversation, saidIn(conversation, updates)))
  },
  textAt: (x, y) => {
    const row = list.shadowRoot?.elementFromPoint(x, y)?.closest('im-conversation-row')
    return row?.shadowRoot?.textContent ?? ''
  },
})

/** Its last message; earlier ones there are none. */
function saidIn({ digest, sentTime }: Listed, serial: number) {
  return { serial, sender: people[1]!, isOwn: false, text: digest, sentTime }
}

async function storeConversations(appkey: string, count: number): Promise<void> {
  const database = new ClientDatabase(databaseName(appkey, own.id))
  await database.open()
  if (!(await database.meta.get('cursor'))) {
    for (let start = 0; start < count; start += portion) {
      const length = Math.min(portion, count - start)
      await storePortion(
        database,
        Array.from({ length }, (_, index) => listed(start + index)),
      )
    }
    await database.meta.bulkPut([
      { key: 'hasConversationList', value: true },
      { key: 'cursor', value: 'stored' },
    ])
  }
  database.close()
}

async function storePortion(database: ClientDatabase, portion: readonly Listed[]): Promise<void> {
  const keys = portion.map((conversation) => conversationKey(conversationOf(conversation)))
  const ids = await database.messages.bulkAdd(
    portion.map((conversation) => messageRow(conversation, saidIn(conversation, 0))),
    { allKeys: true },
  )
  await database.conversations.bulkPut(
    portion.map((conversation, index) =>
      withListOrder({
        ...newConversationRow(conversationOf(conversation)),
        sortTime: conversation.sentTime,
        latestMessageId: ids[index],
        readPosition: { order: orderOf(0), sentTime: conversation.sentTime },
      }),
    ),
  )
  await database.segments.bulkPut(
    keys.map((key) => ({
      conversationKey: key,
      oldest: orderOf(0),
      newest: orderOf(0),
      reachesStart: true,
    })),
  )
}
