import { expect } from '@open-wc/testing'
import { beginScram } from '../../src/backends/xmpp/scram.js'
import { ErrorCode } from '../../src/model/errors.js'
import { codeOf } from '../support/backend-refusal.js'

const user = { local: 'user', password: 'pencil' }

describe('SCRAM', () => {
  it('says what the examples of its documents say', async () => {
    // RFC 7677, 3, and RFC 5802, 5.
    for (const [mechanism, nonce, first, answer, success] of [
      [
        'SCRAM-SHA-256',
        'rOprNGfwEbeRWgbNEkqO',
        'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
        'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
        'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
      ],
      [
        'SCRAM-SHA-1',
        'fyko+d2lbbFgONRv9qkxdawL',
        'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096',
        'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
        'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=',
      ],
    ] as const) {
      const scram = beginScram(user, new Set(['PLAIN', mechanism]), nonce)!
      expect(scram.mechanism).to.equal(mechanism)
      expect(scram.first).to.equal(`n,,n=user,r=${nonce}`)
      expect(scram.isGenuine(success)).to.equal(false)
      expect(await scram.answer(first)).to.equal(answer)
      expect(scram.isGenuine(success)).to.equal(true)
      expect(scram.isGenuine('v=AAAA')).to.equal(false)
    }
  })

  it('takes the stronger one, and none where there is none', () => {
    const both = new Set(['SCRAM-SHA-1', 'SCRAM-SHA-256'])
    expect(beginScram(user, both)?.mechanism).to.equal('SCRAM-SHA-256')
    expect(beginScram(user, new Set(['PLAIN', 'SCRAM-SHA-1-PLUS']))).to.equal(undefined)
  })

  it('lets no name change what is said', () => {
    const scram = beginScram({ ...user, local: 'a,b=c' }, new Set(['SCRAM-SHA-1']), 'x')!
    expect(scram.first).to.equal('n,,n=a=2Cb=3Dc,r=x')
  })

  it('refuses challenges that are not meant for it, or only make work', async () => {
    for (const challenge of [
      '',
      'r=other,s=QSXCR+Q6sek8bf92,i=4096',
      'r=mine,s=QSXCR+Q6sek8bf92,i=4096',
      'r=mine+,s=,i=4096',
      'r=mine+,s=QSXCR+Q6sek8bf92,i=0',
      'r=mine+,s=QSXCR+Q6sek8bf92,i=99999999',
    ]) {
      const scram = beginScram(user, new Set(['SCRAM-SHA-1']), 'mine')!
      const code = await codeOf(scram.answer(challenge))
      expect(code, challenge).to.equal(ErrorCode.RC_CONN_TOKEN_INCORRECT)
    }
  })
})
