import { expect } from '@open-wc/testing'
import { CompanionHistory } from '../../src/backends/xmpp/companion-history.js'
import { encode } from '../../src/backends/xmpp/envelope.js'
import { GroupOwners } from '../../src/backends/xmpp/group-owners.js'
import { People } from '../../src/backends/xmpp/people.js'
import { xml, type Element } from '../../src/backends/xmpp/wire.js'
import { ErrorCode } from '../../src/model/errors.js'
import type { MessageEnvelope } from '../../src/model/message.js'
import { inGroup, receiptRequest, text } from '../support/backend-messages.js'
import { codeOf } from '../support/backend-refusal.js'
import { FakeWire, refusal, type Question } from '../support/fake-wire.js'

const NS_COMPANION = 'urn:imkit:companion:0'
const ROOMS = 'rooms.example.org'
const team = inGroup('team')

const placeAt = (number: number) => 1_700_000_000_000_000 + number

/** A message of Alice to her team, as the companion gives it. */
function result(number: number, envelope: MessageEnvelope): Element {
  const stanza = encode(
    new People('alice@example.org', 'alice', ROOMS),
    { envelope },
    `team@${ROOMS}`,
  )
  stanza.attrs.from = `team@${ROOMS}/alice`
  const forwarded = xml('forwarded', { xmlns: 'urn:xmpp:forward:0' }, stanza)
  return xml('result', { xmlns: 'urn:xmpp:mam:2', id: String(placeAt(number)) }, forwarded)
}

/** A companion that has these messages, and readers of each by its id: as many at once as it likes. */
function companionWith(
  shown: Element[],
  operations: Element[],
  readersOf: Record<string, string[]>,
  atOnce = 1000,
) {
  const answer = ({ child }: Question) => {
    if (child.name === 'history') {
      return xml(
        'history',
        { xmlns: NS_COMPANION },
        xml('messages', {}, ...shown),
        xml('operations', {}, ...operations),
      )
    }
    const after = Number(child.attrs.after ?? 0)
    const messages = child.getChildren('message').map(({ attrs: { id = '' } }) => {
      const left = (readersOf[id] ?? [])
        .map((name, index) => ({ name, at: placeAt(100 + index) }))
        .filter(({ at }) => at > after)
      const readers = left
        .slice(0, atOnce)
        .map(({ name, at }) =>
          xml('reader', { user: `${name}@example.org`, at, receipt: `${name} has read` }),
        )
      return xml('message', { id, more: String(left.length > atOnce) }, ...readers)
    })
    return xml('readers', { xmlns: NS_COMPANION }, ...messages)
  }
  const wire = new FakeWire('alice', answer)
  const people = new People(wire.jid, wire.userId, ROOMS)
  const belief = new GroupOwners(() => Promise.resolve('olga'))
  const history = new CompanionHistory('companion.example.org', { wire, people, belief })
  const page = () => history.page({ conversation: team, count: 20 })
  const asked = () =>
    wire.questions
      .filter(({ child }) => child.name === 'readers')
      .map(({ child }) => child.getChildren('message').map(({ attrs }) => attrs.id))
  return { wire, page, asked }
}

describe('the readers a companion tells', () => {
  it('are asked for once, for all messages that want to know them', async () => {
    const one = text(team, 'one', { needReceipt: true })
    const two = text(team, 'two')
    const three = text(team, 'three')
    const request = receiptRequest(team, { ...two, senderUserId: 'alice' })
    const { page, asked } = companionWith(
      [result(1, one), result(2, two), result(3, three)],
      [result(4, request)],
      { [one.messageUId]: ['bob', 'carol'], [two.messageUId]: ['bob'] },
    )
    const { operations } = await page()
    expect(asked()).to.deep.equal([[one.messageUId, two.messageUId]])
    const [asking, ...answers] = operations
    expect(asking!.messageUId).to.equal(request.messageUId)
    expect(answers.map(({ senderUserId, content }) => [senderUserId, content])).to.deep.equal([
      // He has answered for both at once.
      ['bob', { receiptMessageDic: { alice: [one.messageUId, two.messageUId] } }],
      ['carol', { receiptMessageDic: { alice: [one.messageUId] } }],
    ])
  })

  it('are all told, however many come at once', async () => {
    const sent = text(team, 'one', { needReceipt: true })
    const readers = ['bob', 'carol', 'dan', 'erin', 'frank']
    const { page, asked } = companionWith([result(1, sent)], [], { [sent.messageUId]: readers }, 2)
    const { operations } = await page()
    expect(operations.map(({ senderUserId }) => senderUserId)).to.deep.equal(readers)
    expect(asked()).to.have.length(3)
  })

  it('are not asked for where nobody wants to know them', async () => {
    const { page, asked } = companionWith([result(1, text(team, 'one'))], [], {})
    expect((await page()).operations).to.be.empty
    expect(asked()).to.be.empty
  })

  it('can be asked for again when the companion refuses', async () => {
    const sent = text(team, 'one', { needReceipt: true })
    const { wire, page } = companionWith([result(1, sent)], [], {})
    const { iq } = wire
    wire.iq = (type, child, to) => {
      if (child.name === 'readers') return Promise.reject(refusal('policy-violation'))
      return iq.call(wire, type, child, to)
    }
    expect(await codeOf(page())).to.equal(ErrorCode.SEND_FREQUENCY_TOO_FAST)
  })
})
