// The compose files, for real: what server/README.md says is done with its own commands, and what it
// promises is asked of the containers by clients. Needs Docker and Compose, ports 80 and 443, and
// Debian for what no registry has; takes some minutes, so it is run by hand:
// `npm run build && npm run test:containers`.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { connect } from 'node:tls'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { xmpp } from '../../dist/src/backends/xmpp/index.js'
import { IMClient } from '../../dist/src/core/index.js'
import { signToken } from '../../server/signing-key.js'
import { ask, logIn, makeRoom, readArchive, textTo } from '../support/plain-xmpp.js'
import { commandsWith, startTrial } from './trial.js'

/** How long clients may be without a server when a node dies, in milliseconds. */
const outageAllowed = 5000

/** @type {import('./trial.js').Trial} */
let trial

before(async () => {
  // Nobody has signed the certificate of the trial.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
  trial = await startTrial()
})

after(() => trial?.stop())

const address = (/** @type {string} */ localpart) => `${localpart}@${trial.domain}`
const room = () => `group@rooms.${trial.domain}`
const tokenOf = (/** @type {string} */ localpart) => signToken(trial.key, address(localpart), 600)

/** Until HAProxy has seen that a node is gone it may lead there. */
async function enter(/** @type {string} */ localpart) {
  const deadline = Date.now() + 30_000
  for (;;) {
    try {
      return await logIn(trial, localpart, tokenOf(localpart))
    } catch (error) {
      if (Date.now() > deadline) throw error
      await pause()
    }
  }
}

/** HAProxy refuses who comes more than ten times a second. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 200))

/** The service whose node has the session. */
async function nodeOf(/** @type {import('../support/plain-xmpp.js').PlainXmpp} */ { jid }) {
  const sessions = await trial.call('connected_users_info')
  const found = sessions.find((/** @type {{ jid: string }} */ session) => session.jid === jid)
  return found.node.split('@')[1]
}

test('an application’s server makes users and tokens as the README says', async () => {
  const printed = await trial.runInApplication(
    `for (const user of ['alice', 'bob', 'carol', 'dan', 'Zoë', 'Zoë']) await createUser(user)
     console.log(tokenFor('Zoë'))`,
  )
  const zoe = await logIn(trial, String.raw`\5ao\c3\ab`, printed.trim())
  await trial.call('send_stanza', {
    from: `${trial.domain}/news`,
    to: zoe.jid,
    stanza: '<message type="chat" id="welcome"><body>Welcome!</body></message>',
  })
  await zoe.receives('<message', `from='${trial.domain}/news'`, 'Welcome!')
  zoe.close()
})

test('nothing but chat is to be had from outside, and only with TLS', async () => {
  const plain = await fetch(`${trial.httpUrl}/ws`, { redirect: 'manual' })
  assert.equal(plain.status, 301)
  for (const path of ['/api/status', '/upload/', '/']) {
    assert.equal((await fetch(`${trial.httpsUrl}${path}`)).status, 404)
  }
  for (const port of [4369, 5222, 5280, 5281, 5347, 5432, 8081]) {
    await assert.rejects(fetch(`http://127.0.0.1:${port}/`), `${port}`)
  }
})

test('two nodes are one server', async () => {
  const [alice, bob, carol] = [await enter('alice'), await enter('bob'), await enter('carol')]
  assert.notEqual(await nodeOf(alice), await nodeOf(bob))

  alice.send(textTo(address('bob'), 'to the other node'))
  await bob.receives('<message', 'to the other node')
  await alice.receives('<ack', 'to the other node')

  await makeRoom(alice, room(), [address('bob'), address('carol')])
  alice.send(textTo(room(), 'to the group', 'groupchat'))
  for (const member of [bob, carol]) {
    await member.receives('urn:xmpp:mucsub:nodes:messages', 'to the group')
  }
  for (const client of [alice, bob, carol]) client.close()
})

