// The server that `npm run server` and the tests start.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { signToken } from '../../server/signing-key.js'
import { startServer } from '../../server/start-server.js'
import { temporaryFolder } from '../../server/temporary-folder.js'
import { ask, letIn, logIn, makeRoom, readArchive, textTo } from '../support/plain-xmpp.js'

/** @type {import('../../server/start-server.js').Server} */
let server

before(async () => {
  server = await startServer({ domain: 'im.localhost' })
})

after(() => server?.stop())

const address = (/** @type {string} */ localpart) => `${localpart}@${server.domain}`

const connect = async (/** @type {string} */ localpart, lifetime = 60) =>
  logIn(server, localpart, signToken(server.key, address(localpart), lifetime))

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
  const features = '<query xmlns="http://jabber.org/protocol/disco#info"/>'
  assert.ok((await ask(alice, 'get', features, server.domain)).includes('urn:imkit:0:ack'))

  alice.send(textTo(address('bob'), 'acknowledged'))
  const acknowledgement = await alice.receives('<ack', "id='acknowledged'")
  const attribute = (/** @type {string} */ name) =>
    new RegExp(`${name}='(\\d+)'`).exec(acknowledgement)?.[1]
  assert.ok(Math.abs(Number(attribute('time')) - Date.now()) < 60_000)
  await readArchive(alice)
  await alice.receives('<result', `id='${attribute('stanza-id')}'`, "id='acknowledged'")
  alice.close()
})

test('keeps messages for those who are away, whatever their id', async () => {
  // Escaped, an id of 64 characters from anywhere is this long.
  const long = '\\f0\\9f\\98\\80'.repeat(64)
  const alice = await connect('alice')
  for (const localpart of ['\\41nna\\20b', '好', long]) {
    await server.createUser(localpart)
    const words = `to ${localpart.slice(0, 9)}`
    alice.send(textTo(address(localpart), words))
    await alice.receives('<ack', words)
    const other = await connect(localpart)
    await readArchive(other)
    await other.receives('<result', words)
    other.close()
  }
  alice.close()
})

test('has groups that reach those who have no session in them', async () => {
  const [alice, bob, carol] = [await connect('alice'), await connect('bob'), await connect('carol')]
  const room = '\\47ruppe\\201@rooms.im.localhost'
  await makeRoom(alice, room, [address('bob')])
  alice.send(textTo(room, 'to all', 'groupchat'))
  await bob.receives('urn:xmpp:mucsub:nodes:messages', 'to all')
  await readArchive(bob)
  await bob.receives('<result', 'to all')
  assert.ok((await readArchive(carol, room)).includes("type='error'"))
  for (const client of [alice, bob, carol]) client.close()
})

/** Addresses to put a file of so many bytes to, and to get it from; or the server's refusal. */
async function slotFor(
  /** @type {import('../support/plain-xmpp.js').PlainXmpp} */ client,
  /** @type {string} */ name,
  size = 5,
) {
  const request = `<request xmlns="urn:xmpp:http:upload:0" filename="${name}" size="${size}"/>`
  const slot = await ask(client, 'get', request, 'upload.im.localhost')
  const [put = '', get = ''] = [...slot.matchAll(/url='([^']*)'/g)].map(([, url]) => url)
  return { put, get, slot }
}

test('takes files from pages of other origins, and gives them out harmless', async () => {
  const alice = await connect('alice')
  const { put, get, slot } = await slotFor(alice, 'page.html')
  alice.close()
  assert.ok(put.startsWith(server.uploadUrl), slot)
  const asked = await fetch(put, {
    method: 'OPTIONS',
    headers: { Origin: 'https://chat.example', 'Access-Control-Request-Method': 'PUT' },
  })
  assert.equal(asked.headers.get('access-control-allow-origin'), '*')
  const headers = { 'Content-Type': 'text/html' }
  assert.equal((await fetch(put, { method: 'PUT', body: '<p>hi', headers })).status, 201)
  const given = await fetch(get)
  assert.equal(await given.text(), '<p>hi')
  assert.match(given.headers.get('content-security-policy') ?? '', /sandbox/)
})

test('lets browsers show images, sound and videos, and has them save everything else', async () => {
  const alice = await connect('alice')
  const expected = {
    'a.png': ['image/png', 'inline'],
    'voice.webm': ['video/webm', 'inline'],
    'voice.opus': ['audio/ogg', 'inline'],
    'clip.MOV': ['video/quicktime', 'inline'],
    'drawing.svg': ['image/svg+xml', 'attachment'],
    'note.txt': ['text/plain', 'attachment'],
    'page.html': ['application/octet-stream', 'attachment'],
    'page.xhtml': ['application/octet-stream', 'attachment'],
    plain: ['application/octet-stream', 'attachment'],
  }
  for (const [name, [type, disposition]] of Object.entries(expected)) {
    const { put, get } = await slotFor(alice, name)
    assert.equal((await fetch(put, { method: 'PUT', body: '<p>hi' })).status, 201)
    for (const method of ['GET', 'HEAD']) {
      const { headers } = await fetch(get, { method })
      assert.equal(headers.get('content-type'), type, `${method} ${name}`)
      assert.equal(headers.get('content-disposition'), disposition, `${method} ${name}`)
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
    }
  }
  alice.close()
})

