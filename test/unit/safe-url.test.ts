import { expect, waitUntil } from '@open-wc/testing'
import { effect } from '@preact/signals-core'
import { render } from 'lit'
import { linkText } from '../../src/kit/link-text.js'
import { safeUrl } from '../../src/kit/safe-url.js'

describe('addresses', () => {
  const allowed = [
    'https://example.org/a?b#c',
    'http://example.org',
    'mailto:a@example.org',
    'tel:+49301234',
    'blob:https://example.org/1-2',
    'picture.png',
  ]
  for (const address of allowed) {
    it(`takes ${address}`, () => {
      expect(safeUrl(address)).to.equal(address)
    })
  }

  const refused: unknown[] = [
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    '',
    '  ',
    'http://[',
    undefined,
    7,
    { toString: () => 'https://example.org' },
  ]
  for (const address of refused) {
    it(`refuses ${JSON.stringify(address)}`, () => {
      expect(safeUrl(address)).to.be.undefined
    })
  }
})

describe('links in a text', () => {
  const report = (error: unknown) => {
    throw error
  }

  /** Drawn again when what finds links is there, as elements do. */
  async function drawn(text: string): Promise<HTMLElement> {
    const place = document.createElement('div')
    const stop = effect(() => void render(linkText(text, report), place))
    expect(place.textContent).to.equal(text)
    await waitUntil(() => place.querySelector('a'))
    stop()
    return place
  }

  it('are found wherever they are, and the text stays the text', async () => {
    const text = 'see https://example.org/a, www.example.com and me@example.org <b>now</b>'
    const place = await drawn(text)
    expect(place.textContent).to.equal(text)
    expect([...place.querySelectorAll('a')].map((link) => link.getAttribute('href'))).to.deep.equal(
      ['https://example.org/a', 'https://www.example.com', 'mailto:me@example.org'],
    )
    expect(place.querySelector('b')).to.be.null
  })

  it('lead nowhere that does something', async () => {
    const place = await drawn(
      'www.example.org javascript:alert(1) data:text/html,x "onclick="x <img src=x onerror=y>',
    )
    for (const link of place.querySelectorAll('a')) expect(link.href).to.match(/^https:|^mailto:/)
    expect(place.querySelector('img')).to.be.null
  })

  it('are not looked for in very long texts', () => {
    const text = 'https://example.org '.repeat(2000)
    expect(linkText(text, report)).to.deep.equal([text])
  })

  const without = ['好的。', 'Hello. Bye!', '12:30, 3.5 km', 'one: two', 'a @ b', '…']
  for (const text of without) {
    it(`are not looked for in "${text}"`, () => {
      expect(linkText(text, report)).to.deep.equal([text])
    })
  }
})
