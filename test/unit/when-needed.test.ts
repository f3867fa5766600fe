import { expect } from '@open-wc/testing'
import { effect } from '@preact/signals-core'
import { DrawnLater } from '../../src/kit/drawn-later.js'
import { whenNeeded } from '../../src/model/when-needed.js'

/** Fails as often as it is told to, and counts. */
function loader(failures: number) {
  const loads = { count: 0, load: () => Promise.resolve('module') }
  loads.load = () => {
    loads.count += 1
    return loads.count <= failures
      ? Promise.reject(new TypeError('Failed to fetch dynamically imported module'))
      : Promise.resolve('module')
  }
  return loads
}

describe('code that is loaded when it is needed', () => {
  it('is loaded once, by the first who needs it', async () => {
    const loads = loader(0)
    const load = whenNeeded(loads.load)
    expect(loads.count).to.equal(0)
    expect(await Promise.all([load(), load()])).to.deep.equal(['module', 'module'])
    await load()
    expect(loads.count).to.equal(1)
  })

  it('is loaded again after a failure, of which everyone who asked hears', async () => {
    const loads = loader(1)
    const load = whenNeeded(loads.load)
    const answers = await Promise.allSettled([load(), load()])
    expect(answers.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected'])
    expect(await load()).to.equal('module')
    expect(loads.count).to.equal(2)
  })
})

const fail = (error: unknown) => {
  throw error
}

describe('code that something is drawn with later', () => {
  it('has what was drawn without it drawn again', async () => {
    const later = new DrawnLater(loader(0).load)
    await new Promise<void>((resolve) => {
      effect(() => {
        if (later.read(fail) === 'module') resolve()
      })
    })
  })

  it('tells of a failure once, and is tried again by the next drawing', async () => {
    const loads = loader(1)
    const later = new DrawnLater(loads.load)
    const errors: unknown[] = []
    await new Promise<void>((resolve) => {
      const report = (error: unknown) => {
        errors.push(error)
        resolve()
      }
      later.read(report)
      later.read(report)
    })
    expect(errors).to.have.length(1)
    await Promise.resolve()
    await new Promise<void>((resolve) => {
      effect(() => {
        if (later.read(fail) === 'module') resolve()
      })
    })
    expect(loads.count).to.equal(2)
  })
})
