import { expect } from '@open-wc/testing'
import { merged, segmentAt } from '../../src/core/segments.js'
import type { SegmentRow } from '../../src/database/schema.js'

const stretch = (oldest: string, newest: string, reachesStart = false): SegmentRow => ({
  conversationKey: '1/bob/',
  oldest,
  newest,
  reachesStart,
})

describe('stretches of an archive', () => {
  const cases: [string, SegmentRow[], SegmentRow[]][] = [
    ['nothing', [], []],
    ['one', [stretch('b', 'd')], [stretch('b', 'd')]],
    ['apart', [stretch('e', 'f'), stretch('a', 'c')], [stretch('a', 'c'), stretch('e', 'f')]],
    ['touching', [stretch('a', 'c'), stretch('c', 'f')], [stretch('a', 'f')]],
    ['overlapping', [stretch('b', 'f'), stretch('a', 'c')], [stretch('a', 'f')]],
    ['one within another', [stretch('a', 'z'), stretch('c', 'd')], [stretch('a', 'z')]],
    ['the same twice', [stretch('a', 'c'), stretch('a', 'c', true)], [stretch('a', 'c', true)]],
    [
      'a bridge between two',
      [stretch('a', 'c', true), stretch('f', 'h'), stretch('c', 'f')],
      [stretch('a', 'h', true)],
    ],
  ]
  for (const [name, segments, expected] of cases) {
    it(`are joined: ${name}`, () => {
      expect(merged(segments)).to.deep.equal(expected)
      expect(merged([...segments].reverse())).to.deep.equal(expected)
    })
  }

  it('leave what they were made of alone', () => {
    const given = [stretch('a', 'c'), stretch('b', 'f')]
    merged(given)
    expect(given).to.deep.equal([stretch('a', 'c'), stretch('b', 'f')])
  })

  it('hold their ends and what is between, and nothing of a hole', () => {
    const segments = [stretch('b', 'd'), stretch('f', 'h')]
    const places = ['a', 'b', 'c', 'd', 'e', 'f', 'h', 'i']
    expect(places.map((place) => segmentAt(segments, place)?.oldest)).to.deep.equal([
      undefined,
      'b',
      'b',
      'b',
      undefined,
      'f',
      'f',
      undefined,
    ])
  })
})
