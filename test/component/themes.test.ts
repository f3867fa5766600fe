import { expect, fixture, html } from '@open-wc/testing'
import { emulateMedia } from '@web/test-runner-commands'
import { avatarStyles } from '../../components/im-avatar/im-avatar.styles.js'
import { baseStyles, rootStyles } from '../../components/internal/base.styles.js'

const read = async (name: string) => (await fetch(`/themes/${name}`)).text()

const parse = (text: string) => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text.replaceAll(/@import[^;]+;/g, ''))
  return sheet
}

/** Every token that a sheet sets, with its value, whatever the selector. */
function tokensOf(text: string): Map<string, string> {
  const tokens = new Map<string, string>()
  const collect = (rules: CSSRuleList) => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule) {
        for (const name of rule.style) {
          if (name.startsWith('--im-')) tokens.set(name, plain(rule.style.getPropertyValue(name)))
        }
      } else if (rule instanceof CSSGroupingRule) collect(rule.cssRules)
    }
  }
  collect(parse(text).cssRules)
  return tokens
}

/** What the elements use for a token where a page sets none: the second half of `var(--im-x, …)`. */
function fallbacks(): Map<string, string> {
  const text = [baseStyles, rootStyles, avatarStyles].map(({ cssText }) => cssText).join('\n')
  const found = new Map<string, string>()
  for (const { index } of text.matchAll(/var\(\s*--im-/g)) {
    const [name = '', value = ''] = splitOnce(argument(text, index + 'var('.length), ',')
    found.set(name.trim(), plain(value))
  }
  return found
}

/** The text up to the parenthesis that closes the one before `start`. */
function argument(text: string, start: number): string {
  let depth = 1
  let end = start
  for (; depth > 0; end++) depth += text[end] === '(' ? 1 : text[end] === ')' ? -1 : 0
  return text.slice(start, end - 1)
}

function splitOnce(text: string, separator: string): [string, string] {
  const place = text.indexOf(separator)
  return [text.slice(0, place), text.slice(place + 1)]
}

const plain = (value: string) => value.replaceAll(/\s+/g, ' ').replaceAll('"', "'").trim()

describe('the themes', () => {
  it('state the values that the elements use without them', async () => {
    const tokens = tokensOf(await read('tokens.css'))
    const used = fallbacks()
    used.delete('--im-avatar-size')
    expect(Object.fromEntries(tokens)).to.deep.equal(Object.fromEntries(used))
  })

  for (const name of ['high-contrast.css', 'bubbles-green.css']) {
    it(`change only tokens that exist: ${name}`, async () => {
      const tokens = tokensOf(await read('tokens.css'))
      const changed = [...tokensOf(await read(name)).keys()]
      expect(changed).not.to.be.empty
      expect(changed.filter((token) => !tokens.has(token))).to.deep.equal([])
    })
  }

  describe('on a page', () => {
    let sheets: CSSStyleSheet[]

    before(async () => {
      const names = ['tokens.css', 'dark.css', 'high-contrast.css']
      const texts = await Promise.all(names.map(read))
      sheets = texts.map(parse)
      document.adoptedStyleSheets.push(...sheets)
    })

    after(() => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter(
        (sheet) => !sheets.includes(sheet),
      )
    })

    afterEach(async () => {
      delete document.documentElement.dataset.imTheme
      await emulateMedia({ colorScheme: 'light', contrast: 'no-preference' } as never)
    })

    const colours = async (theme?: string) => {
      const page = await fixture(
        html`<div>
          <p style="color: var(--im-color-text); background: var(--im-color-surface)"></p>
        </div>`,
      )
      if (theme) page.setAttribute('data-im-theme', theme)
      const { color, backgroundColor } = getComputedStyle(page.querySelector('p')!)
      return [color, backgroundColor]
    }

    const light = ['rgb(28, 31, 36)', 'rgb(255, 255, 255)']
    const dark = ['rgb(232, 234, 237)', 'rgb(27, 29, 33)']

    it('follow the system, unless an attribute says otherwise', async () => {
      expect(await colours()).to.deep.equal(light)
      expect(await colours('dark')).to.deep.equal(dark)

      await emulateMedia({ colorScheme: 'dark' })
      expect(await colours()).to.deep.equal(dark)
      expect(await colours('auto')).to.deep.equal(dark)
      expect(await colours('light')).to.deep.equal(light)
    })

    it('let a part of the page differ from the rest', async () => {
      document.documentElement.dataset.imTheme = 'dark'
      expect(await colours()).to.deep.equal(dark)
      expect(await colours('light')).to.deep.equal(light)
    })

    it('give more contrast when asked for', async () => {
      expect(await colours('high-contrast')).to.deep.equal(['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
      await emulateMedia({ colorScheme: 'dark' })
      expect(await colours('high-contrast')).to.deep.equal(['rgb(255, 255, 255)', 'rgb(0, 0, 0)'])
    })
  })
})
