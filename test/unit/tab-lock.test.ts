import { expect } from '@open-wc/testing'
import { withLock } from '../../src/core/tab-lock.js'
import { uuidv7 } from '../../src/model/identity.js'

describe('tab lock', () => {
  it('lets one in at a time, in the order of asking', async () => {
    const name = uuidv7()
    const steps: string[] = []
    let leave!: () => void
    const first = withLock(name, async () => {
      steps.push('first in')
      await new Promise<void>((resolve) => (leave = resolve))
      steps.push('first out')
    })
    const second = withLock(name, async () => void steps.push('second'))
    await withLock(uuidv7(), async () => void steps.push('elsewhere'))
    expect(steps).to.deep.equal(['first in', 'elsewhere'])
    leave()
    await Promise.all([first, second])
    expect(steps).to.deep.equal(['first in', 'elsewhere', 'first out', 'second'])
  })

  it('is free again when what was done under it failed', async () => {
    const name = uuidv7()
    const failure = new Error('failed')
    const failed = await withLock(name, () => Promise.reject(failure)).catch((error) => error)
    expect(failed).to.equal(failure)
    let hasRun = false
    await withLock(name, async () => void (hasRun = true))
    expect(hasRun).to.equal(true)
  })
})
