/** The rules of the embedded backend that a host can set, and what it does with nonsense. */
import { expect } from '@open-wc/testing'
import type { OutgoingMessage } from '../../src/backends/backend.js'
import { localToken } from '../../src/backends/local/index.js'
import { ConversationType } from '../../src/model/conversation.js'
import { ErrorCode } from '../../src/model/errors.js'
import { inGroup, message, privateWith, recall, text } from '../support/backend-messages.js'
import { connectTo, LocalService } from '../support/backend-local-service.js'
import { codeOf } from '../support/backend-refusal.js'

describe('local rules', () => {
  let service: LocalService

  beforeEach(() => {
    service = new LocalService()
  })

  afterEach(() => service.remove())

  describe('tokens', () => {
    it('say who they are for, in any script, expired or not', () => {
      const tab = service.openTab()
      for (const userId of ['alice', '爱丽丝', 'a/b@c.d:e%2F"\\', '👩‍👩‍👧']) {
        expect(tab.userIdOf(localToken(userId))).to.equal(userId)
        expect(tab.userIdOf(localToken(userId, { expires: 1 }))).to.equal(userId)
      }
    })

    it('are refused with 31004 when they are none', async () => {
      const tab = service.openTab()
      const encoded = (claims: unknown) => `local.${btoa(JSON.stringify(claims))}`
      const none = [
        ...['', 'alice', 'local.', 'local.%%%', 'local.YQ=='],
        ...[null, {}, { userId: '' }, { userId: 1 }].map(encoded),
        undefined as unknown as string,
      ]
      for (const token of none) {
        expect(tab.userIdOf(token), token).to.equal(undefined)
        const attempt = connectTo(tab, '', token ?? null)
        expect(await codeOf(attempt), token).to.equal(ErrorCode.RC_CONN_TOKEN_INCORRECT)
      }
    })

    it('are good until the moment they expire', async () => {
      let now = 1_000
      const tab = service.openTab({ now: () => now })
      const token = localToken('alice', { expires: 2_000 })
      await connectTo(tab, 'alice', token)
      now = 2_000
      const attempt = connectTo(tab, 'alice', token)
      expect(await codeOf(attempt)).to.equal(ErrorCode.RC_CONN_TOKEN_EXPIRED)
    })

    it("may be the host's own", async () => {
      const tab = service.openTab({ users: [{ id: 'alice', token: 'open sesame' }] })
      expect(tab.userIdOf('open sesame')).to.equal('alice')
      const { session } = await connectTo(tab, 'alice', 'open sesame')
      expect(session.userId).to.equal('alice')
    })
  })

  describe('users', () => {
    const users = [
      { id: 'alice', name: 'Alice', portraitUri: 'https://example.org/alice.png' },
      { id: 'bob', name: 'Bob' },
    ]

    it('that are listed have profiles, and change them', async () => {
      const alice = await connectTo(service.openTab({ users }), 'alice')
      const profiles = alice.session.profiles!
      await profiles.update({ name: 'Alice B.' })
      const seen = await profiles.users(['bob', 'nobody', 'alice'])
      expect(seen.map(({ id, name }) => [id, name])).to.deep.equal([
        ['bob', 'Bob'],
        ['alice', 'Alice B.'],
      ])
      expect(seen[1]!.portraitUri).to.equal(users[0]!.portraitUri)
    })

    it('are called by their names in group notices', async () => {
      const alice = await connectTo(service.openTab({ users }), 'alice')
      await alice.session.groups!.create({ name: 'Team', memberIds: ['bob', 'carol'] })
      const { content } = await alice.received.until(({ messages }) => messages[0])
      expect(content.message).to.equal('Alice created the group Team')
      expect(JSON.parse(content.data as string)).to.deep.equal({
        operatorNickname: 'Alice',
        targetUserIds: ['bob', 'carol'],
        targetUserDisplayNames: ['Bob', 'carol'],
        targetGroupName: 'Team',
      })
    })

    it('need not be listed', async () => {
      const carol = await connectTo(service.openTab({ users }), 'carol')
      await carol.session.send(text(privateWith('dave'), 'hello'))
    })

    it('are only those listed if the host says so', async () => {
      const tab = service.openTab({ users, openUsers: false })
      expect(await codeOf(connectTo(tab, 'carol'))).to.equal(ErrorCode.RC_CONN_TOKEN_INCORRECT)
      const { session } = await connectTo(tab, 'alice')
      await session.send(text(privateWith('bob'), 'hello'))
      const calls = [
        session.send(text(privateWith('carol'), 'hello')),
        session.groups!.create({ name: 'Team', memberIds: ['carol'] }),
        tab.sendSystemMessage('carol', {
          senderUserId: 'news',
          messageType: 'RC:TxtMsg',
          content: { content: 'hello' },
        }),
      ]
      const codes = await Promise.all(calls.map(codeOf))
      expect(codes).to.deep.equal(calls.map(() => ErrorCode.BIZ_ERROR_INVALID_PARAMETER))
    })

    it('may have any id', async () => {
      const tab = service.openTab()
      const [one, other] = ['a/b%c@d:e"\\,[]', '爱 丽丝']
      const [sender, receiver] = [await connectTo(tab, one), await connectTo(tab, other)]
      const sent = text(privateWith(other), 'hello')
      await sender.session.send(sent)
      expect((await receiver.received.untilMessage(sent)).targetId).to.equal(one)
    })
  })

  describe('recall', () => {
    it('has a time limit for authors if the host sets one, none for owners', async () => {
      let now = 1_000
      const tab = service.openTab({ now: () => now, limits: { maxRecallDuration: 120 } })
      const [alice, bob] = [await connectTo(tab, 'alice'), await connectTo(tab, 'bob')]
      const { groupId } = await alice.session.groups!.create({ name: 'Team', memberIds: ['bob'] })
      const toGroup = inGroup(groupId)
      const says = async (words: string) => {
        const sent = text(toGroup, words, { senderUserId: 'bob' })
        return { ...sent, ...(await bob.session.send(sent)) }
      }
      const [early, late] = [await says('early'), await says('late')]
      now = early.sentTime + 120_000
      await bob.session.send(recall(toGroup, early))
      now = late.sentTime + 120_001
      const call = bob.session.send(recall(toGroup, late))
      expect(await codeOf(call)).to.equal(ErrorCode.RECALL_MESSAGE)
      await alice.session.send(recall(toGroup, late, { isAdmin: true }))
    })

    it('is for everyone who sees the message if the host says so', async () => {
      const tab = service.openTab({ recall: 'anyone' })
      const [alice, bob] = [await connectTo(tab, 'alice'), await connectTo(tab, 'bob')]
      const sent = text(privateWith('bob'), 'mine', { senderUserId: 'alice' })
      await alice.session.send(sent)
      await bob.session.send(recall(privateWith('alice'), sent))
    })

    it('without a trace takes the message out of the conversation list', async () => {
      const tab = service.openTab()
      const [alice, bob] = [await connectTo(tab, 'alice'), await connectTo(tab, 'bob')]
      const stays = text(privateWith('bob'), 'stays')
      const goes = text(privateWith('bob'), 'goes', { senderUserId: 'alice' })
      await alice.session.send(stays)
      await alice.session.send(goes)
      await alice.session.send(recall(privateWith('bob'), goes, { isDelete: true }))
      const { items } = await bob.session.conversations!.list({ count: 10 })
      expect(items[0]!.latestMessage!.messageUId).to.equal(stays.messageUId)
    })
  })

  it('lets a client send again when a second has passed', async () => {
    let now = 10_000
    const tab = service.openTab({ now: () => now, limits: { sendRate: 2 } })
    const { session } = await connectTo(tab, 'alice')
    const say = () => codeOf(session.send(text(privateWith('bob'), 'hello')))
    const tooFast = ErrorCode.SEND_FREQUENCY_TOO_FAST
    expect([await say(), await say(), await say()]).to.deep.equal([0, 0, tooFast])
    now += 999
    expect(await say()).to.equal(tooFast)
    now += 1
    expect(await say()).to.equal(ErrorCode.SUCCESS)
  })

  it('counts neither what is refused nor what is sent again', async () => {
    const tab = service.openTab({ now: () => 10_000, limits: { sendRate: 1 } })
    const { session } = await connectTo(tab, 'alice')
    const refused = session.send(text(inGroup('none'), 'hello'))
    expect(await codeOf(refused)).to.equal(ErrorCode.NOT_IN_GROUP)
    const sent = text(privateWith('bob'), 'hello')
    const first = await session.send(sent)
    expect(await session.send(sent)).to.deep.equal(first)
  })

  it('shows new members what was said before if the host says so', async () => {
    const tab = service.openTab({ newMembersSeeHistory: true })
    const [alice, bob] = [await connectTo(tab, 'alice'), await connectTo(tab, 'bob')]
    const { groupId } = await alice.session.groups!.create({ name: 'Team', memberIds: [] })
    const before = text(inGroup(groupId), 'before')
    await alice.session.send(before)
    await alice.session.groups!.invite(groupId, ['bob'])
    const { gaps } = await bob.received.until(({ batches }) => batches[0])
    expect(gaps).to.deep.equal([inGroup(groupId)])
    const { messages } = await bob.session.history({ conversation: inGroup(groupId), count: 10 })
    expect(messages.map(({ messageUId }) => messageUId)).to.include(before.messageUId)
  })

  describe('nonsense', () => {
    const invalid = ErrorCode.BIZ_ERROR_INVALID_PARAMETER

    it('in a message is refused with 33003', async () => {
      const { session } = await connectTo(service.openTab(), 'alice')
      const toBob = privateWith('bob')
      const cyclic: Record<string, unknown> = {}
      cyclic.self = cyclic
      const nonsense: Partial<Record<keyof OutgoingMessage, unknown>>[] = [
        { messageUId: '' },
        { messageType: undefined },
        { targetId: 7 },
        { content: null },
        { content: 'text' },
        { content: cyclic },
        { content: { count: 1n } },
        { channelId: 'channel' },
        { directedUserIds: ['bob'] },
        { directedUserIds: 'bob' },
        { canIncludeExpansion: true, expansion: 'text' },
        { canIncludeExpansion: true, expansion: { key: 1 } },
      ]
      for (const overrides of nonsense) {
        const sent = text(toBob, 'hello', overrides as Partial<OutgoingMessage>)
        expect(await codeOf(session.send(sent)), Object.keys(overrides)[0]).to.equal(invalid)
      }
      expect(await codeOf(session.send(null as unknown as OutgoingMessage))).to.equal(invalid)
    })

    it('in an operation is refused, and changes nothing', async () => {
      const { session } = await connectTo(service.openTab(), 'alice')
      const toBob = privateWith('bob')
      const sent = text(toBob, 'hello', { senderUserId: 'alice', canIncludeExpansion: true })
      await session.send(sent)
      const { messageUId, senderUserId } = sent
      const target = { messageUId, senderUserId }
      const nonsense: [string, object, ErrorCode][] = [
        ['RC:RcCmd', {}, ErrorCode.RECALL_MESSAGE],
        ['RC:RcCmd', { messageUId: 1, senderUserId: {} }, ErrorCode.RECALL_MESSAGE],
        ['RC:MsgExMsg', { messageUId }, ErrorCode.MESSAGE_EXPANDED_ERROR],
        ['RC:MsgExMsg', { ...target, put: 'text' }, invalid],
        ['RC:MsgExMsg', { ...target, put: { key: null } }, invalid],
        ['RC:MsgExMsg', { ...target, remove: 'key' }, invalid],
        ['RC:RRRspMsg', {}, invalid],
        ['RC:RRRspMsg', { receiptMessageDic: 'all' }, invalid],
        ['RC:RRRspMsg', { receiptMessageDic: { alice: 7 } }, invalid],
        ['IK:DelMsg', { messages: 'all' }, invalid],
        ['IK:DelMsg', { before: 'yesterday' }, invalid],
      ]
      for (const [messageType, content, code] of nonsense) {
        const call = session.send(message(toBob, messageType, content))
        expect(await codeOf(call), `${messageType} ${JSON.stringify(content)}`).to.equal(code)
      }
      const page = await session.history({ conversation: toBob, count: 10 })
      expect(page.messages.map(({ content }) => content)).to.deep.equal([{ content: 'hello' }])
      expect(page.operations).to.be.empty
    })

    it('among what is to be deleted is skipped', async () => {
      const { session } = await connectTo(service.openTab(), 'alice')
      const toBob = privateWith('bob')
      const sent = text(toBob, 'hello', { senderUserId: 'alice' })
      await session.send(sent)
      const messages = [null, 7, {}, { messageUId: sent.messageUId, senderUserId: 'alice' }]
      await session.send(message(toBob, 'IK:DelMsg', { messages }))
      expect((await session.history({ conversation: toBob, count: 10 })).messages).to.be.empty
    })

    it('in a question for history is refused with 33003', async () => {
      const { session } = await connectTo(service.openTab(), 'alice')
      const conversation = privateWith('bob')
      for (const query of [
        { count: 0 },
        { count: 101 },
        { count: 1.5 },
        { count: NaN },
        { count: 10, before: 'yesterday' },
        { count: 10, after: '~0000000000000001' },
      ]) {
        expect(await codeOf(session.history({ conversation, ...query }))).to.equal(invalid)
      }
    })

    it('as a type of conversation is refused with 34201', async () => {
      const { session } = await connectTo(service.openTab(), 'alice')
      const conversation = { conversationType: ConversationType.CHATROOM, targetId: 'room' }
      const calls = [
        session.send(text(conversation, 'hello')),
        session.history({ conversation, count: 10 }),
      ]
      const codes = await Promise.all(calls.map(codeOf))
      const unsupported = ErrorCode.CONVERSATION_TYPE_NOT_SUPPORT
      expect(codes).to.deep.equal([unsupported, unsupported])
    })

    it('in settings is refused or read as nothing', async () => {
      const { session } = await connectTo(service.openTab(), 'alice')
      expect(await codeOf(session.settings.set('', 1))).to.equal(invalid)
      expect((await session.settings.set('key', undefined)).value).to.equal(null)
      await session.send(text(privateWith('bob'), 'hello'))
      for (const value of ['text', 7, { order: {} }, { order: 'yesterday' }, []]) {
        await session.settings.set('1/bob/:readPosition', value)
        expect((await session.conversations!.list({ count: 1 })).items).to.have.length(1)
      }
    })
  })
})
