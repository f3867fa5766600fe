import { expect, fixture, html, oneEvent } from '@open-wc/testing'
import { sendKeys } from '@web/test-runner-commands'
import axe from 'axe-core'
import '../../components/im-emoji-picker/im-emoji-picker.define.js'
import type { EmojiMartPicker } from '../../components/im-emoji-picker/emoji-mart-picker.js'
import type {
  EmojiSelectDetail,
  IMEmojiPicker,
} from '../../components/im-emoji-picker/im-emoji-picker.js'
import { createIMKit } from '../../src/kit/kit.js'
import { expectNothingLeftBehind } from '../support/leaves-nothing-behind.js'
import { areaOf, find, openEditor, partOf, press, type, until } from '../support/editor-page.js'
import { twoPeople, withBob } from '../support/two-people.js'

const martOf = (picker: IMEmojiPicker) =>
  picker.shadowRoot!.querySelector<EmojiMartPicker>('im-emoji-mart')

const optionsOf = (picker: IMEmojiPicker) =>
  Array.from(martOf(picker)?.shadowRoot!.querySelectorAll<HTMLElement>('[role=option]') ?? [])

async function shown(picker: IMEmojiPicker): Promise<IMEmojiPicker> {
  await until(() => optionsOf(picker).length > 20, 'emoji are shown')
  return picker
}

/** Types into the search field without anybody's hands. */
async function search(picker: IMEmojiPicker, text: string, count: number): Promise<void> {
  const field = martOf(picker)!.searchField!
  field.value = text
  field.dispatchEvent(new Event('input'))
  await until(() => optionsOf(picker).length === count)
}

async function expectAccessible(picker: IMEmojiPicker, options: axe.RunOptions): Promise<void> {
  const { violations } = await axe.run(picker, options)
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).to.deep.equal([])
}

