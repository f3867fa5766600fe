import { expect } from '@open-wc/testing'
import { CompanionConversations } from '../../src/backends/xmpp/companion-conversations.js'
import { encode } from '../../src/backends/xmpp/envelope.js'
import { GroupOwners } from '../../src/backends/xmpp/group-owners.js'
import { rulesFrom } from '../../src/backends/xmpp/options.js'
import { People } from '../../src/backends/xmpp/people.js'
import { readFeatures } from '../../src/backends/xmpp/server-features.js'
import { xml, type Element } from '../../src/backends/xmpp/wire.js'
import { ErrorCode } from '../../src/model/errors.js'
import type { MessageEnvelope } from '../../src/model/message.js'
import { inGroup, privateWith, recall, text } from '../support/backend-messages.js'
import { codeOf } from '../support/backend-refusal.js'
import { FakeWire, refusal, type Answer } from '../support/fake-wire.js'

const NS_COMPANION = 'urn:imkit:companion:0'
const COMPANION = 'companion.example.org'
const ROOMS = 'rooms.example.org'

const orderAt = (number: number) => String(1_700_000_000_000_000 + number)

/** A message by somebody to Alice, as the archive has it. */
function result(number: number, from: string, envelope: MessageEnvelope, more = {}): Element {
  const author = new People(from, from.split('@')[0]!, ROOMS)
  const stanza = encode(author, { envelope, ...more }, 'alice@example.org')
  stanza.attrs.from = from
  const forwarded = xml('forwarded', { xmlns: 'urn:xmpp:forward:0' }, stanza)
  return xml('result', { xmlns: 'urn:xmpp:mam:2', id: orderAt(number) }, forwarded)
}

const byBob = (number: number, words: string) =>
  result(number, 'bob@example.org', text(privateWith('alice'), words))

const item = (attributes: object, latest: Element, ...operations: Element[]) =>
  xml(
    'conversation',
    { with: 'bob@example.org', unread: '0', mentions: '0', ...attributes },
    xml('latest', {}, latest),
    xml('operations', {}, ...operations),
  )

/** A companion that gives these, and a session of Alice, in whose groups Olga is the owner. */
function companionWith(...items: Element[]) {
  const answer = xml('conversations', { xmlns: NS_COMPANION, more: 'true' }, ...items)
  return listFrom(() => answer)
}

function listFrom(answer: Answer) {
  const wire = new FakeWire('alice', answer)
  const people = new People(wire.jid, wire.userId, ROOMS)
  const owners = new GroupOwners(() => Promise.resolve('olga'))
  return { wire, list: new CompanionConversations(COMPANION, { wire, people, belief: owners }) }
}

