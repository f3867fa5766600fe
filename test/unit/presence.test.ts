import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import { codeOf } from '../support/backend-refusal.js'
import { eventually, Tab, useChat, type Device } from '../support/chat-service.js'
import { ScriptedBackend } from '../support/scripted-backend.js'
import { uuidv7 } from '../../src/model/identity.js'

describe('presence', () => {
  const chat = useChat()

  const isOnline = (device: Device, userId: string) => device.client.presence.isOnline(userId)
  const untilOnline = (device: Device, userId: string, wanted: boolean | undefined) =>
    eventually(`${userId} is ${String(wanted)}`, () => isOnline(device, userId) === wanted)
  const told = (device: Device) => device.heard('presence').flatMap(({ states }) => states)

  it('tells how those stand whom one subscribes to, and what changes, each thing once', async () => {
    const { alice, bob } = await chat.service.pair()
    await alice.client.presence.subscribe(['bob', 'carol'])
    await untilOnline(alice, 'bob', true)
    await alice.client.presence.subscribe(['bob'])
    await bob.client.disconnect()
    await untilOnline(alice, 'bob', false)
    expect(told(alice)).to.have.deep.members([
      { userId: 'bob', isOnline: true },
      { userId: 'carol', isOnline: false },
      { userId: 'bob', isOnline: false },
    ])
    expect(alice.client.presence.subscriptions()).to.deep.equal(['bob', 'carol'])
  })

  it('knows nothing without a connection, and begins again with the next one', async () => {
    const { alice } = await chat.service.pair()
    await alice.client.presence.subscribe(['bob'])
    await untilOnline(alice, 'bob', true)
    await alice.cut()
    expect(isOnline(alice, 'bob')).to.equal(undefined)
    await alice.client.presence.subscribe(['carol'])
    await alice.reconnect()
    await untilOnline(alice, 'bob', true)
    await untilOnline(alice, 'carol', false)
  })

  it('follows somebody for as long as any part of the page wants', async () => {
    const { alice } = await chat.service.pair()
    const { presence } = alice.client
    const [end, endOther] = [presence.follow('bob'), presence.follow('bob')]
    await untilOnline(alice, 'bob', true)
    end()
    end()
    await presence.subscribe(['carol'])
    await untilOnline(alice, 'carol', false)
    expect(isOnline(alice, 'bob')).to.equal(true)
    endOther()
    await untilOnline(alice, 'bob', undefined)
    expect(isOnline(alice, 'carol')).to.equal(false)
  })

  it('lets go of those whom one unsubscribes from', async () => {
    const { alice } = await chat.service.pair()
    await alice.client.presence.subscribe(['bob'])
    await untilOnline(alice, 'bob', true)
    await alice.client.presence.unsubscribe(['bob'])
    expect(isOnline(alice, 'bob')).to.equal(undefined)
  })

  it('is the user’s own', async () => {
    const { alice } = await chat.service.pair()
    await alice.client.presence.subscribe(['bob'])
    await untilOnline(alice, 'bob', true)
    await alice.client.disconnect()
    expect(() => alice.client.presence).to.throw()
    await alice.online()
    expect(alice.client.presence.subscriptions()).to.be.empty
  })

  it('is refused beyond the documented numbers, and for what are no ids', async () => {
    const alice = await chat.service.device('alice').online()
    const { presence } = alice.client
    const some = (count: number, name = 'user') =>
      Array.from({ length: count }, (_, index) => `${name}-${index}`)
    const refused = ErrorCode.BIZ_ERROR_INVALID_PARAMETER
    expect(await codeOf(presence.subscribe(some(201)))).to.equal(refused)
    expect(await codeOf(presence.subscribe([''] as never))).to.equal(refused)
    for (let batch = 0; batch < 5; batch += 1) await presence.subscribe(some(200, `${batch}`))
    expect(await codeOf(presence.subscribe(['one-more']))).to.equal(refused)
    await presence.unsubscribe(['0-0'])
    await presence.subscribe(['one-more'])
  })

  it('is refused with 35004 where the backend can’t', async () => {
    const tab = new Tab(new ScriptedBackend('alice'), 'alice', `app-${uuidv7()}`)
    await tab.client.connect('token')
    expect(await codeOf(tab.client.presence.subscribe(['bob']))).to.equal(ErrorCode.NOT_SUPPORT)
    expect(await codeOf(tab.client.blockList.add(['bob']))).to.equal(ErrorCode.NOT_SUPPORT)
    tab.client.presence.follow('bob')()
    expect(tab.reports).to.be.empty
    await tab.client.clearLocalData()
  })
})
