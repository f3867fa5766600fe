/** A server that is killed again and again while whole clients talk over it. */
import { expect } from '@open-wc/testing'
import type { ConversationId } from '../../src/model/conversation.js'
import { MessageType } from '../../src/model/message-types.js'
import { inGroup, privateWith } from '../support/backend-messages.js'
import { eventually, textOf } from '../support/chat-service.js'
import { randomFrom } from '../support/random-from.js'
import { TestServer } from '../support/test-server.js'
import { storedTexts, WholeClients, type WholeClient } from '../support/whole-client.js'

const SEED = 4
const KILLS = 20
const MESSAGES = 500

/** Those who are in a conversation, and what each of them calls it. */
interface Talk {
  name: string
  places: Map<WholeClient, ConversationId>
  /** All that was said in it, and who said it. */
  said: Map<string, WholeClient>
}

describe(`a server that is killed ${KILLS} times (seed ${SEED})`, () => {
  let server: TestServer
  let clients: WholeClients

  before(async () => {
    server = await TestServer.own()
    clients = new WholeClients(server)
  })
  after(async () => {
    await clients.end()
    await server.stop()
  })

  /** A group of all, and a private conversation of every two. */
  async function talksOf(all: readonly WholeClient[]): Promise<Talk[]> {
    const [first, ...others] = all
    const memberIds = others.map(({ userId }) => userId)
    const { groupId } = await first!.client.groups.create({ name: 'Team', memberIds })
    for (const { client, userId } of others) {
      await eventually(`${userId} is in the group`, async () =>
        (await client.groups.mine()).some((group) => group.groupId === groupId),
      )
    }
    const group = { name: 'group', places: new Map(all.map((it) => [it, inGroup(groupId)])) }
    const pairs = all.map((one, index) => {
      const other = all[(index + 1) % all.length]!
      const places = new Map([
        [one, privateWith(other.userId)],
        [other, privateWith(one.userId)],
      ])
      return { name: `private ${index}`, places }
    })
    return [group, ...pairs].map((talk) => ({ ...talk, said: new Map() }))
  }

  it('loses, doubles and moves no message of three clients that talk', async function () {
    this.timeout(240_000)
    const random = randomFrom(SEED)
    const all = [
      await clients.online('alice'),
      await clients.online('bob'),
      await clients.online('carol'),
    ]
    const talks = await talksOf(all)
    const [group, ...pairs] = talks as [Talk, ...Talk[]]
    const sent = () => all.reduce((sum, it) => sum + it.heard('sent').length, 0)

    /** In the group and privately in turns, one of the two or three at random. */
    const say = async (number: number) => {
      const talk = number % 2 ? group : pairs[Math.floor(random() * pairs.length)]!
      const speakers = [...talk.places.keys()]
      const speaker = speakers[Math.floor(random() * speakers.length)]!
      const words = `${number} in ${talk.name}`
      talk.said.set(words, speaker)
      await speaker.post(talk.places.get(speaker)!, words)
    }

    for (let kill = 0, said = 0; kill < KILLS; kill += 1) {
      const before = sent()
      const portion = MESSAGES / KILLS
      // Before all of them are sent: at least those of the last few are on their way.
      const until = before + Math.floor(random() * portion * 0.8)
      for (const end = said + portion; said < end; said += 1) await say(said)
      await eventually('some are sent', () => sent() >= until)
      await server.kill()
      await server.restart()
    }

    for (const { name, places, said } of talks) {
      const words = [...said.keys()]
      const orders: string[][] = []
      for (const [member, place] of places) {
        let texts = await storedTexts(member, place)
        await eventually(`${member.userId} has all of "${name}"`, async () => {
          texts = await storedTexts(member, place)
          return texts.length >= words.length && !texts.some(({ order }) => order.startsWith('~'))
        })
        expect(texts.map(textOf)).to.have.members(words)
        orders.push(texts.map(textOf))
      }
      for (const order of orders) expect(order, name).to.deep.equal(orders[0])
    }
    for (const member of all) {
      const told = member.received.filter(({ messageType }) => messageType === MessageType.TEXT)
      const fromOthers = talks
        .filter(({ places }) => places.has(member))
        .flatMap(({ said }) => [...said].filter(([, speaker]) => speaker !== member))
      expect(told.map(textOf)).to.have.members(fromOthers.map(([words]) => words))
      expect(member.heard('sendFailed')).to.be.empty
    }
  })
})
