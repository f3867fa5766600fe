// Two nodes on one PostgreSQL, with the configuration that the containers have.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { signToken } from '../../server/signing-key.js'
import { startCluster } from '../../server/start-cluster.js'
import { ask, letIn, logIn, makeRoom, readArchive, textTo } from '../support/plain-xmpp.js'
import { startHaproxy } from '../support/start-haproxy.js'

const domain = 'im.localhost'
const room = `group@rooms.${domain}`
const address = (/** @type {string} */ localpart) => `${localpart}@${domain}`

/** @type {import('../../server/start-cluster.js').Cluster} */
let cluster

before(async () => {
  cluster = await startCluster({ domain })
})

after(() => cluster?.stop())

const node = (/** @type {number} */ index) => {
  const found = cluster.nodes[index]
  assert.ok(found)
  return found
}

const connect = (/** @type {string} */ localpart, /** @type {number} */ index) =>
  logIn(node(index), localpart, signToken(node(index).key, address(localpart), 60))

test('node.yml names every module of our own', () => {
  const server = new URL('../../server/', import.meta.url)
  const modules = readdirSync(new URL('ejabberd-modules/', server)).filter((name) =>
    name.endsWith('.erl'),
  )
  const file = readFileSync(new URL('ejabberd/node.yml', server), 'utf8')
  const named = [...file.matchAll(/^ {2}(mod_imkit_\w+):/gm)].map(([, name]) => `${name}.erl`)
  assert.deepEqual(named.sort(), modules.sort())
})

test('two nodes are one server, and one of them is enough', async () => {
  for (const user of ['alice', 'bob', 'carol', 'dan', 'erin']) await node(0).createUser(user)
  const alice = await connect('alice', 0)
  const bob = await connect('bob', 1)
  const carol = await connect('carol', 1)

  // Both have the modules of their own, which node.yml names.
  const features = '<query xmlns="http://jabber.org/protocol/disco#info"/>'
  assert.ok((await ask(bob, 'get', features, domain)).includes('urn:imkit:0:ack'))

  alice.send(textTo(address('bob'), 'to the other node'))
  await bob.receives('<message', 'to the other node')
  await alice.receives('<ack', 'to the other node')

  await makeRoom(alice, room, [address('bob'), address('carol')])
  alice.send(textTo(room, 'to the group', 'groupchat'))
  await bob.receives('urn:xmpp:mucsub:nodes:messages', 'to the group')

  // A proxy leads to any node, also to the one that has not given the address.
  for (const [taker, other] of [
    [0, 1],
    [1, 0],
  ]) {
    const request = '<request xmlns="urn:xmpp:http:upload:0" filename="note.txt" size="2"/>'
    const slot = await ask(alice, 'get', request, `upload.${domain}`)
    const [put = '', get = ''] = [...slot.matchAll(/url='([^']*)'/g)].map(([, url]) => url)
    const on = (/** @type {string} */ url, /** @type {number} */ index) =>
      url.replace(node(0).uploadUrl, node(index).uploadUrl)
    const send = () => fetch(on(put, taker), { method: 'PUT', body: 'hi' })
    assert.equal((await send()).status, 201)
    assert.equal((await send()).status, 403)
    assert.equal(await (await fetch(on(get, other))).text(), 'hi')
  }

  const dan = `<add jid="${address('dan')}"/>`
  await ask(bob, 'set', `<watch xmlns="urn:imkit:0:presence">${dan}</watch>`)
  await bob.receives('urn:imkit:0:presence', address('dan'), `online='false'`)
  await connect('dan', 0)
  await bob.receives('urn:imkit:0:presence', address('dan'), `online='true'`)

  await node(0).kill()
  const killed = Date.now()
  await alice.closed
  const again = await connect('alice', 1)
  again.send(textTo(address('bob'), 'from the node that is left'))
  await bob.receives('<message', 'from the node that is left')
  // The room was at home on the node that was killed.
  carol.send(textTo(room, 'group on the node that is left', 'groupchat'))
  await bob.receives('urn:xmpp:mucsub:nodes:messages', 'group on the node that is left')
  const outage = Date.now() - killed
  assert.ok(outage < 5000, `${outage} ms`)

  // He was on the node that was killed, and has not come back.
  await bob.receives('urn:imkit:0:presence', address('dan'), `online='false'`)

  for (const of of [undefined, room]) await readArchive(bob, of)
  for (const words of ['to the other node', 'from the node that is left']) {
    await bob.receives('<result', words)
  }
  for (const words of ['to the group', 'group on the node that is left']) {
    // In his own archive, and in the room's.
    await bob.receives('<result', `from='${bob.jid.split('/')[0]}'`, words)
    await bob.receives('<result', `from='${room}'`, words)
  }

  await letIn(again, room, address('erin'))
  carol.send(textTo(room, 'to erin too', 'groupchat'))
  await bob.receives('urn:xmpp:mucsub:nodes:messages', 'to erin too')

  await node(0).restart()
  // She came in by the other node, and what was said before is not for her on any.
  for (const index of [0, 1]) {
    const erin = await connect('erin', index)
    assert.match(await readArchive(erin, room), /<count>1</)
    await erin.receives('<result', `from='${room}'`, 'to erin too')
  }
  const back = await connect('carol', 0)
  back.send(textTo(room, 'from the node that is back', 'groupchat'))
  await bob.receives('urn:xmpp:mucsub:nodes:messages', 'from the node that is back')
})

test('HAProxy leads to a node that is well, and to nothing but chat', async () => {
  // Nobody has signed the certificate of the test.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
  const haproxy = await startHaproxy(cluster.nodes)
  const enter = (/** @type {string} */ user) =>
    logIn({ url: haproxy.url, domain }, user, signToken(node(0).key, address(user), 60))
  try {
    assert.equal((await fetch(`${haproxy.httpUrl}/ws`, { redirect: 'manual' })).status, 301)
    for (const path of ['/api/status', '/upload/', '/']) {
      assert.equal((await fetch(`${haproxy.publicUrl}${path}`)).status, 404)
    }

    // The node with the fewest connections gets the next: they are on different ones.
    const clients = [await enter('alice'), await enter('bob')]
    await node(1).kill()
    const killed = Date.now()
    await Promise.race(clients.map(({ closed }) => closed))
    const [alice, bob] = [await enterAgain('alice'), await enterAgain('bob')]
    alice.send(textTo(address('bob'), 'by the way that is left'))
    await bob.receives('<message', 'by the way that is left')
    const outage = Date.now() - killed
    assert.ok(outage < 5000, `${outage} ms`)
  } finally {
    await haproxy.stop()
  }

  /** Until HAProxy has seen that the node is gone it may lead there. */
  async function enterAgain(/** @type {string} */ user) {
    for (;;) {
      try {
        return await enter(user)
      } catch {
        // The next node, then.
      }
    }
  }
})
