import { expect } from '@open-wc/testing'
import type { PushAddress } from '../../src/backends/backend.js'
import { startNotifications, type NotificationOptions } from '../../src/kit/notifications/index.js'
import { showPushes, type Push } from '../../src/kit/notifications/service-worker.js'
import { ErrorCode } from '../../src/model/errors.js'
import { privateWith } from '../support/backend-messages.js'
import { eventually, useChat, type Device } from '../support/chat-service.js'
import { FakeNotification } from '../support/fake-notification.js'
import { FakeServiceWorker } from '../support/fake-service-worker.js'
import { ReadyKit } from '../support/ready-kit.js'

/** What the companion pushes. */
const pushed = (push: Partial<Push> = {}) =>
  JSON.stringify({ conversationType: 1, targetId: 'bob', senderUserId: 'bob', more: 0, ...push })

describe('notifications through a service worker', () => {
  const chat = useChat()
  const ends: (() => void)[] = []
  let worker: FakeServiceWorker

  beforeEach(() => {
    FakeNotification.install()
    worker = new FakeServiceWorker()
    document.hasFocus = () => false
  })
  afterEach(() => {
    for (const end of ends.splice(0)) end()
    FakeNotification.remove()
    Reflect.deleteProperty(document, 'hasFocus')
  })

  function start(device: Device, options: Partial<NotificationOptions> = {}) {
    const ready = new ReadyKit(device)
    const notifications = startNotifications(ready.kit, {
      desktop: true,
      serviceWorker: worker.registration,
      ...options,
    })
    ends.push(() => notifications.stop())
    return { ready, notifications }
  }

  /** A server that pushes, as the device's client has it. */
  function withPush(device: Device, key = 'AQID') {
    const addresses: PushAddress[] = []
    const push = {
      key: async () => key,
      subscribe: async (address: PushAddress) => void addresses.push(address),
      unsubscribe: async () => {},
    }
    Object.defineProperty(device.client, 'push', { value: push, configurable: true })
    return addresses
  }

  it('shows what comes, opens it at a click, and takes it back when it is looked at', async () => {
    const { alice, bob, toBob } = await chat.service.pair()
    showPushes(worker.scope)
    const { ready } = start(alice)
    await bob.say(privateWith('alice'), 'hello')
    await ready.passes('it is shown', () => worker.texts.includes('bob: hello'))
    expect(FakeNotification.shown).to.deep.equal([])
    await worker.clickOn('bob')
    expect(ready.kit.currentConversation).to.deep.equal(toBob)
    expect(worker.texts).to.deep.equal([])

    ready.kit.selectConversation(privateWith('carol'))
    await bob.say(privateWith('alice'), 'again')
    await ready.passes('it is shown', () => worker.texts.includes('bob: again'))
    document.hasFocus = () => true
    ready.kit.selectConversation(toBob)
    await eventually('it is taken back', () => worker.texts.length === 0)
  })

  it('opens nothing of another user of the page', async () => {
    const { alice, bob } = await chat.service.pair()
    showPushes(worker.scope)
    const { ready } = start(alice)
    const carol = start(await chat.service.device('carol').online())
    await bob.say(privateWith('alice'), 'for Alice')
    await ready.passes('it is shown', () => worker.texts.includes('bob: for Alice'))
    await worker.clickOn('bob')
    expect(ready.kit.currentConversation).to.deep.include({ targetId: 'bob' })
    expect(carol.ready.kit.currentConversation).to.equal(null)
  })

  it('says what to do where a page can show none by itself', async () => {
    const { alice, bob } = await chat.service.pair()
    Object.defineProperty(window, 'Notification', {
      configurable: true,
      value: class {
        static permission = 'granted'
        constructor() {
          throw new TypeError('Illegal constructor')
        }
      },
    })
    const { ready } = start(alice, { serviceWorker: undefined })
    await bob.say(privateWith('alice'), 'hello')
    await ready.passes('it is reported', () =>
      ready.reports.some(({ message }) => message.includes('pass `serviceWorker`')),
    )
  })

  describe('pushes', () => {
    it('are shown, each conversation once, and lead to a page that is opened for it', async () => {
      showPushes(worker.scope, { page: '/chat' })
      await worker.push(pushed({ text: 'one' }))
      await worker.push(pushed({ text: 'two' }))
      await worker.push(pushed({ targetId: 'carol', text: 'three' }))
      expect(worker.texts).to.deep.equal(['New message: two', 'New message: three'])

      worker.pages = []
      await worker.clickOn('New message')
      expect(worker.opened).to.deep.equal(['/chat'])
      const { ready } = start(await chat.service.device('alice').online())
      await eventually('it is open', () => ready.kit.currentConversation)
      expect(ready.kit.currentConversation).to.deep.equal(privateWith('bob'))
      const later = start(await chat.service.device('alice').online())
      expect(later.ready.kit.currentConversation).not.to.deep.equal(privateWith('bob'))
    })

    it('say what the page’s own code says, and never nothing', async () => {
      showPushes(worker.scope, {
        note: ({ targetId, more }) => {
          if (targetId === 'nobody') throw new Error('Who is that?')
          return { title: `From ${targetId}`, body: `and ${more} more`, icon: '/icon.png' }
        },
      })
      const { error } = console
      const failures: unknown[] = []
      console.error = (...parts: unknown[]) => void failures.push(parts)
      await worker.push(pushed({ more: 2 }))
      await worker.push(pushed({ targetId: 'nobody' }))
      console.error = error
      expect(worker.texts).to.deep.equal(['From bob: and 2 more', 'New message: '])
      expect(worker.shown[0]).to.include({ icon: '/icon.png' })
      expect(failures).to.have.length(1)
    })

    it('of others are left to others', async () => {
      showPushes(worker.scope)
      for (const text of ['{"offer":"half price"}', 'null', '"text"', 'no JSON at all']) {
        await worker.push(text)
      }
      expect(worker.shown).to.deep.equal([])
    })

    it('begin with the permission, and the server is told of the browser', async () => {
      const alice = chat.service.device('alice')
      const addresses = withPush(alice)
      FakeNotification.permission = 'default'
      const { notifications } = start(await alice.online(), { push: true })
      expect(worker.subscription).to.equal(undefined)
      await notifications.requestPermission()
      await eventually('the server knows', () => addresses.length === 1)
      expect(worker.subscription!.key).to.equal('\u0001\u0002\u0003')
      const { endpoint } = worker.subscription!
      expect(addresses).to.deep.equal([{ endpoint, p256dh: 'a public key', auth: 'a secret' }])
    })

    it('go on with the page’s next visit, and begin anew with another server', async () => {
      const alice = chat.service.device('alice')
      const first = withPush(alice)
      const { notifications } = start(await alice.online(), { push: true })
      await eventually('the server knows', () => first.length === 1)
      notifications.stop()
      const { endpoint } = worker.subscription!

      const second = withPush(alice)
      const again = start(alice, { push: true })
      await eventually('the server is told again', () => second.length === 1)
      expect(second[0]!.endpoint).to.equal(endpoint)
      again.notifications.stop()

      const third = withPush(alice, 'BAUG')
      start(alice, { push: true })
      await eventually('the other server knows', () => third.length === 1)
      expect(third[0]!.endpoint).not.to.equal(endpoint)
    })

    it('end when the user logs out', async () => {
      const alice = chat.service.device('alice')
      const addresses = withPush(alice)
      start(await alice.online(), { push: true })
      await eventually('the server knows', () => addresses.length === 1)
      await alice.client.disconnect()
      await eventually('the browser hears no more', () => worker.subscription === undefined)
    })

    it('are refused by name where something is missing', async () => {
      const alice = await chat.service.device('alice').online()
      expect(() => start(alice, { push: true, serviceWorker: undefined }))
        .to.throw(/`serviceWorker`/)
        .with.property('code', ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
      const { ready } = start(alice, { push: true })
      await eventually('it is reported', () =>
        ready.reports.some(({ message }) => message.includes('capability "push"')),
      )
    })
  })
})
