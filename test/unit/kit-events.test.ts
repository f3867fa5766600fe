import { expect } from '@open-wc/testing'
import { CoreEvent } from '../../src/kit/core-events.js'
import { createIMKit } from '../../src/kit/kit.js'
import { conversationIdOf } from '../../src/model/conversation.js'
import { MessageType } from '../../src/model/message-types.js'
import { inGroup, privateWith } from '../support/backend-messages.js'
import { eventually, textOf, useChat } from '../support/chat-service.js'
import { ReadyKit } from '../support/ready-kit.js'

const text = (content: string) => ({ messageType: MessageType.TEXT, content: { content } })

describe('what a kit tells its host', () => {
  const chat = useChat()

  async function pair() {
    const { alice, bob, toAlice, toBob } = await chat.service.pair()
    return { alice: new ReadyKit(alice), bob: new ReadyKit(bob), toAlice, toBob }
  }

  it('is connected when there is something to ask, and no longer when it is not', async () => {
    const device = chat.service.device('alice')
    const open = new ReadyKit(device)
    let mine: unknown
    open.kit.on(CoreEvent.CONNECTED, (isConnected) => {
      if (isConnected) mine = open.kit.getMyProfile()
    })
    await device.online()
    expect(mine).to.be.instanceOf(Promise)
    await open.hears('pull_offline_message_finished')
    await device.cut()
    await device.reconnect()
    await device.client.disconnect()
    expect(open.heard('CONNECTED')).to.deep.equal([true, false, true, false])
    expect(open.heard('INIT')).to.have.length(1)
  })

  it('says which conversation is open, once for each change', async () => {
    const { alice, toBob } = await pair()
    alice.kit.selectConversation({ ...toBob, extra: 1 } as never)
    alice.kit.selectConversation(toBob)
    alice.kit.currentConversation = inGroup('g')
    await alice.tab.client.disconnect()
    expect(alice.heard('switch_conversation')).to.deep.equal([toBob, inGroup('g'), null])
    expect(alice.kit.currentConversation).to.be.null
  })

  it('follows a message on its way out', async () => {
    const { alice, toBob } = await pair()
    const message = await alice.kit.send(toBob, text('hi'))
    await alice.hears('message_send_success')
    expect(alice.heard('message_sending').map(textOf)).to.deep.equal(['hi'])
    expect(alice.heard('message_send_success')[0]!.messageUId).to.equal(message.messageUId)
    expect(alice.heard('MESSAGES')).to.deep.equal([])
  })

  it('says that a message was refused', async () => {
    const { alice } = await pair()
    await alice.kit.post(inGroup('of-others'), text('hi'))
    await alice.hears('message_send_fail')
    expect(alice.heard('message_send_fail')[0]!.failure!.code).to.equal(22406)
  })

  it('tells messages and conversations that come', async () => {
    const { alice, bob, toAlice, toBob } = await pair()
    await bob.tab.say(toAlice, 'hello')
    await alice.hears('MESSAGES')
    await alice.hears('conversation')
    expect(alice.heard('MESSAGES')[0]!.map(textOf)).to.deep.equal(['hello'])
    const [changed] = alice.heard('conversation')
    const [{ conversation }] = changed as [{ conversation: never }]
    expect(conversationIdOf(conversation)).to.deep.equal(toBob)
    expect(conversation).to.include({ unreadMessageCount: 1 })
    expect(alice.heard('udpate_conversation')[0]![0]).to.equal(conversation)
  })

  it('follows an upload with the number of its message', async () => {
    const { alice, toBob } = await pair()
    const file = new File([new Uint8Array(300_000)], 'a.bin')
    const seen: number[] = []
    const urls: string[] = []
    const result = await alice.kit.sendFileMessage(
      toBob,
      { file, extra: 'more' },
      {
        onProgress: (progress) => seen.push(progress),
        onComplete: ({ url }) => void urls.push(url),
      },
    )
    expect(result.code).to.equal(0)
    await alice.hears('upload_complete')
    const { messageId, content } = result.data!
    expect(content).to.include({ name: 'a.bin', size: 300_000, type: 'bin', extra: 'more' })
    expect(alice.heard('upload_complete')).to.deep.equal([
      { messageId, fileInfo: { url: content.fileUrl } },
    ])
    expect(urls).to.deep.equal([content.fileUrl])
    expect(alice.heard('upload_progress').every((one) => one.messageId === messageId)).to.be.true
    expect(seen.at(-1)).to.equal(100)
  })

  it('tells what becomes of a message', async () => {
    const { alice, bob, toAlice, toBob } = await pair()
    const sent = await bob.kit.send(toAlice, text('one'))
    await alice.tab.has(toBob, 'one')
    await bob.kit.recall(sent)
    await eventually('Alice hears of it', () =>
      alice.heard('update_message').some(({ messageType }) => messageType === 'RC:RcNtf'),
    )
    const mine = await alice.kit.send(toBob, text('two'))
    await alice.kit.deleteMessages(toBob, [mine])
    expect(alice.heard('delete_message').flat().map(textOf)).to.deep.equal(['two'])
  })

  it('tells who types and who has read', async () => {
    const { alice, bob, toAlice, toBob } = await pair()
    bob.kit.sendTyping(toAlice)
    await alice.hears('typing_status')
    expect(alice.heard('typing_status')[0]!.status[0]).to.deep.include(toBob)
    const message = await alice.kit.send(toBob, text('one'))
    await bob.tab.has(toAlice, 'one')
    await bob.kit.clearMessagesUnreadStatus(toAlice)
    await alice.hears('read_receipt_received')
    expect(alice.heard('read_receipt_received')[0]).to.deep.include({
      conversation: toBob,
      messageUId: message.messageUId,
    })
    await eventually('the time is known', () => alice.kit.getUnReadTime(toBob) > 0)
    expect(alice.kit.getUnReadTime(toBob)).to.equal(message.sentTime)
    expect(alice.kit.getUnReadTime(privateWith('nobody'))).to.equal(0)
  })

  it('tells of receipts asked for and given in groups', async () => {
    const { alice, bob } = await pair()
    const { groupId } = await alice.tab.client.groups.create({ name: 'G', memberIds: ['bob'] })
    const group = inGroup(groupId)
    const message = await alice.kit.send(group, text('read me'), { needReceipt: true })
    const received = await bob.tab.has(group, 'read me')
    await bob.tab.client.readState.respondReceipts(group, [received])
    await alice.hears('message_receipt_response')
    expect(alice.heard('message_receipt_response')[0]).to.deep.include({
      receivedUserId: 'bob',
      messageUIdList: [message.messageUId],
    })
    await alice.tab.client.readState.requestReceipt(message)
    await bob.hears('message_receipt_request')
    expect(bob.heard('message_receipt_request').at(-1)).to.deep.include({ senderUserId: 'alice' })
  })

  it('goes on when a listener throws, and reports it', async () => {
    const kit = createIMKit()
    const heard: string[] = []
    kit.on('error', ({ context }) => heard.push(context))
    kit.on(CoreEvent.MESSAGES, () => {
      throw new Error('mine')
    })
    kit.on('MESSAGES', () => heard.push('the next one'))
    kit.emit(CoreEvent.MESSAGES, [])
    expect(heard).to.deep.equal(['a listener of "MESSAGES"', 'the next one'])
  })

  it('tells the console of an error listener that throws', () => {
    const kit = createIMKit()
    const heard: unknown[] = []
    const original = console.error
    console.error = (...parts: unknown[]) => void heard.push(parts[0])
    kit.on('error', () => {
      throw new Error('worse')
    })
    kit.on('error', ({ context }) => heard.push(context))
    kit.report(new Error('bad'), 'somewhere')
    console.error = original
    expect(heard).to.deep.equal(['imkit: a listener of "error":', 'somewhere'])
  })

  it('stops telling who no longer listens', () => {
    const kit = createIMKit()
    let count = 0
    const listener = () => (count += 1)
    const off = kit.on('INIT', listener)
    kit.once(CoreEvent.INIT, listener)
    kit.emit(CoreEvent.INIT)
    expect(count).to.equal(2)
    off()
    kit.emit('INIT')
    expect(count).to.equal(2)
    kit.on(CoreEvent.INIT, listener)
    kit.on(CoreEvent.INIT, listener)
    kit.off(CoreEvent.INIT)
    kit.on('error', listener)
    kit.off('error', listener)
    kit.emit(CoreEvent.INIT)
    expect(count).to.equal(2)
  })

  it('loads the list once, though the host asks for it as the original wants', async () => {
    const { alice, bob, toAlice } = await pair()
    await bob.tab.say(toAlice, 'hello')
    await eventually('it is listed', () => {
      const { conversations } = alice.kit.store.value!
      return conversations.state.value === 'ready' && conversations.items.value.length === 1
    })
    const { conversations } = alice.tab.client
    let reads = 0
    const list = conversations.list.bind(conversations)
    conversations.list = (query) => {
      reads += 1
      return list(query)
    }
    alice.kit.emit(CoreEvent.CONVERSATION, true)
    expect(reads).to.equal(0)
    let listed: unknown[] | undefined
    void alice.kit.getConversationList().then((list) => (listed = list))
    await alice.passes('the host has the list', () => listed)
    expect(listed).to.have.length(1)
    expect(reads).to.equal(0)
  })
})
