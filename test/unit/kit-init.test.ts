import { expect } from '@open-wc/testing'
import { IMClient } from '../../src/core/client.js'
import { localToken } from '../../src/backends/local/index.js'
import { CoreEvent } from '../../src/kit/core-events.js'
import { createIMKit, imkit } from '../../src/kit/kit.js'
import type { InitOptions } from '../../src/kit/kit-options.js'
import * as entry from '../../src/kit/index.js'
import { ConnectionStatus } from '../../src/model/connection-status.js'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import { uuidv7 } from '../../src/model/identity.js'
import { MessageType } from '../../src/model/message-types.js'
import { privateWith } from '../support/backend-messages.js'
import { eventually, useChat } from '../support/chat-service.js'
import { ReadyKit } from '../support/ready-kit.js'

/** What a call throws. */
function thrownBy(call: () => unknown): IMError {
  try {
    call()
  } catch (error) {
    return error as IMError
  }
  throw new Error('It threw nothing.')
}

async function rejectedBy(call: () => Promise<unknown>): Promise<IMError> {
  try {
    await call()
  } catch (error) {
    return error as IMError
  }
  throw new Error('It did not reject.')
}

/** The console as long as a test runs. */
function listenToConsole(method: 'warn' | 'error') {
  const original = console[method]
  const said: string[] = []
  console[method] = (...parts: unknown[]) => void said.push(parts.map(String).join(' '))
  return { said, stop: () => void (console[method] = original) }
}

const text = (content: string) => ({
  messageType: MessageType.TEXT,
  content: { content },
  isPersisted: true,
  isCounted: true,
  isStatusMessage: false,
})

