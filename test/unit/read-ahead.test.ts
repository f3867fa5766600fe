import { expect } from '@open-wc/testing'
import type { Batch } from '../../src/backends/backend.js'
import { readAhead } from '../../src/core/read-ahead.js'
import { saidFromTo } from '../support/archived-messages.js'

describe('reading ahead', () => {
  const size = 10
  const batch = (number: number): Batch => ({
    messages: saidFromTo(number * size + 1, (number + 1) * size),
    cursor: String(number),
  })
  const cursors = (batches: readonly Batch[]) => batches.map(({ cursor }) => cursor)

  /** Some batches, and how many have been asked for. */
  function backend(count: number, error?: Error) {
    const state = { given: 0, isClosed: false }
    async function* give(): AsyncGenerator<Batch> {
      try {
        for (let number = 0; number < count; number += 1) {
          state.given += 1
          yield await Promise.resolve(batch(number))
        }
        if (error) throw error
      } finally {
        state.isClosed = true
      }
    }
    return { state, source: give() }
  }

  /** All that is ready has had its turn. */
  const turn = () => new Promise<void>((done) => setTimeout(done))

  async function all(source: AsyncIterable<Batch>, most = 1000): Promise<string[]> {
    const read: string[] = []
    for await (const batches of readAhead(source, most)) read.push(...cursors(batches))
    return read
  }

  it('gives everything, in order', async () => {
    expect(await all(backend(5).source)).to.deep.equal(['0', '1', '2', '3', '4'])
    expect(await all(backend(5).source, 1)).to.deep.equal(['0', '1', '2', '3', '4'])
    expect(await all(backend(0).source)).to.deep.equal([])
  })

  it('gives together what has come while the reader was busy', async () => {
    const reader = readAhead(backend(5).source, 1000)
    const first = await reader.next()
    await turn()
    const second = await reader.next()
    const read = [first, second].flatMap(({ value }) => cursors(value as Batch[]))
    expect(read).to.deep.equal(['0', '1', '2', '3', '4'])
    expect((await reader.next()).done).to.equal(true)
  })

  it('asks for no more than may wait', async () => {
    const { state, source } = backend(100)
    const reader = readAhead(source, 3 * size)
    await reader.next()
    await turn()
    expect(state.given).to.be.at.most(5)
    await reader.return(undefined)
  })

  it('gives what came before a failure, and then fails', async () => {
    const reader = readAhead(backend(2, new Error('gone')).source, 1000)
    const read: string[] = []
    let reason: unknown
    try {
      for await (const batches of reader) read.push(...cursors(batches))
    } catch (error) {
      reason = error
    }
    expect(read).to.deep.equal(['0', '1'])
    expect((reason as Error).message).to.equal('gone')
  })

  it('lets go of the backend when the reader stops', async () => {
    const { state, source } = backend(100)
    const reader = readAhead(source, 2 * size)
    await reader.next()
    await reader.return(undefined)
    await turn()
    expect(state.isClosed).to.equal(true)
    expect(state.given).to.be.below(10)
  })
})
