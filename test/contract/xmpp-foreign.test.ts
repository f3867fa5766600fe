/** Somebody with a client of another make, on a real server: stanzas as such clients write them. */
import { expect } from '@open-wc/testing'
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { xmpp } from '../../src/backends/xmpp/index.js'
import type { LastingStream } from '../../src/backends/xmpp/lasting-stream.js'
import { xml, type Element } from '../../src/backends/xmpp/wire.js'
import { uuidv7 } from '../../src/model/identity.js'
import { MessageType } from '../../src/model/message-types.js'
import { edit, inGroup, privateWith, reaction, recall } from '../support/backend-messages.js'
import { store, streamOf } from '../support/by-hand.js'
import { TestServer } from '../support/test-server.js'
import { eventually, textOf } from '../support/chat-service.js'
import { storedTexts, WholeClients } from '../support/whole-client.js'
import { useService } from './backend-harness.js'
import { onServer } from './xmpp-harness.js'

const NS_CORRECT = 'urn:xmpp:message-correct:0'
const NS_RETRACT = 'urn:xmpp:message-retract:1'
const NS_REACTIONS = 'urn:xmpp:reactions:0'
const NS_MARKERS = 'urn:xmpp:chat-markers:0'

const body = (text: string) => xml('body', {}, text)

