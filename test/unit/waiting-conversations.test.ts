import { expect } from '@open-wc/testing'
import { WaitingConversations } from '../../src/core/waiting-conversations.js'

describe('conversations in which something waits', () => {
  it('are all, until somebody has looked', () => {
    const waiting = new WaitingConversations()
    expect(waiting.isFree('a')).to.equal(false)
    waiting.known(['b'])
    expect(waiting.isFree('a')).to.equal(true)
    expect(waiting.isFree('b')).to.equal(false)
    waiting.emptied('b')
    expect(waiting.isFree('b')).to.equal(true)
  })

  it('are those in which something was written before somebody has looked', async () => {
    const waiting = new WaitingConversations()
    await waiting.whileStoring('a', async () => undefined)
    waiting.known([])
    expect(waiting.isFree('a')).to.equal(false)
  })

  it('are those of which another tab has told', () => {
    const waiting = new WaitingConversations()
    waiting.known([])
    waiting.note('a')
    expect(waiting.isFree('a')).to.equal(false)
  })

  it('are those in which a message is being stored, though none was found', async () => {
    const waiting = new WaitingConversations()
    waiting.known([])
    let store!: () => void
    const storing = [
      waiting.whileStoring('a', () => new Promise<void>((resolve) => (store = resolve))),
      waiting.whileStoring('a', async () => undefined),
    ]
    await storing[1]
    waiting.emptied('a')
    expect(waiting.isFree('a')).to.equal(false)
    store()
    await storing[0]
    expect(waiting.isFree('a')).to.equal(false)
    waiting.emptied('a')
    expect(waiting.isFree('a')).to.equal(true)
  })

  it('are free again when what was to be stored was not, and nothing is found', async () => {
    const waiting = new WaitingConversations()
    waiting.known([])
    const failed = await waiting
      .whileStoring('a', () => Promise.reject(new Error('no room')))
      .catch((error: Error) => error.message)
    expect(failed).to.equal('no room')
    waiting.emptied('a')
    expect(waiting.isFree('a')).to.equal(true)
  })
})
