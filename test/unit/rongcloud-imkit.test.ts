import { expect } from '@open-wc/testing'
import { localToken } from '../../src/backends/local/index.js'
import { imkit } from '../../src/kit/kit.js'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import * as facade from '../../src/rongcloud/imkit.js'
import * as RongIMLib from '../../src/rongcloud/imlib.js'
import { eventually } from '../support/chat-service.js'
import { useFacadePage } from '../support/facade-page.js'
import { privateWith } from '../support/backend-messages.js'

const { core, CoreEvent } = facade

/** Names of the elements that are registered while something runs. */
async function registeredBy(run: () => unknown): Promise<string[]> {
  const names: string[] = []
  const { define } = customElements
  customElements.define = function (this: CustomElementRegistry, name, ...rest) {
    names.push(name)
    define.call(this, name, ...rest)
  }
  try {
    await run()
  } finally {
    customElements.define = define
  }
  return names
}

describe('the entry for @rongcloud/imkit', () => {
  const chat = useFacadePage()
  const service = { getUserProfile: (id: string) => ({ id, name: id.toUpperCase() }) }

  it('is the page’s own kit, under both names', () => {
    expect(core).to.equal(imkit)
    expect(facade.imkit).to.equal(imkit)
  })

  it('has the enums with the original’s spelling', () => {
    expect(facade.DisabledConversationontextMenu).to.deep.include({
      Top: 0,
      Notification: 1,
      Delete: 2,
    })
    expect(facade.DisabledMessageContextMenu).to.deep.include({
      Forward: 0,
      Delete: 1,
      Recall: 2,
      Reference: 3,
      Copy: 4,
    })
    expect(facade.Languages).to.deep.include({ ZH_CN: 'zh_CN', ZH_TW: 'zh_TW', EN: 'en' })
    expect(CoreEvent.UPDATE_CONVERSATION).to.equal('udpate_conversation')
  })

  it('registers every element when it is asked to, and no other entry has more', async () => {
    const ours = await registeredBy(() => facade.defineCustomElements())
    expect(ours).to.include.members(['conversation-list', 'message-list', 'message-editor'])
    expect(await registeredBy(() => import('../../src/define.js'))).to.deep.equal([])
    facade.defineCustomElements()
  })

  it('takes what the original’s loader takes', () => {
    facade.setAssetPath('/assets')
    facade.setPlatformOptions({})
    facade.defineCustomElements({ exclude: [] })
  })

  const orders: Record<string, (inits: { lib: () => void; kit: () => void }) => void> = {
    'RongIMLib.init() first': ({ lib, kit }) => {
      lib()
      kit()
    },
    'imkit.init() first': ({ lib, kit }) => {
      kit()
      lib()
    },
    'imkit.init() alone': ({ kit }) => kit(),
  }
  for (const [which, order] of Object.entries(orders)) {
    it(`shares one client: ${which}`, async () => {
      const { appkey, network: backend } = chat.page
      const libOption: RongIMLib.IInitOption = { appkey, backend, logOutputLevel: 1 }
      order({
        lib: () => RongIMLib.init(libOption),
        kit: () => core.init({ appkey, libOption, service }),
      })
      const Card = core.registerMessageType('app:card', true, true)
      const connected: boolean[] = []
      const stop = core.on(CoreEvent.CONNECTED, (isConnected) => connected.push(isConnected))
      expect((await RongIMLib.connect(chat.page.token)).code).to.equal(0)
      await eventually('the kit is connected', () => connected.length > 0)
      stop()

      const bob = privateWith('bob')
      expect((await RongIMLib.sendMessage(bob, new Card({ name: 'Ann' }))).code).to.equal(0)
      const { list } = await core.getMessages(bob)
      expect(list.map(({ messageType }) => messageType)).to.deep.equal(['app:card'])
      core.emit(CoreEvent.CONVERSATION, true)
      const conversations = await core.getConversationList()
      expect(conversations.map(({ conversation }) => conversation.targetId)).to.deep.equal(['bob'])
      expect(core.client!.userId).to.equal(RongIMLib.getCurrentUserId())
    })
  }

  it('takes the backend from whichever init names it', async () => {
    const { appkey, network: backend } = chat.page
    RongIMLib.init({ appkey })
    core.init({ appkey, backend, libOption: { appkey }, service })
    await RongIMLib.connect(chat.page.token)
    expect(chat.page.network.connectCount).to.equal(1)
  })

  it('refuses two appkeys', () => {
    const { appkey, network: backend } = chat.page
    RongIMLib.init({ appkey, backend })
    expect(() => core.init({ appkey: 'another', libOption: { appkey }, service }))
      .to.throw(IMError)
      .with.property('code', ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
  })

  it('takes null for the options of a message, as pages pass it', async () => {
    const { appkey, network: backend } = chat.page
    core.init({ appkey, backend, service })
    await RongIMLib.connect(chat.page.token)
    const message = new RongIMLib.TextMessage({ content: 'hi' })
    const { code } = await core.sendMessage(privateWith('bob'), message, null)
    expect(code).to.equal(0)
  })

  it('reports to the kit’s error listeners', async () => {
    const { appkey, network: backend } = chat.page
    core.init({ appkey, backend, service })
    const reported: unknown[] = []
    const stop = core.on('error', ({ error }) => reported.push(error))
    RongIMLib.addEventListener(RongIMLib.Events.CONNECTED, () => {
      throw new Error('a page’s mistake')
    })
    await RongIMLib.connect(chat.page.token)
    stop()
    expect(reported.map((error) => (error as Error).message)).to.include('a page’s mistake')
  })

  it('shows the next user after disconnect and connect, and another appkey after destroy', async () => {
    const { appkey, network: backend } = chat.page
    core.init({ appkey, backend, service })
    await RongIMLib.connect(chat.page.token)
    void RongIMLib.disconnect()
    await RongIMLib.connect(localToken('alice'))
    expect(core.store.value!.userId.value).to.equal('alice')
    await RongIMLib.destroy()
    expect(core.isReady).to.equal(false)
    core.init({ appkey: `${appkey}-2`, backend, service })
    expect(core.isReady).to.equal(true)
    expect(RongIMLib.getConnectionStatus()).to.equal(RongIMLib.ConnectionStatus.DISCONNECTED)
  })
})