test('files go up and come down over TLS, whichever node is asked', async () => {
  const alice = await enter('alice')
  const request = '<request xmlns="urn:xmpp:http:upload:0" filename="note.txt" size="8"/>'
  // The nodes take turns.
  for (let count = 0; count < 3; count++) {
    const slot = await ask(alice, 'get', request, `upload.${trial.domain}`)
    const [put = '', get = ''] = [...slot.matchAll(/url='([^']*)'/g)].map(([, url]) => url)
    assert.ok(put.startsWith(`${trial.httpsUrl}/upload/`), put)
    assert.equal((await fetch(put, { method: 'PUT', body: 'the file' })).status, 201)
    for (let again = 0; again < 2; again++) {
      const response = await fetch(get)
      assert.equal(await response.text(), 'the file')
      assert.match(String(response.headers.get('content-security-policy')), /sandbox/)
    }
    fileUrls.push(get)
  }
  alice.close()
})

/** @type {string[]} Of the files that were sent up. */
const fileUrls = []

test('the companion has the conversation list, whichever node dies', async () => {
  const request = '<conversations xmlns="urn:imkit:companion:0" count="20"/>'
  const list = async () => {
    const bob = await enter('bob')
    try {
      return await ask(bob, 'get', request, `companion.${trial.domain}`)
    } finally {
      bob.close()
    }
  }
  const said = ['to the other node', 'to the group']
  const hasAll = (/** @type {string} */ answer) => said.every((words) => answer.includes(words))
  assert.ok(hasAll(await list()))
  for (const service of ['node-1', 'node-2']) {
    await trial.signal(service, 'SIGKILL')
    await until(async () => hasAll(await list()))
    await untilTogether()
  }
})

test('the companion pushes, with a key of this server’s own', async () => {
  const alice = await enter('alice')
  const request = '<push-key xmlns="urn:imkit:companion:0"/>'
  const answer = await ask(alice, 'get', request, `companion.${trial.domain}`)
  const settings = await trial.run('cat .env')
  const [, key = 'none'] = /^VAPID_PUBLIC_KEY=(.+)$/m.exec(settings) ?? []
  assert.ok(answer.includes(`>${key}<`), answer)
  alice.close()
})

test('clients of imkit go on at the other node when theirs is killed', async () => {
  const [alice, bob] = await Promise.all(['alice', 'bob'].map(page))
  try {
    const say = (/** @type {string} */ content) =>
      alice.sender.send(
        { conversationType: 1, targetId: 'bob' },
        { messageType: 'RC:TxtMsg', content: { content } },
      )
    const isHeard = async (/** @type {string} */ content) => {
      const [latest] = await bob.conversations.list()
      return latest?.latestMessage?.content.content === content
    }
    for (const service of ['node-1', 'node-2']) {
      await trial.signal(service, 'SIGKILL')
      const killed = Date.now()
      const words = `without ${service}`
      await say(words)
      await until(() => isHeard(words))
      const outage = Date.now() - killed
      console.log(`${words}: ${outage} ms`)
      assert.ok(outage < outageAllowed, `${outage} ms`)
      await untilTogether()
    }
  } finally {
    for (const client of [alice, bob]) await client.disconnect()
  }
})

/** What a page of that user has. */
async function page(/** @type {string} */ localpart) {
  const database = { indexedDB: new IDBFactory(), IDBKeyRange }
  const backend = xmpp({ url: trial.url, domain: trial.domain })
  const client = new IMClient({ appkey: 'trial', backend, database })
  await client.connect(tokenOf(localpart))
  return client
}

test('the way leads past a node that is gone without a word', async () => {
  const node = (await trial.compose('ps --quiet node-2')).trim()
  await trial.run(`docker network disconnect ${trial.network} ${node}`)
  for (let count = 0; count < 4; count++) {
    const start = Date.now()
    assert.equal((await fetch(`${trial.httpsUrl}/ws`)).status, 200)
    const wait = Date.now() - start
    assert.ok(wait < 3000, `${wait} ms`)
  }
  await trial.compose('up -d --wait --force-recreate --no-deps node-2')
  await untilTogether()
})

