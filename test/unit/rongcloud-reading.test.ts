import { expect } from '@open-wc/testing'
import { ErrorCode } from '../../src/model/errors.js'
import * as RongIMLib from '../../src/rongcloud/imlib.js'
import { type Device } from '../support/chat-service.js'
import { useFacadePage } from '../support/facade-page.js'
import { privateWith } from '../support/backend-messages.js'

describe('RongIMLib: history', () => {
  let time = 1_700_000_000_000
  /** Three messages share each millisecond: pages must not lose any of them. */
  const chat = useFacadePage({ now: () => Math.floor((time += 1) / 3) })
  const toBob = privateWith('bob')
  const toAlice = privateWith('alice')
  let bob: Device

  beforeEach(async () => {
    await chat.page.online()
    bob = await chat.page.service.device('bob').online()
  })

  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => String(from + index))

  async function said(count: number): Promise<void> {
    for (const text of numbers(1, count)) await bob.say(toAlice, text)
    await chat.page.hears(RongIMLib.Events.MESSAGES, ({ messages }) =>
      messages.some(({ content }) => content.content === String(count)),
    )
  }

  async function page(options?: RongIMLib.GetHistoryMessageOption) {
    const { code, data } = await RongIMLib.getHistoryMessages(toBob, options)
    expect(code).to.equal(0)
    const { list, hasMore } = data!
    return { list, hasMore, texts: list.map(({ content }) => content.content) }
  }

  it('gives the newest 20, the oldest of them first', async () => {
    await said(25)
    const { texts, hasMore } = await page()
    expect(texts).to.deep.equal(numbers(6, 25))
    expect(hasMore).to.equal(true)
  })

  it('goes back page by page with the time of the first one, to the start', async () => {
    await said(9)
    const texts: string[] = []
    let timestamp = 0
    let hasMore = true
    while (hasMore) {
      const next = await page({ timestamp, count: 2 })
      texts.unshift(...next.texts)
      timestamp = next.list[0]!.sentTime
      hasMore = next.hasMore
    }
    expect(texts).to.deep.equal(numbers(1, 9))
  })

  it('goes forth page by page with the time of the last one, from the oldest', async () => {
    await said(9)
    const texts: string[] = []
    let timestamp = 0
    let hasMore = true
    while (hasMore) {
      const next = await page({ timestamp, count: 2, order: 1 })
      texts.push(...next.texts)
      timestamp = next.list.at(-1)!.sentTime
      hasMore = next.hasMore
    }
    expect(texts).to.deep.equal(numbers(1, 9))
  })

  it('starts at a time that no page has given', async () => {
    await said(9)
    const { list } = await page({ count: 9 })
    const middle = list[4]!.sentTime
    await page({ count: 1 })
    const older = await page({ timestamp: middle })
    expect(older.list.every(({ sentTime }) => sentTime < middle)).to.be.true
    expect(older.texts.length).to.equal(list.filter(({ sentTime }) => sentTime < middle).length)
    await page({ count: 1 })
    const newer = await page({ timestamp: middle, order: 1 })
    expect(newer.list.every(({ sentTime }) => sentTime > middle)).to.be.true
    expect(newer.texts.length).to.equal(list.filter(({ sentTime }) => sentTime > middle).length)
  })

  it('reads what is here without a connection', async () => {
    await said(3)
    await chat.page.cut()
    expect((await page()).texts).to.deep.equal(['1', '2', '3'])
    const { data } = await RongIMLib.getRemoteHistoryMessages(toBob)
    expect(data!.list).to.have.length(3)
  })

  it('refuses counts outside of 1 to 100', async () => {
    for (const count of [0, 101, 1.5, NaN]) {
      const { code } = await RongIMLib.getHistoryMessages(toBob, { count })
      expect(code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
    }
    expect((await RongIMLib.getHistoryMessages(toBob, { count: 100 })).code).to.equal(0)
  })

  it('finds a message by its messageId', async () => {
    const { data } = await RongIMLib.sendTextMessage(toBob, { content: 'mine' })
    const found = await RongIMLib.getMessage(data!.messageId)
    expect(found.data!.messageUId).to.equal(data!.messageUId)
    expect((await RongIMLib.getMessage(4711)).code).to.equal(ErrorCode.BIZ_ERROR_INVALID_PARAMETER)
  })

  it('knows the first unread message until it is read', async () => {
    await said(3)
    const first = chat.page.received[0]!
    const { data } = await RongIMLib.getFirstUnreadMessageInfo(toBob)
    expect(data).to.deep.equal({ messageUId: first.messageUId, sentTime: first.sentTime })
    const whole = await RongIMLib.getFirstUnreadMessage(toBob)
    expect(whole.data!.content.content).to.equal('1')
    await RongIMLib.clearMessagesUnreadStatus(toBob)
    expect((await RongIMLib.getFirstUnreadMessageInfo(toBob)).data).to.equal(null)
    expect((await RongIMLib.getFirstUnreadMessage(toBob)).data).to.equal(null)
  })
})
