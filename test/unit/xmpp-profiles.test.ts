import { expect } from '@open-wc/testing'
import { XmppProfiles } from '../../src/backends/xmpp/profiles.js'
import { xml, type Element } from '../../src/backends/xmpp/wire.js'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import { codeOf } from '../support/backend-refusal.js'
import { FakeWire, refusal } from '../support/fake-wire.js'

const card = (...children: Element[]) => xml('vCard', { xmlns: 'vcard-temp' }, ...children)
const named = (name: string) => card(xml('FN', {}, name))

/** A server with the cards of some users, and a session of Alice. */
function cards(known: Record<string, Element>) {
  const wire = new FakeWire('alice', ({ type, child, to }) => {
    const user = (to ?? 'alice@').split('@')[0]!
    if (type === 'set') known[user] = child
    else if (user in known) return known[user]
    else throw refusal('item-not-found')
    return undefined
  })
  const profiles = new XmppProfiles(wire, (userId) => `${userId}@example.org`)
  return { wire, profiles, known }
}

describe('profiles on cards', () => {
  it('come in the order asked for, without those who have none', async () => {
    const { profiles } = cards({ alice: named('Alice'), bob: named('Bob'), carol: card() })
    const seen = await profiles.users(['bob', 'nobody', 'carol', 'alice'])
    expect(seen).to.deep.equal([
      { id: 'bob', name: 'Bob' },
      { id: 'alice', name: 'Alice' },
    ])
  })

  it('keep what a change leaves out, and what others wrote', async () => {
    const role = xml('ROLE', {}, 'Captain')
    const { profiles, known } = cards({ alice: card(xml('FN', {}, 'Al'), role) })
    await profiles.update({ portraitUri: 'https://example.org/a.png' })
    await profiles.update({ name: 'Alice' })
    expect(await profiles.users(['alice'])).to.deep.equal([
      { id: 'alice', name: 'Alice', portraitUri: 'https://example.org/a.png' },
    ])
    expect(known.alice!.getChildText('ROLE')).to.equal('Captain')
    expect(known.alice!.getChildren('FN')).to.have.length(1)
  })

  it('begin with nothing', async () => {
    const { profiles } = cards({})
    await profiles.update({ name: 'Alice' })
    expect(await profiles.users(['alice'])).to.deep.equal([{ id: 'alice', name: 'Alice' }])
  })

  it('lose what is set to nothing', async () => {
    const { profiles } = cards({ alice: named('Alice') })
    await profiles.update({ portraitUri: 'https://example.org/a.png' })
    await profiles.update({ portraitUri: '' })
    expect(await profiles.users(['alice'])).to.deep.equal([{ id: 'alice', name: 'Alice' }])
  })

  it('are asked for once while they are fresh', async () => {
    const { wire, profiles, known } = cards({ bob: named('Bob') })
    await Promise.all([profiles.users(['bob', 'bob']), profiles.users(['bob'])])
    expect(wire.questions).to.have.length(1)
    known.bob = named('Robert')
    wire.now += 59_000
    expect(await profiles.names(['bob'])).to.deep.equal(['Bob'])
    wire.now += 2000
    expect(await profiles.names(['bob'])).to.deep.equal(['Robert'])
  })

  it('are asked for again after a failure', async () => {
    let isDown = true
    const wire = new FakeWire('alice', () => {
      if (isDown) throw new IMError(ErrorCode.TIMEOUT)
      return named('Bob')
    })
    const profiles = new XmppProfiles(wire, (userId) => userId)
    expect(await codeOf(profiles.users(['bob']))).to.equal(ErrorCode.TIMEOUT)
    isDown = false
    expect(await profiles.names(['bob'])).to.deep.equal(['Bob'])
  })

  it('of many are not all under way at once', async () => {
    let underWay = 0
    let most = 0
    const wire = new FakeWire('alice', async () => {
      underWay += 1
      most = Math.max(most, underWay)
      await Promise.resolve()
      underWay -= 1
      return named('Somebody')
    })
    const profiles = new XmppProfiles(wire, (userId) => userId)
    const ids = Array.from({ length: 500 }, (_, index) => `user ${index}`)
    expect(await profiles.users(ids)).to.have.length(500)
    expect(most).to.be.within(2, 40)
  })
})
