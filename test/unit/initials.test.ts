import { expect } from '@open-wc/testing'
import { initials, paletteIndex, paletteSize } from '../../components/im-avatar/initials.js'

describe('the placeholder of an avatar', () => {
  const cases: [name: string, shown: string][] = [
    ['Alice', 'A'],
    ['alice liddell', 'AL'],
    ['Ada King Lovelace', 'AL'],
    ['  Bob  ', 'B'],
    ['张三', '张三'],
    ['欧阳小明', '小明'],
    ['Anna 王', '王'],
    ['产品讨论组 Product Design', '论组'],
    ['👩‍👩‍👧 family', '👩‍👩‍👧F'],
    ['ñandú', 'Ñ'],
    ['محمد علي', 'مع'],
    ['', ''],
    ['   ', ''],
  ]
  for (const [name, shown] of cases) {
    it(`shows ${JSON.stringify(shown)} for ${JSON.stringify(name)}`, () => {
      expect(initials(name)).to.equal(shown)
    })
  }

  it('has one colour for one id and many colours for many', () => {
    const ids = Array.from({ length: 200 }, (_, index) => `user-${index}`)
    const colours = ids.map(paletteIndex)
    expect(colours).to.deep.equal(ids.map(paletteIndex))
    expect(new Set(colours).size).to.equal(paletteSize)
    for (const colour of colours) expect(colour).to.be.within(0, paletteSize - 1)
  })
})
