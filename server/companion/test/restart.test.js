// What happens to users when the companion or the server goes away and comes back.

import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import pg from 'pg'
import { namespace } from '../dist/request.js'
import { connectNew, disconnectAll, xml } from './support/people.js'
import { control, running } from './support/running.js'

after(disconnectAll)

describe('a companion that was away', () => {
  it('knows what was said meanwhile, and who has left', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const room = await alice.createsGroup(bob)
    const at = `${room.split('@')[0]}@${running.companion}`
    for (const person of [alice, bob]) {
      await person.client.send(xml('presence', { to: at }))
      await person.receives((it) => it.is('presence') && it.attrs.from === at)
    }
    const entry = { room, key: 'seat', 'remove-on-leave': 'true' }
    await bob.ask('set', 'entry-set', entry, 'taken')
    await alice.receives((it) => it.getChild('entries', namespace))
    await control('stop-companion')
    await bob.disconnect()
    await alice.says(bob.address, 'meanwhile')
    await control('start-companion')
    const told = await alice.receives((it) => it.getChild('entries', namespace))
    const removed = told.getChild('entries', namespace)?.getChild('removed')
    assert.deepEqual([removed?.attrs.key, removed?.attrs.owner], ['seat', bob.address])
    assert.ok((await alice.ask('get', 'conversations')).toString().includes('meanwhile'))
  })

  it('indexes what was archived before there was one', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    await control('stop-companion')
    const database = new pg.Client({ connectionString: running.database })
    await database.connect()
    await database.query('drop schema companion cascade')
    await alice.says(bob.address, 'earlier')
    const oops = await alice.says(bob.address, 'oops')
    await alice.sends(bob.address, 'RC:RcCmd', { messageUId: oops, senderUserId: alice.id })
    await database.end()
    await control('start-companion')
    const answer = await bob.ask('get', 'conversations')
    assert.equal(answer.getChild('conversation')?.attrs.unread, '1')
    const found = await bob.ask('get', 'search', {}, xml('text', {}, 'earlier'))
    assert.equal(found.getChildren('found').length, 1)
  })
})

describe('a server that starts after the companion', () => {
  it('makes its own tables: none of the companion’s has a name that it looks for', async () => {
    const database = new pg.Client({ connectionString: running.database })
    await database.connect()
    const { rows } = await database.query(
      'select tablename from pg_tables group by tablename having count(*) > 1',
    )
    await database.end()
    assert.deepEqual(rows, [])
  })
})

describe('a server that was killed', () => {
  it('is found again', async () => {
    await control('kill-server')
    const [alice] = await connectNew('alice')
    const response = await fetch(`${running.http}/healthz`)
    assert.equal(response.status, 200)
    assert.equal((await alice.ask('get', 'conversations')).attrs.more, 'false')
  })
})
