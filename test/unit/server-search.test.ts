import { expect } from '@open-wc/testing'
import type { ServerSearchQuery } from '../../src/backends/backend.js'
import type { FoundMessage, MessageQuery } from '../../src/core/message-search.js'
import { ErrorCode, IMError } from '../../src/model/errors.js'
import { uuidv7 } from '../../src/model/identity.js'
import type { ArchivedMessage } from '../../src/model/message.js'
import { edit, said, team, withBob } from '../support/archived-messages.js'
import { eventually, Tab, textOf } from '../support/chat-service.js'
import { orderOf, ScriptedBackend } from '../support/scripted-backend.js'

const withText = (place: number, content: string, change: Partial<ArchivedMessage> = {}) =>
  said(place, { content: { content }, ...change })

const texts = (found: readonly FoundMessage[]) => found.map(({ message }) => textOf(message))

/** What a backend finds in messages it has, newest first, as its pages go. */
const finder =
  (archive: readonly ArchivedMessage[], operations: readonly ArchivedMessage[] = []) =>
  ({ keyword = '', to = Infinity, count, before = '~' }: ServerSearchQuery) => {
    const matching = archive
      .filter(({ content }) => String(content.content).includes(keyword))
      .filter(({ order, sentTime }) => order < before && sentTime <= to)
      .sort((one, other) => (one.order < other.order ? 1 : -1))
    const messages = matching.slice(0, count)
    const next = matching.length > count ? { next: messages.at(-1)!.order } : {}
    return { messages, operations: [...operations], ...next }
  }