describe('the conversation list of a companion', () => {
  it('is asked for by place, whatever time is named', async () => {
    const { wire, list } = companionWith()
    await list.list({ count: 20 })
    await list.list({ count: 500, before: 1_700_000_000_000 })
    await list.list({ count: 1, before: Number.MAX_SAFE_INTEGER })
    expect(wire.questions.map(({ to }) => to)).to.deep.equal([COMPANION, COMPANION, COMPANION])
    const asked = wire.questions.map(({ child: { attrs } }) => [Number(attrs.count), attrs.before])
    expect(asked).to.deep.equal([
      [20, undefined],
      [200, '1700000000000000'],
      [1, String(Number.MAX_SAFE_INTEGER)],
    ])
  })

  it('has the last message of each conversation and what is unread', async () => {
    const { list } = companionWith(item({ unread: '3', mentions: '1' }, byBob(5000, 'hello')))
    const { items, hasMore } = await list.list({ count: 20 })
    expect(hasMore).to.equal(true)
    expect(items[0]).to.deep.include({
      ...privateWith('bob'),
      operations: [],
      unreadMessageCount: 3,
      unreadMentionedCount: 1,
    })
    const { content, order, sentTime } = items[0]!.latestMessage!
    expect(content).to.deep.equal({ content: 'hello' })
    expect([order, sentTime]).to.deep.equal([orderAt(5000), 1_700_000_000_005])
  })

  it('has the place of what was taken back, as its recall tells', async () => {
    const target = { messageUId: 'gone', senderUserId: 'bob' }
    const operation = recall(privateWith('alice'), target)
    const left = { order: orderAt(1), sentTime: 1, messageType: 'RC:ImgMsg' }
    const taken = result(2, 'bob@example.org', operation, { remains: left })
    const remains = xml('remains', { id: orderAt(1), message: 'gone', type: 'RC:ImgMsg' })
    const [recalled] = (await companionWith(item({}, remains, taken)).list.list({ count: 1 })).items
    expect(recalled!.latestMessage).to.deep.include({ ...target, messageType: 'RC:ImgMsg' })
    expect(recalled!.latestMessage!.content).to.deep.equal({})
    expect(recalled!.operations!.map(({ order }) => order)).to.deep.equal([orderAt(2)])
    const alone = companionWith(item({}, remains))
    expect((await alone.list.list({ count: 1 })).items).to.be.empty
  })

  it('takes nothing back for who may not', async () => {
    const sent = text(privateWith('alice'), 'stays')
    const target = { messageUId: sent.messageUId, senderUserId: 'bob' }
    const group = inGroup('team')
    const claim = recall(group, target, { isAdmin: true })
    const inTeam = (number: number, member: string, envelope: MessageEnvelope) =>
      result(number, `team@${ROOMS}/${member}`, envelope)
    for (const [member, isTaken] of [
      ['mallory', false],
      ['olga', true],
    ] as const) {
      const said = inTeam(1, 'bob', { ...sent, ...group })
      const team = item({ with: `team@${ROOMS}` }, said, inTeam(2, member, claim))
      const [listed] = (await companionWith(team).list.list({ count: 1 })).items
      const content = isTaken ? {} : { content: 'stays' }
      expect(listed!.latestMessage!.content, member).to.deep.equal(content)
    }
  })

  it('leaves out what is of another conversation, or no conversation at all', async () => {
    const { list } = companionWith(
      item({ with: 'carol@example.org' }, byBob(1, 'elsewhere')),
      item({ with: 'bob@elsewhere.example' }, byBob(1, 'elsewhere')),
      item({}, xml('result', { xmlns: 'urn:xmpp:mam:2', id: 'x' })),
      item({ with: undefined }, byBob(1, 'nowhere')),
      item(
        { unread: '-1', mentions: 'many' },
        byBob(1, 'here'),
        result(
          2,
          'carol@example.org',
          recall(privateWith('alice'), { messageUId: 'x', senderUserId: 'carol' }),
        ),
      ),
    )
    const { items } = await list.list({ count: 20 })
    expect(items).to.have.length(1)
    expect(items[0]).to.deep.include({ unreadMessageCount: 0, unreadMentionedCount: 0 })
    expect(items[0]!.operations).to.be.empty
  })

  it('can be asked for again when the companion is away or has too much to do', async () => {
    for (const [condition, code] of [
      ['service-unavailable', ErrorCode.SERVER_UNAVAILABLE],
      ['policy-violation', ErrorCode.SEND_FREQUENCY_TOO_FAST],
    ] as const) {
      const { list } = listFrom(() => {
        throw refusal(condition)
      })
      expect(await codeOf(list.list({ count: 20 })), condition).to.equal(code)
    }
  })
})

describe('a companion', () => {
  const featuresWith = (...features: string[]) => {
    const children = features.map((name) => xml('feature', { var: name }))
    return xml('query', { xmlns: 'http://jabber.org/protocol/disco#info' }, ...children)
  }

  /** A server that lists one companion among its services, and has another one besides. */
  const found = async (companion?: string | false) => {
    const wire = new FakeWire('alice', ({ child, to }) => {
      if (child.getNS() === 'http://jabber.org/protocol/disco#items') {
        const query = { xmlns: 'http://jabber.org/protocol/disco#items' }
        return xml('query', query, xml('item', { jid: COMPANION }))
      }
      if (to === COMPANION || to === 'other.example.org') {
        return featuresWith(`${NS_COMPANION}#conversations`)
      }
      if (to === 'nowhere.example.org') throw refusal('remote-server-not-found')
      return featuresWith('urn:xmpp:mam:2')
    })
    const rules = rulesFrom({ url: 'wss://example.org/ws', companion })
    return (await readFeatures(wire, rules)).companion?.address
  }

  it('is found among the services of the server', async () => {
    expect(await found()).to.equal(COMPANION)
  })

  it('is the one that is named, if it is there', async () => {
    expect(await found('other.example.org')).to.equal('other.example.org')
    expect(await found('nowhere.example.org')).to.equal(undefined)
    expect(await found('upload.example.org')).to.equal(undefined)
  })

  it('is not asked for anything where it is not wanted', async () => {
    expect(await found(false)).to.equal(undefined)
  })
})
