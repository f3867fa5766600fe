import { expect } from '@open-wc/testing'
import { uuidv7 } from '../../src/model/identity.js'
import { cursorStepsOf } from '../support/database-traffic.js'
import { saidFromTo, withBob } from '../support/archived-messages.js'
import { eventually, Tab, textOf } from '../support/chat-service.js'
import { ScriptedBackend } from '../support/scripted-backend.js'

describe('the first unread message', () => {
  it('is found without a look at each of them, however many there are', async () => {
    const tab = new Tab(new ScriptedBackend('alice'), 'alice', `app-${uuidv7()}`)
    tab.network.missed = [{ messages: saidFromTo(1, 300) }]
    await tab.client.connect('token')
    await eventually('it has caught up', () => tab.told.includes('offlineMessagesPulled'))
    expect(await tab.unread(withBob)).to.equal(300)

    const steps = await cursorStepsOf(async () => {
      const first = await tab.client.reader.firstUnread(withBob)
      expect(first && textOf(first)).to.equal('text 1')
    })
    expect(steps).to.be.below(10)
    await tab.client.disconnect()
    await tab.client.clearLocalData('alice')
  })
})