describe('starting a kit', () => {
  const chat = useChat()

  const wrong: [name: string, change: Record<string, unknown>, message: RegExp][] = [
    ['no appkey', { appkey: undefined }, /`appkey`/],
    ['an empty appkey', { appkey: '' }, /`appkey`/],
    ['0 conversations a page', { conversationPullCount: 0 }, /`conversationPullCount`.*1 to 1000/],
    ['1001 conversations a page', { conversationPullCount: 1001 }, /1 to 1000, not 1001/],
    ['half a conversation', { conversationPullCount: 1.5 }, /1 to 1000/],
    ['text for a number', { conversationPullCount: '30' }, /1 to 1000/],
    ['6 targets of a forward', { maxForwardTargets: 6 }, /`maxForwardTargets`.*1 to 5/],
    ['a service that is none', { service: () => undefined }, /`service`/],
    ['a callback that is none', { service: { getUserProfile: 'x' } }, /service\.getUserProfile/],
    ['no backend', { backend: undefined }, /`backend`.*local\(\)/],
  ]
  for (const [name, change, message] of wrong) {
    it(`refuses ${name} and says what to do`, () => {
      const options = { appkey: 'a', backend: chat.service.backend, ...change }
      const error = thrownBy(() => createIMKit().init(options as InitOptions))
      expect(error).to.be.instanceOf(IMError)
      expect(error.code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
      expect(error.message).to.match(message)
    })
  }

  it('can be tried again after a refusal', () => {
    const kit = createIMKit()
    expect(() => kit.init({} as InitOptions)).to.throw('`appkey`')
    kit.init({ appkey: 'a', backend: chat.service.backend })
    expect(kit.isReady).to.be.true
  })

  it('takes 1 and 1000 conversations a page, 30 without a word', () => {
    const started = (conversationPullCount?: number) => {
      const kit = createIMKit()
      kit.init({ appkey: 'a', backend: chat.service.backend, conversationPullCount })
      return kit.options.conversationPullCount
    }
    expect([started(1), started(1000), started()]).to.deep.equal([1, 1000, 30])
  })

  it('ignores a second init with a warning, and refuses one with another appkey', () => {
    const kit = createIMKit()
    const options = { appkey: 'a', backend: chat.service.backend }
    kit.init(options)
    const { store } = kit
    const before = store.value
    const console = listenToConsole('warn')
    kit.init(options)
    console.stop()
    expect(console.said.join()).to.contain('init() was called before')
    expect(store.value).to.equal(before)
    expect(thrownBy(() => kit.init({ ...options, appkey: 'b' })).message).to.contain('"b"')
  })

  it('writes to the console no more than it is told to', () => {
    const options = { appkey: 'a', backend: chat.service.backend }
    const warnings = listenToConsole('warn')
    const errors = listenToConsole('error')
    const quiet = createIMKit()
    quiet.init({ ...options, logOutputLevel: 1 })
    quiet.init(options)
    quiet.report(new Error('oh'), 'somewhere')
    warnings.stop()
    errors.stop()
    expect(warnings.said).to.deep.equal([])
    expect(errors.said.join()).to.contain('somewhere')
  })

  it('tells who listens that it has started', () => {
    const kit = createIMKit()
    let started = 0
    kit.on(CoreEvent.INIT, () => (started += 1))
    kit.init({ appkey: 'a', backend: chat.service.backend })
    expect(started).to.equal(1)
  })

  it('refuses calls before init with 33001, by name', async () => {
    const kit = createIMKit()
    const conversation = privateWith('bob')
    const calls: [name: string, call: () => unknown][] = [
      ['selectConversation', () => kit.selectConversation(conversation)],
      ['createConversation', () => kit.createConversation(conversation)],
      ['registerMessageType', () => kit.registerMessageType('app:x', true, true)],
    ]
    for (const [name, call] of calls) {
      const error = thrownBy(call)
      expect(error.code, name).to.equal(ErrorCode.BIZ_ERROR_CLIENT_NOT_INIT)
      expect(error.message).to.contain(`imkit.${name}()`).and.contain('imkit.init(')
    }
    expect((await rejectedBy(() => kit.connect('x'))).code).to.equal(33001)
    expect((await kit.sendMessage(conversation, text('x'))).code).to.equal(33001)
    expect((await rejectedBy(() => kit.getMessages(conversation))).code).to.equal(33001)
  })

  it('refuses calls before connect with 30001, and a conversation can be chosen already', async () => {
    const { kit } = new ReadyKit(chat.service.device('alice'))
    const conversation = privateWith('bob')
    const result = await kit.sendMessage(conversation, text('x'))
    expect(result.code).to.equal(ErrorCode.RC_NET_CHANNEL_INVALID)
    expect(result.msg).to.contain('connect(token)')
    expect((await rejectedBy(() => kit.getMyProfile())).code).to.equal(30001)
    expect((await rejectedBy(() => kit.getMessages(conversation))).code).to.equal(30001)
    kit.selectConversation(conversation)
    expect(kit.currentConversation).to.deep.equal(conversation)
  })

  it('makes a client of its own, connects, and can be destroyed and started again', async () => {
    const kit = createIMKit()
    const options = { appkey: `app-${uuidv7()}`, backend: chat.service.backend }
    kit.init(options)
    expect(await kit.connect(localToken('alice'))).to.equal('alice')
    expect(kit.store.value!.userId.value).to.equal('alice')
    await kit.destroy()
    expect(kit.isReady).to.be.false
    expect(kit.client).to.be.undefined
    kit.init({ ...options, backend: chat.service.backend })
    expect(await kit.connect(localToken('alice'))).to.equal('alice')
    await kit.client!.clearLocalData()
    await kit.destroy()
  })

  it('connects once for two calls, as a framework in strict mode makes them', async () => {
    const kit = createIMKit()
    kit.init({ appkey: `app-${uuidv7()}`, backend: chat.service.backend })
    const token = localToken('alice')
    expect(await Promise.all([kit.connect(token), kit.connect(token)])).to.deep.equal([
      'alice',
      'alice',
    ])
    expect(kit.client!.status).to.equal(ConnectionStatus.CONNECTED)
    await kit.client!.clearLocalData()
    await kit.destroy()
  })

  it('connects again while it is still disconnecting', async () => {
    const kit = createIMKit()
    kit.init({ appkey: `app-${uuidv7()}`, backend: chat.service.backend })
    const token = localToken('alice')
    const first = rejectedBy(() => kit.connect(token))
    void kit.disconnect()
    expect(await kit.connect(token)).to.equal('alice')
    expect((await first).code).to.equal(ErrorCode.RC_NET_CHANNEL_INVALID)
    expect(kit.client!.status).to.equal(ConnectionStatus.CONNECTED)
    await kit.client!.clearLocalData()
    await kit.destroy()
  })

  it('says which callbacks are missing, once it knows that the backend lacks them', async () => {
    const tab = chat.service.device('alice')
    const open = new ReadyKit(tab)
    await tab.online()
    expect(open.reports).to.deep.equal([])
    Object.defineProperty(tab.client, 'capabilities', { get: () => new Set() })
    tab.client.events.emit('offlineMessagesPulled', undefined)
    expect(open.reports.map(({ message }) => message).join()).to.match(
      /service\.getUserProfile.*service\.getConversationProfile/,
    )
  })
})

describe('an expired token', () => {
  const chat = useChat()

  it('is renewed by libOption.getToken', async () => {
    const kit = createIMKit()
    kit.init({
      appkey: `expired-${uuidv7()}`,
      backend: chat.service.backend,
      libOption: { getToken: () => localToken('alice') },
    })
    await kit.connect(localToken('alice', { expires: 1 }))
    expect(kit.client!.status).to.equal(ConnectionStatus.CONNECTED)
    await kit.client!.clearLocalData()
  })
})

describe('a client shared with the facade', () => {
  const chat = useChat()

  const started = (appkey: string) => new IMClient({ appkey, backend: chat.service.backend })

  it('may be there before init', async () => {
    const kit = createIMKit()
    const client = started('shared')
    kit.provideClient(client)
    kit.init({ appkey: 'shared', libOption: { appkey: 'shared' } })
    expect(kit.client).to.equal(client)
    await client.connect(localToken('alice'))
    expect(kit.store.value!.userId.value).to.equal('alice')
    await client.clearLocalData()
  })

  it('may come after init, connected already', async () => {
    const kit = createIMKit()
    kit.init({ appkey: 'shared', libOption: { appkey: 'shared' } })
    expect(kit.isReady).to.be.false
    expect(thrownBy(() => kit.selectConversation(privateWith('bob'))).message).to.contain(
      'RongIMLib.init(',
    )
    const client = started('shared')
    await client.connect(localToken('alice'))
    kit.provideClient(client)
    expect(kit.isReady).to.be.true
    expect(kit.store.value!.userId.value).to.equal('alice')
    await client.clearLocalData()
  })

  it('may be made when init asks for it', () => {
    const kit = createIMKit()
    const asked: unknown[] = []
    const client = started('shared')
    kit.provideClient((options) => {
      asked.push(options.backend)
      return client
    })
    kit.init({ appkey: 'shared', backend: chat.service.backend })
    expect(kit.client).to.equal(client)
    expect(asked).to.deep.equal([chat.service.backend])
  })

  it('must be of the same application', () => {
    const kit = createIMKit()
    kit.provideClient(started('one'))
    expect(() => kit.init({ appkey: 'two' })).to.throw('"one"')
    expect(kit.isReady).to.be.false
  })

  it('is replaced by another one, and the former tells nothing any more', async () => {
    const kit = createIMKit()
    const [first, second] = [started('shared'), started('shared')]
    kit.init({ appkey: 'shared', client: first })
    const store = kit.store.value
    kit.provideClient(second)
    expect(kit.store.value).not.to.equal(store)
    const heard: unknown[] = []
    kit.on(CoreEvent.CONNECTED, (isConnected) => heard.push(isConnected))
    await first.connect(localToken('alice'))
    expect(heard).to.deep.equal([])
    expect(store!.userId.value).to.equal('')
    await first.clearLocalData()
  })
})

describe('kits on one page', () => {
  const chat = useChat()

  it('speak their own languages, each remembered', async () => {
    const appkey = `app-${uuidv7()}`
    const start = (name: string) => {
      const kit = createIMKit({ name })
      kit.init({ appkey, backend: chat.service.backend })
      return kit
    }
    const [alice, bob] = [start('alice'), start('bob')]
    const heard: string[] = []
    bob.on('language_changed', ({ lang }) => heard.push(lang))
    bob.changeLanguage({ lang: 'en' })
    expect([alice.lang, bob.lang]).to.deep.equal(['zh_CN', 'en'])
    expect(bob.words.value.send).to.equal('Send')
    expect(start('bob').lang).to.equal('en')
    expect(start('alice').lang).to.equal('zh_CN')
    bob.changeLanguage({ lang: 'xx' })
    bob.lang = 'en'
    expect(heard).to.deep.equal(['en', 'zh_CN', 'en'])
  })

  it('see what the other one does', async () => {
    const { alice, bob, toAlice, toBob } = await chat.service.pair()
    const [a, b] = [new ReadyKit(alice), new ReadyKit(bob)]
    await a.kit.post(toBob, text('hello'))
    await b.hears('MESSAGES')
    expect(b.heard('MESSAGES')[0]![0]!.content.content).to.equal('hello')
    await eventually('Bob lists Alice', () => {
      const [first] = b.kit.store.value!.conversations.items.value
      return first?.targetId === toAlice.targetId
    })
  })
})

describe('the entry of the package', () => {
  it('has what pages import, under the names they use', () => {
    expect(entry.core).to.equal(imkit)
    expect(entry.imkit).to.equal(imkit)
    expect(entry.DisabledConversationontextMenu).to.equal(entry.DisabledConversationContextMenu)
    expect(entry.DisabledConversationontextMenu.Delete).to.equal(2)
    expect(entry.DisabledMessageContextMenu.Copy).to.equal(4)
    expect(entry.Languages.EN).to.equal('en')
    expect(entry.ConversationType.GROUP).to.equal(3)
  })

  it('has the 24 events with the values of the original', () => {
    expect(Object.keys(entry.CoreEvent)).to.have.length(24)
    for (const [name, value] of Object.entries(entry.CoreEvent)) {
      const exceptions: Record<string, string> = {
        INIT: 'INIT',
        CONNECTED: 'CONNECTED',
        MESSAGES: 'MESSAGES',
        UPDATE_CONVERSATION: 'udpate_conversation',
      }
      expect(value).to.equal(exceptions[name] ?? name.toLowerCase())
    }
  })

  it('can be imported where there is no page', async () => {
    const worker = new Worker(new URL('../support/import-kit.worker.ts', import.meta.url), {
      type: 'module',
    })
    const answer = await new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }) => resolve(data))
      worker.addEventListener('error', ({ message }) => reject(new Error(message)))
    })
    worker.terminate()
    expect(answer).to.deep.equal({ hasDocument: false, lang: 'zh_CN', isReady: false })
  })
})
