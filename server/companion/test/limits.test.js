// What a hostile user, and a careless administrator, may try.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { component } from '@xmpp/component'
import pg from 'pg'
import { namespace } from '../dist/request.js'
import { connectNew, disconnectAll, messagesOf, xml } from './support/people.js'
import { running } from './support/running.js'
import { startCompanionProcess } from './support/companion-process.js'

after(disconnectAll)

describe('the companion', () => {
  it('says what it can do', async () => {
    const [alice] = await connectNew('alice')
    const query = xml('query', { xmlns: 'http://jabber.org/protocol/disco#info' })
    const answer = await alice.iq('get', running.companion, query)
    const features =
      answer
        .getChild('query')
        ?.getChildren('feature')
        .map((it) => it.attrs.var) ?? []
    for (const request of [
      'conversations',
      'history',
      'search',
      'readers',
      'entry-set',
      'push-key',
    ]) {
      assert.ok(features.includes(`${namespace}#${request}`), request)
    }
  })

  it('answers for who the server says one is, whatever the request says', async () => {
    const [alice, bob, mallory] = await connectNew('alice', 'bob', 'mallory')
    await alice.says(bob.address, 'secret')
    const claims = { from: alice.session ?? '', user: alice.address, to: alice.address }
    const answer = await mallory.ask('get', 'history', { with: bob.address, ...claims })
    assert.deepEqual(messagesOf(answer.getChild('messages')), [])
    // The server ends a stream in which a stanza has another sender.
    const element = xml('history', { xmlns: namespace, with: bob.address })
    const ended = new Promise((resolve) => mallory.client.once('disconnect', resolve))
    await mallory.client.send(
      xml('iq', { type: 'get', id: 'x', from: alice.session, to: running.companion }, element),
    )
    await ended
    assert.ok(!mallory.came.join('').includes('secret'))
  })

  it('gives nothing to components and servers', async () => {
    // Another component could stamp what it likes; the server only lets it speak for its own domain.
    const pretended = component({
      service: running.service,
      domain: running.domain,
      password: running.secret,
    })
    pretended.reconnect.stop()
    pretended.on('error', () => {})
    await assert.rejects(pretended.start())
    await pretended.stop()
  })

  it('refuses what it does not understand, and lives on', async () => {
    const [alice] = await connectNew('alice')
    /** @type {[string, Record<string, string>][]} */
    const wrong = [
      ['history', {}],
      ['history', { with: 'a b@c' }],
      ['history', { with: `${alice.address}/resource` }],
      ['history', { with: `${'x'.repeat(1024)}@${running.domain}` }],
      ['history', { with: alice.address, before: '-1' }],
      ['history', { with: alice.address, before: '1e9' }],
      ['history', { with: alice.address, before: '1', after: '1' }],
      ['history', { with: alice.address, count: '101' }],
      ['history', { with: alice.address, count: '0' }],
      ['history', { with: alice.address, around: '99999999999999999999' }],
      ['conversations', { count: '201' }],
      ['conversations', { before: "1'; drop table archive; --" }],
      ['search', {}],
      ['readers', { with: alice.address }],
      ['entries', { room: alice.address }],
    ]
    for (const [request, attributes] of wrong) {
      const condition = await alice.refusal('get', request, attributes)
      assert.equal(condition, 'bad-request', `${request} ${JSON.stringify(attributes)}`)
    }
    for (const request of ['constructor', '__proto__', 'toString', 'entry-set', 'unheard-of']) {
      assert.equal(await alice.refusal('get', request), 'service-unavailable', request)
    }
    const messages = Array.from({ length: 201 }, (_, index) =>
      xml('message', { id: String(index) }),
    )
    assert.equal(
      await alice.refusal('get', 'operations', { with: alice.address }, ...messages),
      'bad-request',
    )
    const long = xml('text', {}, 'x'.repeat(129))
    assert.equal(await alice.refusal('get', 'search', {}, long), 'bad-request')
    assert.equal((await alice.ask('get', 'conversations')).attrs.more, 'false')
  })

  it('takes names in SQL’s own letters for names', async () => {
    const [alice, bob] = await connectNew(`a'; drop schema companion cascade; --`, '%_$1')
    const text = `'; delete from archive; -- $1 %s \\`
    await alice.says(bob.address, text)
    const { name } = bob
    const answer = await bob.ask(
      'get',
      'search',
      {},
      xml('text', {}, `delete from archive; -- $1 %s \\`),
    )
    assert.equal(answer.getChildren('found').length, 1, name)
    const quote = xml('type', {}, `RC:TxtMsg' or '1'='1`)
    assert.equal((await bob.ask('get', 'search', {}, quote)).getChildren('found').length, 0)
  })

  it('does not give a stranger a group, by any spelling of its name', async () => {
    const [alice, mallory] = await connectNew('alice', 'mallory')
    const group = await alice.createsGroup()
    await alice.says(group, 'secret')
    const [name = ''] = group.split('@')
    assert.equal(await mallory.refusal('get', 'history', { with: group }), 'forbidden')
    assert.equal(
      await mallory.refusal('get', 'history', { with: `nobody@${running.rooms}` }),
      'forbidden',
    )
    // One who is called like the group has an archive of that name.
    for (const spelled of [name.toUpperCase(), `${name}%`, `_${name.slice(1)}`]) {
      const refusal = await mallory.refusal('get', 'history', {
        with: `${spelled}@${running.rooms}`,
      })
      assert.equal(refusal, 'forbidden', spelled)
    }
    const upper = await mallory
      .ask('get', 'history', { with: group.toUpperCase() })
      .catch(() => undefined)
    assert.ok(!upper?.toString().includes('secret'))
  })

  it('gives less at once rather than too much', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    for (let index = 0; index < 40; index += 1) {
      await alice.says(bob.address, `${index} ${'x'.repeat(60_000)}`)
    }
    const answer = await bob.ask('get', 'history', { with: alice.address, count: '40' })
    const messages = answer.getChild('messages')?.getChildren('result') ?? []
    assert.ok(messages.length >= 10 && messages.length < 40, String(messages.length))
    assert.equal(answer.attrs.older, 'true')
    assert.ok(answer.toString().length <= 2_097_152)
  })

  it('archives what it can’t read', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    const strange = [
      { messageType: 7, content: { content: 'strange' } },
      { messageType: 'RC:RRRspMsg', content: { receiptMessageDic: ['x'] } },
      { messageType: 'RC:RcCmd', content: { messageUId: { $: 1 }, senderUserId: null } },
      { messageType: 'RC:TxtMsg', content: { content: 'zero \u0000 byte' } },
      { messageType: 'RC:TxtMsg', content: { content: 'half \ud800 pair' } },
      { messageType: 'RC:TxtMsg', content: 'text', directedUserIds: 'x', isMentioned: 1 },
    ].map((it) => JSON.stringify({ imkit: { messageUId: randomUUID(), ...it } }))
    for (const text of [...strange, deep]) {
      await alice.client.send(
        xml(
          'message',
          { to: bob.address, type: 'chat', id: randomUUID() },
          xml('json', { xmlns: 'urn:xmpp:json:0' }, text),
          xml('body', {}, 'strange'),
        ),
      )
      await bob.receives((it) => it.getChildText('body') === 'strange')
    }
    await alice.says(bob.address, 'last')
    const database = new pg.Client({ connectionString: running.database })
    await database.connect()
    const { rows } = await database.query('select count(*) from archive where username = $1', [
      bob.name,
    ])
    await database.end()
    assert.equal(Number(rows[0].count), strange.length + 2)
    const answer = await bob.ask('get', 'history', { with: alice.address })
    assert.equal(messagesOf(answer.getChild('messages')).at(-1)?.body, 'last')
  })
})

