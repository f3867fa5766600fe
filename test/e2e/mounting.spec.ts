import type { Page } from '@playwright/test'
import { expect, test } from './support/test.js'
import { numbered } from './support/texts.js'

/** Takes the three elements from the page, as a router does, or puts them back. */
function leave(page: Page): Promise<void> {
  return page.evaluate(() => {
    const places = Array.from(
      document.querySelectorAll('conversation-list, message-list, message-editor'),
      (element) => ({ element, parent: element.parentElement!, next: element.nextElementSibling }),
    )
    for (const { element } of places) element.remove()
    Object.assign(window, { places })
  })
}

function comeBack(page: Page): Promise<void> {
  return page.evaluate(() => {
    type Place = { element: Element; parent: Element; next: Element | null }
    const { places } = window as unknown as { places: Place[] }
    for (const { element, parent, next } of places.reverse()) parent.insertBefore(element, next)
  })
}

test('elements taken away and put back show the same and go on', async ({ open, service }) => {
  await service.evaluate(
    (texts) => window.service.sendTexts('bob', window.service.privately('alice'), texts),
    numbered(65),
  )
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.readOnce('Bob')
  await alice.openConversation('Bob')
  await alice.reads(numbered(65))
  await expect(alice.message('#65')).toBeInViewport()
  await alice.write('half a word')

  await leave(alice.page)
  await bob.chatWith('Alice')
  await bob.say('said meanwhile')
  await comeBack(alice.page)
  await expect(alice.message('said meanwhile')).toBeInViewport()
  await expect(alice.input).toHaveValue('half a word')
  await expect(alice.conversation('Bob')).toHaveAttribute('aria-selected', 'true')
  await bob.say('and afterwards')
  await expect(alice.message('and afterwards')).toBeInViewport()
  await alice.reads([...numbered(65), 'said meanwhile', 'and afterwards'])

  await alice.scrollTo('top')
  await expect(alice.message('#01')).toBeInViewport()
  await leave(alice.page)
  await comeBack(alice.page)
  await expect(alice.message('#01')).toBeInViewport()

  await alice.page.evaluate(() => {
    const moved = document.createElement('section')
    document.body.append(moved)
    moved.append(document.querySelector('main')!)
  })
  await expect(alice.message('#01')).toBeVisible()
  await alice.say('from another place')
  await expect(bob.message('from another place')).toBeInViewport()
})

test('new elements in the place of old ones show what the old ones did', async ({ open }) => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.chatWith('Bob')
  await alice.say('hello')
  await alice.page.evaluate(() => {
    for (const name of ['conversation-list', 'message-list', 'message-editor']) {
      document.querySelector(name)!.replaceWith(document.createElement(name))
    }
  })
  await alice.shows(['hello'])
  await alice.say('again')
  await bob.openConversation('Alice')
  await bob.shows(['hello', 'again'])
})

test('works inside a dialog that is closed and shown again', async ({ open, service }) => {
  await service.evaluate(
    (texts) => window.service.sendTexts('bob', window.service.privately('alice'), texts),
    numbered(30),
  )
  const alice = await open('alice')
  await alice.readOnce('Bob')
  await alice.page.evaluate(() => {
    const dialog = document.createElement('dialog')
    const main = document.querySelector('main')!
    Object.assign(main.style, { inlineSize: '600px', blockSize: '400px' })
    dialog.append(main)
    document.body.append(dialog)
  })
  const show = () => alice.page.evaluate(() => document.querySelector('dialog')!.showModal())
  const close = () => alice.page.evaluate(() => document.querySelector('dialog')!.close())
  await alice.conversation('Bob').click()
  await show()
  await expect(alice.message('#30')).toBeInViewport()
  await alice.say('from the dialog')
  await alice.openMenu('from the dialog')
  await alice.menuItem('Quote').click()
  await alice.say('quoting')
  await close()
  await expect(alice.message('quoting')).toBeHidden()
  await service.evaluate(() =>
    window.service.sendTexts('bob', window.service.privately('alice'), ['while it was closed']),
  )
  await expect(alice.partOf('Bob', 'digest')).toHaveText('while it was closed')
  await show()
  await expect(alice.message('while it was closed')).toBeInViewport()
  await alice.chooseFiles('Send a file', [])
  await alice.editor.getByRole('button', { name: 'Emoji' }).click()
  await expect(alice.editor.getByRole('combobox', { name: 'Search' })).toBeVisible()
})

test('two kits on one page, each with its provider, keep apart', async ({ open }) => {
  const alice = await open('alice', { start: 'manual' })
  await alice.page.evaluate(async () => {
    const { createIMKit, initOptions, tokenOf } = window.person
    const ids = ['alice', 'bob']
    const providers = ids.map((id) => {
      const kit = createIMKit({ name: id })
      const provider = Object.assign(document.createElement('im-provider'), { id, kit })
      for (const tag of ['conversation-list', 'message-list', 'message-editor']) {
        provider.append(document.createElement(tag))
      }
      return { id, kit, provider }
    })
    document.body.replaceChildren(...providers.map(({ provider }) => provider))
    for (const { id, kit } of providers) {
      kit.init(initOptions())
      await kit.connect(tokenOf(id))
      kit.selectConversation({
        conversationType: 1,
        targetId: ids.find((other) => other !== id)!,
      })
    }
  })
  const [left, right] = ['alice', 'bob'].map((id) => alice.page.locator(`im-provider#${id}`))
  await left!.getByRole('textbox').fill('across the page')
  await left!.getByRole('textbox').press('Enter')
  await expect(right!.locator('[part~="text"]')).toContainText('across the page')
  await expect(right!.locator('im-message-row im-avatar')).toHaveCount(1)
  await expect(left!.locator('im-message-row im-avatar')).toHaveCount(0)
})
