import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { FakePushService } from './support/fake-push-service.js'
import { connectNew, disconnectAll, xml } from './support/people.js'
import { running } from './support/running.js'

/** @typedef {import('./support/people.js').Person} Person */
/** @typedef {ReturnType<FakePushService['newBrowser']>} Browser */

const service = new FakePushService(running.pushOrigin)
before(() => service.start())
after(async () => {
  await disconnectAll()
  await service.stop()
})

/** Somebody whose browser is pushed to, and who then goes away. */
async function away(/** @type {Person} */ person) {
  const browser = service.newBrowser()
  const { node } = (await person.ask('set', 'push-subscribe', browser.subscription)).attrs
  const enable = { xmlns: 'urn:xmpp:push:0', jid: running.companion, node }
  await person.iq('set', undefined, xml('enable', enable))
  await person.disconnect()
  return browser
}

describe('push', () => {
  it('tells who is away that there is a message, without what it says', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const browser = await away(bob)
    await alice.says(bob.address, 'secret')
    const payload = { conversationType: 1, targetId: alice.id, senderUserId: alice.id, more: 0 }
    assert.deepEqual(await browser.receives(), payload)
  })

  it('is signed and encrypted, and kept for a day', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const browser = await away(bob)
    await alice.says(bob.address, 'secret')
    const { headers, body } = await browser.next()
    const [, token = ''] = /^vapid t=([^,]+), k=/.exec(headers.authorization ?? '') ?? []
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    assert.equal(claims.aud, running.pushOrigin)
    assert.equal(claims.sub, 'mailto:companion@example.org')
    assert.deepEqual([headers['content-encoding'], headers.ttl], ['aes128gcm', '86400'])
    assert.ok(!body.includes(alice.id))
  })

  it('comes for groups, and names the sender', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const group = await alice.createsGroup(bob)
    const browser = await away(bob)
    await alice.says(group, 'secret')
    const targetId = group.split('@')[0]
    const payload = { conversationType: 3, targetId, senderUserId: alice.id, more: 0 }
    assert.deepEqual(await browser.receives(), payload)
  })

  it('keeps quiet about muted conversations, but for the mentions one wants to hear of', async () => {
    const [alice, bob, carol] = await connectNew('alice', 'bob', 'carol')
    const group = await alice.createsGroup(bob)
    await bob.sets(`1/${carol.id}/:level`, 5)
    await bob.sets(`3/${group.split('@')[0]}/:level`, 2)
    const browser = await away(bob)
    await carol.says(bob.address, 'muted')
    await alice.says(group, 'muted too')
    const mentionOf = (/** @type {string} */ id) => ({
      content: '@',
      mentionedInfo: { type: 2, userIdList: [id] },
    })
    await alice.sends(group, 'RC:TxtMsg', mentionOf(carol.id), { isMentioned: true })
    await alice.sends(group, 'RC:TxtMsg', mentionOf(bob.id), { isMentioned: true })
    assert.equal((await browser.receives()).conversationType, 3)
    await alice.says(bob.address, 'not muted')
    assert.equal((await browser.receives()).targetId, alice.id)
    assert.deepEqual(
      service.came.filter(({ path }) => path === browser.path),
      [],
    )
  })

  it('does not come for groups while one is there', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const group = await alice.createsGroup(bob)
    const browser = service.newBrowser()
    await bob.ask('set', 'push-subscribe', browser.subscription)
    const answered = (/** @type {string | undefined} */ type) =>
      bob.receives(
        ({ name, attrs }) =>
          name === 'presence' && attrs.from === running.companion && attrs.type === type,
      )
    await bob.client.send(xml('presence', { to: running.companion }))
    await answered(undefined)
    await alice.says(group, 'seen')
    await bob.client.send(xml('presence', { to: running.companion, type: 'unavailable' }))
    await answered('unavailable')
    await alice.says(group, 'not seen')
    await browser.next()
    assert.deepEqual(
      service.came.filter(({ path }) => path === browser.path),
      [],
    )
  })

  it('does not come for what is not counted', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const browser = await away(bob)
    await alice.sends(bob.address, 'RC:InfoNtf', { message: 'x' }, { isCounted: false })
    await alice.says(bob.address, 'counted')
    await browser.next()
    assert.deepEqual(
      service.came.filter(({ path }) => path === browser.path),
      [],
    )
  })

  it('forgets a browser that is no more', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const browser = await away(bob)
    service.statuses.set(browser.path, 410)
    await alice.says(bob.address, 'one')
    await browser.next()
    service.statuses.delete(browser.path)
    const other = service.newBrowser()
    await bob.connect()
    const { node } = (await bob.ask('set', 'push-subscribe', other.subscription)).attrs
    const enable = { xmlns: 'urn:xmpp:push:0', jid: running.companion, node }
    await bob.iq('set', undefined, xml('enable', enable))
    await bob.disconnect()
    await alice.says(bob.address, 'two')
    await other.next()
    assert.deepEqual(
      service.came.filter(({ path }) => path === browser.path),
      [],
    )
  })

  it('comes to each of the browsers that were subscribed in one session', async () => {
    const [alice, bob] = await connectNew('alice', 'bob')
    const [gone, ...others] = [service.newBrowser(), service.newBrowser(), service.newBrowser()]
    const enable = async (/** @type {Browser} */ { subscription }) => {
      const { node } = (await bob.ask('set', 'push-subscribe', subscription)).attrs
      const push = { xmlns: 'urn:xmpp:push:0', jid: running.companion, node }
      await bob.iq('set', undefined, xml('enable', push))
      return node
    }
    const nodes = await Promise.all([gone, ...others].map(enable))
    assert.equal(new Set(nodes).size, 1)
    await bob.disconnect()
    await alice.says(bob.address, 'to all')
    for (const browser of [gone, ...others])
      assert.equal((await browser.receives()).targetId, alice.id)
    await bob.connect()
    await bob.ask('set', 'push-unsubscribe', { endpoint: gone.subscription.endpoint })
    await bob.disconnect()
    await alice.says(bob.address, 'to two of them')
    for (const browser of others) await browser.receives()
    assert.deepEqual(
      service.came.filter(({ path }) => path === gone.path),
      [],
    )
  })

  it('stops when it is told to, by the user alone', async () => {
    const [bob, mallory] = await connectNew('bob', 'mallory')
    const { endpoint, ...keys } = service.newBrowser().subscription
    const first = (await bob.ask('set', 'push-subscribe', { endpoint, ...keys })).attrs.node
    await mallory.ask('set', 'push-unsubscribe', { endpoint })
    const again = (await bob.ask('set', 'push-subscribe', { endpoint, ...keys })).attrs.node
    assert.equal(again, first)
    await bob.ask('set', 'push-unsubscribe', { endpoint })
    const later = (await bob.ask('set', 'push-subscribe', { endpoint, ...keys })).attrs.node
    assert.notEqual(later, first)
  })

  it('goes nowhere but to push services', async () => {
    const [alice] = await connectNew('alice')
    const { subscription } = service.newBrowser()
    const refused = [
      'http://127.0.0.1:1/',
      'https://example.org/',
      'file:///etc/passwd',
      running.pushOrigin.replace('http://', 'http://user:password@'),
      `${running.pushOrigin}.example.org/`,
      'nothing',
    ]
    for (const endpoint of refused) {
      const condition = await alice.refusal('set', 'push-subscribe', { ...subscription, endpoint })
      assert.equal(condition, 'not-acceptable', endpoint)
    }
    const short = { ...subscription, p256dh: 'AAAA' }
    assert.equal(await alice.refusal('set', 'push-subscribe', short), 'bad-request')
  })

  it('is asked for by the server alone', async () => {
    const [mallory] = await connectNew('mallory')
    const pubsub = { xmlns: 'http://jabber.org/protocol/pubsub' }
    const publish = xml('pubsub', pubsub, xml('publish', { node: 'x' }))
    const error = await mallory.iq('set', running.companion, publish).catch((it) => it)
    assert.equal(error.condition, 'forbidden')
  })
})
