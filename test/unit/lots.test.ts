import { expect } from '@open-wc/testing'
import type { Batch } from '../../src/backends/backend.js'
import { LOT_SIZE, lotsOf, type Lot } from '../../src/core/lots.js'
import { said, saidFromTo, team, withBob } from '../support/archived-messages.js'

describe('lots', () => {
  const one = (place: number, change: Partial<Batch> = {}): Batch => ({
    messages: [said(place)],
    cursor: `after ${place}`,
    ...change,
  })
  const many = (first: number, count: number, change: Partial<Batch> = {}): Batch => ({
    messages: saidFromTo(first, first + count - 1),
    cursor: `after ${first + count - 1}`,
    ...change,
  })
  const setting = { key: 'a', value: 1, version: 1 }
  const group = { groupId: 'team', isMember: true }

  const cases: [name: string, batches: Batch[], sizes: number[]][] = [
    ['nothing is stored of nothing', [], []],
    ['one batch stays as it is', [one(1)], [1]],
    ['small ones go in together', [one(1), one(2), one(3)], [3]],
    ['but no more than a lot', [many(1, 200), many(201, 100), one(301)], [200, 101]],
    ['a full lot is one', [many(1, LOT_SIZE)], [LOT_SIZE]],
    ['a large one is cut', [many(1, LOT_SIZE * 2 + 1)], [LOT_SIZE, LOT_SIZE, 1]],
    ['a gap stands before its own batch', [one(1), one(2, { gaps: [team] }), one(3)], [1, 1, 1]],
    ['a change of a group keeps its place', [one(1), one(2, { groups: [group] })], [1, 1]],
  ]
  for (const [name, batches, sizes] of cases) {
    it(name, () => {
      const lots = lotsOf(batches)
      expect(lots.map(({ messages }) => messages.length)).to.deep.equal(sizes)
      const places = (list: readonly Lot[]) =>
        list.flatMap(({ messages }) => messages.map(({ order }) => order))
      expect(places(lots)).to.deep.equal(places(batches))
      expect(lots.at(-1)?.cursor).to.equal(batches.at(-1)?.cursor)
    })
  }

  it('moves the cursor with the last part of a large batch, and tells of gaps with the first', () => {
    const extras = { gaps: [withBob], settings: [setting], groups: [group] }
    const [first, second] = lotsOf([many(1, LOT_SIZE + 1, extras)])
    expect(first!.gaps).to.deep.equal([withBob])
    expect(first).to.not.have.any.keys('cursor', 'settings', 'groups')
    expect(second).to.deep.include({ cursor: `after ${LOT_SIZE + 1}`, settings: [setting] })
    expect(second!.groups).to.deep.equal([group])
    expect(second!.gaps).to.equal(undefined)
  })

  it('keeps all settings of joined batches, in order', () => {
    const later = { ...setting, value: 2, version: 2 }
    const [lot] = lotsOf([one(1, { settings: [setting] }), one(2), one(3, { settings: [later] })])
    expect(lot!.settings).to.deep.equal([setting, later])
  })

  it('have the newest block list of those that go in together', () => {
    const lots = lotsOf([one(1, { blockList: ['a'] }), one(2, { blockList: [] }), one(3)])
    expect(lots.map(({ blockList }) => blockList)).to.deep.equal([[]])
  })
})
