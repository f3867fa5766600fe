import { aTimeout, expect } from '@open-wc/testing'
import { XmppGroups, type GroupLine } from '../../src/backends/xmpp/groups.js'
import { People } from '../../src/backends/xmpp/people.js'
import { xml, type Element } from '../../src/backends/xmpp/wire.js'
import { ErrorCode } from '../../src/model/errors.js'
import { MessageType } from '../../src/model/message-types.js'
import type { ArchivedMessage, MessageEnvelope } from '../../src/model/message.js'
import { text, inGroup } from '../support/backend-messages.js'
import { codeOf } from '../support/backend-refusal.js'
import { FakeWire, refusal, type Answer } from '../support/fake-wire.js'
import { ManualTimers } from '../support/manual-timers.js'

const ROOMS = 'rooms.example.org'
const NS_ADMIN = 'http://jabber.org/protocol/muc#admin'
const NS_OWNER = 'http://jabber.org/protocol/muc#owner'

/** A session of Alice with rooms that answer as a test wants. */
function groupsWith(answer: Answer, memberLimit = 3000, last?: ArchivedMessage) {
  const wire = new FakeWire('alice', answer)
  const timers = new ManualTimers()
  const announced: MessageEnvelope[] = []
  const line: GroupLine = {
    announce: (notice) => Promise.resolve(announced.push(notice)),
    tell: () => {},
    lastOf: () => Promise.resolve(last),
    names: (userIds) => Promise.resolve([...userIds]),
  }
  const people = new People(wire.jid, wire.userId, ROOMS)
  const { schedule } = timers
  const groups = new XmppGroups({ wire, people, line, memberLimit, schedule })
  return { wire, timers, announced, groups }
}

/** What a room says of those with an affiliation. */
const listOf = (...userIds: string[]) => {
  const items = userIds.map((userId) => xml('item', { jid: `${userId}@example.org` }))
  return xml('query', { xmlns: NS_ADMIN }, ...items)
}

const subscriptionsOf = (...userIds: string[]) => {
  const event = xml('event', { node: 'urn:xmpp:mucsub:nodes:messages' })
  const subscriptions = userIds.map((userId) =>
    xml('subscription', { jid: `${userId}@example.org` }, event),
  )
  return xml('subscriptions', { xmlns: 'urn:xmpp:mucsub:0' }, ...subscriptions)
}

const notice = (operation: string, senderUserId: string): ArchivedMessage => ({
  ...text(inGroup('team'), ''),
  senderUserId,
  messageType: MessageType.GROUP_NOTIFICATION,
  content: { operation, data: '{}' },
  order: '1',
  sentTime: 1,
})

const dismissal = (senderUserId: string) => notice('Dismiss', senderUserId)

const never = new Promise<Element>(() => {})

describe('a notice that a group has ended', () => {
  it('is believed from its owner alone while the user is in', async () => {
    const { groups } = groupsWith(() => listOf('bob'))
    expect(await groups.isRemoval(dismissal('bob'))).to.equal(true)
    expect(await groups.isRemoval(dismissal('mallory'))).to.equal(false)
  })

  it('is believed from anybody once the user is out', async () => {
    for (const condition of ['forbidden', 'item-not-found']) {
      const { groups } = groupsWith(() => {
        throw refusal(condition)
      })
      expect(await groups.isRemoval(dismissal('bob'))).to.equal(true)
    }
  })

  it('is looked into again where the room ended before it could answer', async () => {
    let isGone = false
    const { groups, timers } = groupsWith(() => {
      if (isGone) throw refusal('item-not-found')
      return never
    })
    const looking = groups.isRemoval(dismissal('bob'))
    isGone = true
    timers.runAll()
    expect(await looking).to.equal(true)
  })

  it('leaves no timer behind', async () => {
    const { groups, timers } = groupsWith(() => listOf('bob'))
    await groups.isRemoval(dismissal('bob'))
    expect(timers.pending).to.be.empty
  })
})

describe('a group', () => {
  it('is created with its members in stanzas a server takes', async () => {
    const { wire, groups } = groupsWith(() => undefined)
    const memberIds = Array.from({ length: 450 }, (_, index) => `user ${index}`)
    expect((await groups.create({ name: 'Crowd', memberIds })).memberCount).to.equal(451)
    const named = wire.questions
      .filter(({ child }) => child.is('query', NS_ADMIN))
      .map(({ child }) => child.getChildren('item').length)
    expect(named).to.deep.equal([200, 200, 50])
  })

  it('is taken back when it can not be created to the end', async () => {
    const { wire, announced, groups } = groupsWith(({ child }) => {
      if (child.is('query', NS_ADMIN)) throw refusal('internal-server-error')
      return undefined
    })
    const call = groups.create({ name: 'Team', memberIds: ['bob'] })
    expect(await codeOf(call)).to.equal(ErrorCode.SERVER_UNAVAILABLE)
    expect(wire.questions.at(-1)!.child.getChild('destroy')).to.not.equal(undefined)
    expect(wire.questions.at(-1)!.child.is('query', NS_OWNER)).to.equal(true)
    expect(announced).to.be.empty
  })

  it('has who left it and is let in again at once', async () => {
    const members = new Set(['bob'])
    const subscribers = new Set<string>()
    const asked = new Map<string, () => void>()
    const { groups } = groupsWith(
      async ({ type, child }) => {
        const { affiliation } = child.getChild('item')?.attrs ?? {}
        if (type === 'get' && child.is('query', NS_ADMIN)) {
          if (affiliation === 'owner') return listOf('alice')
          return affiliation === 'member' ? listOf(...members) : listOf()
        }
        if (child.is('subscriptions')) return subscriptionsOf(...subscribers)
        if (child.is('subscribe')) subscribers.add('bob')
        // An old server, on which members have an affiliation; it is slow.
        if (type === 'set' && child.is('query', NS_ADMIN)) {
          await new Promise<void>((resolve) => asked.set(affiliation!, resolve))
          if (affiliation === 'member') members.add('bob')
          else members.delete('bob')
        }
        return undefined
      },
      3000,
      notice('Quit', 'bob'),
    )
    let areDone = false
    const forgotten = groups.noticed(notice('Quit', 'bob'))
    const invited = groups.invite('team', ['bob'])
    void Promise.all([forgotten, invited]).then(() => (areDone = true))
    while (!areDone) {
      await aTimeout(0)
      // That who left is none any more comes last, if it can.
      const [next] = ['member', 'none'].filter((it) => asked.has(it))
      asked.get(next!)?.()
      asked.delete(next!)
    }
    expect([...members]).to.deep.equal(['bob'])
  })

  it('takes ids that are texts only', async () => {
    const { wire, groups } = groupsWith(() => undefined)
    for (const memberIds of [['', 'bob'], [7], 'bob', undefined] as never[]) {
      for (const call of [
        groups.create({ name: 'Team', memberIds }),
        groups.invite('team', memberIds),
        groups.kick('team', memberIds),
      ]) {
        expect(await codeOf(call)).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
      }
    }
    expect(wire.questions).to.be.empty
  })
})
