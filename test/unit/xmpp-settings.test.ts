import { expect } from '@open-wc/testing'
import type { Setting } from '../../src/backends/backend.js'
import { XmppSettings } from '../../src/backends/xmpp/settings.js'
import { xml } from '../../src/backends/xmpp/wire.js'
import { ErrorCode } from '../../src/model/errors.js'
import { codeOf } from '../support/backend-refusal.js'
import { FakePrivateNode, nodeEvent } from '../support/fake-private-node.js'
import { FakeWire, refusal } from '../support/fake-wire.js'

const NODE = 'urn:imkit:settings:0'

/** One of the user's sessions, and what it was told. */
function session(node: FakePrivateNode, name: string) {
  const wire = node.session(name)
  const told: Setting[] = []
  const settings = new XmppSettings(wire, (changed) => told.push(...changed), name)
  return { wire, settings, told }
}

/** The value a node ends with. */
const stored = async (node: FakePrivateNode, key: string) => {
  const { settings } = await session(node, 'a look').settings.since(undefined)
  return settings.find((it) => it.key === key)
}

/** Lets promises come to their end; nothing here waits for anything else. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await undefined
}

describe('settings on a private node', () => {
  it('make the node themselves, for nobody else to read', async () => {
    const node = new FakePrivateNode('alice')
    await session(node, 'first').settings.set('theme', 'dark')
    const form = node.configuration!.toString()
    expect(form).to.contain('pubsub#access_model"><value>whitelist')
    expect(form).to.contain('pubsub#persist_items"><value>true')
  })

  it('go on where another session has just made the node', async () => {
    for (const condition of ['conflict', 'internal-server-error']) {
      const node = new FakePrivateNode('alice')
      const { settings } = session(node, 'first')
      node.beforeCreation = () => {
        node.entries = new Map()
        throw refusal(condition)
      }
      expect((await settings.set('key', 1)).value).to.equal(1)
      expect(node.isSubscribed).to.equal(true)
    }
  })

  it('are told to all sessions, with the number their writer got', async () => {
    const node = new FakePrivateNode('alice')
    const [first, second] = [session(node, 'first'), session(node, 'second')]
    const setting = await first.settings.set('theme', { dark: true })
    for (const { told } of [first, second]) expect(told).to.deep.equal([setting])
  })

  it('carry texts that XML has no way to write', async () => {
    const node = new FakePrivateNode('alice')
    const first = session(node, 'first')
    for (const text of ['\u0000\u001f', '\ufffe', '\ud800', '<&>"\'', '\r\n\t ', '😀 é 你']) {
      const setting = await first.settings.set(text, text)
      expect(first.told.at(-1)).to.deep.equal(setting)
      expect(node.entries!.get([...node.entries!.keys()].at(-1)!)!.toString()).to.not.match(
        // eslint-disable-next-line no-control-regex -- XML 1.0, 2.2
        /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/,
      )
    }
  })

  it('rise, whatever the clocks of two devices say', async () => {
    const node = new FakePrivateNode('alice')
    const [first, second] = [session(node, 'first'), session(node, 'second')]
    second.wire.now -= 60_000
    const versions: number[] = []
    for (const { settings } of [first, second, second, first, second]) {
      versions.push((await settings.set('key', versions.length)).version)
    }
    expect(versions).to.deep.equal([...new Set(versions)].sort((one, other) => one - other))
  })

  it('end with the higher number where a lower one came last', async () => {
    const node = new FakePrivateNode('alice')
    const [first, second] = [session(node, 'first'), session(node, 'second')]
    for (const { settings } of [first, second]) await settings.since(undefined)
    second.wire.now -= 1000
    const untold: (() => void)[] = []
    node.hold = (tell) => untold.push(tell)
    const [higher, lower] = await Promise.all([
      first.settings.set('key', 'higher'),
      second.settings.set('key', 'lower'),
    ])
    expect(higher.version).to.be.above(lower.version)
    expect(await stored(node, 'key')).to.deep.equal(lower)

    node.hold = undefined
    for (const tell of untold) tell()
    await settled()
    expect(await stored(node, 'key')).to.deep.equal(higher)
    expect(second.told.at(-1)).to.deep.equal(higher)
  })

  it('end with one of two that took the same number', async () => {
    const node = new FakePrivateNode('alice')
    const [first, second] = [session(node, 'first'), session(node, 'second')]
    for (const { settings } of [first, second]) await settings.since(undefined)
    const untold: (() => void)[] = []
    node.hold = (tell) => untold.push(tell)
    const [one, other] = await Promise.all([
      first.settings.set('key', 'one'),
      second.settings.set('key', 'other'),
    ])
    expect(one.version).to.equal(other.version)

    node.hold = undefined
    for (const tell of untold) tell()
    await settled()
    const last = { ...other, version: other.version + 1 }
    expect(await stored(node, 'key')).to.deep.equal(last)
    for (const { told } of [first, second]) expect(told.at(-1)).to.deep.equal(last)
  })

  it('leave alone what a later writer has set', async () => {
    const node = new FakePrivateNode('alice')
    const [first, second] = [session(node, 'first'), session(node, 'second')]
    await first.settings.set('key', 'mine')
    const later = await second.settings.set('key', 'yours')
    await settled()
    expect(await stored(node, 'key')).to.deep.equal(later)
  })

  it('are all there for a new device, without those that were removed', async () => {
    const node = new FakePrivateNode('alice')
    const first = session(node, 'first')
    const kept = await first.settings.set('kept', 1)
    await first.settings.set('gone', 1)
    const removed = await first.settings.set('gone', null)
    const { settings, place } = await session(node, 'second').settings.since(undefined)
    expect(settings).to.deep.equal([kept])
    expect(place).to.equal(removed.version)
  })

  it('come after an absence if they changed, the removed ones too', async () => {
    const node = new FakePrivateNode('alice')
    const first = session(node, 'first')
    await first.settings.set('old', 1)
    const { place } = await session(node, 'second').settings.since(undefined)
    first.wire.now += 24 * 60 * 60 * 1000
    const changed = await first.settings.set('new', 1)
    const removed = await first.settings.set('old', null)
    const { settings } = await session(node, 'third').settings.since(place)
    expect(settings).to.have.deep.members([changed, removed])
  })

  it('are read in pages, none of them twice', async () => {
    const node = new FakePrivateNode('alice')
    const { settings } = session(node, 'first')
    await Promise.all(
      Array.from({ length: 1001 }, (_, index) => settings.set(`key ${index}`, index)),
    )
    const found = await session(node, 'second').settings.since(undefined)
    expect(new Set(found.settings.map(({ key }) => key)).size).to.equal(1001)
    expect(found.settings).to.have.length(1001)
  })

  it('are believed from nobody else', async () => {
    const node = new FakePrivateNode('alice')
    const { wire, settings, told } = session(node, 'first')
    await settings.since(undefined)
    const item = xml(
      'item',
      { id: '"key"' },
      xml('setting', { xmlns: 'urn:imkit:0', version: 1, by: 'x' }, '"forged"'),
    )
    wire.deliver(nodeEvent('mallory@example.org', NODE, item))
    wire.deliver(nodeEvent('alice@elsewhere.org', NODE, item))
    wire.deliver(nodeEvent('alice@example.org', 'another node', item))
    expect(told).to.be.empty
    wire.deliver(nodeEvent('alice@example.org', NODE, item))
    expect(told).to.have.length(1)
  })

  it('pass over entries that are no settings', async () => {
    const node = new FakePrivateNode('alice')
    const { settings } = session(node, 'first')
    const kept = await settings.set('kept', 1)
    const setting = (attrs: object, text: string) =>
      xml('setting', { xmlns: 'urn:imkit:0', ...attrs }, text)
    for (const [id, payload] of [
      ['no json', setting({ version: 1 }, '1')],
      ['7', setting({ version: 1 }, '1')],
      ['"a"', setting({ version: 'one' }, '1')],
      ['"b"', setting({ version: 1 }, '{')],
      ['"c"', xml('other', { xmlns: 'urn:imkit:0', version: 1 }, '1')],
    ] as const) {
      node.entries!.set(id, xml('item', { id }, payload))
    }
    const found = await session(node, 'second').settings.since(undefined)
    expect(found.settings).to.deep.equal([kept])
  })

  it('need a key, and tell when the server refuses them', async () => {
    const node = new FakePrivateNode('alice')
    const { settings } = session(node, 'first')
    expect(await codeOf(settings.set('', 1))).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
    const wire = new FakeWire('alice', () => {
      throw refusal('service-unavailable')
    })
    const refused = new XmppSettings(wire, () => {})
    expect(await codeOf(refused.set('key', 1))).to.equal(ErrorCode.USER_SETTING_SYNCED_ERROR)
    expect(await codeOf(refused.since(undefined))).to.equal(ErrorCode.USER_SETTING_SYNCED_ERROR)
  })

  it('are asked for again when they could not be opened', async () => {
    const node = new FakePrivateNode('alice')
    let isDown = true
    const wire = new FakeWire('alice', (question) => {
      if (isDown) throw refusal('internal-server-error')
      return node
        .session('behind')
        .iq(question.type, question.child)
        .then((it) => it.getChildElements()[0])
    })
    const settings = new XmppSettings(wire, () => {})
    expect(await codeOf(settings.set('key', 1))).to.equal(ErrorCode.SERVER_UNAVAILABLE)
    isDown = false
    expect((await settings.set('key', 1)).value).to.equal(1)
  })

  it('listen to nothing once they are closed', () => {
    const { wire, settings } = session(new FakePrivateNode('alice'), 'first')
    expect(wire.hasListeners).to.equal(true)
    settings.close()
    expect(wire.hasListeners).to.equal(false)
  })
})
