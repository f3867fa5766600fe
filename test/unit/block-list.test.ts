import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import { SentStatus } from '../../src/model/message.js'
import { codeOf } from '../support/backend-refusal.js'
import { eventually, textOf, useChat, type Device } from '../support/chat-service.js'

describe('block list', () => {
  const chat = useChat()

  const toldTo = (device: Device) => device.heard('blockList').map(({ userIds }) => userIds)

  it('knows who is on it, and tells of every change once', async () => {
    const alice = await chat.service.device('alice').online()
    const { blockList } = alice.client
    await blockList.add(['bob', 'carol'])
    await blockList.add(['bob'])
    expect(await blockList.has('bob')).to.equal(true)
    await blockList.remove(['bob'])
    expect(await blockList.list()).to.deep.equal(['carol'])
    expect(await blockList.has('bob')).to.equal(false)
    await alice.say({ conversationType: 1, targetId: 'dave' }, 'a fence')
    expect(toldTo(alice)).to.deep.equal([['bob', 'carol'], ['carol']])
  })

  it('follows what the user does on another device, and in another tab', async () => {
    const alice = await chat.service.device('alice').online()
    const phone = await chat.service.device('alice').online()
    const tab = await chat.service.tabOf(alice).online()
    await phone.client.blockList.add(['bob'])
    for (const one of [alice, tab]) {
      await eventually('it is told', () => toldTo(one).length > 0)
      expect(toldTo(one)).to.deep.equal([['bob']])
      expect(await one.client.blockList.list()).to.deep.equal(['bob'])
    }
  })

  it('is read without a connection, and not changed; what was missed comes with the next one', async () => {
    const alice = await chat.service.device('alice').online()
    const phone = await chat.service.device('alice').online()
    await alice.client.blockList.add(['bob'])
    await alice.cut()
    expect(await alice.client.blockList.list()).to.deep.equal(['bob'])
    const code = await codeOf(alice.client.blockList.add(['carol']))
    expect(code).to.equal(ErrorCode.RC_NET_UNAVAILABLE)
    await phone.client.blockList.add(['dave'])
    await alice.reconnect()
    expect(await alice.client.blockList.list()).to.deep.equal(['bob', 'dave'])
  })

  it('is the user’s own: another one on this device has theirs', async () => {
    const alice = await chat.service.device('alice').online()
    await alice.client.blockList.add(['bob'])
    const carol = await chat.service.device('carol').online()
    expect(await carol.client.blockList.list()).to.be.empty
    await alice.client.disconnect()
    expect(() => alice.client.blockList).to.throw()
  })

  it('leaves a blocked person’s message in their list, failed and readable, to be sent again', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    await bob.client.blockList.add(['alice'])
    const code = await codeOf(alice.say(toBob, 'hello?'))
    expect(code).to.equal(ErrorCode.REJECTED_BY_BLACKLIST)
    const [failed] = await alice.messages(toBob)
    expect(textOf(failed!)).to.equal('hello?')
    expect(failed!.sentStatus).to.equal(SentStatus.FAILED)
    expect(failed!.failure?.code).to.equal(ErrorCode.REJECTED_BY_BLACKLIST)
    await bob.client.blockList.remove(['alice'])
    await alice.client.sender.resend(failed!.messageId)
    await bob.has(toAlice, 'hello?')
  })

  it('takes no fault in it that a blocked reader can’t say what they have read', async () => {
    const { alice, bob, toBob, toAlice } = await chat.service.pair()
    await bob.client.blockList.add(['alice'])
    await bob.say(toAlice, 'read this')
    const { messageUId, sentTime } = await alice.has(toBob, 'read this')
    const before = alice.network.sends.length
    await alice.client.readState.sendReadReceipt(toBob, messageUId, sentTime)
    await eventually('the receipt was tried', () => alice.network.sends.length > before)
    await codeOf(alice.say(toBob, 'a fence'))
    expect(alice.reports).to.be.empty
  })

  it('takes user ids only', async () => {
    const alice = await chat.service.device('alice').online()
    for (const wrong of ['bob', [''], [7], undefined]) {
      const code = await codeOf(alice.client.blockList.add(wrong as never))
      expect(code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
    }
  })
})
