import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RateLimit } from '../dist/rate-limit.js'

describe('the rate limit', () => {
  let now = 0
  const limit = new RateLimit(2, () => now)
  const taken = (/** @type {string} */ key, /** @type {number} */ times) =>
    Array.from({ length: times }, () => limit.take(key)).filter(Boolean).length

  it('lets everybody save up four seconds, each for themselves', () => {
    assert.equal(taken('alice', 20), 8)
    assert.equal(taken('bob', 20), 8)
  })

  it('gives back what time has brought, and no more than that', () => {
    now += 1_000
    assert.equal(taken('alice', 20), 2)
    now += 3_600_000
    assert.equal(taken('alice', 20), 8)
  })
})
