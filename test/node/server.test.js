// The server that `npm run server` and the tests start.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { signToken } from '../../server/signing-key.js'
import { startServer } from '../../server/start-server.js'
import { logIn } from '../support/plain-xmpp.js'

/** @type {import('../../server/start-server.js').Server} */
let server

before(async () => {
  server = await startServer({ domain: 'im.localhost' })
})

after(() => server?.stop())

const connect = async (/** @type {string} */ localpart, lifetime = 60) =>
  logIn(server, localpart, signToken(server.key, `${localpart}@${server.domain}`, lifetime))

const address = (/** @type {string} */ localpart) => `${localpart}@${server.domain}`

const message = (/** @type {string} */ to, /** @type {string} */ id, type = 'chat') =>
  `<message xmlns="jabber:client" type="${type}" id="${id}" to="${to}"><body>${id}</body></message>`

const archive = (id = 'archive', to = '') =>
  `<iq xmlns="jabber:client" type="set" id="${id}" ${to && `to="${to}"`}><query xmlns="urn:xmpp:mam:2"/></iq>`

test('lets in who has a token, and nobody with an expired or another user’s one', async () => {
  const alice = await connect('alice')
  assert.match(alice.jid, /^alice@im\.localhost\//)
  alice.close()
  await assert.rejects(connect('alice', -60), /not-authorized/)
  const bobs = signToken(server.key, address('bob'), 60)
  await assert.rejects(logIn(server, 'alice', bobs), /not-authorized/)
  const forged = signToken({ k: 'AAAA' }, address('alice'), 60)
  await assert.rejects(logIn(server, 'alice', forged), /not-authorized/)
})

test('tells a sender the id and time that the archive gave to a message', async () => {
  await server.createUser('bob')
  const alice = await connect('alice')
  alice.send(
    '<iq xmlns="jabber:client" type="get" id="features" to="im.localhost"><query xmlns="http://jabber.org/protocol/disco#info"/></iq>',
  )
  assert.ok((await alice.receives("id='features'")).includes('urn:imkit:0:ack'))

  alice.send(message(address('bob'), 'acknowledged'))
  const acknowledgement = await alice.receives('<ack', "id='acknowledged'")
  const attribute = (/** @type {string} */ name) =>
    new RegExp(`${name}='(\\d+)'`).exec(acknowledgement)?.[1]
  assert.ok(Math.abs(Number(attribute('time')) - Date.now()) < 60_000)
  alice.send(archive())
  await alice.receives('<result', `id='${attribute('stanza-id')}'`, "id='acknowledged'")
  alice.close()
})

test('keeps messages for those who are away, whatever their id', async () => {
  // Escaped, an id of 64 characters from anywhere is this long.
  const long = '\\f0\\9f\\98\\80'.repeat(64)
  const alice = await connect('alice')
  for (const localpart of ['\\41nna\\20b', '好', long]) {
    await server.createUser(localpart)
    alice.send(message(address(localpart), `to ${localpart.slice(0, 9)}`))
    await alice.receives('<ack')
    const other = await connect(localpart)
    other.send(archive())
    await other.receives('<result', `to ${localpart.slice(0, 9)}`)
    other.close()
  }
  alice.close()
})

test('has groups that reach those who have no session in them', async () => {
  const [alice, bob] = [await connect('alice'), await connect('bob')]
  const room = '\\47ruppe\\201@rooms.im.localhost'
  alice.send(
    `<presence xmlns="jabber:client" to="${room}/alice"><x xmlns="http://jabber.org/protocol/muc"/></presence>`,
  )
  await alice.receives("code='110'")
  const ask = async (/** @type {string} */ id, /** @type {string} */ query) => {
    alice.send(`<iq xmlns="jabber:client" type="set" id="${id}" to="${room}">${query}</iq>`)
    const answer = await alice.receives(`id='${id}'`)
    assert.ok(answer.includes("type='result'"), answer)
  }
  await ask(
    'configure',
    '<query xmlns="http://jabber.org/protocol/muc#owner"><x xmlns="jabber:x:data" type="submit"/></query>',
  )
  await ask(
    'member',
    `<query xmlns="http://jabber.org/protocol/muc#admin"><item affiliation="member" jid="${address('bob')}"/></query>`,
  )
  await ask(
    'subscribe',
    `<subscribe xmlns="urn:xmpp:mucsub:0" jid="${address('bob')}" nick="bob"><event node="urn:xmpp:mucsub:nodes:messages"/></subscribe>`,
  )
  alice.send(message(room, 'to all', 'groupchat'))
  await bob.receives('urn:xmpp:mucsub:nodes:messages', 'to all')
  bob.send(archive())
  await bob.receives('<result', 'to all')

  // Who is no member reads nothing.
  const carol = await connect('carol')
  carol.send(archive('closed', room))
  assert.ok((await carol.receives("id='closed'")).includes("type='error'"))
  for (const client of [alice, bob, carol]) client.close()
})

test('takes files from pages of other origins, and gives them out harmless', async () => {
  const alice = await connect('alice')
  alice.send(
    '<iq xmlns="jabber:client" type="get" id="slot" to="upload.im.localhost"><request xmlns="urn:xmpp:http:upload:0" filename="page.html" size="5" content-type="text/html"/></iq>',
  )
  const slot = await alice.receives("id='slot'")
  const [put = '', get = ''] = [...slot.matchAll(/url='([^']*)'/g)].map(([, url]) => url)
  assert.ok(put.startsWith(server.uploadUrl), slot)
  const asked = await fetch(put, {
    method: 'OPTIONS',
    headers: { Origin: 'https://chat.example', 'Access-Control-Request-Method': 'PUT' },
  })
  assert.equal(asked.headers.get('access-control-allow-origin'), '*')
  const kept = await fetch(put, {
    method: 'PUT',
    body: '<p>hi',
    headers: { 'Content-Type': 'text/html' },
  })
  assert.equal(kept.status, 201)
  const given = await fetch(get)
  assert.equal(await given.text(), '<p>hi')
  assert.match(given.headers.get('content-security-policy') ?? '', /sandbox/)
  alice.close()
})

test('takes a message of 128 KB', async () => {
  const alice = await connect('alice')
  // Each of these characters takes six bytes on the way.
  const body = '&quot;'.repeat(131_072)
  alice.send(
    `<message xmlns="jabber:client" type="chat" id="large" to="${address('bob')}"><body>${body}</body></message>`,
  )
  await alice.receives('<ack', "id='large'")
  alice.close()
})

test('says what is wrong with a call', async () => {
  await assert.rejects(server.call('register', {}), /register: 400/)
})

test('is killed and comes back with everything it had acknowledged', async () => {
  await server.createUser('dora')
  const alice = await connect('alice')
  // One of the two is there.
  await connect('bob')
  for (const to of ['bob', 'dora']) alice.send(message(address(to), `last words to ${to}`))
  await alice.receives('<ack', "id='last words to bob'")
  await alice.receives('<ack', "id='last words to dora'")
  await server.kill()
  await alice.closed
  await server.restart()
  for (const to of ['bob', 'dora']) {
    const client = await connect(to)
    client.send(archive())
    await client.receives('<result', `last words to ${to}`)
    client.close()
  }
})

test('leaves nothing behind when it is stopped', async () => {
  const other = await startServer()
  await other.stop()
  assert.equal(existsSync(other.folder), false)
  await assert.rejects(fetch(other.apiUrl))
})

test('ends with whoever started it, however that ends', async () => {
  const start = `
    import { startServer } from ${JSON.stringify(new URL('../../server/start-server.js', import.meta.url).href)}
    const { apiUrl } = await startServer()
    console.log(apiUrl)
    setInterval(() => {}, 1000)`
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', start], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const apiUrl = await new Promise((resolve) =>
    owner.stdout.once('data', (it) => resolve(`${it}`.trim())),
  )
  await fetch(apiUrl)
  owner.kill('SIGKILL')
  await assert.rejects(async () => {
    for (;;) await fetch(apiUrl)
  })
})
