import { expect } from '@open-wc/testing'
import type { FoundMessage, MessageQuery } from '../../src/core/message-search.js'
import { ClientDatabase, databaseName } from '../../src/database/schema.js'
import { forgetBlocks } from '../../src/database/search-blocks.js'
import { conversationKey } from '../../src/model/conversation.js'
import { ErrorCode } from '../../src/model/errors.js'
import { uuidv7 } from '../../src/model/identity.js'
import { MessageType } from '../../src/model/message-types.js'
import type { ArchivedMessage } from '../../src/model/message.js'
import { archived, recall, said, saidFromTo, team, withBob } from '../support/archived-messages.js'
import { refusalOf } from '../support/backend-refusal.js'
import { eventually, Tab, textOf } from '../support/chat-service.js'
import { failNextWrite } from '../support/full-disk.js'
import { orderOf, ScriptedBackend } from '../support/scripted-backend.js'

const withText = (place: number, content: string, change: Partial<ArchivedMessage> = {}) =>
  said(place, { content: { content }, ...change })

const textsOf = (found: readonly FoundMessage[]) => found.map(({ message }) => textOf(message))

describe('search in messages', () => {
  let appkey: string
  let tabs: Tab<ScriptedBackend>[]
  let alice: Tab<ScriptedBackend>

  beforeEach(async () => {
    appkey = `app-${uuidv7()}`
    tabs = []
    alice = await connected()
  })

  afterEach(async () => {
    await Promise.all(tabs.map(({ client }) => client.disconnect()))
    await alice.client.clearLocalData('alice')
  })

  async function connected(set: (tab: Tab<ScriptedBackend>) => void = () => undefined) {
    const tab = new Tab(new ScriptedBackend('alice'), 'alice', appkey)
    tabs.push(tab)
    set(tab)
    await tab.client.connect('token')
    await eventually('it has caught up', () => tab.told.includes('offlineMessagesPulled'))
    return tab
  }

  async function stored(...messages: ArchivedMessage[]): Promise<void> {
    const before = alice.received.length
    alice.network.deliver({ messages })
    await eventually('all are told of', () => alice.received.length === before + messages.length)
  }

  const search = (query: MessageQuery, tab = alice) => tab.client.search.messages(query)
  const texts = async (query: MessageQuery, tab = alice) =>
    textsOf((await search(query, tab)).found)

  async function withDatabase<Result>(
    work: (database: ClientDatabase) => Promise<Result>,
  ): Promise<Result> {
    const database = new ClientDatabase(databaseName(appkey, 'alice'))
    await database.open()
    try {
      return await work(database)
    } finally {
      database.close()
    }
  }

  const blocks = () => withDatabase(({ searchBlocks }) => searchBlocks.toCollection().primaryKeys())

  it('gives messages with the place of the match, and what is known of them', async () => {
    await stored(withText(1, 'We meet TOMORROW'), withText(2, 'no'))
    const { found, hasMore } = await search({ keyword: 'tomorrow' })
    expect(hasMore).to.equal(false)
    expect(found.map(({ match }) => match)).to.deep.equal([
      { field: 'content', text: 'We meet TOMORROW', start: 8, end: 16 },
    ])
    const [message] = await alice.messages(withBob)
    expect(found[0]!.message).to.deep.equal(message)
  })

  it('finds nothing in an empty database', async () => {
    expect(await search({ keyword: 'a' })).to.deep.equal({ found: [], hasMore: false })
    expect(await alice.client.search.conversations({ keyword: 'a' })).to.deep.equal([])
  })

  it('does not find what two messages have together', async () => {
    await stored(withText(1, 'one'), withText(2, 'two'))
    expect(await texts({ keyword: 'one two' })).to.deep.equal([])
    expect(await texts({ keyword: 'onetwo' })).to.deep.equal([])
  })

  it('pages through all from new to old, whatever order they came in', async () => {
    await stored(...saidFromTo(301, 700))
    await stored(...saidFromTo(1, 300))
    // With blocks to be made, and with blocks that are there.
    for (const time of ['first', 'second']) {
      const seen: number[] = []
      let before: MessageQuery['before']
      for (let hasMore = true; hasMore;) {
        const page = await search({ keyword: 'text', count: 50, ...(before ? { before } : {}) })
        seen.push(...page.found.map(({ message }) => message.sentTime))
        before = page.found.at(-1)!.message
        hasMore = page.hasMore
      }
      expect(seen, time).to.deep.equal(Array.from({ length: 700 }, (_, index) => 700 - index))
    }
    expect(await blocks()).to.deep.equal([0, 1])
  })

  it('pages through messages of one time', async () => {
    await stored(...saidFromTo(1, 5).map((message) => ({ ...message, sentTime: 7 })))
    const first = await search({ keyword: 'text', count: 3 })
    const before = first.found.at(-1)!.message
    const second = await search({ keyword: 'text', count: 3, before })
    expect(textsOf([...first.found, ...second.found])).to.deep.equal(
      [5, 4, 3, 2, 1].map((place) => `text ${place}`),
    )
    expect([first.hasMore, second.hasMore]).to.deep.equal([true, false])
  })

  describe('filters', () => {
    const rows: { name: string; query: MessageQuery; expected: string[] }[] = [
      {
        name: 'by conversation',
        query: { keyword: 'plan', conversation: team },
        expected: ['plan of ann', 'plan of ben'],
      },
      {
        name: 'by sender',
        query: { keyword: 'plan', senderUserIds: ['ann', 'bob'] },
        expected: ['plan.pdf', 'plan of ann', 'plan of bob'],
      },
      {
        name: 'by sender alone',
        query: { senderUserIds: ['bob'] },
        expected: ['plan.pdf', 'plan of bob'],
      },
      {
        name: 'by type',
        query: { keyword: 'plan', messageTypes: [MessageType.FILE] },
        expected: ['plan.pdf'],
      },
      {
        name: 'by type alone',
        query: { messageTypes: [MessageType.FILE] },
        expected: ['plan.pdf'],
      },
      {
        name: 'by time',
        query: { keyword: 'plan', from: 2, to: 3 },
        expected: ['plan of ann', 'plan of ben'],
      },
      {
        name: 'by all of them',
        query: { keyword: 'plan', conversation: team, senderUserIds: ['ann'], from: 1, to: 9 },
        expected: ['plan of ann'],
      },
      {
        name: 'by a conversation nobody has spoken in',
        query: { keyword: 'plan', conversation: { ...team, targetId: 'others' } },
        expected: [],
      },
    ]
    for (const { name, query, expected } of rows) {
      it(name, async () => {
        await stored(
          withText(1, 'plan of bob'),
          withText(2, 'plan of ben', { ...team, senderUserId: 'ben' }),
          withText(3, 'plan of ann', { ...team, senderUserId: 'ann' }),
          archived(4, MessageType.FILE, { name: 'plan.pdf', fileUrl: 'https://a/plan.pdf' }),
        )
        await stored(...saidFromTo(1000, 1300, { ...team, senderUserId: 'carol' }))
        for (const time of ['first', 'second']) {
          const { found } = await search(query)
          const names = found.map(({ message: { content } }) => content.name ?? content.content)
          expect(names, time).to.deep.equal(expected)
        }
      })
    }
  })

  describe('what is in a block that is kept', () => {
    beforeEach(async () => {
      await stored(withText(1, 'the needle'), ...saidFromTo(2, 300))
      expect(await texts({ keyword: 'needle' })).to.deep.equal(['the needle'])
      expect(await blocks()).to.deep.equal([0])
    })

    const first = { messageUId: 'm1', senderUserId: 'bob' }

    it('is not found when it is recalled', async () => {
      alice.network.say(recall(400, first))
      await eventually('the recall is told of', () => alice.told.includes('recalled'))
      expect(await texts({ keyword: 'needle' })).to.deep.equal([])
      expect(await texts({ senderUserIds: ['bob'], to: 1 })).to.deep.equal([])
      expect(await alice.client.search.conversations({ keyword: 'needle' })).to.deep.equal([])
    })

    it('is not found when it is deleted', async () => {
      await alice.client.actions.delete(withBob, [first])
      expect(await texts({ keyword: 'needle' })).to.deep.equal([])
      expect(await alice.client.search.conversations({ keyword: 'needle' })).to.deep.equal([])
    })

    it('is not found when the history is cleared', async () => {
      await alice.client.actions.clear(withBob, orderOf(299))
      expect(await texts({ keyword: 'needle' })).to.deep.equal([])
      expect(await texts({ keyword: 'text' })).to.deep.equal(['text 300'])
      expect(await alice.client.search.conversations({ keyword: 'needle' })).to.deep.equal([])
    })

    it('is found by its new text when it is edited', async () => {
      await withDatabase((database) =>
        database.transaction('rw', [database.messages, database.searchBlocks], async () => {
          const row = (await database.messages.toCollection().first())!
          await database.messages.put({ ...row, content: { content: 'a thread' } })
          await forgetBlocks(database, [row.messageId])
        }),
      )
      expect(await texts({ keyword: 'needle' })).to.deep.equal([])
      expect(await texts({ keyword: 'thread' })).to.deep.equal(['a thread'])
    })

    it('stands at its new time when it is sent again', async () => {
      await withDatabase(async ({ messages }) => {
        const row = (await messages.toCollection().first())!
        await messages.put({ ...row, sentStatus: 20, senderUserId: 'alice' })
      })
      await alice.client.sender.resend(1)
      await eventually('it is sent', () => alice.told.includes('sent'))
      const { found } = await search({ keyword: 'e', count: 1 })
      expect(textsOf(found)).to.deep.equal(['the needle'])
    })

    it('stays when a message is changed in what is not searched', async () => {
      alice.network.say(archived(401, MessageType.READ_RECEIPT_REQUEST, { messageUId: 'm1' }))
      await eventually('the request is told of', () => alice.told.includes('receiptRequest'))
      expect(await blocks()).to.deep.equal([0])
    })
  })

  it('finds what comes later, live and by history', async () => {
    await stored(...saidFromTo(600, 900))
    expect(await texts({ keyword: 'needle' })).to.deep.equal([])
    await stored(withText(901, 'a live needle'))
    alice.network.onHistory = () => ({
      messages: [withText(1, 'an old needle')],
      operations: [],
      hasOlder: false,
      hasNewer: true,
    })
    await alice.client.reader.history(withBob, { before: orderOf(600), count: 20 })
    expect(await texts({ keyword: 'needle' })).to.deep.equal(['a live needle', 'an old needle'])
  })

  it('tells of the best so far before all is looked through', async () => {
    await stored(withText(1, 'needle 1'), ...saidFromTo(2, 600), withText(601, 'needle 2'))
    const told: string[][] = []
    const onFound = (found: readonly FoundMessage[]) => told.push(textsOf(found))
    expect(await texts({ keyword: 'needle', onFound })).to.deep.equal(['needle 2', 'needle 1'])
    expect(told).to.deep.equal([['needle 2'], ['needle 2', 'needle 1']])
  })

  it('reports what onFound throws, and goes on', async () => {
    await stored(withText(1, 'needle'))
    const failure = new Error('of the host')
    const onFound = () => {
      throw failure
    }
    expect(await texts({ keyword: 'needle', onFound })).to.deep.equal(['needle'])
    expect(alice.reports).to.deep.equal([failure])
  })

  it('ends when it is aborted, before and while it runs', async () => {
    await stored(...saidFromTo(1, 1200))
    const reason = new Error('typed on')
    const refused = (query: MessageQuery) => search(query).catch((error: unknown) => error)
    const aborted = AbortSignal.abort(reason)
    expect(await refused({ keyword: 'text', signal: aborted })).to.equal(reason)
    const controller = new AbortController()
    let calls = 0
    const onFound = () => {
      calls += 1
      controller.abort(reason)
    }
    const { signal } = controller
    expect(await refused({ keyword: 'text', signal, onFound })).to.equal(reason)
    expect(calls).to.equal(1)
    expect((await blocks()).length).to.be.lessThan(4)
  })

  it('counts by conversation, the one with the newest match first', async () => {
    await stored(
      ...saidFromTo(1, 300),
      withText(301, 'no match'),
      withText(400, 'text of the team', team),
    )
    for (const time of ['first', 'second']) {
      const found = await alice.client.search.conversations({ keyword: 'Text' })
      const rows = found.map(({ conversation, matchCount, latest }) => [
        conversation.conversationKey,
        matchCount,
        textOf(latest.message),
        latest.match?.start,
      ])
      expect(rows, time).to.deep.equal([
        [conversationKey(team), 1, 'text of the team', 0],
        [conversationKey(withBob), 300, 'text 300', 0],
      ])
    }
    const groups = await alice.client.search.conversations({
      keyword: 'text',
      conversationTypes: [team.conversationType],
    })
    expect(groups.map(({ conversation }) => conversation.targetId)).to.deep.equal(['team'])
  })

  it('is the same in two tabs, also at once', async () => {
    const other = await connected()
    await stored(withText(1, 'needle'), ...saidFromTo(2, 900))
    const query = { keyword: 'needle' }
    const both = await Promise.all([texts(query), texts(query, other)])
    expect(both).to.deep.equal([['needle'], ['needle']])
    expect(await blocks()).to.deep.equal([0, 1, 2])
    alice.network.say(recall(1000, { messageUId: 'm1', senderUserId: 'bob' }))
    await eventually('the recall is told of', () => alice.told.includes('recalled'))
    expect(await texts(query, other)).to.deep.equal([])
  })

  it('looks into other fields when a type is registered anew', async () => {
    const card = archived(1, 'app:card', { title: 'Tea' })
    alice.client.messageTypes.register('app:card')
    await stored(card, ...saidFromTo(2, 300))
    expect(await search({ keyword: 'tea' })).to.deep.equal({ found: [], hasMore: false })
    await alice.client.disconnect()
    alice = await connected(({ client }) =>
      client.messageTypes.register('app:card', { searchProps: ['title'] }),
    )
    const { found } = await search({ keyword: 'tea' })
    expect(found.map(({ match }) => match?.text)).to.deep.equal(['Tea'])
  })

  it('finds also when there is no room left to keep a block', async () => {
    await stored(withText(1, 'needle'), ...saidFromTo(2, 300))
    const restore = failNextWrite((row) => (row as { block?: number }).block === 0)
    expect(await texts({ keyword: 'needle' })).to.deep.equal(['needle'])
    restore()
    expect(await blocks()).to.deep.equal([])
    expect(alice.reports).to.have.lengthOf(1)
    expect(await texts({ keyword: 'needle' })).to.deep.equal(['needle'])
    expect(await blocks()).to.deep.equal([0])
  })

  describe('refuses', () => {
    const rows: Record<string, unknown> = {
      'no query': undefined,
      'nothing to look for': {},
      'a blank keyword': { keyword: ' \n' },
      'a keyword that is no text': { keyword: 7 },
      'a count of 0': { keyword: 'a', count: 0 },
      'a count of 51': { keyword: 'a', count: 51 },
      'no whole count': { keyword: 'a', count: 1.5 },
      'half a conversation': { keyword: 'a', conversation: { conversationType: 1 } },
      'an empty list of senders': { senderUserIds: [] },
      'senders that are no list': { senderUserIds: 'bob' },
      'types that are no names': { messageTypes: [1] },
      'a time that is none': { keyword: 'a', from: 'yesterday' },
      'times the wrong way round': { keyword: 'a', from: 2, to: 1 },
      'a before that is no message': { keyword: 'a', before: 5 },
    }
    for (const [name, query] of Object.entries(rows)) {
      it(name, async () => {
        const refusal = await refusalOf(search(query as MessageQuery))
        expect(refusal.code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
      })
    }
  })

  it('fails with the reason when nobody is logged in any more', async () => {
    const { search: closed } = alice.client
    await alice.client.disconnect()
    const refusal = await refusalOf(closed.messages({ keyword: 'a' }))
    expect(refusal.code).to.equal(ErrorCode.BIZ_ERROR_DATABASE_ERROR)
  })
})
