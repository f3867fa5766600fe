import { expect } from '@open-wc/testing'
import { keyReached } from '../../components/message-list/key-reached.js'
import { RowSizes } from '../../components/message-list/row-sizes.js'

describe('RowSizes', () => {
  const keys = ['a', 'b', 'c', 'd']
  const sizes = () => {
    const result = new RowSizes()
    result.list(keys, () => 10)
    return result
  }

  it('adds up estimates until rows are measured', () => {
    const rows = sizes()
    expect(rows.total).to.equal(40)
    rows.measured('b', 25)
    expect([0, 1, 2, 3, 4].map((index) => rows.offset(index))).to.deep.equal([0, 10, 35, 45, 55])
    expect(rows.total).to.equal(55)
  })

  it('finds the row at a height', () => {
    const rows = sizes()
    rows.measured('b', 25)
    const cases: [offset: number, index: number][] = [
      [-5, 0],
      [0, 0],
      [9.9, 0],
      [10, 1],
      [34, 1],
      [35, 2],
      [54, 3],
      [1000, 3],
    ]
    for (const [offset, index] of cases)
      expect(rows.indexAt(offset), String(offset)).to.equal(index)
  })

  it('keeps what was measured when rows come before, and learns from it how high others will be', () => {
    const rows = sizes()
    for (const key of keys) rows.measured(key, 15)
    rows.list(['x', 'y', ...keys], () => 10)
    expect(rows.offset(2), 'two rows of one and a half times their estimates').to.equal(30)
    expect(rows.total).to.equal(90)
    expect(rows.indexOf('a')).to.equal(2)
  })

  it('is empty without rows', () => {
    const rows = new RowSizes()
    expect([rows.total, rows.indexAt(100), rows.offset(0)]).to.deep.equal([0, 0, 0])
    expect(rows.indexOf('a')).to.equal(undefined)
  })

  it('forgets rows of another list, and not what rows are like', () => {
    const rows = sizes()
    for (const key of keys) rows.measured(key, 20)
    rows.forget()
    expect(rows.total).to.equal(0)
    rows.list(['a'], () => 10)
    expect(rows.total).to.equal(20)
  })
})

describe('where a key leads among messages', () => {
  const keys = ['a', 'b', 'c', 'd', 'e']
  const cases: [...Parameters<typeof keyReached>, string | undefined][] = [
    ['next', { keys, fromKey: 'b', perPage: 2 }, 'c'],
    ['next', { keys, fromKey: 'e', perPage: 2 }, 'e'],
    ['previous', { keys, fromKey: 'b', perPage: 2 }, 'a'],
    ['previous', { keys, fromKey: 'a', perPage: 2 }, 'a'],
    ['page-next', { keys, fromKey: 'a', perPage: 3 }, 'd'],
    ['page-previous', { keys, fromKey: 'b', perPage: 3 }, 'a'],
    ['first', { keys, fromKey: 'd', perPage: 2 }, 'a'],
    ['last', { keys, fromKey: undefined, perPage: 2 }, 'e'],
    ['previous', { keys, fromKey: 'gone', perPage: 2 }, 'd'],
    ['next', { keys: [], fromKey: undefined, perPage: 2 }, undefined],
  ]
  for (const [motion, options, key] of cases) {
    it(`${motion} from ${options.fromKey} of ${options.keys.length}`, () => {
      expect(keyReached(motion, options)).to.equal(key)
    })
  }
})
