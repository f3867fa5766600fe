import { expect } from '@open-wc/testing'
import { effect } from '@preact/signals-core'
import type { IMKit } from '../../src/kit/kit.js'
import type { ConversationProfile, Member, Service } from '../../src/kit/service.js'
import { ConversationType, type ConversationId } from '../../src/model/conversation.js'
import type { UserProfile } from '../../src/model/people.js'
import { inGroup, privateWith } from '../support/backend-messages.js'
import { eventually, useChat } from '../support/chat-service.js'
import { ReadyKit } from '../support/ready-kit.js'

/** A host that knows everybody, and counts what it is asked. */
class FakeHost implements Service {
  userCalls: string[] = []
  conversationCalls: ConversationId[][] = []
  memberCalls: ConversationId[] = []
  getUserProfile = async (id: string): Promise<UserProfile> => {
    this.userCalls.push(id)
    return { id, name: `User ${id}`, portraitUri: `https://example.org/${id}.png` }
  }
  getConversationProfile = async (
    conversations: ConversationId[],
  ): Promise<ConversationProfile[]> => {
    this.conversationCalls.push(conversations)
    return conversations.map((one) => ({ ...one, name: `Name of ${one.targetId}`, memberCount: 3 }))
  }
  getGroupMembers = async (conversation: ConversationId): Promise<Member[]> => {
    this.memberCalls.push(conversation)
    return [{ id: 'ann', name: 'Ann', groupNickname: 'Annie' }, { id: 'ben' }]
  }
}

/** Follows a signal of the kit; gives the values it has had. */
function follow<Value>(read: () => Value): { values: Value[]; stop: () => void } {
  const values: Value[] = []
  return { values, stop: effect(() => void values.push(read())) }
}

