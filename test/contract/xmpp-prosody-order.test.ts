/**
 * The order of messages on Prosody, where a place is a second of an archive and a number in it: the
 * same on all devices of a user, and in the same order on both sides, however many fall into a second.
 */
import { expect } from '@open-wc/testing'
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { passwordToken, xmpp } from '../../src/backends/xmpp/index.js'
import type { ConversationId } from '../../src/model/conversation.js'
import type { ArchivedMessage } from '../../src/model/message.js'
import { deleteForMe, privateWith } from '../support/backend-messages.js'
import { eventually, textOf } from '../support/chat-service.js'
import { TestProsody } from '../support/test-server.js'
import { storedTexts, WholeClients, type WholeClient } from '../support/whole-client.js'
import { useService, type Client } from './backend-harness.js'
import { onProsody } from './prosody-harness.js'
import { onAnyServer } from './xmpp-capabilities.js'

const words = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name} ${index}`)

const placesOf = (messages: readonly ArchivedMessage[]) =>
  messages.map(({ messageUId, order, sentTime }) => ({ messageUId, order, sentTime }))

const byPlace = (one: ArchivedMessage, other: ArchivedMessage) => (one.order < other.order ? -1 : 1)

const secondOf = ({ order }: ArchivedMessage) => Math.floor(Number(order) / 1_000_000)

/** A conversation as its history tells it, read in small pages from its end or its beginning. */
async function walked(client: Client, conversation: ConversationId, isBackward: boolean) {
  const read = (place: object) => client.session.history({ conversation, count: 7, ...place })
  let page = await read(isBackward ? {} : { after: '0'.repeat(16) })
  const all = [...page.messages]
  while (isBackward ? page.hasOlder : page.hasNewer) {
    page = await read(isBackward ? { before: all[0]!.order } : { after: all.at(-1)!.order })
    if (isBackward) all.unshift(...page.messages)
    else all.push(...page.messages)
  }
  return all
}

describe('places on Prosody', () => {
  const service = useService({
    capabilities: onAnyServer,
    ...onProsody({ xmpp, escapeId, passwordToken }),
  })

  /** Alice with two devices, who has all that is said while she and Bob and Carol talk at once. */
  const talk = async (count: number) => {
    const { alice, bob, toBob, toAlice } = await service.connectPair()
    const carol = await service.connect(service.newUser('carol'))
    const second = await service.connect(alice.userId)
    const cursor = await second.cursor()
    const toCarol = privateWith(carol.userId)
    const sent = await Promise.all([
      ...words('alice', count).map((it) => alice.says(toBob, it)),
      ...words('second', count).map((it) => second.says(toBob, it)),
      ...words('bob', count).map((it) => bob.says(toAlice, it)),
      ...words('carol', count).map((it) => carol.says(toAlice, it)),
      ...words('to carol', count).map((it) => alice.says(toCarol, it)),
    ])
    for (const { received } of [alice, second]) {
      await received.until(({ messages }) => messages.length === sent.length)
    }
    await bob.received.until(({ messages }) => messages.length === 3 * count)
    return { alice, second, bob, carol, toBob, toAlice, toCarol, cursor }
  }

  const liveIn = ({ received }: Client, { targetId }: ConversationId) =>
    received.messages.filter((it) => it.targetId === targetId).sort(byPlace)

  it('are the same on two devices, live and in the history, read from either end', async () => {
    const { alice, second, toBob, toCarol } = await talk(9)
    const later = await service.connect(alice.userId)
    for (const conversation of [toBob, toCarol]) {
      const live = liveIn(alice, conversation)
      expect(new Set(live.map(({ order }) => order)).size).to.equal(live.length)
      expect(new Set(live.map(secondOf)).size, 'few seconds').to.be.below(live.length / 4)
      expect(placesOf(liveIn(second, conversation))).to.deep.equal(placesOf(live))
      for (const device of [alice, second, later]) {
        for (const isBackward of [true, false]) {
          const read = await walked(device, conversation, isBackward)
          expect(placesOf(read)).to.deep.equal(placesOf(live))
        }
      }
    }
  })

  it('are the same for a device that was away', async () => {
    const { alice, second, toBob, cursor } = await talk(5)
    await second.session.close()
    const again = await service.connect(alice.userId)
    const missed = (await again.catchUp(cursor)).flatMap(({ messages }) => messages)
    const inOrder = missed.filter(({ targetId }) => targetId === toBob.targetId)
    expect(placesOf(inOrder)).to.deep.equal(placesOf(liveIn(alice, toBob)))
  })

  it('have one order on both sides, each with its own', async () => {
    const { alice, bob, toBob, toAlice } = await talk(9)
    const idsOf = (messages: ArchivedMessage[]) => messages.map(({ messageUId }) => messageUId)
    expect(idsOf(liveIn(bob, toAlice))).to.deep.equal(idsOf(liveIn(alice, toBob)))
  })

  it('are the same on two devices for what one writes to oneself', async () => {
    const alice = await service.connect(service.newUser('alice'))
    const second = await service.connect(alice.userId)
    const toSelf = privateWith(alice.userId)
    const sent = await Promise.all([
      ...words('note', 5).map((it) => alice.says(toSelf, it)),
      ...words('second note', 5).map((it) => second.says(toSelf, it)),
    ])
    await alice.session.send(deleteForMe(toSelf, { messages: [sent[0]!] }))
    sent.push(await alice.says(toSelf, 'last'))
    const kept = sent.slice(1).sort(byPlace)
    const live = ({ received }: Client) =>
      received.messages.filter(({ audience }) => audience !== 'self').sort(byPlace)
    for (const device of [alice, second]) {
      await device.received.until(() => live(device).length === sent.length)
      expect(placesOf(live(device))).to.deep.equal(placesOf([...sent].sort(byPlace)))
      expect(placesOf(await walked(device, toSelf, true))).to.deep.equal(placesOf(kept))
    }
  })
})

describe('whole clients on Prosody', () => {
  let clients: WholeClients
  let server: TestProsody
  beforeEach(async () => {
    server = await TestProsody.shared()
    const passwordOf = (local: string) => `secret of ${local}`
    clients = new WholeClients({
      url: server.url,
      domain: server.domain,
      createUser: (local) => server.createUser(local, passwordOf(local)),
      tokenOf: (local) => passwordToken(local, passwordOf(local)),
    })
  })
  afterEach(() => clients.end())

  const shown = async (client: WholeClient, conversation: ConversationId) =>
    (await storedTexts(client, conversation)).map(textOf)

  it('show what two people say at once in one order, on each of their devices', async () => {
    const [alice, bob] = [await clients.online('alice'), await clients.online('bob')]
    const second = await clients.anotherOf(alice)
    const [toBob, toAlice] = [privateWith(bob.userId), privateWith(alice.userId)]
    const count = 15
    const sent = await Promise.all([
      ...words('alice', count).map((it) => alice.say(toBob, it)),
      ...words('second', count).map((it) => second.say(toBob, it)),
      ...words('bob', count).map((it) => bob.say(toAlice, it)),
    ])
    const places = [
      [alice, toBob],
      [second, toBob],
      [bob, toAlice],
    ] as const
    for (const [client, conversation] of places) {
      await eventually('all are here', async () => {
        return (await storedTexts(client, conversation)).length === sent.length
      })
    }
    const texts = await shown(alice, toBob)
    expect(new Set(texts).size).to.equal(sent.length)
    expect(await shown(second, toBob)).to.deep.equal(texts)
    expect(await shown(bob, toAlice)).to.deep.equal(texts)
    const late = await clients.anotherOf(alice)
    expect(await shown(late, toBob)).to.deep.equal(texts)
  })
})
