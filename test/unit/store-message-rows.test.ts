import { expect } from '@open-wc/testing'
import {
  arrivals,
  extended,
  keysOf,
  takenIn,
  withoutRows,
  type Row,
  type Stretch,
} from '../../src/store/message-rows.js'
import { aMessage } from '../support/a-message.js'

const row = (order: string, messageId = Number(order)): Row => ({
  message: aMessage({ order, messageId, messageUId: String(messageId) }),
  isHidden: false,
})
const stretch = (orders: string[], ends: Partial<Stretch> = {}): Stretch => ({
  rows: orders.map((order) => row(order)),
  hasOlder: false,
  hasNewer: false,
  ...ends,
})
const orders = ({ rows }: Stretch) => rows.map(({ message }) => message.order)
const options = { asked: new Set<number>(), most: 10, mayPushOut: true }

describe('rows of a message window', () => {
  const cases: [name: string, before: Stretch, order: string, after: string[]][] = [
    ['at the end', stretch(['2', '4']), '5', ['2', '4', '5']],
    ['in between', stretch(['2', '4']), '3', ['2', '3', '4']],
    ['before the first of all', stretch(['2', '4']), '1', ['1', '2', '4']],
    ['not across unread history', stretch(['2', '4'], { hasOlder: true }), '1', ['2', '4']],
    ['not below unloaded ones', stretch(['2', '4'], { hasNewer: true }), '5', ['2', '4']],
    ['as the only one', stretch([]), '1', ['1']],
    ['not as the only one of many', stretch([], { hasNewer: true }), '1', []],
  ]
  for (const [name, before, order, after] of cases) {
    it(`takes a message in ${name}`, () => {
      expect(orders(takenIn(before, [row(order)], options))).to.deep.equal(after)
    })
  }

  it('moves a message that has got its place in the archive', () => {
    const before = stretch(['2', '4', '~1'].map(String))
    before.rows[2]!.message.messageId = 7
    const after = takenIn(before, [row('3', 7)], options)
    expect(orders(after)).to.deep.equal(['2', '3', '4'])
  })

  it('keeps a message that has got its place before all others, with more before it', () => {
    const before = stretch(['~1', '~2'], { hasOlder: true })
    before.rows[0]!.message.messageId = 7
    const after = takenIn(before, [row('3', 7)], options)
    expect(orders(after)).to.deep.equal(['3', '~2'])
  })

  it('leaves out what was asked for and is gone', () => {
    const after = takenIn(stretch(['1', '2']), [], { ...options, asked: new Set([2]) })
    expect(orders(after)).to.deep.equal(['1'])
    expect(orders(withoutRows(after, new Set([1])))).to.deep.equal([])
  })

  it('drops the oldest when new ones are too many, and knows that they exist', () => {
    const after = takenIn(stretch(['1', '2']), [row('3')], { ...options, most: 2 })
    expect(orders(after)).to.deep.equal(['2', '3'])
    expect(after.hasOlder).to.be.true
    expect(after.hasNewer).to.be.false
  })

  it('lets new ones wait where the old ones are being read', () => {
    const after = takenIn(stretch(['1', '2']), [row('3')], {
      ...options,
      most: 2,
      mayPushOut: false,
    })
    expect(orders(after)).to.deep.equal(['1', '2'])
    expect(after.hasNewer).to.be.true
  })

  it('makes room at the far side of a page', () => {
    const older = extended(stretch(['5', '6']), 'older', stretch(['3', '4'], { hasOlder: true }), 3)
    expect(orders(older)).to.deep.equal(['3', '4', '5'])
    expect([older.hasOlder, older.hasNewer]).to.deep.equal([true, true])
    const newer = extended(older, 'newer', stretch(['6', '7']), 3)
    expect(orders(newer)).to.deep.equal(['5', '6', '7'])
    expect([newer.hasOlder, newer.hasNewer]).to.deep.equal([true, false])
  })

  it('tells what has arrived at the end from what was there or belongs elsewhere', () => {
    const arrived = arrivals(stretch(['2', '4']), [row('1'), row('4'), row('5')])
    expect(arrived.map(({ message }) => message.order)).to.deep.equal(['5'])
    expect(keysOf([...arrived, { ...row('6'), isHidden: true }])).to.have.length(1)
  })
})
