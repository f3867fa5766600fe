/** What the embedded backend does with the files it keeps itself. */
import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import { connectTo, LocalService } from '../support/backend-local-service.js'
import { codeOf } from '../support/backend-refusal.js'

const file = new Blob(['some words'], { type: 'text/plain' })

describe('local files', () => {
  let service: LocalService

  beforeEach(() => {
    service = new LocalService()
  })

  afterEach(() => service.remove())

  it('have a scheme of their own, and one address per session', async () => {
    const { session } = await connectTo(service.openTab(), 'alice')
    const { uri } = await session.files!.upload(file)
    expect(uri).to.match(/^imkit-local:/)
    const [first, second] = await Promise.all([session.files!.url(uri), session.files!.url(uri)])
    expect(first).to.match(/^blob:/)
    expect(second).to.equal(first)
  })

  it('are found from every tab', async () => {
    const alice = await connectTo(service.openTab(), 'alice')
    const bob = await connectTo(service.openTab(), 'bob')
    const { uri } = await alice.session.files!.upload(file)
    const response = await fetch(await bob.session.files!.url(uri))
    expect(await response.text()).to.equal('some words')
  })

  it('lose their address when the session is closed', async () => {
    const { session } = await connectTo(service.openTab(), 'alice')
    const url = await session.files!.url((await session.files!.upload(file)).uri)
    const { revokeObjectURL } = URL
    const revoked: string[] = []
    URL.revokeObjectURL = (it) => revoked.push(it)
    try {
      await session.close()
    } finally {
      URL.revokeObjectURL = revokeObjectURL
    }
    expect(revoked).to.deep.equal([url])
  })

  it('that are not there are refused with 33003, and may come later', async () => {
    const { session } = await connectTo(service.openTab(), 'alice')
    for (const uri of ['imkit-local:', 'imkit-local:unknown']) {
      expect(await codeOf(session.files!.url(uri))).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
    }
  })

  it('of uploads that were given up leave no bytes behind', async () => {
    const { session } = await connectTo(service.openTab(), 'alice')
    const abort = new AbortController()
    const upload = session.files!.upload(new Blob([new Uint8Array(2_000_000)]), {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    })
    expect(await codeOf(upload)).to.equal(ErrorCode.UPLOAD_FAIL)
    expect(await rowCount(service.name, 'files')).to.equal(0)
    expect(await rowCount(service.name, 'fileSlices')).to.equal(0)
  })

  it('of tabs that were killed half-way are removed after a day', async () => {
    await (await connectTo(service.openTab(), 'alice')).session.close()
    const day = 24 * 60 * 60 * 1000
    const started = { name: 'half', type: '', size: 2, isComplete: 0, startedTime: 1_000 }
    await inDatabase(service.name, async (database) => {
      const changes = database.transaction(['files', 'fileSlices'], 'readwrite')
      changes.objectStore('files').add({ ...started, id: 'old' })
      changes.objectStore('files').add({ ...started, id: 'young', startedTime: 2_000 })
      for (const fileId of ['old', 'young']) {
        changes.objectStore('fileSlices').add({ fileId, index: 0, bytes: new Blob(['x']) })
      }
      await new Promise((resolve) => (changes.oncomplete = resolve))
    })
    await connectTo(service.openTab({ now: () => 1_500 + day }), 'alice')
    expect(await rowCount(service.name, 'files')).to.equal(1)
    expect(await rowCount(service.name, 'fileSlices')).to.equal(1)
  })
})

const rowCount = (databaseName: string, table: string): Promise<number> =>
  inDatabase(databaseName, (database) => {
    const counting = database.transaction(table).objectStore(table).count()
    return new Promise((resolve) => (counting.onsuccess = () => resolve(counting.result)))
  })

/** The bare database, for what no client can see. */
async function inDatabase<Result>(
  name: string,
  work: (database: IDBDatabase) => Promise<Result>,
): Promise<Result> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onerror = () => reject(opening.error!)
    opening.onsuccess = () => resolve(opening.result)
  })
  try {
    return await work(database)
  } finally {
    database.close()
  }
}
