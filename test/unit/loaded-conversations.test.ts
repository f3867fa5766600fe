import { expect } from '@open-wc/testing'
import { LoadedConversations } from '../../src/store/loaded-conversations.js'
import { listRow } from '../support/list-rows.js'

const rowsOf = (orders: string) => [...orders].map((order) => listRow(order))
const keyOf = (name: string) => listRow(name).conversation.conversationKey

/** Of a list of twenty, t down to a: `tsrq` on top and `jihg` farther down. */
function twoParts(): LoadedConversations {
  const loaded = new LoadedConversations()
  loaded.total.value = 20
  loaded.extendTop(rowsOf('tsrq'), true)
  loaded.jump(10, rowsOf('jihg'), true)
  return loaded
}

/** What there is at each place, with a dot where nothing is loaded. */
function shown(loaded: LoadedConversations): string {
  const places = loaded.places.peek()
  return Array.from({ length: places.length }, (_, at) => places.at(at)?.targetId ?? '.').join('')
}

/** What the database tells: a conversation stands at another place, or nowhere. */
function moved(name: string, order?: string) {
  return (loaded: LoadedConversations) =>
    loaded.replace([keyOf(name)], order === undefined ? [] : [listRow(order, { name })])
}

describe('what is loaded of the conversation list', () => {
  it('has each at its place, and nothing where nothing is loaded', () => {
    const loaded = twoParts()
    expect(shown(loaded)).to.equal('tsrq......jihg......')
    expect(loaded.places.peek().indexOf(keyOf('i'))).to.equal(11)
    expect(
      loaded.items
        .peek()
        .map(({ targetId }) => targetId)
        .join(''),
    ).to.equal('tsrq')
  })

  const moves: [string, ReturnType<typeof moved>, string, boolean][] = [
    ['within the top', moved('r', 'u'), 'rtsq......jihg......', false],
    ['from the top to where nothing is loaded', moved('r', 'n'), 'tsq.......jihg......', false],
    ['from the top to farther down', moved('r', 'hh'), 'tsq......jirhg......', true],
    ['from the top below all', moved('r', 'c'), 'tsq......jihg.......', true],
    ['from farther down to the top', moved('i', 'u'), 'itsrq......jhg......', true],
    ['within the part farther down', moved('i', 'gg'), 'tsrq......jhig......', false],
    ['from nowhere loaded to the top', moved('n', 'u'), 'ntsrq.....jihg......', true],
    ['from the top out of the list', moved('r'), 'tsq......jihg......', true],
    ['from farther down out of the list', moved('i'), 'tsrq......jhg......', true],
  ]
  for (const [name, move, expected, isMiscounted] of moves) {
    it(`lets one go ${name}${isMiscounted ? ', and wants to be counted again' : ''}`, () => {
      const loaded = twoParts()
      expect(move(loaded)).to.equal(isMiscounted)
      expect(shown(loaded)).to.equal(expected)
    })
  }

  it('puts the part farther down where it was counted to stand', () => {
    const loaded = twoParts()
    loaded.count(21, 11)
    expect(shown(loaded)).to.equal('tsrq.......jihg......')
  })

  it('has nothing to count once all is loaded', () => {
    const loaded = new LoadedConversations()
    loaded.extendTop(rowsOf('cba'), false)
    expect(moved('d', 'd')(loaded)).to.be.false
    expect(shown(loaded)).to.equal('dcba')
  })

  const pages: [string, (loaded: LoadedConversations) => void, string][] = [
    ['below the top', (it) => it.extendTop(rowsOf('po'), true), 'tsrqpo....jihg......'],
    ['below the other part', (it) => it.extendFar(rowsOf('fe'), true), 'tsrq......jihgfe....'],
    ['that ends the list', (it) => it.extendFar(rowsOf('fedcba'), false), 'tsrq......jihgfedcba'],
    ['above the other part', (it) => it.extendFarUpwards(rowsOf('lk')), 'tsrq....lkjihg......'],
    ['that leads up to the top', fill('ponmlk'), 'tsrqponmlkjihg......'],
    [
      'that leads down to the rest',
      (it) => it.extendTop(rowsOf('ponmlkj'), true),
      'tsrqponmlkjihg......',
    ],
    ['elsewhere', (it) => it.jump(15, rowsOf('ed'), true), 'tsrq...........ed...'],
  ]
  for (const [name, read, expected] of pages) {
    it(`takes in a page ${name}`, () => {
      const loaded = twoParts()
      read(loaded)
      expect(shown(loaded)).to.equal(expected)
    })
  }

  it('counts those that are hidden no place', () => {
    const loaded = new LoadedConversations()
    loaded.total.value = 9
    loaded.extendTop([listRow('i'), listRow('h', { isHidden: true }), listRow('g')], true)
    expect(shown(loaded)).to.equal('ig......')
    expect(loaded.shift).to.equal(-1)
  })

  it('shows what was added above all but pinned ones, until it is listed', () => {
    const loaded = twoParts()
    const { conversation } = listRow('new')
    loaded.add(conversation)
    expect(loaded.places.peek().indexOf(keyOf('new'))).to.equal(0)
    expect(loaded.places.peek().indexOf(keyOf('j'))).to.equal(11)
    loaded.updateAdded({ ...conversation, listOrder: 'u' })
    expect(shown(loaded)).to.equal('tsrq......jihg......')
  })

  it('lets go of what is far from where somebody looks, and of nothing that was given', () => {
    const orders = Array.from({ length: 1500 }, (_, at) => String(5000 - at))
    const loaded = new LoadedConversations()
    loaded.total.value = 3000
    loaded.extendTop(
      orders.map((order) => listRow(order)),
      true,
    )
    loaded.most = 500
    loaded.letGo(1400, 1410)
    expect(loaded.items.peek()).to.have.length(500)
    expect(loaded.places.peek().length).to.equal(3000)
    expect(loaded.places.peek().at(1405)!.targetId).to.equal(orders[1405])
    expect(loaded.find(keyOf(orders[700]!))).to.equal(undefined)
    loaded.letGo(0, 10)
    expect(loaded.far).to.equal(undefined)
    expect(loaded.items.peek()).to.have.length(500)
  })

  it('still knows one that somebody holds on to, and where it stood', () => {
    const loaded = twoParts()
    loaded.keep([keyOf('i')])
    loaded.jump(15, rowsOf('ed'), true)
    expect(loaded.find(keyOf('i'))?.targetId).to.equal('i')
    expect(loaded.placeOf(keyOf('i'))).to.equal(11)
    loaded.keep([])
    expect(loaded.find(keyOf('i'))).to.equal(undefined)
  })

  it('has nothing left when it is cleared', () => {
    const loaded = twoParts()
    loaded.clear()
    expect(shown(loaded)).to.equal('')
    expect(loaded.keys).to.deep.equal([])
  })
})

/** All between the two parts, and then that there is no more. */
function fill(orders: string) {
  return (loaded: LoadedConversations) => {
    loaded.extendFarUpwards(rowsOf(orders))
    loaded.extendFarUpwards([])
  }
}
