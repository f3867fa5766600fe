import { expect } from '@open-wc/testing'
import { encode } from '../../src/backends/xmpp/envelope.js'
import { People } from '../../src/backends/xmpp/people.js'
import {
  assertSize,
  IN_ONE_PIECE,
  largestContent,
  largestStanza,
  shortened,
  writtenSize,
} from '../../src/backends/xmpp/stanza-size.js'
import { xml } from '../../src/backends/xmpp/xml.js'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import { serializedSize } from '../../src/model/limits.js'
import { privateWith, text } from '../support/backend-messages.js'

const bytes = (written: string) => new TextEncoder().encode(written).length

/** Features of a stream. @param node by which a server says what it is made of */
const features = (node: string, most?: number) =>
  xml(
    'features',
    { xmlns: 'http://etherx.jabber.org/streams' },
    xml('c', { xmlns: 'http://jabber.org/protocol/caps', hash: 'sha-1', node, ver: 'x' }),
    most === undefined
      ? undefined
      : xml('limits', { xmlns: 'urn:xmpp:stream-limits:0' }, xml('max-bytes', {}, most)),
  )

describe('how large a stanza may be', () => {
  const prosody = 'http://prosody.im'
  const ejabberd = 'http://www.process-one.net/en/ejabberd/'

  it('is what goes in one piece on Prosody, a megabyte elsewhere, or less where a server says so', () => {
    expect(largestStanza(features(prosody))).to.equal(IN_ONE_PIECE)
    expect(largestStanza(features(prosody, 262_144))).to.equal(IN_ONE_PIECE)
    expect(largestStanza(features(prosody, 10_000))).to.equal(10_000)
    expect(largestStanza(features(ejabberd))).to.equal(1_048_576)
    expect(largestStanza(features(ejabberd, 262_144))).to.equal(262_144)
    expect(largestStanza(xml('features'))).to.equal(1_048_576)
  })

  it('counts the bytes that are sent', () => {
    const stanza = xml('message', {}, xml('body', {}, '<好>'))
    const size = bytes(stanza.toString())
    expect(() => assertSize(stanza, size)).not.to.throw()
    const isRefused = ({ code }: IMError) => code === ErrorCode.RC_MSG_CONTENT_EXCEED_LIMIT
    expect(() => assertSize(stanza, size - 1))
      .to.throw(IMError)
      .that.satisfies(isRefused)
  })
})

describe('a text that is shortened', () => {
  it('has as many bytes as it may have, written', () => {
    for (const it of ['plain', 'é & <b>', '你好', '👩‍👩‍👧 ok']) {
      expect(writtenSize(it), it).to.equal(bytes(xml('b', {}, it).toString()) - '<b></b>'.length)
      const long = it.repeat(100)
      const kept = shortened(long, 64)
      expect(writtenSize(kept), it).to.be.within(60, 64)
      expect(long.startsWith(kept.slice(0, -1)), it).to.equal(true)
      expect(kept.endsWith('…')).to.equal(true)
      expect(shortened(long, writtenSize(long))).to.equal(long)
    }
  })

  it('is what other clients are told of one that would make a small stanza a large one', () => {
    const people = new People('alice@example.org/x', 'alice', undefined)
    const told = (words: string) =>
      encode(people, { envelope: text(privateWith('bob'), words) }, 'bob@example.org')
    const half = 'x'.repeat(29_000)
    expect(told(half).getChildText('body')).to.equal(half)
    for (const character of ['x', 'é', '好']) {
      const size = largestContent(IN_ONE_PIECE) - serializedSize({ content: '' })
      const stanza = told(character.repeat(Math.floor(size / bytes(character))))
      expect(stanza.getChildText('body')!.length).to.be.above(500)
      expect(() => assertSize(stanza, IN_ONE_PIECE)).not.to.throw()
    }
  })
})
