import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import { codeOf, refusalOf } from '../support/backend-refusal.js'
import { useService, type BackendUnderTest } from './backend-harness.js'

/** A file of so many bytes, none like its neighbour. */
function fileOf(size: number, type = 'application/octet-stream'): Blob {
  return new Blob([Uint8Array.from({ length: size }, (_, index) => (index * 31) % 251)], { type })
}

const bytesOf = async (blob: Blob) => [...new Uint8Array(await blob.arrayBuffer())]

export function describeFiles(backend: BackendUnderTest): void {
  describe('files', () => {
    const fileSize = 2_000_000
    const service = useService(backend, { fileSize })

    it('are there for others, byte for byte', async () => {
      const { alice, bob } = await service.connectPair()
      const file = fileOf(1_234_567, 'image/png')
      const { uri } = await alice.session.files!.upload(file, { name: 'a b/ü.png' })
      const response = await fetch(await bob.session.files!.url(uri))
      const loaded = await response.blob()
      expect(loaded.type).to.equal('image/png')
      expect(await bytesOf(loaded)).to.deep.equal(await bytesOf(file))
    })

    it('of one byte and of exactly the size that is allowed are taken', async () => {
      const alice = await service.connect(service.newUser('alice'))
      for (const size of [1, fileSize]) {
        const { uri } = await alice.session.files!.upload(fileOf(size))
        const loaded = await (await fetch(await alice.session.files!.url(uri))).blob()
        expect(loaded.size).to.equal(size)
      }
    })

    it('get an address each', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const first = await alice.session.files!.upload(fileOf(10))
      const second = await alice.session.files!.upload(fileOf(10))
      expect(first.uri).to.not.equal(second.uri)
    })

    it('tell how far they are, up to 100', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const told: number[] = []
      const onProgress = (percent: number) => told.push(percent)
      await alice.session.files!.upload(fileOf(fileSize), { onProgress })
      expect(told.at(-1)).to.equal(100)
      expect(told).to.deep.equal([...told].sort((one, other) => one - other))
      for (const percent of told) expect(percent).to.be.within(0, 100)
    })

    it('can be given up before and while they are sent: 34011', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const before = AbortSignal.abort()
      const early = alice.session.files!.upload(fileOf(10), { signal: before })
      expect(await codeOf(early)).to.equal(ErrorCode.UPLOAD_FAIL)

      const abort = new AbortController()
      const told: number[] = []
      const late = alice.session.files!.upload(fileOf(fileSize), {
        signal: abort.signal,
        onProgress: (percent) => {
          told.push(percent)
          abort.abort()
        },
      })
      expect(await codeOf(late)).to.equal(ErrorCode.UPLOAD_FAIL)
      expect(told).to.have.length(1)
    })

    it('without a byte, or with one too many, are refused with 34011 and the reason', async () => {
      const alice = await service.connect(service.newUser('alice'))
      const empty = await refusalOf(alice.session.files!.upload(fileOf(0)))
      expect(empty.code).to.equal(ErrorCode.UPLOAD_FAIL)
      const large = await refusalOf(alice.session.files!.upload(fileOf(fileSize + 1)))
      expect(large.code).to.equal(ErrorCode.UPLOAD_FAIL)
      expect(large.message).to.contain(`${fileSize}`)
    })

    it('elsewhere on the web keep their address', async () => {
      const alice = await service.connect(service.newUser('alice'))
      for (const uri of ['https://example.org/a.png?b=c', 'http://example.org/']) {
        expect(await alice.session.files!.url(uri)).to.equal(uri)
      }
    })

    it('at addresses no page should load are refused with 33003', async () => {
      const alice = await service.connect(service.newUser('alice'))
      for (const uri of [
        'javascript:alert(1)',
        'data:text/html,x',
        'file:///etc/passwd',
        '',
        'x',
      ]) {
        const call = alice.session.files!.url(uri)
        expect(await codeOf(call), uri).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
      }
    })
  })
}