test('gives no room to who has used it up, and keeps what is there', async () => {
  const small = await startServer({ domain: 'im.localhost', uploadQuota: 12 })
  try {
    const tokenOf = (/** @type {string} */ user) => signToken(small.key, address(user), 60)
    const alice = await logIn(small, 'alice', tokenOf('alice'))
    const bob = await logIn(small, 'bob', tokenOf('bob'))
    const kept = await Promise.all(['one.txt', 'two.txt'].map((name) => slotFor(alice, name)))
    for (const { put } of kept) await fetch(put, { method: 'PUT', body: '<p>hi' })
    assert.match((await slotFor(alice, 'three.txt')).slot, /resource-constraint/)
    assert.match((await slotFor(alice, 'tiny.txt', 2)).slot, /<put/)
    assert.match((await slotFor(bob, 'one.txt')).slot, /<put/)
    for (const { get } of kept) assert.equal(await (await fetch(get)).text(), '<p>hi')
  } finally {
    await small.stop()
  }
})

test('takes a message of 128 KB', async () => {
  const alice = await connect('alice')
  // Each of these characters takes six bytes on the way.
  const body = '&quot;'.repeat(131_072)
  alice.send(textTo(address('bob'), 'large').replace('<body>', `<body>${body}`))
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
  for (const to of ['bob', 'dora']) alice.send(textTo(address(to), `last words to ${to}`))
  await alice.receives('<ack', "id='last words to bob'")
  await alice.receives('<ack', "id='last words to dora'")
  await server.kill()
  await alice.closed
  await server.restart()
  for (const to of ['bob', 'dora']) {
    const client = await connect(to)
    await readArchive(client)
    await client.receives('<result', `last words to ${to}`)
    client.close()
  }
})

for (const database of /** @type {const} */ (['sqlite', 'postgres'])) {
  test(`goes by subscriptions for members of before it kept when they came in (${database})`, async () => {
    const folder = temporaryFolder('imkit-entries')
    const options = { domain: 'im.localhost', folder, database }
    const room = `team@rooms.${options.domain}`
    const begin = async (/** @type {boolean} */ hasOwnModules) => {
      const started = await startServer({ ...options, hasOwnModules })
      for (const user of ['bob', 'carol']) await started.createUser(user)
      const enter = (/** @type {string} */ user) =>
        logIn(started, user, signToken(started.key, address(user), 60))
      return { started, enter }
    }
    try {
      const before = await begin(false)
      const owner = await before.enter('alice')
      await makeRoom(owner, room, [address('bob')])
      owner.send(textTo(room, 'before the module', 'groupchat'))
      await readArchive(owner, room)
      await before.started.stop()

      const { started, enter } = await begin(true)
      try {
        const [alice, bob, carol] = [await enter('alice'), await enter('bob'), await enter('carol')]
        await letIn(alice, room, address('carol'))
        for (const [user, count] of /** @type {const} */ ([
          [alice, 1],
          [bob, 1],
          [carol, 0],
        ])) {
          assert.match(await readArchive(user, room), new RegExp(`<count>${count}<`))
          await readArchive(user)
        }
        for (const of of [room, address('bob')]) {
          await bob.receives('<result', `from='${of}'`, 'before the module')
        }
      } finally {
        await started.stop()
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
}

test('slows down who sends too much, where it is told to', async () => {
  const slow = await startServer({ domain: 'im.localhost', bytesPerSecond: 2000 })
  const token = signToken(slow.key, address('alice'), 60)
  await slow.createUser('bob')
  const alice = await logIn(slow, 'alice', token)
  const start = Date.now()
  for (const words of ['one', 'two', 'three']) {
    alice.send(textTo(address('bob'), words).replace('<body>', `<body>${'x'.repeat(2000)}`))
    await alice.receives('<ack', words)
  }
  assert.ok(Date.now() - start > 1000)
  await slow.stop()
})

test('leaves nothing behind when it is stopped', async () => {
  const other = await startServer({ hasOwnModules: false })
  await other.stop()
  assert.equal(existsSync(other.folder), false)
  await assert.rejects(fetch(other.apiUrl))
})

test('ends with whoever started it, however that ends', async () => {
  const module = new URL('../../server/start-server.js', import.meta.url).href
  const start = `
    import { startServer } from ${JSON.stringify(module)}
    const { apiUrl } = await startServer()
    console.log(apiUrl)
    setInterval(() => {}, 1000)`
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', start], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const apiUrl = await new Promise((resolve) => {
    owner.stdout.once('data', (it) => resolve(`${it}`.trim()))
  })
  await fetch(apiUrl)
  owner.kill('SIGKILL')
  await assert.rejects(async () => {
    for (;;) await fetch(apiUrl)
  })
})