describe('search on the backend', () => {
  let alice: Tab<ScriptedBackend>

  beforeEach(async () => {
    alice = new Tab(new ScriptedBackend('alice'), 'alice', `app-${uuidv7()}`)
  })

  afterEach(() => alice.client.clearLocalData('alice'))

  /** @param archive what the backend has; `here` is what this device has of it */
  async function begin(
    archive: readonly ArchivedMessage[],
    here: readonly ArchivedMessage[] = [],
    operations: readonly ArchivedMessage[] = [],
  ): Promise<void> {
    const { network } = alice
    network.onSearch = finder(archive, operations)
    network.missed = [{ messages: here }]
    await alice.client.connect('token')
    await eventually('it has caught up', () => alice.told.includes('offlineMessagesPulled'))
  }

  const search = (query: MessageQuery) => alice.client.search.messages(query)
  const textsFor = async (query: MessageQuery) => texts((await search(query)).found)

  it('brings what never came to this device, in order and without doubles', async () => {
    const here = [withText(500, 'tea, live'), withText(600, 'coffee')]
    const archive = [withText(1, 'tea, long ago'), ...here, withText(2, 'tea again', team)]
    await begin(archive, here)
    const expected = ['tea, live', 'tea again', 'tea, long ago']
    for (const time of ['first', 'second']) {
      expect(await textsFor({ keyword: 'tea' }), time).to.deep.equal(expected)
    }
  })

  it('tells of what is here before the backend has answered', async () => {
    await begin([withText(1, 'tea, long ago')], [withText(500, 'tea')])
    const find = alice.network.onSearch!
    const told: string[][] = []
    let answer = () => {}
    alice.network.onSearch = async (query) => {
      await new Promise<void>((resolve) => (answer = resolve))
      return find(query)
    }
    const found = search({ keyword: 'tea', onFound: (found) => told.push(texts(found)) })
    await eventually('what is here is told', () => told.length)
    answer()
    expect(texts((await found).found)).to.deep.equal(['tea', 'tea, long ago'])
    expect(told).to.deep.equal([['tea'], ['tea', 'tea, long ago']])
  })

  it('pages through all from new to old, whoever has which', async () => {
    const all = Array.from({ length: 100 }, (_, index) => withText(index + 1, `tea ${index + 1}`))
    // Every third is here, and some have one time.
    const archive = all.map((it) => ({ ...it, sentTime: Math.ceil(it.sentTime / 4) }))
    await begin(archive, archive.slice(60))
    const seen: string[] = []
    let before: MessageQuery['before']
    for (let hasMore = true; hasMore;) {
      const page = await search({ keyword: 'tea', count: 7, ...(before ? { before } : {}) })
      expect(page.found.length).to.be.greaterThan(0)
      seen.push(...texts(page.found))
      before = page.found.at(-1)!.message
      hasMore = page.hasMore
    }
    const expected = archive.map(({ content }) => String(content.content))
    expect([...seen].sort()).to.deep.equal([...expected].sort())
    const times = seen.map((text) => Math.ceil(Number(text.slice(4)) / 4))
    expect(times).to.deep.equal([...times].sort((one, other) => other - one))
  })

  it('asks on where what the backend finds is nothing here', async () => {
    const strange = Array.from({ length: 5 }, (_, index) =>
      withText(index + 10, 'tea', { messageType: 'app:unknown' }),
    )
    await begin([withText(1, 'tea, long ago'), ...strange])
    expect(await textsFor({ keyword: 'tea', count: 2 })).to.deep.equal(['tea, long ago'])
    expect(alice.network.searches.map(({ before }) => before)).to.deep.equal([
      undefined,
      orderOf(13),
      orderOf(11),
    ])
  })

  it('asks for all that is asked for', async () => {
    await begin([])
    const conversation = team
    const [senderUserIds, messageTypes] = [['ann'], ['RC:TxtMsg']]
    await search({ keyword: ' Tea ', conversation, senderUserIds, messageTypes, from: 1, to: 9 })
    await search({ messageTypes, count: 3 })
    expect(alice.network.searches).to.deep.equal([
      { keyword: 'tea', conversation, senderUserIds, messageTypes, from: 1, to: 9, count: 20 },
      { messageTypes, count: 3 },
    ])
  })

  it('shows an edited message as it is now', async () => {
    const old = withText(1, 'tea')
    const edited = edit(2, { messageUId: 'm1', senderUserId: 'bob' }, 'green tea')
    await begin([old], [], [edited])
    expect(await textsFor({ keyword: 'tea' })).to.deep.equal(['green tea'])
  })

  it('leaves no hole in the conversation it brings something of', async () => {
    const archive = Array.from({ length: 50 }, (_, index) => withText(index + 1, `text ${index}`))
    await begin(archive, archive.slice(-1))
    alice.network.onHistory = ({ before = '~', count }) => {
      const older = archive.filter(({ order }) => order < before)
      const messages = older.slice(-count)
      return {
        messages,
        operations: [],
        hasOlder: older.length > messages.length,
        hasNewer: false,
      }
    }
    expect(await textsFor({ keyword: 'text 3', count: 50 })).to.have.lengthOf(11)
    const { messages } = await alice.client.reader.history(withBob, { count: 50 })
    expect(messages.map(textOf)).to.deep.equal(archive.map(({ content }) => content.content))
  })

  it('does not list or count a conversation for what was found in it', async () => {
    await begin([withText(1, 'tea'), withText(2, 'tea', team)], [withText(500, 'hello')])
    expect(await textsFor({ keyword: 'tea' })).to.deep.equal(['tea', 'tea'])
    const listed = await alice.client.conversations.list()
    expect(
      listed.map(({ targetId, unreadMessageCount }) => [targetId, unreadMessageCount]),
    ).to.deep.equal([['bob', 1]])
    // Whoever opens it gets how it ends first.
    await alice.client.reader.open(team, { count: 20 })
    expect(alice.network.queries[0]).to.deep.include({ conversation: team })
    expect(alice.network.queries[0]).not.to.have.any.keys('before', 'after', 'around')
  })

  it('leaves what is on its way to come by itself', async () => {
    const late = withText(501, 'tea to come')
    await begin([withText(1, 'tea'), late], [withText(500, 'hello')])
    expect(await textsFor({ keyword: 'tea' })).to.deep.equal(['tea'])
    alice.network.say(late)
    await eventually('it is told of', () => alice.received.length === 2)
    expect(await textsFor({ keyword: 'tea' })).to.deep.equal(['tea to come', 'tea'])
    const { unreadMessageCount } = await alice.client.conversations.get(withBob)
    expect(unreadMessageCount).to.equal(2)
  })

  it('counts by conversation what is brought', async () => {
    await begin([withText(1, 'tea'), withText(2, 'tea', team), withText(3, 'tea', team)])
    const found = await alice.client.search.conversations({ keyword: 'tea' })
    const rows = found.map(({ conversation, matchCount }) => [conversation.targetId, matchCount])
    expect(rows).to.deep.equal([
      ['team', 2],
      ['bob', 1],
    ])
  })

  it('finds what is here when the backend does not answer, fails, or is not connected', async () => {
    await begin([withText(1, 'tea, long ago')], [withText(500, 'tea')])
    alice.network.onSearch = () => {
      throw new IMError(ErrorCode.RC_MSG_RESP_TIMEOUT, 'Too late.')
    }
    expect(await textsFor({ keyword: 'tea' })).to.deep.equal(['tea'])
    expect(alice.reports).to.deep.equal([])
    const failure = new IMError(ErrorCode.UNKNOWN, 'It broke.')
    alice.network.onSearch = () => {
      throw failure
    }
    expect(await textsFor({ keyword: 'tea' })).to.deep.equal(['tea'])
    expect(alice.reports).to.deep.equal([failure])
    alice.network.close(new IMError(ErrorCode.RC_NETWORK_DOWN, 'Gone.'))
    expect(await textsFor({ keyword: 'tea' })).to.deep.equal(['tea'])
    expect(alice.network.searches).to.have.lengthOf(2)
  })

  it('ends when it is aborted while the backend is asked', async () => {
    await begin([withText(1, 'tea')])
    const controller = new AbortController()
    const reason = new Error('typed on')
    const find = alice.network.onSearch!
    alice.network.onSearch = (query) => {
      controller.abort(reason)
      return find(query)
    }
    const outcome = search({ keyword: 'tea', signal: controller.signal })
    expect(await outcome.catch((error: unknown) => error)).to.equal(reason)
  })
})
