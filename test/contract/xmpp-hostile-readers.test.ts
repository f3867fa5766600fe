/** What of a group somebody can read who writes stanzas by hand, on real servers. */
import { expect } from '@open-wc/testing'
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { filledForm } from '../../src/backends/xmpp/data-form.js'
import { xmpp } from '../../src/backends/xmpp/index.js'
import type { LastingStream } from '../../src/backends/xmpp/lasting-stream.js'
import { StanzaError, xml, type Element } from '../../src/backends/xmpp/wire.js'
import { uuidv7 } from '../../src/model/identity.js'
import { inGroup } from '../support/backend-messages.js'
import { streamOf } from '../support/by-hand.js'
import { TestServer } from '../support/test-server.js'
import { useService, type Client } from './backend-harness.js'
import { onServer } from './xmpp-harness.js'

const NS_RESULT_SET = 'http://jabber.org/protocol/rsm'
const NS_ARCHIVE = 'urn:xmpp:mam:2'

/** All archives have been asked for under these names. The first has no form. */
const namesOfArchives = ['urn:xmpp:mam:tmp', 'urn:xmpp:mam:0', 'urn:xmpp:mam:1', NS_ARCHIVE]

/** Says where a question begins, by each means there is: before everything, if it were believed. */
const page = (...place: Element[]) =>
  xml('set', { xmlns: NS_RESULT_SET }, xml('max', {}, 100), ...place)
const starting = (...starts: string[]) => {
  const form = filledForm(NS_ARCHIVE, {})
  for (const start of starts) form.append(xml('field', { var: 'start' }, xml('value', {}, start)))
  return form
}
const longAgo = '2020-01-01T00:00:00Z'
const farAhead = '2120-01-01T00:00:00Z'

