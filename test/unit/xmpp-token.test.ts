import { expect } from '@open-wc/testing'
import { passwordToken, readToken } from '../../src/backends/xmpp/token.js'

const part = (value: unknown) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const token = (claims: unknown) => `${part({ alg: 'HS256' })}.${part(claims)}.c2lnbmF0dXJl`

describe('tokens', () => {
  it('say who they are for, and until when', () => {
    const claims = { sub: '\\41lice\\20\\e4\\bd\\a0', exp: 1700000000 }
    expect(readToken(token(claims))).to.deep.equal({
      local: '\\41lice\\20\\e4\\bd\\a0',
      userId: 'Alice 你',
      expires: 1700000000000,
    })
  })

  it('may name the domain, and hold for ever', () => {
    const { local, expires } = readToken(token({ sub: 'bob@example.org', name: 'Bób?>' }))!
    expect(local).to.equal('bob')
    expect(expires).to.equal(undefined)
  })

  it('may be a user and a password', () => {
    const [userId, password] = ['Alice 你', 'a "secret": with, everything']
    const local = '\\41lice\\20\\e4\\bd\\a0'
    expect(readToken(passwordToken(userId, password))).to.deep.equal({ local, userId, password })
    for (const other of ['password:', 'password:["a"]', 'password:"a"', 'password:[1,2]']) {
      expect(readToken(other), other).to.equal(undefined)
    }
    expect(() => passwordToken('alice', '')).to.throw('passwordToken()')
  })

  it('are nothing else', () => {
    const others = ['', 'a', 'a.b', 'a.b.c', 'a.b.c.d', token({}), token(null), token({ sub: 1 })]
    for (const other of [...others, token({ sub: '@x' }), undefined, 7]) {
      expect(readToken(other), String(other)).to.equal(undefined)
    }
  })
})
