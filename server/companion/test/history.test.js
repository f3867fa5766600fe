import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { connectNew, disconnectAll, messagesOf, xml } from './support/people.js'

/** @typedef {import('./support/people.js').Person} Person */

after(disconnectAll)

/** @param {Person} person @param {Record<string, string>} attributes */
async function read(person, attributes) {
  const answer = await person.ask('get', 'history', attributes)
  return {
    messages: messagesOf(answer.getChild('messages')),
    operations: messagesOf(answer.getChild('operations')),
    hasOlder: answer.attrs.older === 'true',
    hasNewer: answer.attrs.newer === 'true',
  }
}

/** @param {{ messages: ReturnType<typeof messagesOf> }} page */
const textsOf = ({ messages }) => messages.map(({ body }) => body)

/** Two people, and messages from 1 to some number. */
async function counted(/** @type {number} */ count) {
  const [alice, bob] = await connectNew('alice', 'bob')
  const ids = []
  for (let number = 1; number <= count; number += 1) {
    ids.push(await alice.says(bob.address, String(number)))
  }
  const { messages } = await read(alice, { with: bob.address, count: '100' })
  const at = (/** @type {number} */ number) => String(messages[number - 1]?.place)
  return { alice, bob, ids, at }
}

describe('history', () => {
  it('gives the newest, older ones, newer ones and those around a place', async () => {
    const { alice, bob, at } = await counted(9)
    const page = (/** @type {Record<string, string>} */ attributes) =>
      read(alice, { with: bob.address, ...attributes })
    const newest = await page({ count: '3' })
    assert.deepEqual(textsOf(newest), ['7', '8', '9'])
    assert.deepEqual([newest.hasOlder, newest.hasNewer], [true, false])
    const older = await page({ count: '3', before: at(3) })
    assert.deepEqual(textsOf(older), ['1', '2'])
    assert.deepEqual([older.hasOlder, older.hasNewer], [false, true])
    assert.deepEqual(textsOf(await page({ count: '3', after: at(4) })), ['5', '6', '7'])
    const around = await page({ count: '4', around: at(5) })
    assert.deepEqual(textsOf(around), ['3', '4', '5', '6'])
    assert.deepEqual([around.hasOlder, around.hasNewer], [true, true])
    assert.deepEqual(textsOf(await page({ count: '4', around: at(9) })), ['6', '7', '8', '9'])
  })

  it('brings operations with their messages, wherever they stand', async () => {
    const { alice, bob, ids, at } = await counted(6)
    const content = { messageUId: ids[1], senderUserId: alice.id, put: { key: 'value' } }
    const operation = await alice.sends(bob.address, 'RC:MsgExMsg', content)
    await alice.says(bob.address, '7')
    const older = await read(alice, { with: bob.address, count: '3', before: at(4) })
    assert.deepEqual(
      older.operations.map((it) => it.id),
      [operation],
    )
    assert.deepEqual((await read(alice, { with: bob.address, count: '2' })).operations, [])
  })

  it('brings the private receipts of its stretch', async () => {
    const { alice, bob, at } = await counted(3)
    const content = { lastMessageSendTime: 1, messageUId: 'x', type: 1 }
    const receipt = await bob.sends(alice.address, 'RC:ReadNtf', content)
    const { operations } = await read(alice, { with: bob.address, count: '2' })
    assert.deepEqual(
      operations.map((it) => it.id),
      [receipt],
    )
    const older = await read(alice, { with: bob.address, count: '2', before: at(2) })
    assert.deepEqual(older.operations, [])
  })

  it('does not give what the server has taken out of the archive', async () => {
    const { alice, bob, ids } = await counted(2)
    await alice.client.send(
      xml(
        'message',
        { to: bob.address, type: 'chat', id: 'retraction' },
        xml('retract', { xmlns: 'urn:xmpp:message-retract:1', id: ids[1] }),
        xml('body', {}, 'This person attempted to retract a message.'),
        xml('store', { xmlns: 'urn:xmpp:hints' }),
      ),
    )
    await alice.says(bob.address, '3')
    assert.deepEqual(textsOf(await read(alice, { with: bob.address })), ['1', '3'])
  })

  it('gives the operations on chosen messages', async () => {
    const { alice, bob, ids } = await counted(3)
    const [one = '', two = ''] = ids
    const onTwo = await alice.sends(bob.address, 'RC:RcCmd', {
      messageUId: two,
      senderUserId: alice.id,
    })
    const message = (/** @type {string} */ id) => xml('message', { id })
    const answer = await bob.ask(
      'get',
      'operations',
      { with: alice.address },
      message(one),
      message(two),
    )
    assert.deepEqual(
      messagesOf(answer).map((it) => it.id),
      [onTwo],
    )
  })

  it('gives members everything of a group but what is directed at others', async () => {
    const [alice, bob, carol] = await connectNew('alice', 'bob', 'carol')
    const group = await alice.createsGroup(bob, carol)
    await alice.says(group, 'to all')
    await alice.says(group, 'to bob', { directedUserIds: [bob.id] })
    assert.deepEqual(textsOf(await read(bob, { with: group })), ['to all', 'to bob'])
    assert.deepEqual(textsOf(await read(carol, { with: group })), ['to all'])
    assert.deepEqual(textsOf(await read(alice, { with: group })), ['to all', 'to bob'])
  })

  it('gives nothing from before the server let somebody in, whether or not a notice says so', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const group = await alice.createsGroup()
    await alice.says(group, 'before')
    await alice.gives(group, bob, 'member')
    await bob.subscribes(group)
    await alice.says(group, 'once')
    assert.deepEqual(textsOf(await read(bob, { with: group })), ['once'])
    await alice.putsOut(group, bob)
    await alice.gives(group, bob, 'none')
    await alice.says(group, 'meanwhile')
    await alice.gives(group, bob, 'member')
    await bob.subscribes(group)
    await alice.says(group, 'again')
    assert.deepEqual(textsOf(await read(bob, { with: group })), ['again'])
    assert.equal(textsOf(await read(alice, { with: group })).length, 4)
  })

  it('understands what other programs send', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    let number = 0
    const message = (/** @type {(string | import('@xmpp/component').Element)[]} */ ...children) =>
      // The server keeps what is said twice under one id once.
      xml('message', { to: bob.address, type: 'chat', id: `x${(number += 1)}` }, ...children)
    await alice.client.send(message(xml('body', {}, 'only text')))
    await alice.client.send(
      message(xml('active', { xmlns: 'http://jabber.org/protocol/chatstates' })),
    )
    const json = (/** @type {string} */ text) => xml('json', { xmlns: 'urn:xmpp:json:0' }, text)
    await alice.client.send(message(xml('body', {}, 'no JSON'), json('{')))
    await alice.client.send(message(xml('body', {}, 'no object'), json('[1]')))
    await alice.client.send(message(xml('body', {}, 'two'), json('{}'), json('{}')))
    await alice.says(bob.address, 'last')
    assert.deepEqual(textsOf(await read(bob, { with: alice.address })), [
      'only text',
      'no JSON',
      'no object',
      'two',
      'last',
    ])
  })
})

