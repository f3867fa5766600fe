import { expect } from '@open-wc/testing'
import {
  advanced,
  cursorOf,
  joined,
  placeOfCursor,
  startOf,
  type Place,
} from '../../src/backends/xmpp/cursor.js'

const orderAt = (seconds: number) => String(1_700_000_000_000_000 + seconds * 1_000_000)
const start: Place = { at: orderAt(0), lately: [], settings: 3 }

describe('a cursor', () => {
  it('comes back as the place it was made of', () => {
    const place = advanced(start, [orderAt(1), orderAt(2)])
    expect(placeOfCursor(cursorOf(place))).to.deep.equal(place)
    expect(place).to.deep.equal({ at: orderAt(2), lately: [orderAt(1), orderAt(2)], settings: 3 })
  })

  it('keeps which block list was delivered', () => {
    const place = { ...start, blocked: '12.a' }
    expect(placeOfCursor(cursorOf(place))).to.deep.equal(place)
  })

  it('is none if it is of another backend, or of nobody', () => {
    const others = [undefined, '', 'epoch:12', 'null', '{}', '[]', '{"at":"1","lately":[]}']
    for (const other of [...others, '{"at":7,"lately":[],"settings":1}']) {
      expect(placeOfCursor(other), String(other)).to.equal(undefined)
    }
  })

  it('looks back for what may still be stored, and knows what was delivered of it', () => {
    const place = advanced(advanced(start, [orderAt(10)]), [orderAt(8), orderAt(12)])
    expect(place.at).to.equal(orderAt(12))
    expect(startOf(place)).to.equal(orderAt(7))
    expect(place.lately).to.deep.equal([orderAt(8), orderAt(10), orderAt(12)])
    expect(advanced(place, [orderAt(100)]).lately).to.deep.equal([orderAt(100)])
  })

  it('stays small', () => {
    const many = Array.from({ length: 5000 }, (_, index) => String(1_700_000_000_000_000 + index))
    expect(cursorOf(advanced(start, many)).length).to.be.below(10_000)
  })

  it('remembers how far back a new device has looked', () => {
    const place: Place = { at: orderAt(9), lately: [], settings: 0, unseen: orderAt(3) }
    expect(placeOfCursor(cursorOf(place))).to.deep.equal(place)
    expect(advanced(place, [orderAt(10)]).unseen).to.equal(orderAt(3))
    const { unseen: _, ...seen } = place
    expect(joined(seen, place).unseen).to.equal(orderAt(3))
    expect(joined(place, seen).unseen).to.equal(undefined)
  })

  it('never goes back, whatever comes late', () => {
    const live = { at: orderAt(20), lately: [orderAt(20)], settings: 0 }
    const caughtUp = { at: orderAt(18), lately: [orderAt(17), orderAt(18)], settings: 9 }
    const both = { at: orderAt(20), lately: [orderAt(17), orderAt(18), orderAt(20)], settings: 9 }
    expect(joined(live, caughtUp)).to.deep.equal(both)
    expect(joined(caughtUp, live)).to.deep.equal(both)
    expect(advanced(both, [orderAt(1)]).at).to.equal(orderAt(20))
  })
})