test('everything is there after a stop and a start of all, in whatever order nodes ended', async () => {
  for (const [first, second] of [
    ['node-1', 'node-2'],
    ['node-2', 'node-1'],
  ]) {
    await trial.compose(`kill ${first}`)
    await trial.compose(`stop ${second}`)
    await trial.compose('stop')
    await trial.compose('up -d --wait')
    await untilTogether()
    await everythingIsThere()
  }
})

test('an upgrade is one node after the other, and somebody is always there', async () => {
  let isDone = false
  let longest = 0
  const upgrade = trial.run(commandsWith('--no-cache')).finally(() => (isDone = true))
  while (!isDone) {
    const start = Date.now()
    const alice = await enter('alice')
    alice.send(textTo(address('dan'), `at ${start}`))
    await alice.receives('<ack', `at ${start}`).catch(() => {
      // The node has stopped meanwhile: the next time, then.
    })
    alice.close()
    longest = Math.max(longest, Date.now() - start)
    await pause()
  }
  await upgrade
  console.log(`upgrade: a login and a message took at most ${longest} ms`)
  assert.ok(longest < outageAllowed, `${longest} ms`)
  await untilTogether()
  await everythingIsThere()
})

test('a new certificate is taken without an end to what is connected', async () => {
  const alice = await enter('alice')
  const before = await fingerprint()
  await trial.renewCertificate()
  await trial.compose('kill -s USR2 haproxy')
  await until(async () => (await fingerprint()) !== before)
  const bob = await enter('bob')
  alice.send(textTo(address('bob'), 'over the old connection'))
  await bob.receives('<message', 'over the old connection')
  for (const client of [alice, bob]) client.close()
})

/** Of the certificate that is shown. */
async function fingerprint() {
  const socket = connect({ port: 443, host: 'localhost', rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const { fingerprint256 } = socket.getPeerCertificate()
  socket.destroy()
  return fingerprint256
}

test('what was backed up is there again on a machine that has nothing', async () => {
  await trial.run(commandsWith('pg_dump'))
  await trial.compose('down --volumes')
  await trial.run(commandsWith('pg_restore'))
  await untilTogether()
  await everythingIsThere()
  const [bob, carol] = [await enter('bob'), await enter('carol')]
  carol.send(textTo(room(), 'after the restore', 'groupchat'))
  await bob.receives('urn:xmpp:mucsub:nodes:messages', 'after the restore')
  for (const client of [bob, carol]) client.close()
})

test('one node on one’s own machine is started by one command', async () => {
  const compose = (/** @type {string} */ commands) =>
    trial.run(`docker compose --project-name imkit-trial-alone ${commands}`)
  try {
    await compose('up -d')
    await until(async () => (await fetch('http://localhost:5280/ws')).ok)
    const registered = await fetch('http://localhost:5281/api/register/v2', {
      method: 'POST',
      body: JSON.stringify({ user: 'eve', host: 'localhost', password: 'of nobody' }),
    })
    assert.equal(registered.status, 200)
    const server = { url: 'ws://localhost:5280/ws', domain: 'localhost' }
    const eve = await logIn(server, 'eve', signToken(trial.key, 'eve@localhost', 60))
    eve.close()
  } finally {
    await compose('down --volumes')
  }
})

async function everythingIsThere() {
  const bob = await enter('bob')
  await readArchive(bob)
  for (const words of ['to the other node', 'to the group']) await bob.receives('<result', words)
  bob.close()
  for (const url of fileUrls) assert.equal(await (await fetch(url)).text(), 'the file')
}

/** Each node sees both. */
async function untilTogether() {
  await until(async () => {
    for (const node of ['node-1', 'node-2']) {
      const seen = await trial.compose(`exec -T ${node} ejabberdctl list_cluster`)
      if (!seen.includes('node-1') || !seen.includes('node-2')) return false
    }
    return true
  })
}

/** What fails while a container starts is no answer yet. */
async function until(/** @type {() => unknown} */ isSo) {
  const deadline = Date.now() + 60_000
  for (;;) {
    try {
      if (await isSo()) return
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
    assert.ok(Date.now() < deadline, String(isSo))
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
