import { expect } from '@open-wc/testing'
import {
  bareAddress,
  escapeId,
  parseAddress,
  unescapeId,
} from '../../src/backends/xmpp/addresses.js'

describe('ids in addresses', () => {
  const ids = [
    'alice',
    'Alice',
    'ALICE',
    'alice@example.org/phone',
    `"&'/:<>@\\ `,
    '\\41',
    '你好 👩‍👩‍👧 é ß ﬀ Å',
    'x'.repeat(64),
    '\ue000'.repeat(64),
    '👍'.repeat(32),
    '%2F..\t\n\u0000',
  ]

  it('come back as they were', () => {
    for (const id of ids) expect(unescapeId(escapeId(id))).to.equal(id)
  })

  it('hold nothing that an address folds, forbids or splits at', () => {
    for (const id of ids) expect(escapeId(id)).to.match(/^(?:[a-z0-9._~-]|\\[0-9a-f]{2})+$/)
  })

  it('differ where the ids differ', () => {
    expect(new Set(ids.map(escapeId)).size).to.equal(ids.length)
  })

  it('fit into an address', () => {
    for (const id of ids) expect(escapeId(id).length).to.be.at.most(1023)
  })

  it('are written as XEP-0106 writes them where it has a form', () => {
    expect(escapeId(`d'artagnan @home`)).to.equal('d\\27artagnan\\20\\40home')
  })

  it('of other makers come out as they are', () => {
    expect(unescapeId('josé')).to.equal('josé')
    expect(unescapeId('a\\zz\\ff')).to.equal('a\\zz\\ff')
  })

  it('are found in whole addresses', () => {
    expect(parseAddress('a\\40b@Example.org/my phone/2')).to.deep.equal({
      local: 'a\\40b',
      domain: 'example.org',
      resource: 'my phone/2',
    })
    expect(parseAddress(undefined)).to.deep.equal({ local: '', domain: '', resource: '' })
    expect(bareAddress('a@example.org/x')).to.equal('a@example.org')
    expect(bareAddress('example.org/x')).to.equal('example.org')
  })
})
