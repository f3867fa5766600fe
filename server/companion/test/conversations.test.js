import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import {
  connect,
  connectNew,
  disconnectAll,
  messageOf,
  messagesOf,
  newId,
} from './support/people.js'

/** @typedef {import('./support/people.js').Person} Person */

after(disconnectAll)

/** @param {Person} person @param {Record<string, string>} [attributes] */
async function list(person, attributes = {}) {
  const answer = await person.ask('get', 'conversations', attributes)
  return {
    hasMore: answer.attrs.more === 'true',
    items: answer.getChildren('conversation').map((it) => ({
      with: it.attrs.with,
      unread: Number(it.attrs.unread),
      mentions: Number(it.attrs.mentions),
      latest: messageOf(it.getChild('latest')?.getChild('result')),
      remains: it.getChild('latest')?.getChild('remains')?.attrs,
      operations: messagesOf(it.getChild('operations')),
    })),
  }
}

/** @param {Person} person */
async function only(person) {
  const { items } = await list(person)
  assert.equal(items.length, 1)
  return /** @type {typeof items[0]} */ (items[0])
}

describe('the conversation list', () => {
  it('is empty for who has none', async () => {
    const [alice] = await connectNew('alice')
    assert.deepEqual(await list(alice), { items: [], hasMore: false })
  })

  it('holds each conversation once, with the last message, as its user calls it', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    await alice.says(bob.address, 'one')
    const id = await bob.says(alice.address, 'two')
    const mine = await only(alice)
    assert.equal(mine.with, bob.address)
    assert.equal(mine.latest.id, id)
    assert.equal(mine.latest.body, 'two')
    assert.equal((await only(bob)).with, alice.address)
  })

  it('counts what others sent behind the read position', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    await alice.says(bob.address, 'one')
    const { latest } = await only(bob)
    await alice.says(bob.address, 'two')
    await alice.says(bob.address, 'three')
    await bob.says(alice.address, 'own messages do not count')
    assert.equal((await only(bob)).unread, 3)
    const key = `1/${alice.id}/:readPosition`
    await bob.sets(key, { order: String(latest.place), sentTime: Math.floor(latest.place / 1000) })
    assert.equal((await only(bob)).unread, 2)
    await bob.sets(key, { order: 'of another backend', sentTime: Math.floor(latest.place / 1000) })
    assert.equal((await only(bob)).unread, 2)
    await bob.sets(key, 'nonsense')
    assert.equal((await only(bob)).unread, 3)
  })

  it('does not count what is not to be counted, nor what was recalled', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    await alice.sends(bob.address, 'RC:InfoNtf', { message: 'a line' }, { isCounted: false })
    const oops = await alice.says(bob.address, 'oops')
    assert.equal((await only(bob)).unread, 1)
    await alice.sends(bob.address, 'RC:RcCmd', { messageUId: oops, senderUserId: alice.id })
    const { unread, remains, operations } = await only(bob)
    assert.equal(unread, 0)
    assert.deepEqual([remains?.message, remains?.from], [oops, alice.address])
    assert.deepEqual(
      operations.map(({ content }) => content.messageUId),
      [oops],
    )
  })

  it('keeps the place of what its author’s server has taken out of the archive', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const oops = await alice.says(bob.address, 'oops')
    const { latest } = await only(alice)
    await alice.recalls(bob.address, oops, latest.place)
    for (const person of [alice, bob]) {
      const { remains, operations, unread } = await only(person)
      assert.equal(unread, 0)
      assert.equal(remains?.message, oops)
      assert.equal(operations.length, 1)
    }
    assert.equal((await only(alice)).remains?.id, String(latest.place))
  })

  it('does not show or count what this user removed', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    await alice.says(bob.address, 'one')
    const two = await alice.says(bob.address, 'two')
    await bob.notes(`1/${alice.id}`, { messages: [{ messageUId: two, senderUserId: alice.id }] })
    const { latest, unread } = await only(bob)
    assert.deepEqual([latest.body, unread], ['one', 1])
    assert.equal((await only(alice)).latest.body, 'two')
    await bob.notes(`1/${alice.id}`, { before: String(latest.place + 1_000_000_000) })
    assert.deepEqual((await list(bob)).items, [])
  })

  it('removes messages of a group for one member only', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const group = await alice.createsGroup(bob)
    await alice.says(group, 'one')
    const two = await alice.says(group, 'two')
    const messages = [{ messageUId: two, senderUserId: alice.id }]
    await bob.notes(`3/${group.split('@')[0]}`, { messages })
    assert.equal((await only(bob)).latest.body, 'one')
    assert.equal((await only(alice)).latest.body, 'two')
    // Nobody can remove for another.
    await alice.sends(bob.address, 'IK:DelMsg', { messages }, { audience: 'self' })
    assert.equal((await list(alice)).items[0]?.latest.body, 'two')
  })

  it('holds what was said in a group to some alone, for them', async () => {
    const [alice, bob, carol] = await connectNew('alice', 'bob', 'carol')
    const group = await alice.createsGroup(bob, carol)
    await bob.enters(group)
    await alice.says(group, 'to all')
    await alice.saysTo(group, bob, 'to bob')
    const { with: place, latest, unread } = await only(bob)
    assert.deepEqual([place, latest.body, unread], [group, 'to bob', 2])
    assert.equal((await only(alice)).latest.body, 'to bob')
    assert.deepEqual([(await only(carol)).latest.body, (await only(carol)).unread], ['to all', 1])
  })

  it('does not believe a recall by somebody who has not written the message', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const id = await alice.says(bob.address, 'mine')
    await bob.sends(alice.address, 'RC:RcCmd', {
      messageUId: id,
      senderUserId: alice.id,
      isAdmin: true,
    })
    assert.equal((await only(bob)).unread, 1)
  })

  it('has the newest first, and comes in pages', async () => {
    const [alice, ...friends] = await connectNew('alice', 'bob', 'carol', 'dave', 'eve', 'frank')
    for (const friend of friends) await alice.says(friend.address, 'hello')
    await /** @type {Person} */ (friends[1]).says(alice.address, 'hello back')
    const listed = []
    /** @type {Record<string, string>} */
    let before = {}
    for (;;) {
      const { items, hasMore } = await list(alice, { count: '2', ...before })
      listed.push(...items.map((it) => it.with))
      if (!hasMore) break
      before = { before: String(items.at(-1)?.latest.place) }
    }
    assert.deepEqual(
      listed,
      [1, 4, 3, 2, 0].map((index) => friends[index]?.address),
    )
  })

  it('brings the read receipts behind the last message', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    await alice.says(bob.address, 'one')
    const id = await bob.sends(alice.address, 'RC:ReadNtf', {
      lastMessageSendTime: 1,
      messageUId: 'x',
      type: 1,
    })
    assert.deepEqual(
      (await only(alice)).operations.map((it) => it.id),
      [id],
    )
  })

  it('counts mentions of this user and of all', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const group = await alice.createsGroup(bob)
    const mention = (/** @type {object} */ mentionedInfo, isMentioned = true) =>
      alice.sends(group, 'RC:TxtMsg', { content: '@', mentionedInfo }, { isMentioned })
    await mention({ type: 1 })
    await mention({ type: 2, userIdList: [bob.id] })
    await mention({ type: 2, userIdList: [alice.id] })
    await mention({ type: 1 }, false)
    const { unread, mentions } = await only(bob)
    assert.deepEqual({ unread, mentions }, { unread: 4, mentions: 2 })
    assert.equal((await only(alice)).unread, 0)
  })

  it('does not show a group to who is no longer in it', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const group = await alice.createsGroup(bob)
    await alice.says(group, 'hello')
    assert.equal((await only(bob)).with, group)
    await alice.putsOut(group, bob)
    assert.deepEqual((await list(bob)).items, [])
    assert.equal(await bob.refusal('get', 'history', { with: group }), 'forbidden')
  })

  it('does not show a group to an outcast, whom the server keeps as a subscriber', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const group = await alice.createsGroup(bob)
    await alice.says(group, 'hello')
    await alice.gives(group, bob, 'outcast')
    assert.deepEqual((await list(bob)).items, [])
    assert.equal(await bob.refusal('get', 'history', { with: group }), 'forbidden')
  })

  it('gives what was said in a group in the name of the room, as its archive does', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const group = await alice.createsGroup(bob)
    await alice.says(group, 'hello')
    const answer = await bob.ask('get', 'conversations')
    const latest = answer.getChild('conversation')?.getChild('latest')
    const message = latest?.getChild('result')?.getChild('forwarded')?.getChild('message')
    assert.equal(message?.attrs.from, `${group}/${alice.name}`)
  })

  it('counts nothing from before one came into a group', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const group = await alice.createsGroup()
    await alice.says(group, 'before')
    await alice.gives(group, bob, 'member')
    await bob.subscribes(group)
    await alice.says(group, 'after')
    assert.equal((await only(bob)).unread, 1)
  })

  it('knows users by any id', async () => {
    const alice = await connect(newId('Älice Ö/%“x”'))
    const bob = await connect(newId('张三'))
    const group = await alice.createsGroup(bob)
    await alice.says(group, 'hello', { isMentioned: true })
    const { latest } = await only(bob)
    await bob.sets(`3/${group.split('@')[0]}/:readPosition`, {
      order: String(latest.place),
      sentTime: 1,
    })
    assert.equal((await only(bob)).unread, 0)
    await bob.says(alice.address, 'hi')
    const { items } = await list(alice)
    assert.deepEqual(
      items.map((it) => [it.with, it.unread]),
      [
        [bob.address, 1],
        [group, 0],
      ],
    )
    const key = `1/${bob.id.replace(/%/g, '%25').replace(/\//g, '%2F')}/:readPosition`
    await alice.sets(key, { order: String(items[0]?.latest.place), sentTime: 1 })
    assert.equal((await list(alice)).items[0]?.unread, 0)
  })
})
