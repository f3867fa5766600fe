import { expect } from '@open-wc/testing'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import * as RongIMLib from '../../src/rongcloud/imlib.js'
import { eventually } from '../support/chat-service.js'
import { useFacadePage } from '../support/facade-page.js'
import { privateWith } from '../support/backend-messages.js'

describe('RongIMLib: message classes', () => {
  const makers: [RongIMLib.BaseMessage, string, boolean, boolean][] = [
    [new RongIMLib.TextMessage({ content: 'hi' }), 'RC:TxtMsg', true, true],
    [new RongIMLib.ImageMessage({ content: '', imageUri: 'u' }), 'RC:ImgMsg', true, true],
    [
      new RongIMLib.FileMessage({ name: 'n', size: 1, type: 't', fileUrl: 'u' }),
      'RC:FileMsg',
      true,
      true,
    ],
    [new RongIMLib.HQVoiceMessage({ remoteUrl: 'u', duration: 1 }), 'RC:HQVCMsg', true, true],
    [
      new RongIMLib.SightMessage({ sightUrl: 'u', content: '', duration: 1, size: 1, name: 'n' }),
      'RC:SightMsg',
      true,
      true,
    ],
    [
      new RongIMLib.GIFMessage({ remoteUrl: 'u', gifDataSize: 1, width: 1, height: 1 }),
      'RC:GIFMsg',
      true,
      true,
    ],
    [
      new RongIMLib.ReferenceMessage({
        content: 'reply',
        referMsgUserId: 'bob',
        referMsg: { content: 'hi' },
        objName: 'RC:TxtMsg',
      }),
      'RC:ReferenceMsg',
      true,
      true,
    ],
    [
      new RongIMLib.LocationMessage({ longitude: 1, latitude: 2, poi: 'p', content: '' }),
      'RC:LBSMsg',
      true,
      true,
    ],
    [
      new RongIMLib.RichContentMessage({ title: 't', content: 'c', imageUri: 'u', url: 'u' }),
      'RC:ImgTextMsg',
      true,
      true,
    ],
    [
      new RongIMLib.CombineV2Message({
        conversationType: 1,
        nameList: [],
        summaryList: [],
        msgList: [],
        msgNum: 0,
      }),
      'RC:CombineV2Msg',
      true,
      true,
    ],
    [new RongIMLib.InformationNotificationMessage({ message: 'm' }), 'RC:InfoNtf', true, false],
    [new RongIMLib.CommandMessage({ name: 'n', data: 'd' }), 'RC:CmdMsg', false, false],
    [
      new RongIMLib.GroupNotificationMessage({
        operatorUserId: 'bob',
        operation: 'Rename',
        data: '{}',
        message: 'm',
      }),
      'RC:GrpNtf',
      true,
      false,
    ],
  ]
  for (const [message, messageType, isPersisted, isCounted] of makers) {
    it(`makes ${messageType}`, () => {
      const { messageType: type, isPersited } = message
      expect({ type, isPersited }).to.deep.equal({ type: messageType, isPersited: isPersisted })
      expect(message).to.deep.include({ isPersisted, isCounted, isStatusMessage: false })
      expect(message).to.be.instanceOf(RongIMLib.BaseMessage)
    })
  }

  it('has the original’s constants for object names', () => {
    expect(RongIMLib.MessageType).to.deep.include({
      TEXT: 'RC:TxtMsg',
      HQ_VOICE: 'RC:HQVCMsg',
      RECALL_NOTIFICATION_MESSAGE: 'RC:RcNtf',
      COMBINE_V2: 'RC:CombineV2Msg',
    })
  })
})

describe('RongIMLib: custom types', () => {
  const chat = useFacadePage()
  const toBob = privateWith('bob')

  it('gives a constructor whose messages are sent and received', async () => {
    chat.page.init()
    const Card = RongIMLib.registerMessageType<{ name: string }>('app:card', true, false, ['name'])
    await RongIMLib.connect(chat.page.token)
    const bob = chat.page.service.device('bob')
    bob.client.messageTypes.register('app:card', { isCounted: false, searchProps: ['name'] })
    await bob.online()
    const { code, data } = await RongIMLib.sendMessage(toBob, new Card({ name: 'Ann' }))
    expect(code).to.equal(0)
    expect(data).to.deep.include({ messageType: 'app:card', isCounted: false })
    await eventually('Bob has it', async () => {
      const [card] = await bob.messages(privateWith('alice'))
      return card?.content.name === 'Ann'
    })
    expect(await bob.unread(privateWith('alice'))).to.equal(0)
  })

  it('sends status types only to those who are online', async () => {
    chat.page.init()
    const Nudge = RongIMLib.registerMessageType('app:nudge', true, true, [], true)
    await RongIMLib.connect(chat.page.token)
    const bob = await chat.page.service.device('bob').online()
    expect(new Nudge({})).to.deep.include({ isStatusMessage: true, isPersisted: false })
    expect((await RongIMLib.sendMessage(toBob, new Nudge({ strength: 3 }))).code).to.equal(0)
    await eventually('Bob hears it', () => bob.heard('statusMessage').length === 1)
    expect((await RongIMLib.getHistoryMessages(toBob)).data!.list).to.deep.equal([])
  })

  it('refuses reserved names, other flags, and registering before init', () => {
    const codeOf = (register: () => unknown): number => {
      try {
        register()
      } catch (error) {
        return (error as IMError).code
      }
      return 0
    }
    const register = (name: string, isCounted = true) =>
      RongIMLib.registerMessageType(name, true, isCounted)
    expect(codeOf(() => register('app:x'))).to.equal(ErrorCode.BIZ_ERROR_CLIENT_NOT_INIT)
    chat.page.init()
    expect(codeOf(() => register('RC:Mine'))).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
    expect(codeOf(() => register('app:x'))).to.equal(0)
    expect(codeOf(() => register('app:x'))).to.equal(0)
    expect(codeOf(() => register('app:x', false))).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
  })
})
