/** Two nodes behind HAProxy, of which one is killed while whole clients talk over them. */
import { expect } from '@open-wc/testing'
import type { ConversationId } from '../../src/model/conversation.js'
import { inGroup, privateWith } from '../support/backend-messages.js'
import { eventually, textOf } from '../support/chat-service.js'
import { TestCluster } from '../support/test-server.js'
import { storedTexts, WholeClients, type WholeClient } from '../support/whole-client.js'

/** Milliseconds in which clients have to go on at the other node. */
const PATIENCE = 5000
/** Said by each in each of their conversations while the node dies. */
const WORDS = 5

describe('a cluster of two nodes', () => {
  let cluster: TestCluster
  let clients: WholeClients

  before(async function () {
    this.timeout(60_000)
    cluster = await TestCluster.own()
    clients = new WholeClients(cluster)
  })
  after(async () => {
    await clients.end()
    await cluster.stop()
  })

  it(`lets clients go on within ${PATIENCE} ms when either is killed, and keeps everything`, async function () {
    this.timeout(120_000)
    const alice = await clients.online('alice')
    const bob = await clients.online('bob')
    const carol = await clients.online('carol')
    const all = [alice, bob, carol]
    const { groupId } = await alice.client.groups.create({
      name: 'Team',
      memberIds: [bob.userId, carol.userId],
    })
    for (const { client, userId } of [bob, carol]) {
      await eventually(`${userId} is in the group`, async () =>
        (await client.groups.mine()).some((group) => group.groupId === groupId),
      )
    }
    const group = inGroup(groupId)
    const toBob = privateWith(bob.userId)
    const toAlice = privateWith(alice.userId)
    const said = { group: [] as string[], private: [] as string[] }

    const say = async (who: WholeClient, words: string) => {
      said.group.push(words)
      await who.post(group, words)
      if (who === carol) return
      said.private.push(words)
      await who.post(who === alice ? toBob : toAlice, words)
    }
    const everywhere = async (words: string) => {
      for (const member of all) await has(member, group, words)
      await has(alice, toBob, words)
      await has(bob, toAlice, words)
    }

    for (const node of [0, 1]) {
      for (let number = 0; number < WORDS; number += 1) {
        for (const who of all) await say(who, `${number} of ${who.userId} before ${node} dies`)
      }
      await cluster.kill(node)
      const killed = performance.now()
      const words = `by the node that ${node} has left`
      for (const who of all) await say(who, `${words}, ${who.userId}`)
      await everywhere(`${words}, ${alice.userId}`)
      await everywhere(`${words}, ${bob.userId}`)
      for (const member of all) await has(member, group, `${words}, ${carol.userId}`)
      const outage = performance.now() - killed
      expect(outage, 'milliseconds').to.be.below(PATIENCE)
      await cluster.restart(node)
    }

    const ofGroup = await Promise.all(all.map(async (member) => textsIn(member, group)))
    for (const texts of ofGroup) expect(texts).to.deep.equal(ofGroup[0])
    expect(ofGroup[0]).to.have.members(said.group)
    const ofAlice = await textsIn(alice, toBob)
    expect(await textsIn(bob, toAlice)).to.deep.equal(ofAlice)
    expect(ofAlice).to.have.members(said.private)

    // What the archive has, for a device that has nothing yet.
    const another = await clients.anotherOf(carol)
    expect(await textsIn(another, group)).to.deep.equal(ofGroup[0])
  })
})

async function has(client: WholeClient, conversation: ConversationId, words: string) {
  await eventually(`${client.userId} has "${words}"`, async () =>
    (await storedTexts(client, conversation)).some((message) => textOf(message) === words),
  )
}

/** All of them sent. */
async function textsIn(client: WholeClient, conversation: ConversationId): Promise<string[]> {
  let texts = await storedTexts(client, conversation)
  await eventually(`${client.userId} has sent everything`, async () => {
    texts = await storedTexts(client, conversation)
    return !texts.some(({ order }) => order.startsWith('~'))
  })
  return texts.map(textOf)
}
