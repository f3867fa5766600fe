import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { namespace } from '../dist/request.js'
import { connectNew, disconnectAll, newId, xml } from './support/people.js'
import { running } from './support/running.js'

after(disconnectAll)

/** @typedef {import('./support/people.js').Person} Person */

/** @param {Person} person @param {string} room */
async function comesInto(person, room) {
  const at = `${room.split('@')[0]}@${running.companion}`
  await person.client.send(xml('presence', { to: at }))
  return person.receives(
    ({ name, attrs }) => name === 'presence' && attrs.from === at && attrs.type !== 'unavailable',
  )
}

/** @param {Person} person @param {string} room */
const leaves = (person, room) =>
  person.client.send(
    xml('presence', { to: `${room.split('@')[0]}@${running.companion}`, type: 'unavailable' }),
  )

/** An open room that is gone with its last visitor. */
async function chatRoom(/** @type {Person} */ owner) {
  const room = `${newId('room')}@${running.rooms}`
  await owner.enters(room)
  await owner.configures(room, {
    'muc#roomconfig_persistentroom': '0',
    'muc#roomconfig_membersonly': '0',
  })
  return room
}

/** @param {Person} person @param {string} room */
async function entriesOf(person, room) {
  const answer = await person.ask('get', 'entries', { room })
  return answer.getChildren('entry').map((it) => [it.attrs.key, it.text(), it.attrs.owner])
}

/** The next change a person is told of. */
async function changeFor(/** @type {Person} */ person) {
  const told = await person.receives((it) => it.is('message') && it.getChild('entries', namespace))
  const [change] = told.getChild('entries', namespace)?.getChildElements() ?? []
  return [change?.name, change?.attrs.key, change?.text(), change?.attrs.owner]
}

describe('room entries', () => {
  it('are seen by all in the room, who are told of changes', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const room = await chatRoom(alice)
    await comesInto(alice, room)
    await comesInto(bob, room)
    await alice.ask('set', 'entry-set', { room, key: 'topic' }, '天气')
    assert.deepEqual(await changeFor(bob), ['entry', 'topic', '天气', alice.address])
    assert.deepEqual(await entriesOf(bob, room), [['topic', '天气', alice.address]])
    await alice.ask('set', 'entry-remove', { room, key: 'topic' })
    assert.deepEqual(await changeFor(bob), ['removed', 'topic', '', alice.address])
    assert.deepEqual(await entriesOf(bob, room), [])
  })

  it('are changed by who has set them, or by force', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const room = await chatRoom(alice)
    await comesInto(alice, room)
    await comesInto(bob, room)
    const entry = { room, key: 'seat-1' }
    await alice.ask('set', 'entry-set', entry, 'alice')
    assert.equal(await bob.refusal('set', 'entry-set', entry, 'bob'), 'forbidden')
    assert.equal(await bob.refusal('set', 'entry-remove', entry), 'forbidden')
    await bob.ask('set', 'entry-set', { ...entry, force: 'true' }, 'bob')
    assert.deepEqual(await entriesOf(alice, room), [['seat-1', 'bob', bob.address]])
    assert.equal(await alice.refusal('set', 'entry-set', entry, 'alice'), 'forbidden')
  })

  it('go with who has set them, if they were set so', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const room = await chatRoom(alice)
    await comesInto(alice, room)
    await comesInto(bob, room)
    await bob.ask('set', 'entry-set', { room, key: 'stays' }, '1')
    const goes = { room, 'remove-on-leave': 'true' }
    await bob.ask('set', 'entry-set', { ...goes, key: 'goes' }, '2')
    await changeFor(alice)
    await changeFor(alice)
    await leaves(bob, room)
    assert.deepEqual(await changeFor(alice), ['removed', 'goes', '', bob.address])
    await comesInto(bob, room)
    await bob.ask('set', 'entry-set', { ...goes, key: 'goes' }, '3')
    await changeFor(alice)
    // The server says for a session that it is gone.
    await bob.disconnect()
    assert.deepEqual(await changeFor(alice), ['removed', 'goes', '', bob.address])
    assert.deepEqual(await entriesOf(alice, room), [['stays', '1', bob.address]])
  })

  it('are for those in the room, and in a group for its members', async () => {
    const [alice, mallory] = await connectNew('alice', 'mallory')
    const open = await chatRoom(alice)
    assert.equal(await mallory.refusal('get', 'entries', { room: open }), 'forbidden')
    const group = await alice.createsGroup()
    for (const room of [group, `${newId('none')}@${running.rooms}`]) {
      assert.equal((await comesInto(mallory, room)).attrs.type, 'error')
      assert.equal(await mallory.refusal('get', 'entries', { room }), 'forbidden')
      assert.equal(await mallory.refusal('set', 'entry-set', { room, key: 'x' }, 'x'), 'forbidden')
    }
    await comesInto(alice, group)
    await alice.ask('set', 'entry-set', { room: group, key: 'x' }, 'x')
    assert.equal((await entriesOf(alice, group)).length, 1)
  })

  it('have limits', async () => {
    const [alice] = await connectNew('alice')
    const room = await chatRoom(alice)
    await comesInto(alice, room)
    const set = (/** @type {string} */ key, value = 'x') =>
      alice.refusal('set', 'entry-set', { room, key }, value)
    assert.equal(await set('a b'), 'bad-request')
    assert.equal(await set('k'.repeat(129)), 'bad-request')
    assert.equal(await set('key', 'v'.repeat(4097)), 'bad-request')
    assert.equal(await set('key', ''), 'bad-request')
    for (let number = 1; number <= 100; number += 1)
      assert.equal(await set(`k${number}`), undefined)
    assert.equal(await set('one-more'), 'resource-constraint')
    assert.equal(await set('k1', 'changed'), undefined)
    assert.equal(
      await alice.refusal('set', 'entry-remove', { room, key: 'none' }),
      'item-not-found',
    )
  })
})