describe('<im-emoji-picker>', () => {
  const mount = async () =>
    shown(await fixture<IMEmojiPicker>(html`<im-emoji-picker></im-emoji-picker>`))

  it('shows emoji and tells which one is clicked', async () => {
    const picker = await mount()
    const smile = optionsOf(picker).find((option) => option.ariaLabel === '😀')!
    const event = oneEvent(picker, 'im-emoji-select') as Promise<CustomEvent<EmojiSelectDetail>>
    smile.click()
    expect((await event).detail).to.deep.equal({ emoji: '😀', name: 'grinning' })
  })

  it('finds by name and chooses with keys alone', async () => {
    const picker = await mount()
    picker.focus()
    await until(() => martOf(picker)!.shadowRoot!.activeElement)
    await sendKeys({ type: 'rocket' })
    await until(() => optionsOf(picker).some((option) => option.id === 'selected'))
    expect(picker.isSearching).to.equal(true)
    const event = oneEvent(picker, 'im-emoji-select') as Promise<CustomEvent<EmojiSelectDetail>>
    await sendKeys({ press: 'Enter' })
    expect((await event).detail.emoji).to.equal('🚀')
  })

  it('needs no network but its own files, no inline styles and no HTML strings', async () => {
    const picker = await mount()
    const hosts = performance.getEntriesByType('resource').map(({ name }) => new URL(name).host)
    expect(new Set(hosts)).to.deep.equal(new Set([location.host]))
    expect(martOf(picker)!.shadowRoot!.querySelector('style') === null).to.equal(true)
  })

  it('is one for the whole page, with whoever asked for it last', async () => {
    const first = await mount()
    const mart = martOf(first)
    const second = await mount()
    expect(martOf(second) === mart).to.equal(true)
    expect(martOf(first) === null).to.equal(true)
    expect(document.querySelectorAll('im-emoji-mart')).to.have.length(0)

    first.shadowRoot!.querySelector('button')!.click()
    await shown(first)
    expect(martOf(first) === mart).to.equal(true)
    expect(martOf(second) === null).to.equal(true)
  })

  it('shows the same when it is moved or comes back', async () => {
    const picker = await mount()
    const place = picker.parentElement!
    picker.remove()
    await until(() => martOf(picker) === null)
    place.append(picker)
    await shown(picker)
    const box = place.appendChild(document.createElement('div'))
    box.append(picker)
    await shown(picker)
  })

  it('speaks the language of its kit', async () => {
    const kit = createIMKit({ name: 'emoji-language' })
    kit.changeLanguage({ lang: 'en' })
    const place = await fixture(
      html`<im-provider .kit=${kit}><im-emoji-picker></im-emoji-picker></im-provider>`,
    )
    const picker = await shown(place.querySelector('im-emoji-picker')!)
    const category = () => martOf(picker)!.shadowRoot!.querySelector('#nav button')!.ariaLabel
    const heading = () => martOf(picker)!.shadowRoot!.querySelector('.sticky')!.textContent
    expect([category(), heading()]).to.deep.equal(['Frequently used', 'Frequently used'])
    kit.changeLanguage({ lang: 'zh_CN' })
    await until(() => category() === '最近使用')
    expect(heading()).to.equal('最近使用')
    expect(martOf(picker)!.searchField!.placeholder).to.equal('搜索')
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`is readable in ${colorScheme} colours, and named for screen readers`, async () => {
      const place = await fixture<HTMLElement>(html`<div></div>`)
      place.style.colorScheme = colorScheme
      place.append(document.createElement('im-emoji-picker'))
      const picker = await shown(place.querySelector('im-emoji-picker')!)
      const color = getComputedStyle(martOf(picker)!.shadowRoot!.querySelector('#root')!).color
      expect(color).to.equal(colorScheme === 'light' ? 'rgb(28, 31, 36)' : 'rgb(232, 234, 237)')
      // Contrast is looked for behind every single emoji; a few stand for all.
      await expectAccessible(picker, { rules: { 'color-contrast': { enabled: false } } })
      await search(picker, 'rocket', 3)
      await expectAccessible(picker, {})
    })
  }

  it('follows the direction of the page', async () => {
    const place = await fixture<HTMLElement>(html`<div dir="rtl"></div>`)
    place.append(document.createElement('im-emoji-picker'))
    const picker = await shown(place.querySelector('im-emoji-picker')!)
    expect(martOf(picker)!.shadowRoot!.querySelector('#root')!.getAttribute('dir')).to.equal('rtl')
  })

  it('leaves nothing behind', async () => {
    await expectNothingLeftBehind(async (place) =>
      shown(place.appendChild(document.createElement('im-emoji-picker'))),
    )
  })
})

describe('the emoji button of <message-editor>', () => {
  it('opens the picker, which writes at the caret, and gives the caret back', async () => {
    const people = await twoPeople()
    try {
      const editor = await openEditor(people.alice, withBob)
      await type(editor, 'ab')
      areaOf(editor).setSelectionRange(1, 1)
      const button = partOf(editor, 'emoji-button')!
      button.focus()
      await press(editor, 'Enter')
      await until(() => find(editor, 'im-emoji-picker'))
      const picker = find<IMEmojiPicker>(editor, 'im-emoji-picker')!
      await shown(picker)
      await until(() => martOf(picker)!.shadowRoot!.activeElement, 'the search field')
      await sendKeys({ type: 'rocket' })
      await until(() => optionsOf(picker).some((option) => option.id === 'selected'))
      await sendKeys({ press: 'Enter' })
      await until(() => areaOf(editor).value === 'a🚀b')
      expect(editor.shadowRoot!.activeElement === areaOf(editor)).to.equal(true)
      expect(areaOf(editor).selectionStart).to.equal('a🚀'.length)
      await until(() => !find(editor, 'im-emoji-picker'), 'the picker is gone')

      button.focus()
      await press(editor, 'Enter')
      await until(() => find(editor, 'im-emoji-picker'))
      await shown(find<IMEmojiPicker>(editor, 'im-emoji-picker')!)
      await press(editor, 'Escape')
      await until(() => !find(editor, 'im-emoji-picker'), 'closed with Escape')
      expect(editor.shadowRoot!.activeElement === button).to.equal(true)
    } finally {
      await people.end()
    }
  })
})
