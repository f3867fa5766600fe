import { expect } from '@open-wc/testing'
import { startNotifications, type NotificationOptions } from '../../src/kit/notifications/index.js'
import { TabClaims } from '../../src/kit/notifications/tab-claims.js'
import { isWorthTelling } from '../../src/kit/notifications/worth-telling.js'
import { MentionedType } from '../../src/model/content.js'
import { NotificationLevel } from '../../src/model/conversation.js'
import { uuidv7 } from '../../src/model/identity.js'
import { MessageDirection, type Message } from '../../src/model/message.js'
import { aMessage } from '../support/a-message.js'
import { privateWith } from '../support/backend-messages.js'
import { eventually, useChat, type Device } from '../support/chat-service.js'
import { FakeNotification } from '../support/fake-notification.js'
import { ReadyKit } from '../support/ready-kit.js'

describe('which messages are worth telling', () => {
  const fromBob = aMessage({
    senderUserId: 'bob',
    messageDirection: MessageDirection.RECEIVE,
    isCounted: true,
    isOffLineMessage: false,
  })
  const mentioning = (type: MentionedType, userIdList: string[] = []): Message => ({
    ...fromBob,
    isMentioned: true,
    content: { content: 'hi', mentionedInfo: { type, userIdList } },
  })
  const {
    ALL_MESSAGE,
    NOT_SET,
    AT_MESSAGE_NOTIFICATION,
    AT_USER_NOTIFICATION,
    AT_GROUP_ALL_USER_NOTIFICATION,
    NOT_MESSAGE_NOTIFICATION,
  } = NotificationLevel
  const me = mentioning(MentionedType.SINGAL, ['alice'])
  const all = mentioning(MentionedType.ALL)
  const cases: [string, Message, NotificationLevel, boolean][] = [
    ['one that came', fromBob, NOT_SET, true],
    ['one where all are wanted', fromBob, ALL_MESSAGE, true],
    ['an own one', { ...fromBob, messageDirection: MessageDirection.SEND }, NOT_SET, false],
    ['one that was missed', { ...fromBob, isOffLineMessage: true }, NOT_SET, false],
    ['one that does not count', { ...fromBob, isCounted: false }, NOT_SET, false],
    ['one that is to be quiet', { ...fromBob, disableNotification: true }, NOT_SET, false],
    ['one where it is quiet', fromBob, NOT_MESSAGE_NOTIFICATION, false],
    ['a mention where it is quiet', me, NOT_MESSAGE_NOTIFICATION, false],
    ['a mention where mentions come through', me, AT_MESSAGE_NOTIFICATION, true],
    ['a mention of all there', all, AT_MESSAGE_NOTIFICATION, true],
    [
      'a mention of somebody else',
      mentioning(MentionedType.SINGAL, ['carol']),
      AT_MESSAGE_NOTIFICATION,
      false,
    ],
    ['a mention of all where only own ones do', all, AT_USER_NOTIFICATION, false],
    ['an own mention where only those of all do', me, AT_GROUP_ALL_USER_NOTIFICATION, false],
  ]
  for (const [what, message, level, expected] of cases) {
    it(`${expected ? 'tells' : 'is silent about'} ${what}`, () => {
      expect(isWorthTelling(message, level, 'alice')).to.equal(expected)
    })
  }
})

describe('claims of tabs', () => {
  it('let one tell of a message', async () => {
    const scope = uuidv7()
    const tabs = [1, 2, 3].map(() => new TabClaims(scope))
    const claimed = await Promise.all(tabs.map((tab) => tab.claim('1/bob/', 'message')))
    expect(claimed.filter(Boolean)).to.have.length(1)
    expect(await tabs[0]!.claim('1/bob/', 'another')).to.be.true
  })

  it('let none tell of what one of them shows, until it no longer does', async () => {
    const scope = uuidv7()
    const [looking, other] = [new TabClaims(scope), new TabClaims(scope)]
    looking.look('1/bob/')
    expect(await looking.claim('1/bob/', 'first')).to.be.false
    await eventually('the other knows', async () => !(await other.claim('1/bob/', uuidv7())))
    expect(await other.claim('1/carol/', 'second')).to.be.true
    looking.look(undefined)
    await eventually('the other may', () => other.claim('1/bob/', uuidv7()))
  })
})

