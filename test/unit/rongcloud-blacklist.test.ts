import { expect } from '@open-wc/testing'
import * as RongIMLib from '../../src/rongcloud/imlib.js'
import { privateWith } from '../support/backend-messages.js'
import { useFacadePage } from '../support/facade-page.js'

describe('RongIMLib: blacklist', () => {
  const chat = useFacadePage()

  it('takes people, lists them and lets them go', async () => {
    await chat.page.online()
    expect((await RongIMLib.addToBlacklist('bob')).code).to.equal(0)
    expect(await RongIMLib.getBlacklist()).to.deep.include({ code: 0, data: ['bob'] })
    expect((await RongIMLib.getBlacklistStatus('bob')).data).to.equal(true)
    expect((await RongIMLib.removeFromBlacklist('bob')).code).to.equal(0)
    expect((await RongIMLib.getBlacklistStatus('bob')).data).to.equal(false)
  })

  it('fails what is sent to somebody on whose list one is with 405, with the message', async () => {
    await chat.page.online()
    const bob = await chat.page.service.device('bob').online()
    await bob.client.blockList.add(['alice'])
    const sent = await RongIMLib.sendTextMessage(privateWith('bob'), { content: 'hello?' })
    expect(sent.code).to.equal(405)
    expect(sent.data?.content).to.deep.include({ content: 'hello?' })
  })

  it('resolves with 33003 for what is no user id', async () => {
    await chat.page.online()
    for (const call of [
      RongIMLib.addToBlacklist,
      RongIMLib.removeFromBlacklist,
      RongIMLib.getBlacklistStatus,
    ]) {
      expect((await call('')).code).to.equal(33003)
    }
    expect((await RongIMLib.addToBlacklist('alice')).code).to.equal(33003)
  })
})
