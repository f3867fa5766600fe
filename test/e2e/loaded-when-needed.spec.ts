import type { Page } from '@playwright/test'
import { picture } from './support/files.js'
import { expect, test } from './support/test.js'

/** Withheld before the page is there: the pointer may rest on a list that has just been drawn. */
const menuCode = /im-menu\.define/

/** Keeps code from being loaded. Gives what lets it through again. */
async function withhold(page: Page, names: RegExp): Promise<() => Promise<void>> {
  await page.route(names, (route) => route.abort('internetdisconnected'))
  return () => page.unroute(names)
}

test('a menu that could not be loaded opens the next time', async ({ open, service, trouble }) => {
  await service.evaluate(async () => {
    const { privately, sendTexts } = window.service
    await sendTexts('bob', privately('alice'), ['hi'])
  })
  trouble.forgive(/Failed to load resource/)
  const alice = await open('alice', { prepare: (page) => withhold(page, menuCode) })
  const { keyboard } = alice.page
  await alice.openConversation('Bob')
  const message = alice.message('hi')
  await expect(message).toBeVisible()
  await message.focus()
  await expect(message).toBeFocused()
  await keyboard.press('Shift+F10')
  await trouble.expect(/reported: loading the menu/)
  await expect(alice.page.getByRole('menu')).toHaveCount(0)
  await expect(message).toBeFocused()

  await alice.page.unroute(menuCode)
  await keyboard.press('Shift+F10')
  await expect(alice.menuItem('Copy')).toBeFocused()
  await keyboard.press('Escape')
  await expect(message).toBeFocused()
})

test('a menu that comes late does not open over what was begun meanwhile', async ({
  open,
  service,
}) => {
  await service.evaluate(async () => {
    const { privately, sendTexts } = window.service
    await sendTexts('bob', privately('alice'), ['hi'])
  })
  let arrive = () => {}
  const held = new Promise<void>((resolve) => (arrive = resolve))
  const hold = (page: Page) =>
    page.route(menuCode, async (route) => {
      await held
      await route.continue()
    })
  const alice = await open('alice', { prepare: hold })
  await alice.conversation('Bob').click({ button: 'right' })
  await expect(alice.conversation('Bob')).toHaveAttribute('data-menu')
  await alice.conversation('Bob').click()
  await alice.write('written meanwhile')
  arrive()
  await expect
    .poll(() => alice.page.evaluate(() => customElements.get('im-menu') !== undefined))
    .toBe(true)
  await expect(alice.conversation('Bob')).not.toHaveAttribute('data-menu')
  await expect(alice.page.getByRole('menu')).toHaveCount(0)
  await expect(alice.input).toBeFocused()
})

test('what could not be loaded is told, and opens the next time', async ({ open, trouble }) => {
  const alice = await open('alice')
  trouble.forgive(/Failed to load resource/)
  await alice.chatWith('Bob')
  await alice.chooseFiles('Send an image', [picture('red.png', 32, 32)])
  await alice.input.press('Enter')
  const release = await withhold(alice.page, /(im-viewer|im-emoji-picker)\.define/)
  await alice.list.getByRole('button', { name: 'View image' }).click()
  await trouble.expect(/reported: loading <im-viewer>/)
  await expect(alice.list.locator('[part~="told"]')).toHaveText('Could not be loaded')
  await alice.editor.getByRole('button', { name: 'Emoji' }).click()
  await trouble.expect(/reported: loading <im-emoji-picker>/)
  await expect(alice.editor.getByRole('dialog', { name: 'Emoji' })).toHaveText(
    'Could not be loaded',
  )
  await alice.page.keyboard.press('Escape')

  await release()
  await alice.list.getByRole('button', { name: 'View image' }).click()
  await expect(alice.page.locator('im-viewer').getByRole('dialog')).toBeVisible()
  await alice.page.keyboard.press('Escape')
  await alice.editor.getByRole('button', { name: 'Emoji' }).click()
  await expect(alice.editor.getByRole('combobox', { name: 'Search' })).toBeFocused()
})

test('texts are there before what finds links in them', async ({ open, service, trouble }) => {
  await service.evaluate(async () => {
    const { privately, sendTexts } = window.service
    await sendTexts('bob', privately('alice'), ['see www.example.org'])
  })
  const alice = await open('alice', { prepare: (page) => withhold(page, /linkify/) })
  trouble.forgive(/Failed to load resource/)
  await alice.openConversation('Bob')
  await expect(alice.message('see www.example.org')).toBeVisible()
  await trouble.expect(/reported: looking for links/)
  await expect(alice.list.locator('[part~="link"]')).toHaveCount(0)

  await alice.page.unroute(/linkify/)
  await alice.say('that one is www.example.com')
  await expect(alice.list.locator('[part~="link"]')).toHaveText([
    'www.example.org',
    'www.example.com',
  ])
})