describe('notifications', () => {
  const chat = useChat()
  const { title } = document
  const ends: (() => void)[] = []
  let isLooking = false

  beforeEach(() => {
    FakeNotification.install()
    isLooking = false
    document.hasFocus = () => isLooking
    document.title = 'My shop'
  })
  afterEach(() => {
    for (const end of ends.splice(0)) end()
    FakeNotification.remove()
    Reflect.deleteProperty(document, 'hasFocus')
    document.title = title
  })

  function listening(device: Device, options: NotificationOptions) {
    const ready = new ReadyKit(device)
    const notifications = startNotifications(ready.kit, options)
    ends.push(() => notifications.stop())
    return { ready, notifications }
  }

  async function pair(options: NotificationOptions) {
    const { alice, bob, toAlice, toBob } = await chat.service.pair()
    return { alice, bob, toAlice, toBob, ...listening(alice, options) }
  }

  /** Waits until the message has gone all the way, told of or not. */
  async function says(bob: Device, ready: ReadyKit, text: string) {
    const before = ready.heard('MESSAGES').length
    await bob.say(privateWith('alice'), text)
    await ready.hears('MESSAGES', before + 1)
  }

  it('does nothing that was not asked for, and never asks for permission by itself', async () => {
    const { bob, ready, notifications } = await pair({})
    await says(bob, ready, 'hello')
    await eventually('it is counted', () => ready.kit.store.peek()?.totalUnread.peek() === 1)
    expect(FakeNotification.shown).to.deep.equal([])
    expect(FakeNotification.asked).to.equal(0)
    expect(document.title).to.equal('My shop')
    FakeNotification.permission = 'default'
    expect(await notifications.requestPermission()).to.equal('granted')
    expect(FakeNotification.asked).to.equal(1)
  })

  it('shows who said what, and a click opens the conversation', async () => {
    const { bob, ready, toBob } = await pair({ desktop: true })
    await says(bob, ready, 'hello')
    await ready.passes('it is shown', () => FakeNotification.shown.length === 1)
    const [shown] = FakeNotification.shown
    expect(shown).to.include({ title: 'bob', body: 'hello' })
    shown!.onclick!()
    expect(ready.kit.currentConversation).to.deep.equal(toBob)
    expect(shown!.isClosed).to.be.true
  })

  it('is silent about the conversation that is being looked at, and takes back what is old', async () => {
    const { bob, ready, toBob } = await pair({ desktop: true })
    await says(bob, ready, 'while away')
    await ready.passes('it is shown', () => FakeNotification.shown.length === 1)
    isLooking = true
    ready.kit.selectConversation(toBob)
    expect(FakeNotification.shown[0]!.isClosed).to.be.true
    await says(bob, ready, 'while looking')
    isLooking = false
    window.dispatchEvent(new Event('blur'))
    await says(bob, ready, 'away again')
    await ready.passes('it is shown', () => FakeNotification.shown.length === 2)
    expect(FakeNotification.shown.map(({ body }) => body)).to.deep.equal([
      'while away',
      'away again',
    ])
  })

  it('shows a message once, however many tabs there are', async () => {
    const { alice, bob, ready } = await pair({ desktop: true })
    const second = listening(await chat.service.tabOf(alice).online(), { desktop: true })
    await says(bob, ready, 'hello')
    await second.ready.hears('MESSAGES')
    await says(bob, ready, 'and more')
    await second.ready.hears('MESSAGES', 2)
    await ready.passes('both are shown', () => {
      second.ready.timers.runUpTo(1000)
      return FakeNotification.shown.length >= 2
    })
    expect(FakeNotification.shown.map(({ body }) => body).sort()).to.deep.equal([
      'and more',
      'hello',
    ])
  })

  it('counts in the title, also in one that the page changes, and leaves it clean', async () => {
    const { bob, ready, notifications } = await pair({ titleBadge: true })
    await says(bob, ready, 'hello')
    await eventually('one', () => document.title === '(1) My shop')
    document.title = 'Basket'
    await eventually('still', () => document.title === '(1) Basket')
    notifications.stop()
    expect(document.title).to.equal('Basket')
    await says(bob, ready, 'more')
    expect(document.title).to.equal('Basket')
  })

  it('ends with its user', async () => {
    const { alice, bob, ready } = await pair({ desktop: true, titleBadge: true })
    await says(bob, ready, 'hello')
    await ready.passes('it is shown', () => FakeNotification.shown.length === 1)
    await alice.client.disconnect()
    expect(FakeNotification.shown[0]!.isClosed).to.be.true
    expect(document.title).to.equal('My shop')
  })
})
