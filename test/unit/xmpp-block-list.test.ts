import { expect } from '@open-wc/testing'
import { NS_BLOCKING, XmppBlockList } from '../../src/backends/xmpp/block-list.js'
import { People } from '../../src/backends/xmpp/people.js'
import { xml, type Element } from '../../src/backends/xmpp/wire.js'
import { ErrorCode } from '../../src/model/errors.js'
import { codeOf } from '../support/backend-refusal.js'
import { FakeWire, refusal } from '../support/fake-wire.js'

const named = (name: string, ...jids: string[]): Element =>
  xml(name, { xmlns: NS_BLOCKING }, ...jids.map((jid) => xml('item', { jid })))

function listOn(wire: FakeWire) {
  const told: string[][] = []
  const people = new People(wire.jid, wire.userId, undefined)
  return { list: new XmppBlockList(wire, people, (blocked) => told.push(blocked)), told }
}

describe('block list of a server', () => {
  it('holds users of this server, whatever else another client has blocked', async () => {
    const wire = new FakeWire('alice', () =>
      named('blocklist', 'bob@example.org', 'elsewhere.org', 'carol@elsewhere.org'),
    )
    const { list } = listOn(wire)
    await list.read()
    expect(list.blocked).to.deep.equal(['bob'])
  })

  it('follows what other devices do, until all are let go at once', () => {
    const wire = new FakeWire('alice', () => undefined)
    const { told } = listOn(wire)
    wire.push(named('block', 'bob@example.org', 'x\\41@example.org'))
    wire.push(named('block', 'bob@example.org'))
    wire.push(named('unblock', 'x\\41@example.org'))
    wire.push(named('unblock'))
    expect(told).to.deep.equal([['bob', 'xA'], ['xA', 'bob'], ['bob'], []])
  })

  it('lets nobody go when nobody is named', async () => {
    const wire = new FakeWire('alice', () => undefined)
    await listOn(wire).list.remove([])
    expect(wire.questions).to.be.empty
  })

  it('says so with 37001 and 37003 when the server does not want to', async () => {
    const wire = new FakeWire('alice', () => {
      throw refusal('not-allowed')
    })
    const { list } = listOn(wire)
    expect(await codeOf(list.add(['bob']))).to.equal(ErrorCode.BLACK_ADD_ERROR)
    expect(await codeOf(list.remove(['bob']))).to.equal(ErrorCode.BLACK_REMOVE_ERROR)
  })
})
