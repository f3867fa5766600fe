import { expect } from '@open-wc/testing'
import { effect } from '@preact/signals-core'
import { NotificationLevel } from '../../src/model/conversation.js'
import { inGroup, privateWith } from '../support/backend-messages.js'
import { eventually, useChat, type ChatService, type Device } from '../support/chat-service.js'
import { OpenStore } from '../support/open-store.js'

/** Alice, to whom these people have written, one after the other. */
async function aliceWrittenBy(service: ChatService, people: readonly string[]): Promise<Device> {
  const alice = await service.device('alice').online()
  for (const person of people) {
    const device = await service.device(person).online()
    await device.say(privateWith('alice'), `from ${person}`)
    await alice.has(privateWith(person), `from ${person}`)
  }
  return alice
}

describe('the conversation window', () => {
  const chat = useChat()

  it('lists pinned conversations first, then by time, page by page', async () => {
    const alice = await aliceWrittenBy(chat.service, ['ann', 'ben', 'cem', 'dan'])
    await alice.client.conversations.setTop(privateWith('ann'), true)
    const { store } = new OpenStore(alice, { conversationPullCount: 2 })
    await eventually('a page is there', () => store.conversations.state.value === 'ready')
    expect(store.conversations.hasMore.value).to.be.true
    await store.conversations.loadMore()
    await store.conversations.loadMore()
    expect(store.conversations.items.value.map(({ targetId }) => targetId)).to.deep.equal([
      'ann',
      'dan',
      'cem',
      'ben',
    ])
    while (store.conversations.hasMore.value) await store.conversations.loadMore()
    expect(store.conversations.items.value).to.have.length(4)
  })

  it('moves one conversation up for its message and draws the others no new', async () => {
    const alice = await aliceWrittenBy(chat.service, ['ann', 'ben', 'cem'])
    const open = new OpenStore(alice)
    expect(await open.lists(3)).to.deep.equal(['cem', 'ben', 'ann'])
    const [, ben] = open.store.conversations.items.value
    await alice.say(privateWith('ann'), 'hello')
    await eventually(
      'Ann is on top',
      () => open.store.conversations.items.value[0]!.targetId === 'ann',
    )
    expect(open.store.conversations.items.value[2]).to.equal(ben)
  })

  it('re-sorts when a conversation is pinned and unpinned', async () => {
    const alice = await aliceWrittenBy(chat.service, ['ann', 'ben'])
    const open = new OpenStore(alice)
    expect(await open.lists(2)).to.deep.equal(['ben', 'ann'])
    const { items } = open.store.conversations
    await alice.client.conversations.setTop(privateWith('ann'), true)
    await eventually('pinned', () => items.value[0]!.targetId === 'ann')
    await alice.client.conversations.setTop(privateWith('ann'), false)
    await eventually('unpinned', () => items.value[0]!.targetId === 'ben')
    expect(items.value).to.have.length(2)
  })

  it('shows a conversation that comes by itself', async () => {
    const alice = await chat.service.device('alice').online()
    const open = new OpenStore(alice)
    await eventually('an empty list', () => open.store.conversations.state.value === 'ready')
    const bob = await chat.service.device('bob').online()
    await bob.say(privateWith('alice'), 'hi')
    expect(await open.lists(1)).to.deep.equal(['bob'])
  })

  it('is not empty but loading until a new device has heard the server', async () => {
    const alice = await aliceWrittenBy(chat.service, ['ann'])
    await alice.client.disconnect()
    const device = chat.service.device('alice')
    const { store } = new OpenStore(device)
    const states: string[] = []
    const stop = effect(() => {
      const { state, items } = store.conversations
      states.push(`${state.value} ${items.value.length}`)
    })
    await device.online()
    await eventually('the list is there', () => states.at(-1) === 'ready 1')
    stop()
    expect(states).not.to.include('ready 0')
  })

  it('adds a selected conversation that is not in the list, on top of its group', async () => {
    const alice = await aliceWrittenBy(chat.service, ['ann', 'ben'])
    await alice.client.conversations.setTop(privateWith('ann'), true)
    const open = new OpenStore(alice)
    await open.lists(2)
    open.store.select(privateWith('new'))
    expect(await open.lists(3)).to.deep.equal(['ann', 'new', 'ben'])
    const added = open.store.currentConversation.value!
    expect(added.targetId).to.equal('new')
    expect(added.listOrder).to.be.undefined

    await alice.say(privateWith('new'), 'first')
    await eventually(
      'it is real',
      () => open.store.currentConversation.value!.listOrder !== undefined,
    )
    expect(await open.lists(3)).to.deep.equal(['ann', 'new', 'ben'])
  })

  it('lists a conversation once that is selected before anything is loaded', async () => {
    const writer = await aliceWrittenBy(chat.service, ['ann'])
    await writer.client.disconnect()
    for (const device of [chat.service.device('alice'), chat.service.tabOf(writer)]) {
      const open = new OpenStore(device)
      open.store.select(privateWith('ann'))
      await device.online()
      expect(await open.lists(1)).to.deep.equal(['ann'])
      await eventually(
        'it is the stored one',
        () => open.store.currentConversation.value?.latestMessage,
      )
      expect(await open.lists(1)).to.deep.equal(['ann'])
    }
  })

  it('closes the open conversation when it is removed, and only then', async () => {
    const alice = await aliceWrittenBy(chat.service, ['ann', 'ben'])
    const open = new OpenStore(alice)
    await open.lists(2)
    open.store.select(privateWith('ann'))
    await open.store.remove(privateWith('ben'))
    await open.lists(1)
    expect(open.store.current.value).to.deep.equal(privateWith('ann'))
    await open.store.remove(privateWith('ann'))
    expect(open.store.current.value).to.be.undefined
    await open.lists(0)
  })

  it('closes the open conversation when another device removes it', async () => {
    const alice = await aliceWrittenBy(chat.service, ['ann'])
    const phone = await chat.service.device('alice').online()
    const open = new OpenStore(alice)
    await open.lists(1)
    open.store.select(privateWith('ann'))
    await phone.has(privateWith('ann'), 'from ann')
    await phone.client.conversations.remove(privateWith('ann'))
    await eventually('it is closed', () => open.store.current.value === undefined)
  })

  it('forgets a conversation that was only added', async () => {
    const alice = await chat.service.device('alice').online()
    const open = new OpenStore(alice)
    open.store.select(privateWith('new'))
    await open.lists(1)
    await open.store.remove(privateWith('new'))
    await open.lists(0)
  })

  it('leaves out what the host hides and reads on until something is to be seen', async () => {
    const alice = await aliceWrittenBy(chat.service, ['ann', 'hidden1', 'hidden2'])
    const hidden = new Set(['hidden1', 'hidden2'])
    const open = new OpenStore(alice, {
      conversationPullCount: 1,
      display: {
        hidesConversation: ({ targetId }) => hidden.has(targetId),
        hidesMessage: () => false,
        contentInConversation: ({ content }) => ({ content: `<${content.content}>` }),
      },
    })
    expect(await open.lists(1)).to.deep.equal(['ann'])
    expect(open.store.conversations.items.value[0]!.latestMessage!.content).to.deep.equal({
      content: '<from ann>',
    })
    await eventually('only what is shown counts', () => open.store.totalUnread.value === 1)
    hidden.delete('hidden1')
    await open.store.redisplay()
    expect(await open.lists(2)).to.deep.equal(['hidden1', 'ann'])
    await eventually('and counts', () => open.store.totalUnread.value === 2)
  })

  it('counts what is unread in conversations that are not muted', async () => {
    const alice = await aliceWrittenBy(chat.service, ['ann', 'ben'])
    const open = new OpenStore(alice, { conversationPullCount: 1 })
    await eventually('both count', () => open.store.totalUnread.value === 2)
    const { conversations, readState } = alice.client
    await conversations.setNotificationLevel(
      privateWith('ben'),
      NotificationLevel.NOT_MESSAGE_NOTIFICATION,
    )
    await eventually('a muted one does not', () => open.store.totalUnread.value === 1)
    await readState.markRead(privateWith('ann'))
    await eventually('nor a read one', () => open.store.totalUnread.value === 0)
  })

  it('knows who is typing, and forgets it with the user', async () => {
    const { alice, bob, toAlice, toBob } = await chat.service.pair()
    const { store } = new OpenStore(alice)
    const typing = store.typing(toBob)
    bob.client.typing.send(toAlice, 'RC:TxtMsg')
    await eventually('Bob types', () => typing.value[0]?.userId === 'bob')
    await alice.client.disconnect()
    expect(typing.value).to.deep.equal([])
  })

  it('tells percentages of uploads while they last', async () => {
    const { alice, toBob } = await chat.service.pair()
    const { store } = new OpenStore(alice)
    const seen: number[] = []
    const stop = effect(() => void seen.push(...store.uploads.value.values()))
    const file = new File([new Uint8Array(200_000)], 'a.bin')
    await alice.client.sender.sendFile(
      toBob,
      {
        messageType: 'RC:FileMsg',
        content: { name: 'a.bin', size: file.size, type: 'bin', fileUrl: '' },
      },
      file,
      { field: 'fileUrl' },
    )
    expect(seen.length).to.be.greaterThan(0)
    expect(store.uploads.value.size).to.equal(0)
    stop()
  })

  it('knows the groups of others only by their messages', async () => {
    const { alice, bob } = await chat.service.pair()
    const { groupId } = await bob.client.groups.create({ name: 'G', memberIds: ['alice'] })
    const open = new OpenStore(alice)
    expect(await open.lists(1)).to.deep.equal([groupId])
    expect(open.store.conversations.items.value[0]).to.deep.include(inGroup(groupId))
  })
})
