import { expect } from '@open-wc/testing'
import { fileName } from '../../src/backends/xmpp/files-name.js'
import { NS_UPLOAD, XmppFiles } from '../../src/backends/xmpp/files.js'
import { xml, type Element } from '../../src/backends/xmpp/wire.js'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import { codeOf, refusalOf } from '../support/backend-refusal.js'
import { FakeWire, refusal, type Answer } from '../support/fake-wire.js'

const NS_DISCO_INFO = 'http://jabber.org/protocol/disco#info'
const SERVICE = 'upload.example.org'

/** What a service says of itself. */
function serviceInfo(maxSize?: number): Element {
  const field = (name: string, value: string) =>
    xml('field', { var: name }, xml('value', {}, value))
  const form = xml(
    'x',
    { xmlns: 'jabber:x:data', type: 'result' },
    field('FORM_TYPE', NS_UPLOAD),
    field('max-file-size', String(maxSize)),
  )
  return xml('query', { xmlns: NS_DISCO_INFO }, maxSize === undefined ? undefined : form)
}

/** A service with slots at some address. */
function service(slot: Answer, maxSize?: number) {
  const wire = new FakeWire('alice', (question) =>
    question.child.is('request', NS_UPLOAD) ? slot(question) : serviceInfo(maxSize),
  )
  return { wire, files: new XmppFiles(wire, SERVICE, 1000) }
}

const slotAt = (put: string, get = 'https://example.org/a.png') =>
  xml('slot', { xmlns: NS_UPLOAD }, xml('put', { url: put }), xml('get', { url: get }))

const file = new Blob(['some bytes'], { type: 'image/png' })

describe('files over HTTP', () => {
  it('are announced with name, size and type', async () => {
    const { wire, files } = service(() => slotAt(`${location.origin}/nowhere`))
    await codeOf(files.upload(file, { name: 'a b/ü.png' }))
    const { child, to } = wire.questions.at(-1)!
    expect(to).to.equal(SERVICE)
    expect(child.attrs).to.include({ filename: 'a b_ü.png', 'content-type': 'image/png' })
    expect(Number(child.attrs.size)).to.equal(file.size)
  })

  it('keep the lower limit of the two, and say which', async () => {
    const { files } = service(() => undefined, 9)
    expect((await refusalOf(files.upload(file))).message).to.contain('at most 9 are')
    const own = service(() => undefined, 5000).files
    const large = await refusalOf(own.upload(new Blob([new Uint8Array(1001)])))
    expect(large.message).to.contain('at most 1000 are')
  })

  it('are refused with the words of the server', async () => {
    for (const [error, words] of [
      [refusal('not-acceptable', 'File larger than 9 bytes'), 'larger than 9'],
      [refusal('resource-constraint'), 'used up'],
      [refusal('forbidden'), 'may not'],
      [refusal('service-unavailable'), 'service-unavailable'],
    ] as const) {
      const { files } = service(() => {
        throw error
      })
      const refused = await refusalOf(files.upload(file))
      expect(refused.code).to.equal(ErrorCode.UPLOAD_FAIL)
      expect(refused.message).to.contain(words)
    }
  })

  it('are refused when the store does not take them', async () => {
    const { files } = service(() => slotAt(`${location.origin}/nowhere`))
    const refused = await refusalOf(files.upload(file))
    expect(refused.code).to.equal(ErrorCode.UPLOAD_FAIL)
    expect(refused.message).to.match(/HTTP 4\d\d/)
  })

  it('name the store that does not answer a page', async () => {
    const { files } = service(() => slotAt('http://127.0.0.1:1/file'))
    const refused = await refusalOf(files.upload(file))
    expect(refused.code).to.equal(ErrorCode.UPLOAD_FAIL)
    expect(refused.message).to.contain('http://127.0.0.1:1')
  })

  it('can be sent later when the connection is gone too', async () => {
    let isConnected = true
    const wire = new FakeWire('alice', ({ child }) => {
      if (!isConnected) throw new IMError(ErrorCode.RC_SOCKET_DISCONNECTED)
      if (!child.is('request', NS_UPLOAD)) return serviceInfo()
      isConnected = false
      return slotAt('http://127.0.0.1:1/file')
    })
    const files = new XmppFiles(wire, SERVICE, 1000)
    expect(await codeOf(files.upload(file))).to.equal(ErrorCode.RC_SOCKET_DISCONNECTED)
  })

  it('go to and come from addresses of the web only', async () => {
    for (const slot of [
      slotAt('ftp://example.org/a', 'https://example.org/a'),
      slotAt('https://example.org/a', 'javascript:alert(1)'),
      slotAt('https://', 'https://example.org/a'),
      xml('slot', { xmlns: NS_UPLOAD }),
      undefined,
    ]) {
      const { files } = service(() => slot)
      expect(await codeOf(files.upload(file))).to.equal(ErrorCode.UPLOAD_FAIL)
    }
  })

  it('given up before they are sent are not announced', async () => {
    const { wire, files } = service(() => slotAt('http://127.0.0.1:1/file'))
    const call = files.upload(file, { signal: AbortSignal.abort() })
    expect(await codeOf(call)).to.equal(ErrorCode.UPLOAD_FAIL)
    expect(wire.questions).to.be.empty
  })
})

describe('the name of a file on the server', () => {
  const cases: [name: string, type: string, expected: string][] = [
    ['photo.png', 'image/png', 'photo.png'],
    ['图 1.JPG', '', '图 1.JPG'],
    ['a/b\\c.txt', 'text/plain', 'a_b_c.txt'],
    ['', 'image/jpeg', 'file.jpg'],
    ['voice', 'audio/webm;codecs=opus', 'voice.webm'],
    ['notes', 'text/plain;charset=utf-8', 'notes.txt'],
    ['drawing', 'image/svg+xml', 'drawing.svg'],
    ['data', 'application/octet-stream', 'data'],
    ['data', '', 'data'],
    ['.', 'application/x-tar', '..tar'],
  ]
  for (const [name, type, expected] of cases) {
    it(`is ${expected} for "${name}" of type "${type}"`, () => {
      expect(fileName(name, type)).to.equal(expected)
    })
  }
})
