import { expect } from '@open-wc/testing'
import { Stretch } from '../../src/store/stretch.js'
import { listRow, named } from '../support/list-rows.js'

describe('a stretch of the conversation list', () => {
  const cases: [string, (stretch: Stretch) => Stretch, string, Partial<Stretch>][] = [
    ['with a row between', (it) => it.with([listRow('d')]), 'gedc', {}],
    ['with a row on top', (it) => it.with([listRow('h')]), 'hgec', {}],
    ['with a row below', (it) => it.with([listRow('a')]), 'geca', {}],
    ['with a row that is there', (it) => it.with([listRow('e')]), 'gec', {}],
    ['without a row', (it) => it.with([], [listRow('e')]), 'gc', {}],
    ['without one that is not there', (it) => it.with([], [listRow('d')]), 'gec', {}],
    ['with one in place of another', (it) => it.with([listRow('f')], [listRow('c')]), 'gfe', {}],
    ['only its first', (it) => it.first(2), 'ge', { start: 4, from: 'h', end: 'e', hasMore: true }],
    ['its first, more than there are', (it) => it.first(9), 'gec', { hasMore: false, end: 'b' }],
    ['without its first', (it) => it.after(1), 'ec', { start: 5, from: 'e', end: 'b' }],
    ['without its first none', (it) => it.after(0), 'gec', { start: 4, from: 'h' }],
    ['moved down', (it) => it.beginningAt(7, 'i'), 'gec', { start: 7, from: 'i', end: 'b' }],
    ['open', (it) => it.endingAt({ end: 'c', hasMore: true }), 'gec', { end: 'c', hasMore: true }],
  ]
  for (const [name, change, rows, ends] of cases) {
    it(`is another one: ${name}`, () => {
      const given = new Stretch(
        ['g', 'e', 'c'].map((order) => listRow(order)),
        {
          start: 4,
          from: 'h',
          end: 'b',
          hasMore: false,
        },
      )
      const changed = change(given)
      expect(changed.rows.map(named).join('')).to.equal(rows)
      expect(changed).to.include(ends)
      expect(given.rows.map(named).join('')).to.equal('gec')
    })
  }

  const bounds: [string, ConstructorParameters<typeof Stretch>[1], string][] = [
    ['all of a list that has been read', { hasMore: false }, 'abcdefgh'],
    ['down to where it has been read', { end: 'd', hasMore: true }, 'defgh'],
    ['from where it begins', { from: 'f', end: 'd', hasMore: true }, 'def'],
    ['from where it begins to the end of the list', { from: 'c', hasMore: false }, 'abc'],
    ['all, of an unread one, for nothing is known to be below', { hasMore: true }, 'abcdefgh'],
  ]
  for (const [name, ends, covered] of bounds) {
    it(`covers ${name}`, () => {
      const stretch = new Stretch([], ends)
      expect([...'abcdefgh'].filter((order) => stretch.covers(order)).join('')).to.equal(covered)
    })
  }

  it('shows those that the host does not hide, and the same for as long as it is the same', () => {
    const stretch = new Stretch([listRow('c'), listRow('b', { isHidden: true }), listRow('a')], {
      hasMore: false,
    })
    expect(stretch.shown.map(({ targetId }) => targetId)).to.deep.equal(['c', 'a'])
    expect(stretch.shown).to.equal(stretch.shown)
  })
})