describe('a companion', () => {
  const environment = {
    COMPANION_HOST: running.domain,
    COMPANION_SERVICE: running.service,
    COMPANION_SECRET: running.secret,
    COMPANION_DATABASE: running.database,
    COMPANION_HTTP: 'off',
  }

  const failure = async (/** @type {Record<string, string>} */ change) => {
    const error = await startCompanionProcess({ ...environment, ...change }).catch((it) => it)
    return error instanceof Error ? error.message : 'It started.'
  }

  it('says everything that is wrong with its configuration', async () => {
    const message = await failure({
      COMPANION_HOST: '',
      COMPANION_DATABASE: 'mysql://x',
      COMPANION_RATE: 'many',
      COMPANION_HTTP: '0.0.0.0:80',
      COMPANION_TOKEN_KEY: JSON.stringify(running.key),
      COMPANION_VAPID_SUBJECT: 'x',
    })
    for (const name of ['HOST', 'DATABASE', 'RATE', 'TOKEN_KEY', 'VAPID_PUBLIC_KEY']) {
      assert.match(message, new RegExp(`COMPANION_${name}`))
    }
    assert.match(message, /ended with 1/)
  })

  it('ends when the database is not there', async () => {
    const database = new URL(running.database)
    database.port = '1'
    assert.match(await failure({ COMPANION_DATABASE: database.href }), /ECONNREFUSED/)
  })

  it('ends when the database is not ejabberd’s', async () => {
    const database = new URL(running.database)
    database.pathname = '/postgres'
    assert.match(await failure({ COMPANION_DATABASE: database.href }), /pg\.new\.sql/)
  })
})

describe('its HTTP endpoint', () => {
  it('says that all is well', async () => {
    const response = await fetch(`${running.http}/healthz`)
    assert.deepEqual([response.status, await response.json()], [200, { problems: {} }])
  })

  it('gives tokens in a demo', async () => {
    const response = await fetch(`${running.http}/token?userId=${encodeURIComponent('Ann/é')}`)
    const { token } = /** @type {{ token: string }} */ (await response.json())
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    assert.equal(claims.sub, `\\41nn\\2f\\c3\\a9@${running.domain}`)
    assert.equal((await fetch(`${running.http}/token`)).status, 400)
    assert.equal((await fetch(`${running.http}/token?userId=x`, { method: 'POST' })).status, 405)
    assert.equal((await fetch(`${running.http}/other`)).status, 404)
  })
})
