// The built core and embedded backend in Node, with an IndexedDB of their own: no page, no DOM.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { local, localToken } from '../../dist/src/backends/local/index.js'
import { IMClient } from '../../dist/src/core/index.js'

const text = (/** @type {string} */ content) => ({ messageType: 'RC:TxtMsg', content: { content } })
const privateWith = (/** @type {string} */ targetId) => ({ conversationType: 1, targetId })

test('two clients talk, and what they said is still there afterwards', async () => {
  const database = { indexedDB: new IDBFactory(), IDBKeyRange }
  const backend = local(database)
  const clients = ['alice', 'bob'].map((user) => ({
    user,
    client: new IMClient({ appkey: 'node', backend, database }),
  }))
  for (const { user, client } of clients) await client.connect(localToken(user))
  const [alice, bob] = clients.map(({ client }) => client)

  const heard = new EventTarget()
  bob.events.on('messages', () => heard.dispatchEvent(new Event('messages')))
  const received = once(heard, 'messages')
  await alice.sender.send(privateWith('bob'), text('hello from Node'))
  await received

  const [conversation] = await bob.conversations.list()
  assert.equal(conversation.unreadMessageCount, 1)
  assert.equal(conversation.latestMessage.content.content, 'hello from Node')
  await bob.readState.markRead(privateWith('alice'))

  await bob.disconnect()
  await bob.connect(localToken('bob'))
  const page = await bob.reader.history(privateWith('alice'), { count: 20 })
  assert.deepEqual(
    page.messages.map((message) => message.content.content),
    ['hello from Node'],
  )
  assert.equal(page.hasOlder, false)

  const { found } = await bob.search.messages({ keyword: 'NODE' })
  assert.deepEqual(found[0]?.match, {
    field: 'content',
    text: 'hello from Node',
    start: 11,
    end: 15,
  })

  for (const { client } of clients) await client.clearLocalData()
  const left = (await database.indexedDB.databases()).map(({ name }) => name)
  assert.deepEqual(left, ['imkit-service'])
  await backend.destroy()
})