describe('reader lists', () => {
  it('stand for what was answered, which the history of the author leaves out', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const group = await alice.createsGroup(bob)
    const id = await alice.says(group, 'read this', { needReceipt: true })
    const receipt = await bob.sends(group, 'RC:RRRspMsg', {
      receiptMessageDic: { [alice.id]: [id] },
    })
    const operationsOf = async (/** @type {typeof bob} */ user) => {
      const page = await user.ask('get', 'history', { with: group })
      return messagesOf(page.getChild('operations')).map((it) => it.id)
    }
    assert.deepEqual(await operationsOf(alice), [])
    assert.deepEqual(await operationsOf(bob), [receipt])
    const answer = await alice.ask('get', 'readers', { with: group }, xml('message', { id }))
    const reader = answer.getChild('message')?.getChild('reader')
    assert.deepEqual([reader?.attrs.user, reader?.attrs.receipt], [bob.address, receipt])
  })

  it('name and count those who have answered, to the author', async () => {
    const [alice, bob, carol] = await connectNew('alice', 'bob', 'carol')
    const group = await alice.createsGroup(bob, carol)
    const id = await alice.says(group, 'read this', { needReceipt: true })
    const unread = await alice.says(group, 'and this')
    for (const reader of [bob, carol, bob]) {
      await reader.sends(group, 'RC:RRRspMsg', { receiptMessageDic: { [alice.id]: [id] } })
    }
    const message = (/** @type {string} */ it) => xml('message', { id: it })
    const answer = await alice.ask('get', 'readers', { with: group }, message(id), message(unread))
    const lists = answer.getChildren('message').map((it) => ({
      id: it.attrs.id,
      count: it.attrs.count,
      readers: it.getChildren('reader').map((reader) => reader.attrs.user),
    }))
    assert.deepEqual(lists, [
      { id, count: '2', readers: [bob.address, carol.address] },
      { id: unread, count: '0', readers: [] },
    ])
    const counted = await alice.ask('get', 'readers', { with: group, count: '0' }, message(id))
    assert.equal(counted.getChild('message')?.attrs.count, '2')
    assert.equal(counted.getChild('message')?.getChildren('reader').length, 0)
    const first = await alice.ask('get', 'readers', { with: group, count: '1' }, message(id))
    const [reader] = first.getChild('message')?.getChildren('reader') ?? []
    assert.equal(first.getChild('message')?.attrs.more, 'true')
    const after = { with: group, count: '1', after: String(reader?.attrs.at) }
    const rest = (await alice.ask('get', 'readers', after, message(id))).getChild('message')
    assert.equal(rest?.attrs.count, '2')
    assert.equal(rest?.getChild('reader')?.attrs.user, carol.address)
  })

  it('are nobody else’s, and nobody can forge them for another author', async () => {
    const [alice, bob, carol] = await connectNew('alice', 'bob', 'carol')
    const group = await alice.createsGroup(bob, carol)
    const id = await alice.says(group, 'read this')
    const message = xml('message', { id })
    assert.equal(await bob.refusal('get', 'readers', { with: group }, message), 'forbidden')
    await bob.sends(group, 'RC:RRRspMsg', { receiptMessageDic: { [carol.id]: [id] } })
    const answer = await alice.ask('get', 'readers', { with: group }, message)
    assert.equal(answer.getChild('message')?.attrs.count, '0')
  })
})
