import { expect } from '@open-wc/testing'
import { localToken } from '../../src/backends/local/index.js'
import { deleteDatabase } from '../../src/database/open.js'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import * as RongIMLib from '../../src/rongcloud/imlib.js'
import { eventually } from '../support/chat-service.js'
import { useFacadePage } from '../support/facade-page.js'
import { privateWith } from '../support/backend-messages.js'

const { ConnectionStatus, Events } = RongIMLib

function thrownBy(call: () => void): IMError {
  try {
    call()
  } catch (error) {
    return error as IMError
  }
  throw new Error('Nothing was thrown.')
}

/** What is written to the console while a call runs. */
async function warningsOf(call: () => unknown): Promise<string[]> {
  const warnings: string[] = []
  const { warn } = console
  console.warn = (text: string) => warnings.push(text)
  try {
    await call()
  } finally {
    console.warn = warn
  }
  return warnings
}

describe('RongIMLib: init, connect, disconnect', () => {
  const chat = useFacadePage()

  it('connects with the token and resolves with the user', async () => {
    chat.page.init()
    const connected = await RongIMLib.connect(chat.page.token)
    expect(connected).to.deep.include({ code: 0, data: { userId: 'alice' } })
    expect(RongIMLib.getConnectionStatus()).to.equal(ConnectionStatus.CONNECTED)
    expect(RongIMLib.getCurrentUserId()).to.equal('alice')
  })

  it('knows nobody and no connection before anything was called', () => {
    expect(RongIMLib.getConnectionStatus()).to.equal(ConnectionStatus.DISCONNECTED)
    expect(RongIMLib.getCurrentUserId()).to.equal('')
  })

  it('resolves with 33001 before init, whatever is called', async () => {
    const toBob = privateWith('bob')
    const calls = [
      RongIMLib.connect('token'),
      RongIMLib.sendTextMessage(toBob, { content: 'hi' }),
      RongIMLib.getConversationList(),
      RongIMLib.getHistoryMessages(toBob),
      RongIMLib.getTotalUnreadCount(),
      RongIMLib.saveTextMessageDraft(toBob, 'hi'),
      RongIMLib.sendReadReceiptMessage('bob', 'uid', 1),
      RongIMLib.sendTypingStatusMessage(toBob, 'RC:TxtMsg'),
    ]
    for (const { code, msg } of await Promise.all(calls)) {
      expect(code).to.equal(ErrorCode.BIZ_ERROR_CLIENT_NOT_INIT)
      expect(msg).to.contain('RongIMLib.init(')
    }
  })

  it('resolves with 30001 before connect', async () => {
    chat.page.init()
    const { code } = await RongIMLib.getConversationList()
    expect(code).to.equal(ErrorCode.RC_NET_CHANNEL_INVALID)
  })

  it('resolves with the code of a wrong and of an expired token, and says so in DISCONNECT', async () => {
    chat.page.init()
    expect((await RongIMLib.connect('nonsense')).code).to.equal(ErrorCode.RC_CONN_TOKEN_INCORRECT)
    const expired = localToken('alice', { expires: 1 })
    expect((await RongIMLib.connect(expired)).code).to.equal(ErrorCode.RC_CONN_TOKEN_EXPIRED)
    expect(chat.page.heard(Events.DISCONNECT)).to.deep.equal([
      ErrorCode.RC_CONN_TOKEN_INCORRECT,
      ErrorCode.RC_CONN_TOKEN_EXPIRED,
    ])
  })

  it('asks getToken for a new token when one has expired', async () => {
    RongIMLib.init({
      appkey: chat.page.appkey,
      backend: chat.page.network,
      getToken: () => chat.page.token,
    })
    const expired = localToken('alice', { expires: 1 })
    expect((await RongIMLib.connect(expired)).code).to.equal(0)
    expect(RongIMLib.getConnectionStatus()).to.equal(ConnectionStatus.CONNECTED)
  })

  it('refuses a second connect by code', async () => {
    await chat.page.online()
    expect((await RongIMLib.connect(chat.page.token)).code).to.equal(ErrorCode.RC_CONNECTION_EXIST)
  })

  it('gives the user with 30002 when there is no connection, and goes on trying', async () => {
    chat.page.init()
    chat.page.network.cut()
    const connected = await RongIMLib.connect(chat.page.token)
    expect(connected).to.deep.include({
      code: ErrorCode.RC_NET_UNAVAILABLE,
      data: { userId: 'alice' },
    })
    expect((await RongIMLib.getConversationList()).code).to.equal(0)
    await chat.page.reconnect()
    expect(RongIMLib.getConnectionStatus()).to.equal(ConnectionStatus.CONNECTED)
  })

  it('tells of a connection that breaks and comes back', async () => {
    await chat.page.online()
    expect(chat.page.told.slice(0, 2)).to.deep.equal([Events.CONNECTING, Events.CONNECTED])
    await chat.page.cut()
    expect(chat.page.heard(Events.SUSPEND)).to.deep.equal([ErrorCode.RC_SOCKET_DISCONNECTED])
    await chat.page.reconnect()
    expect(chat.page.told).to.include.members([Events.CONNECTING, Events.CONNECTED])
    expect(chat.page.told).not.to.include(Events.DISCONNECT)
  })

  it('tells of a kick, and does not come back', async () => {
    await chat.page.online()
    chat.page.network.cut(ErrorCode.RC_DISCONN_KICK)
    expect(await chat.page.hears(Events.DISCONNECT)).to.equal(ErrorCode.RC_DISCONN_KICK)
    expect(RongIMLib.getConnectionStatus()).to.equal(
      ConnectionStatus.KICKED_OFFLINE_BY_OTHER_CLIENT,
    )
  })

  it('tells of its own disconnect with code 2', async () => {
    await chat.page.online()
    await RongIMLib.disconnect()
    expect(chat.page.heard(Events.DISCONNECT)).to.deep.equal([2])
    expect(RongIMLib.getCurrentUserId()).to.equal('')
  })

  it('changes the user without waiting for disconnect', async () => {
    await chat.page.online()
    void RongIMLib.disconnect()
    const connected = await RongIMLib.connect(localToken('carol'))
    expect(connected).to.deep.include({ code: 0, data: { userId: 'carol' } })
    const { data } = await RongIMLib.getConversationList()
    expect(data).to.deep.equal([])
    await RongIMLib.disconnect()
    await deleteDatabase(chat.page.appkey, 'carol')
  })

  it('takes init without an appkey for what it is', () => {
    const error = thrownBy(() => RongIMLib.init({} as RongIMLib.IInitOption))
    expect(error.code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
    expect(error.message).to.contain('appkey')
  })

  it('ignores a second init for the same appkey, with a warning', async () => {
    chat.page.init()
    const { appkey } = chat.page
    const warnings = await warningsOf(() => RongIMLib.init({ appkey }))
    expect(warnings).to.have.length(1)
    expect(await warningsOf(() => RongIMLib.init({ appkey, logOutputLevel: 1 }))).to.deep.equal([])
    RongIMLib.init({ appkey, logOutputLevel: 2, backend: chat.page.network })
  })

  it('refuses another appkey and another backend, and names the way out', () => {
    chat.page.init()
    expect(thrownBy(() => RongIMLib.init({ appkey: 'another' })).message).to.contain('destroy()')
    const backend = chat.page.service.backend
    const error = thrownBy(() => RongIMLib.init({ appkey: chat.page.appkey, backend }))
    expect(error.code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
  })

  it('starts anew after destroy, without the former listeners', async () => {
    await chat.page.online()
    await RongIMLib.destroy()
    chat.page.forgetHeard()
    expect((await RongIMLib.connect(chat.page.token)).code).to.equal(
      ErrorCode.BIZ_ERROR_CLIENT_NOT_INIT,
    )
    RongIMLib.init({ appkey: 'another', backend: chat.page.network })
    expect((await RongIMLib.connect(chat.page.token)).code).to.equal(0)
    expect(chat.page.told).to.deep.equal([])
    await RongIMLib.destroy()
    await deleteDatabase('another', 'alice')
  })

  it('keeps messages in this browser when it is given no backend, and says so', async () => {
    const { appkey } = chat.page
    RongIMLib.init({ appkey })
    const warnings = await warningsOf(() => RongIMLib.connect(localToken('alice')))
    expect(warnings.join()).to.contain('localToken(userId)')
    expect(RongIMLib.getConnectionStatus()).to.equal(ConnectionStatus.CONNECTED)
  })

  it('keeps the id of the device with the user’s data', async () => {
    expect(RongIMLib.getDeviceId()).to.equal('')
    await chat.page.online()
    const deviceId = RongIMLib.getDeviceId()
    expect(deviceId).not.to.equal('')
    await RongIMLib.disconnect()
    await RongIMLib.connect(chat.page.token)
    expect(RongIMLib.getDeviceId()).to.equal(deviceId)
  })

  it('gives the time of the server', async () => {
    const before = Date.now()
    await chat.page.online()
    await eventually('a time', () => RongIMLib.getServerTime() >= before)
  })

  it('gives an address for a file of the backend', async () => {
    await chat.page.online()
    const plain = await RongIMLib.getLoadableUrl('https://example.com/a.png')
    expect(plain).to.deep.include({ code: 0, data: 'https://example.com/a.png' })
    const wrong = await RongIMLib.getLoadableUrl('javascript:alert(1)')
    expect(wrong.code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
  })
})
