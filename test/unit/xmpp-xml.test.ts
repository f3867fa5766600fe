import { expect } from '@open-wc/testing'
import { asXmlText, parseFrame, xml } from '../../src/backends/xmpp/xml.js'

describe('frames', () => {
  it('hold one element, as it was written', () => {
    const element = xml('message', { to: `a'b"<&>`, id: 'é' }, xml('body', {}, `<&> "' 你好\n`))
    const read = parseFrame(element.toString())
    expect(read.attrs).to.deep.equal({ to: `a'b"<&>`, id: 'é' })
    expect(read.getChildText('body')).to.equal(`<&> "' 你好\n`)
  })

  it('know the names their elements are in', () => {
    const read = parseFrame('<a xmlns="one"><b xmlns="two"><c/></b><x:d xmlns:x="three"/></a>')
    expect(read.getChild('b', 'two')!.getChild('c', 'two')).to.not.equal(undefined)
    expect(read.getChild('d', 'three')).to.not.equal(undefined)
    expect(read.getChild('b', 'one')).to.equal(undefined)
  })

  it('lose what lies too deep, and nothing else', () => {
    const deep = `<a>${'<x>'.repeat(500)}text${'</x>'.repeat(500)}<end>here</end></a>`
    const read = parseFrame(deep)
    expect(read.getChildText('end')).to.equal('here')
    expect(read.toString()).to.not.contain('text')
  })

  it('that are broken are none', () => {
    for (const frame of ['', 'text', '<a>', '<a></b>', '</a>', '<a/><b/>', '<a>&nope;</a>']) {
      expect(() => parseFrame(frame), frame).to.throw()
    }
  })

  it('can carry no text that XML has no way to write', () => {
    expect(asXmlText('a\u0000b\ud800c\uffff\t\n👍')).to.equal('a\ufffdb\ufffdc\ufffd\t\n👍')
  })
})