describe('somebody with another client', () => {
  const service = useService({ capabilities: [], ...onServer({ xmpp, escapeId }) })
  const open: LastingStream[] = []

  afterEach(() => {
    for (const stream of open.splice(0)) stream.close()
  })

  /** Alice has a client of ours, Fred another one. */
  const withFred = async () => {
    const [alice] = await service.connectNew('alice')
    const server = await TestServer.shared()
    const fred = service.newUser('fred')
    await service.harness.tokenOf(fred)
    const stream = await streamOf(server, fred)
    open.push(stream)
    const seen: Element[] = []
    const waiting = new Set<() => void>()
    stream.on((stanza) => {
      seen.push(stanza)
      for (const look of waiting) look()
    })
    /** What Fred's client gets. */
    const until = (isIt: (stanza: Element) => boolean) =>
      new Promise<Element>((resolve) => {
        const look = () => {
          const found = seen.find(isIt)
          if (!found) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      })
    const says = (...children: Element[]) => {
      const id = uuidv7()
      const to = `${alice!.userId}@${server.domain}`
      const origin = xml('origin-id', { xmlns: 'urn:xmpp:sid:0', id })
      stream.send(xml('message', { to, type: 'chat', id }, ...children, origin))
      return id
    }
    const arrives = (messageUId: string) => alice!.received.untilMessage({ messageUId })
    return { alice: alice!, fred, stream, toFred: privateWith(fred), says, until, arrives }
  }

  it('is understood: texts, corrections, reactions, having read, and taking back', async () => {
    const { alice, fred, toFred, says, arrives } = await withFred()
    const own = await alice.says(toFred, 'hello')
    const first = says(body('helo'))
    expect(await arrives(first)).to.deep.include({ content: { content: 'helo' } })
    const better = { messageUId: first, senderUserId: fred, content: { content: 'hello' } }
    const replace = xml('replace', { xmlns: NS_CORRECT, id: first })
    const correction = await arrives(says(body('hello'), replace))
    expect(correction).to.deep.include({ messageType: MessageType.EDIT, content: better })

    const reactions = xml('reactions', { xmlns: NS_REACTIONS, id: own.messageUId })
    reactions.append(xml('reaction', {}, '👍'))
    const { content } = await arrives(says(reactions, store()))
    const target = { messageUId: own.messageUId, senderUserId: alice.userId }
    expect(content).to.deep.equal({ ...target, reactions: ['👍'] })

    const displayed = xml('displayed', { xmlns: NS_MARKERS, id: own.messageUId })
    const receipt = await arrives(says(displayed, store()))
    expect(receipt.content).to.include({ lastMessageSendTime: own.sentTime })

    const retract = xml('retract', { xmlns: NS_RETRACT, id: first })
    const recalled = await arrives(says(body('/me took this back'), retract, store()))
    expect(recalled.messageType).to.equal(MessageType.RECALL)
    const page = await alice.session.history({ conversation: toFred, count: 10 })
    expect(page.messages.map((it) => it.content)).to.deep.equal([{ content: 'hello' }, {}])
    expect(page.operations.map(({ messageType }) => messageType)).to.include.members([
      MessageType.REACTION,
      MessageType.READ_RECEIPT,
    ])
  })

  it('takes back what it wrote in a group, also from devices that were away', async () => {
    const server = await TestServer.shared()
    const clients = new WholeClients(server)
    try {
      const { fred, stream } = await withFred()
      const carol = await clients.online('carol')
      const { groupId } = await carol.client.groups.create({ name: 'Team', memberIds: [fred] })
      const toTeam = inGroup(groupId)
      const to = `${groupId}@rooms.${server.domain}`
      const says = (...children: Element[]) =>
        stream.send(xml('message', { to, type: 'groupchat', id: uuidv7() }, ...children))
      const wordsOf = async () => (await storedTexts(carol, toTeam)).map(textOf)
      const takesBack = (place: string) => {
        const retract = xml('retract', { xmlns: NS_RETRACT, id: String(Number(place)) })
        says(body('/me took something back'), retract, store())
      }
      for (const words of ['one', 'two', 'three']) says(body(words))
      await eventually('all are here', async () => (await wordsOf()).length === 3)
      const [one, two] = (await storedTexts(carol, toTeam)).map(({ order }) => order)
      takesBack(one!)
      await eventually('it is gone', async () => (await wordsOf()).length === 2)
      await carol.client.disconnect()
      takesBack(two!)
      await carol.client.connect(await server.tokenOf(escapeId(carol.userId)))
      await eventually('it is gone', async () => (await wordsOf()).length === 1)
      expect(await wordsOf()).to.deep.equal(['three'])
    } finally {
      await clients.end()
    }
  })

  it('is understood by a device that was away', async () => {
    const { alice, toFred, says, arrives } = await withFred()
    const own = await alice.says(toFred, 'hello')
    const cursor = await alice.cursor()
    const reactions = xml('reactions', { xmlns: NS_REACTIONS, id: own.messageUId })
    reactions.append(xml('reaction', {}, '🎉'))
    const id = says(reactions, store())
    await arrives(id)
    const missed = await (await service.connect(alice.userId)).catchUp(cursor)
    const seen = missed.flatMap(({ messages }) => messages).find((it) => it.messageUId === id)
    expect(seen!.content).to.deep.equal({
      messageUId: own.messageUId,
      senderUserId: alice.userId,
      reactions: ['🎉'],
    })
  })

  it('understands ours', async () => {
    const { alice, fred, toFred, says, until, arrives } = await withFred()
    const theirs = says(body('a question'))
    await arrives(theirs)
    const sent = await alice.says(toFred, 'anser')
    const received = await until((it) => it.attrs.id === sent.messageUId)
    expect(received.getChildText('body')).to.equal('anser')
    await alice.sends(edit(toFred, sent, { content: 'answer' }))
    const corrected = await until((it) => it.getChild('replace', NS_CORRECT) !== undefined)
    expect(corrected.getChild('replace')!.attrs.id).to.equal(sent.messageUId)
    expect(corrected.getChildText('body')).to.equal('answer')
    await alice.sends(reaction(toFred, { messageUId: theirs, senderUserId: fred }, '👍'))
    const reacted = await until((it) => it.getChild('reactions', NS_REACTIONS) !== undefined)
    expect(reacted.getChild('reactions')!.attrs.id).to.equal(theirs)
    expect(reacted.getChild('reactions')!.getChildText('reaction')).to.equal('👍')
    await alice.sends(recall(toFred, sent))
    await until((it) => it.getChild('retract', NS_RETRACT)?.attrs.id === originOf(received))
  })
})

function originOf(stanza: Element): string | undefined {
  return stanza.getChild('origin-id', 'urn:xmpp:sid:0')?.attrs.id
}