describe('who is who', () => {
  const chat = useChat()

  async function ready(service: Service) {
    const tab = await chat.service.device('alice').online()
    const ready = new ReadyKit(tab, { service })
    return { ...ready, ready, kit: ready.kit, tab }
  }

  it('is named by the id at once and by the host soon', async () => {
    const host = new FakeHost()
    const { kit, ready: open } = await ready(host)
    const ann = kit.people.user('ann')
    expect(ann.value).to.deep.equal({ id: 'ann', name: 'ann' })
    await open.passes('Ann has a name', () => ann.value.name === 'User ann')
    expect(kit.people.user('ann')).to.equal(ann)
    expect(host.userCalls).to.deep.equal(['ann'])
  })

  it('is asked for once, in one call for all conversations of a burst', async () => {
    const host = new FakeHost()
    const { kit, ready: open } = await ready(host)
    const many = Array.from({ length: 500 }, (_, index) => inGroup(`g${index}`))
    const drawn = follow(() => many.map((one) => kit.people.conversation(one).value.name))
    await open.passes('all are named', () =>
      drawn.values.at(-1)!.every((name, index) => name === `Name of g${index}`),
    )
    expect(host.conversationCalls).to.have.length(1)
    expect(host.conversationCalls[0]).to.have.length(500)
    for (const one of many) kit.people.conversation(one)
    open.timers.runAll()
    expect(host.conversationCalls).to.have.length(1)
    drawn.stop()
  })

  it('is not asked for again by sending and receiving', async () => {
    const host = new FakeHost()
    const { kit, ready: open, tab } = await ready(host)
    const bob = await chat.service.device('bob').online()
    const name = follow(() => kit.people.conversation(privateWith('bob')).value.name)
    await open.passes('Bob is named', () => name.values.at(-1) === 'Name of bob')
    await tab.say(privateWith('bob'), 'hello')
    await bob.say(privateWith('alice'), 'hi')
    await tab.has(privateWith('bob'), 'hi')
    await open.hears('conversation')
    open.timers.runAll()
    expect(host.conversationCalls).to.have.length(1)
    expect(host.userCalls).to.deep.equal([])
    name.stop()
  })

  it('names a private conversation by its user when the host does not', async () => {
    const host = new FakeHost()
    host.getConversationProfile = async () => []
    const { kit, ready: open } = await ready(host)
    const ann = kit.people.conversation(privateWith('ann'))
    await open.passes('Ann is named', () => ann.value.name === 'User ann')
    expect(ann.value).to.deep.include({
      ...privateWith('ann'),
      portraitUri: 'https://example.org/ann.png',
    })
    expect((await kit.getConversationProfile(privateWith('ann'))).name).to.equal('User ann')
  })

  it('knows members and their nicknames once members are asked for', async () => {
    const host = new FakeHost()
    const { kit, ready: open } = await ready(host)
    const group = inGroup('g')
    const ann = follow(() => kit.people.member(group, 'ann').value.name)
    await open.passes('a user', () => ann.values.at(-1) === 'User ann')
    expect(host.memberCalls).to.deep.equal([])
    const members = follow(() => kit.people.members(group).value.map(({ name }) => name))
    await open.passes('a member', () => ann.values.at(-1) === 'Annie')
    await open.passes('all are named', () => members.values.at(-1)!.join() === 'Annie,User ben')
    expect(host.memberCalls).to.have.length(1)
    ann.stop()
    members.stop()
  })

  it('shows what the database keeps before anybody has answered', async () => {
    const host = new FakeHost()
    const first = await ready(host)
    const ann = first.kit.people.user('ann')
    await first.ready.passes('Ann has a name', () => ann.value.name === 'User ann')
    await eventually('it is kept', async () => {
      const kept = await first.tab.client.profiles.cached(['user/ann'])
      return kept.size === 1
    })
    await first.tab.client.disconnect()
    const later = chat.service.tabOf(first.tab as never)
    const silent = { getUserProfile: () => new Promise<UserProfile>(() => undefined) }
    const open = new ReadyKit(later, { service: silent })
    await later.online()
    const again = open.kit.people.user('ann')
    await open.passes('the name is there', () => again.value.name === 'User ann')
  })

  it('waits for a login before it asks', async () => {
    const host = new FakeHost()
    const tab = chat.service.device('alice')
    const open = new ReadyKit(tab, { service: host })
    const ann = open.kit.people.user('ann')
    expect(ann.value.name).to.equal('ann')
    open.timers.runAll()
    expect(host.userCalls).to.deep.equal([])
    await tab.online()
    await open.passes('Ann has a name', () => ann.value.name === 'User ann')
  })

  it('forgets everybody with the user', async () => {
    const { kit, ready: open, tab } = await ready(new FakeHost())
    const ann = kit.people.user('ann')
    const group = follow(() => kit.people.members(inGroup('g')).value.length)
    await open.passes('both are known', () => ann.value.name !== 'ann' && group.values.at(-1) === 2)
    await tab.client.disconnect()
    expect(ann.value).to.deep.equal({ id: 'ann', name: 'ann' })
    expect(group.values.at(-1)).to.equal(0)
    group.stop()
  })

  it('does not take an answer for the next user that was asked for the former one', async () => {
    let answer!: (profile: UserProfile) => void
    const service: Service = {
      getUserProfile: () => new Promise((resolve) => (answer = resolve)),
    }
    const { kit, ready: open, tab } = await ready(service)
    expect(kit.people.user('ann').value.name).to.equal('ann')
    await open.passes('Ann is asked for', () => answer)
    await tab.client.disconnect()
    answer({ id: 'ann', name: 'Secret' })
    await Promise.resolve()
    expect(kit.people.user('ann').value.name).to.equal('ann')
  })

  describe('corrected by the host', () => {
    async function shown() {
      const open = await ready(new FakeHost())
      const { people } = open.kit
      const group = inGroup('g')
      const drawn = follow(() => ({
        user: people.user('ann').value.name,
        private: people.conversation(privateWith('ann')).value.name,
        group: people.conversation(group).value.name,
        members: people.members(group).value.map(({ name }) => name),
      }))
      await open.ready.passes('all is known', () => {
        const last = drawn.values.at(-1)!
        return last.members.length === 2 && last.group !== 'g' && last.user !== 'ann'
      })
      return { ...open, drawn, group, now: () => drawn.values.at(-1)! }
    }

    it('shows a new user profile everywhere at once', async () => {
      const { kit, ready: open, now } = await shown()
      kit.updateUserProfile({ id: 'ann', name: 'Anna' })
      expect(now().user).to.equal('Anna')
      expect(now().private).to.equal('Anna')
      kit.updateUserProfile({ id: 'ben', name: 'Benno' })
      expect(now().members).to.deep.equal(['Annie', 'Benno'])
      expect(open.heard('user_info_changed').map(({ id }) => id)).to.deep.equal(['ann', 'ben'])
    })

    it('shows a new conversation profile, if the page knows the conversation', async () => {
      const { kit, ready: open, group, now } = await shown()
      kit.updateConversationProfile(group, { ...group, name: 'Renamed', memberCount: 4 })
      expect(now().group).to.equal('Renamed')
      kit.updateConversationProfile(inGroup('unknown'), { ...inGroup('unknown'), name: 'X' })
      expect(open.heard('conversation_info_changed')).to.have.length(1)
      expect(kit.people.conversation(inGroup('unknown')).value.name).to.equal('unknown')
    })

    it('replaces members at once, also of a group that is not open', async () => {
      const { kit, ready: open, group, now } = await shown()
      kit.updateGroupMembers(group, [{ id: 'cem', name: 'Cem' }])
      expect(now().members).to.deep.equal(['Cem'])
      kit.updateGroupMembers(inGroup('other'), [{ id: 'dan', name: 'Dan' }])
      const other = await kit.getGroupMembers(inGroup('other'))
      expect(other!.map(({ name }) => name)).to.deep.equal(['Dan'])
      expect(open.heard('group_info_changed')).to.have.length(2)
    })

    it('refuses a profile without an id', async () => {
      const { kit } = await shown()
      expect(() => kit.updateUserProfile({ name: 'X' } as never)).to.throw('`id`')
      expect(() => kit.updateConversationProfile({} as never, { name: 'X' } as never)).to.throw(
        'conversationType',
      )
    })
  })

  describe('when the host fails', () => {
    /** What is on screen and what was reported once everything has been tried. */
    async function outcome(service: Service, read: (kit: IMKit) => string) {
      const { kit, ready: open } = await ready(service)
      const drawn = follow(() => read(kit))
      await open.passes('it is reported', () => open.reports.length > 0, 10_000)
      drawn.stop()
      return { shown: drawn.values.at(-1), ...open.reports[0]! }
    }
    const ann = (kit: IMKit) => kit.people.user('ann').value.name
    const group = (kit: IMKit) => kit.people.conversation(inGroup('g')).value.name
    const members = (kit: IMKit) => kit.people.members(inGroup('g')).value.join()
    const cases: [
      name: string,
      service: Record<string, unknown>,
      read: (kit: IMKit) => string,
      shown: string,
      message: RegExp,
    ][] = [
      [
        'a callback that throws',
        {
          getUserProfile: () => {
            throw new Error('no network')
          },
        },
        ann,
        'ann',
        /no network/,
      ],
      [
        'one that rejects',
        { getUserProfile: () => Promise.reject(new Error('no network')) },
        ann,
        'ann',
        /no network/,
      ],
      [
        'one that never answers',
        { getUserProfile: () => new Promise(() => undefined) },
        ann,
        'ann',
        /service.getUserProfile has not answered within 10 seconds/,
      ],
      ['an answer without an id', { getUserProfile: () => ({ name: 'X' }) }, ann, 'ann', /`id`/],
      ['text for a profile', { getUserProfile: () => 'Ann' }, ann, 'ann', /object/],
      [
        'somebody else’s profile',
        { getUserProfile: () => ({ id: 'ben', name: 'Ben' }) },
        ann,
        'ann',
        /"ben"/,
      ],
      [
        'conversations that are no array',
        { getConversationProfile: () => ({ targetId: 'g' }) },
        group,
        'g',
        /array/,
      ],
      [
        'a conversation without targetId',
        { getConversationProfile: () => [{ conversationType: 3, name: 'X' }] },
        group,
        'g',
        /`targetId`/,
      ],
      [
        'a conversation without conversationType',
        { getConversationProfile: () => [{ targetId: 'g', name: 'X' }] },
        group,
        'g',
        /`conversationType`/,
      ],
      ['members without ids', { getGroupMembers: () => [{ name: 'X' }] }, members, '', /`id`/],
    ]
    for (const [name, service, read, shown, message] of cases) {
      it(`shows the id and reports ${name}`, async () => {
        const { message: reported, context, ...rest } = await outcome(service as Service, read)
        expect(rest.shown).to.equal(shown)
        expect(reported).to.match(message)
        expect(context).to.match(/^service\.get/)
      })
    }

    it('shows those who are answered for though another never is', async () => {
      const host = new FakeHost()
      const { getUserProfile } = host
      const service: Service = {
        getUserProfile: (id) =>
          id === 'ann' ? new Promise<UserProfile>(() => undefined) : getUserProfile(id),
      }
      const { kit, ready: open } = await ready(service)
      const [annSignal, ben] = [kit.people.user('ann'), kit.people.user('ben')]
      await open.passes('Ben is named', () => ben.value.name === 'User ben')
      expect(annSignal.value.name).to.equal('ann')
    })

    it('asks again when the connection is back', async () => {
      let calls = 0
      const service: Service = {
        getUserProfile: (id) => {
          calls += 1
          if (calls === 1) throw new Error('no network')
          return { id, name: 'Ann' }
        },
      }
      const device = await chat.service.device('alice').online()
      const open = new ReadyKit(device, { service })
      const signal = open.kit.people.user('ann')
      expect(signal.value.name).to.equal('ann')
      await open.passes('it is reported', () => open.reports.length > 0)
      await device.cut()
      await device.reconnect()
      await open.passes('Ann is named', () => signal.value.name === 'Ann')
    })

    it('takes names of nonsense types for none', async () => {
      const service = {
        getUserProfile: () => ({ id: 'ann', name: 7, portraitUri: {} }),
      } as unknown as Service
      const { kit, ready: open } = await ready(service)
      const signal = kit.people.user('ann')
      const loaded = kit.people.loadUser('ann')
      await open.passes('it is answered', () => open.timers.pending.length === 0)
      expect(await loaded).to.deep.equal({ id: 'ann', name: 'ann' })
      expect(signal.value).to.deep.equal({ id: 'ann', name: 'ann' })
    })
  })
})

describe('who is who on a backend that knows', () => {
  const chat = useChat({ users: [{ id: 'ann', name: 'Ann' }] })

  it('needs no callbacks', async () => {
    const bob = await chat.service.device('bob').online()
    const { groupId } = await bob.client.groups.create({ name: 'Friends', memberIds: ['alice'] })
    const tab = await chat.service.device('alice').online()
    const open = new ReadyKit(tab)
    const { people } = open.kit
    const ann = people.user('ann')
    const group = people.conversation(inGroup(groupId))
    const members = people.members(inGroup(groupId))
    await open.passes('all are known', () => {
      return ann.value.name === 'Ann' && members.value.length === 2 && group.value.memberCount
    })
    expect(group.value).to.include({ name: 'Friends', memberCount: 2 })
    expect(group.value.conversationType).to.equal(ConversationType.GROUP)
    expect(open.reports).to.deep.equal([])
    await bob.client.groups.rename(groupId, { name: 'Good friends' })
    await open.passes('the new name', () => group.value.name === 'Good friends')
  })
})
