/** Whole clients and a real one of another make (slixmpp), on a real server. */
import { expect } from '@open-wc/testing'
import { escapeId } from '../../src/backends/xmpp/addresses.js'
import { uuidv7 } from '../../src/model/identity.js'
import { MessageType } from '../../src/model/message-types.js'
import { SentStatus, type Message } from '../../src/model/message.js'
import { inGroup, privateWith } from '../support/backend-messages.js'
import { eventually, textOf } from '../support/chat-service.js'
import { TestServer, type Foreigner, type Seen } from '../support/test-server.js'
import { storedTexts, WholeClients, type WholeClient } from '../support/whole-client.js'

describe('somebody with slixmpp', () => {
  let server: TestServer
  let clients: WholeClients
  let alice: WholeClient
  let fred: Foreigner
  let fredId: string

  beforeEach(async () => {
    server = await TestServer.shared()
    clients = new WholeClients(server)
    alice = await clients.online('alice')
    fredId = `fred-${uuidv7()}`
    await server.createUser(fredId)
    fred = await server.logInForeigner(fredId)
  })
  afterEach(async () => {
    await fred.stop()
    await clients.end()
  })

  const addressOfAlice = () => `${escapeId(alice.userId)}@${server.domain}`

  const arrived = async (isIt: (message: Message) => boolean) => {
    await eventually('it arrives', () => alice.received.some(isIt))
    return alice.received.find(isIt)!
  }

  /** Everything of theirs that Alice's device shows, as it stands now. */
  const shown = async () => (await storedTexts(alice, privateWith(fredId))).map(textOf)

  describe('to one of ours', () => {
    it('writes texts that show, and hears that they have come and were read', async () => {
      const id = await fred.does('say', { to: addressOfAlice(), body: 'hello' })
      const { messageUId } = await arrived((it) => textOf(it) === 'hello')
      expect(messageUId).to.equal(id)
      expect(await fred.sees({ event: 'receipt' })).to.include({ receipt: id })
      await alice.client.readState.markRead(privateWith(fredId))
      expect(await fred.sees({ event: 'displayed' })).to.include({ displayed: id })
      expect(await shown()).to.deep.equal(['hello'])
    })

    it('corrects what it wrote, and takes it back', async () => {
      const to = addressOfAlice()
      const id = await fred.does('say', { to, body: 'helo' })
      await arrived((it) => textOf(it) === 'helo')
      await fred.does('say', { to, body: 'hello', replaces: id })
      await eventually('it is corrected', async () => (await shown())[0] === 'hello')
      await fred.does('retract', { to, messageId: id })
      await eventually('it is gone', async () => (await shown()).length === 0)
      const page = await alice.client.reader.history(privateWith(fredId), { count: 10 })
      expect(page.messages.map(({ messageType }) => messageType)).to.deep.equal([
        MessageType.RECALL_NOTIFICATION,
      ])
    })

    it('sends files that can be loaded', async () => {
      const url = await fred.does('upload', { name: 'notes.txt', text: 'some notes' })
      await fred.does('say', { to: addressOfAlice(), body: url, url })
      const { content } = await arrived(({ messageType }) => messageType === MessageType.FILE)
      expect(content).to.include({ name: 'notes.txt', fileUrl: url })
      expect(await (await fetch(content.fileUrl as string)).text()).to.equal('some notes')
    })

    it('tells what it has read', async () => {
      const toFred = privateWith(fredId)
      await alice.say(toFred, 'read this')
      const { messageId } = await fred.sees({ event: 'message', body: 'read this' })
      await fred.does('displayed', { to: addressOfAlice(), messageId })
      await eventually('it is read', async () => {
        const [message] = (await alice.client.reader.history(toFred, { count: 10 })).messages
        return message?.sentStatus === SentStatus.READ
      })
    })
  })

  describe('from one of ours', () => {
    const seen = (body: string) => fred.sees({ event: 'message', body })

    it('gets texts, corrections and files to read', async () => {
      const toFred = privateWith(fredId)
      await alice.say(toFred, 'anser')
      const { messageId } = await seen('anser')
      const [sent] = (await alice.client.reader.history(toFred, { count: 10 })).messages
      await alice.client.actions.edit(sent!, { content: 'answer' })
      const corrected = await fred.sees({ event: 'correction' })
      expect(corrected).to.include({ body: 'answer', replaces: messageId })
      await seen('answer')
      const file = new File(['some notes'], 'notes.txt', { type: 'text/plain' })
      const content = { name: file.name, size: file.size, type: 'txt' }
      const message = { messageType: MessageType.FILE, content }
      await alice.client.sender.sendFile(toFred, message, file, { field: 'fileUrl' })
      const told: Seen = await fred.sees({ event: 'message' })
      expect(told.body).to.equal(told.url)
      expect(await (await fetch(told.url!)).text()).to.equal('some notes')
    })
  })

  describe('in a group of ours', () => {
    const withGroup = async () => {
      const { groupId } = await alice.client.groups.create({ name: 'Team', memberIds: [fredId] })
      const room = `${groupId}@rooms.${server.domain}`
      await fred.does('enter', { room, nick: fredId })
      return { room, toTeam: inGroup(groupId) }
    }

    it('talks with all', async () => {
      const { room, toTeam } = await withGroup()
      await alice.say(toTeam, 'to all')
      await fred.sees({ event: 'groupchat_message', body: 'to all' })
      await fred.does('say', { to: room, body: 'from Fred', type: 'groupchat' })
      const { senderUserId, targetId } = await arrived((it) => textOf(it) === 'from Fred')
      expect({ senderUserId, targetId }).to.deep.equal({
        senderUserId: fredId,
        targetId: toTeam.targetId,
      })
    })

    it('takes back what it wrote', async () => {
      const { room, toTeam } = await withGroup()
      await fred.does('say', { to: room, body: 'oops', type: 'groupchat' })
      const { place } = await fred.sees({ event: 'groupchat_message', body: 'oops' })
      await arrived((it) => textOf(it) === 'oops')
      await fred.does('retract', { to: room, messageId: place, type: 'groupchat' })
      await eventually('it is gone', async () => (await storedTexts(alice, toTeam)).length === 0)
    })
  })
})