for (const version of ['24.12', '23.01']) {
  describe(`who reads a group's archive by hand on ejabberd ${version}`, () => {
    const setup = version === '23.01' ? { version } : {}
    const service = useService({
      capabilities: ['groups'],
      ...onServer({ xmpp, escapeId }, setup),
    })
    const open: LastingStream[] = []

    afterEach(() => {
      for (const stream of open.splice(0)) stream.close()
    })

    /** Somebody with an account, and how they ask. */
    const newMallory = async (server: TestServer) => {
      const mallory = service.newUser('mallory')
      await server.createUser(escapeId(mallory))
      const stream = await streamOf(server, mallory)
      open.push(stream)
      /** All that an archive answers, in one text. */
      const read = async (of: string | undefined, xmlns: string, ...question: Element[]) => {
        const queryid = uuidv7()
        const results: Element[] = []
        const stop = stream.on((stanza) => {
          const result = stanza.getChild('result')
          if (result?.attrs.queryid === queryid) results.push(result)
        })
        try {
          const type = xmlns === namesOfArchives[0] ? 'get' : 'set'
          await stream.iq(type, xml('query', { xmlns, queryid }, ...question), of)
        } catch (error) {
          if (!(error instanceof StanzaError)) throw error
        }
        // Under an old name the results come behind the answer; this is answered behind them.
        await stream.iq('get', xml('time', { xmlns: 'urn:xmpp:time' }), of).catch(() => {})
        stop()
        return results.map(String).join('\n')
      }
      const roomOf = (groupId: string) => `${groupId}@rooms.${server.domain}`
      const ask = (groupId: string, name: 'subscribe' | 'unsubscribe') => {
        const event = xml('event', { node: 'urn:xmpp:mucsub:nodes:messages' })
        const attrs = { xmlns: 'urn:xmpp:mucsub:0', ...(name === 'subscribe' && { nick: mallory }) }
        return stream.iq('set', xml(name, attrs, event), roomOf(groupId))
      }
      return { mallory, stream, read, roomOf, ask }
    }

    const heard = (text: string, ...words: string[]) => words.filter((word) => text.includes(word))

    /** Alice's group, in which Bob is, and in which something has been said. */
    const withGroup = async () => {
      const server = await TestServer.shared(setup)
      const [alice, bob] = (await service.connectNew('alice', 'bob')) as [Client, Client]
      const hand = await newMallory(server)
      const draft = { name: 'Team', memberIds: [bob.userId] }
      const { groupId } = await alice.session.groups!.create(draft)
      const toTeam = inGroup(groupId)
      const before = await alice.says(toTeam, 'before')
      return { server, alice, bob, groupId, toTeam, before, room: hand.roomOf(groupId), ...hand }
    }

    it('is given nothing that was said before they came', async () => {
      const { alice, groupId, toTeam, before, room, mallory, read } = await withGroup()
      await alice.session.groups!.invite(groupId, [mallory])
      await alice.says(toTeam, 'after')
      const ago = (archive: string) =>
        archive === namesOfArchives[0] ? xml('start', {}, longAgo) : starting(longAgo)
      for (const archive of namesOfArchives) {
        for (const of of [room, undefined]) {
          const name = `${archive} of ${of ?? 'the own account'}`
          const all = await read(of, archive, page())
          expect(heard(all, 'before', 'after'), name).to.deep.equal(['after'])
          const since = await read(of, archive, ago(archive), page())
          expect(heard(since, 'before', 'after'), name).to.deep.equal(['after'])
        }
      }
      const { order } = before
      const place = String(Number(order) - 1)
      const questions: Record<string, Element[]> = {
        'the newest page': [page(xml('before'))],
        'behind an id': [page(xml('after', {}, place))],
        'from the first of two times': [starting(longAgo, longAgo), page()],
        'of a room': [filledForm(NS_ARCHIVE, { with: room }), page()],
        'behind an id, of a room': [
          filledForm(NS_ARCHIVE, { with: room, start: longAgo }),
          page(xml('after', {}, place)),
        ],
        'by ids, as newer servers have it': [
          filledForm(NS_ARCHIVE, { 'after-id': place, ids: order }),
          page(),
        ],
      }
      for (const [name, question] of Object.entries(questions)) {
        for (const of of [room, undefined]) {
          expect(heard(await read(of, NS_ARCHIVE, ...question), 'before'), name).to.be.empty
        }
      }
      expect(heard(await read(room, NS_ARCHIVE, starting(farAhead), page()), 'after')).to.be.empty
      for (const wrong of ['yesterday', '']) {
        expect(heard(await read(room, NS_ARCHIVE, starting(wrong), page()), 'before')).to.be.empty
        const half = starting(wrong, longAgo)
        expect(heard(await read(room, NS_ARCHIVE, half, page()), 'before')).to.be.empty
      }
    })

    it('has a page that ends where they came in', async () => {
      const { alice, groupId, toTeam, room, mallory, stream } = await withGroup()
      for (let count = 0; count < 5; count += 1) await alice.says(toTeam, 'more')
      await alice.session.groups!.invite(groupId, [mallory])
      await alice.says(toTeam, 'after')
      const answer = await stream.iq('set', xml('query', { xmlns: NS_ARCHIVE }, page()), room)
      const end = answer.getChild('fin', NS_ARCHIVE)
      // The notice that they are in, and what was said.
      expect(end?.getChild('set', NS_RESULT_SET)?.getChildText('count')).to.equal('2')
      expect(end?.attrs.complete).to.equal('true')
    })

    it('reads from the invitation on when a member invites them', async () => {
      const { alice, bob, groupId, toTeam, room, mallory, read, ask } = await withGroup()
      await bob.session.groups!.invite(groupId, [mallory])
      await alice.says(toTeam, 'meanwhile')
      const invited = await read(room, NS_ARCHIVE, page())
      expect(heard(invited, 'before', 'meanwhile')).to.deep.equal(['meanwhile'])
      await bob.session.groups!.invite(groupId, [mallory])
      await ask(groupId, 'subscribe')
      for (const of of [room, undefined]) {
        const all = await read(of, NS_ARCHIVE, page())
        expect(heard(all, 'before', 'meanwhile')).to.deep.equal(['meanwhile'])
      }
    })

    it('reads from the last time on when they were out and came back', async () => {
      const { alice, groupId, toTeam, room, mallory, read, ask } = await withGroup()
      await alice.session.groups!.invite(groupId, [mallory])
      await alice.says(toTeam, 'once')
      await ask(groupId, 'unsubscribe')
      await alice.session.groups!.kick(groupId, [mallory])
      await alice.says(toTeam, 'meanwhile')
      await alice.session.groups!.invite(groupId, [mallory])
      await alice.says(toTeam, 'again')
      for (const of of [room, undefined]) {
        const all = await read(of, NS_ARCHIVE, page())
        expect(heard(all, 'before', 'once', 'meanwhile', 'again')).to.deep.equal(['again'])
      }
    })

    it('reads nothing of what is said once they have left, though the room knows them still', async () => {
      const { alice, bob, groupId, toTeam, room, mallory, read, ask } = await withGroup()
      await alice.session.close()
      await bob.session.groups!.invite(groupId, [mallory])
      await ask(groupId, 'subscribe')
      await bob.says(toTeam, 'once')
      await ask(groupId, 'unsubscribe')
      await bob.says(toTeam, 'meanwhile')
      const all = await read(room, NS_ARCHIVE, page())
      expect(heard(all, 'before', 'once', 'meanwhile')).to.deep.equal(['once'])
      const ahead = filledForm(NS_ARCHIVE, { end: farAhead })
      for (const archive of namesOfArchives) {
        const form = archive === namesOfArchives[0] ? xml('end', {}, farAhead) : ahead
        expect(heard(await read(room, archive, form, page()), 'meanwhile'), archive).to.be.empty
      }
      await ask(groupId, 'subscribe')
      await bob.says(toTeam, 'again')
      for (const of of [room, undefined]) {
        const rest = await read(of, NS_ARCHIVE, page())
        expect(heard(rest, 'before', 'once', 'meanwhile', 'again')).to.deep.equal(['again'])
      }
    })

    it('reads nothing any more when they were put out, or were never in', async () => {
      const { alice, bob, groupId, toTeam, room, mallory, read } = await withGroup()
      const stranger = await newMallory(await TestServer.shared(setup))
      await bob.session.groups!.invite(groupId, [mallory])
      await alice.says(toTeam, 'once')
      await alice.session.groups!.kick(groupId, [mallory])
      await alice.says(toTeam, 'since')
      for (const it of [read, stranger.read]) {
        for (const of of [room, undefined]) {
          const question = of ? [] : [filledForm(NS_ARCHIVE, { with: room })]
          const all = await it(of, NS_ARCHIVE, ...question, page())
          expect(heard(all, 'before', 'once', 'since')).to.be.empty
        }
      }
    })

    it('reads all of it who made the group', async () => {
      const { server, alice, toTeam, room } = await withGroup()
      await alice.says(toTeam, 'after')
      const owner = await streamOf(server, escapeId(alice.userId))
      open.push(owner)
      let text = ''
      owner.on((stanza) => (text += String(stanza.getChild('result') ?? '')))
      for (const of of [room, undefined]) {
        text = ''
        await owner.iq('set', xml('query', { xmlns: NS_ARCHIVE }, page()), of)
        expect(heard(text, 'before', 'after')).to.deep.equal(['before', 'after'])
      }
    })
  })
}
