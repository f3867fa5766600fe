import { expect, test } from './support/test.js'
import type { Person } from './support/person.js'

/** Presses Tab until the focus is in a tag. */
async function tabTo(person: Person, tag: string, key = 'Tab'): Promise<void> {
  const isThere = () =>
    person.page.evaluate((tag) => document.activeElement?.localName === tag, tag)
  for (let press = 0; press < 30 && !(await isThere()); press++) {
    await person.page.keyboard.press(key)
  }
  expect(await isThere(), `the focus comes to <${tag}>`).toBe(true)
}

/** Goes down an open menu to an item and chooses it. */
async function pick(person: Person, item: string): Promise<void> {
  const { keyboard } = person.page
  await expect(person.page.getByRole('menu')).toBeVisible()
  const wanted = person.menuItem(item)
  const isThere = () => wanted.evaluate((it) => it.matches(':focus'))
  for (let press = 0; press < 12 && !(await isThere()); press++) await keyboard.press('ArrowDown')
  await expect(wanted).toBeFocused()
  await keyboard.press('Enter')
}

test('a whole chat with the keyboard alone', async ({ open, service }) => {
  await service.evaluate(async () => {
    const { privately, sendTexts } = window.service
    await sendTexts('bob', privately('alice'), ['first from Bob', 'second from Bob'])
    await sendTexts('carol', privately('alice'), ['from Carol'])
  })
  const alice = await open('alice')
  const { keyboard } = alice.page
  await expect(alice.conversations.getByRole('option')).toHaveCount(2)

  await tabTo(alice, 'conversation-list')
  await keyboard.press('ArrowDown')
  await expect(alice.conversation('Bob')).toBeFocused()
  await keyboard.press('Enter')
  await expect(alice.message('second from Bob')).toBeVisible()

  await tabTo(alice, 'message-editor')
  await expect(alice.input).toBeFocused()
  await keyboard.type('hello Bob')
  await keyboard.press('Enter')
  await expect(alice.message('hello Bob')).toBeVisible()

  await tabTo(alice, 'message-list', 'Shift+Tab')
  await keyboard.press('End')
  await expect(alice.message('hello Bob')).toBeFocused()
  await keyboard.press('ArrowUp')
  await expect(alice.message('second from Bob')).toBeFocused()
  await keyboard.press('Shift+F10')
  await pick(alice, 'Quote')
  await expect(alice.input).toBeFocused()
  await keyboard.type('an answer')
  await keyboard.press('Enter')
  await expect(alice.message('an answer').locator('[part~="quote"]')).toBeVisible()

  await tabTo(alice, 'message-list', 'Shift+Tab')
  await keyboard.press('End')
  await expect(alice.message('an answer')).toBeFocused()
  await keyboard.press('ContextMenu')
  await pick(alice, 'Recall')
  await expect(alice.notices).toContainText('You recalled a message')

  const editAgain = alice.notices.getByRole('button', { name: 'Edit again' })
  for (let press = 0; press < 5; press++) {
    if (await editAgain.evaluate((button) => button.matches(':focus'))) break
    await keyboard.press('Tab')
  }
  await expect(editAgain).toBeFocused()
  await keyboard.press('Enter')
  await expect(alice.input).toBeFocused()
  await keyboard.type('!')
  await expect(alice.input).toHaveValue('an answer!')
  await keyboard.press('Control+A')
  await keyboard.press('Backspace')
  await tabTo(alice, 'message-list', 'Shift+Tab')

  await keyboard.press('Home')
  await keyboard.press('Shift+F10')
  await pick(alice, 'Delete')
  await alice.shows(['second from Bob', 'hello Bob'])

  await tabTo(alice, 'conversation-list', 'Shift+Tab')
  await keyboard.press('ArrowDown')
  await expect(alice.conversation('Carol')).toBeFocused()
  await keyboard.press('Shift+F10')
  await pick(alice, 'Pin')
  await expect(alice.partOf('Carol', 'pinned')).toBeVisible()
  await expect(alice.conversation('Carol')).toBeFocused()
  await keyboard.press('Shift+F10')
  await pick(alice, 'Delete conversation')
  await expect(alice.conversation('Carol')).toHaveCount(0)
  await expect(alice.conversation('Bob')).toBeFocused()
})

test('forwards and mentions with the keyboard alone', async ({ open, service }) => {
  await service.evaluate(async () => {
    await window.service.createGroup('Friends', 'alice', ['bob', 'carol'])
    await window.service.sendTexts('bob', window.service.privately('alice'), ['tell the others'])
  })
  const alice = await open('alice')
  const { keyboard } = alice.page
  await expect(alice.conversations.getByRole('option')).toHaveCount(2)
  await tabTo(alice, 'conversation-list')
  await keyboard.press('Home')
  await keyboard.press('Enter')
  await expect(alice.message('tell the others')).toBeVisible()
  await tabTo(alice, 'message-list')
  await keyboard.press('End')
  await keyboard.press('Shift+F10')
  await pick(alice, 'Forward')
  const dialog = alice.list.locator('im-forward-dialog')
  await expect(dialog.getByRole('searchbox')).toBeFocused()
  await keyboard.type('Friends')
  await expect(dialog.getByRole('checkbox')).toHaveCount(1)
  await keyboard.press('Tab')
  await expect(dialog.getByRole('checkbox')).toBeFocused()
  await keyboard.press('Space')
  await keyboard.press('Tab')
  await keyboard.press('Tab')
  await expect(dialog.getByRole('button', { name: 'Forward' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(dialog.getByRole('dialog')).toBeHidden()
  await expect(alice.partOf('Friends', 'digest')).toHaveText('tell the others')

  await tabTo(alice, 'conversation-list', 'Shift+Tab')
  await keyboard.press('Home')
  await keyboard.press('Enter')
  await expect(alice.conversation('Friends')).toHaveAttribute('aria-selected', 'true')
  await tabTo(alice, 'message-editor')
  await keyboard.type('@')
  await expect(alice.editor.getByRole('option')).toHaveCount(3)
  await keyboard.press('ArrowDown')
  await keyboard.press('ArrowDown')
  await keyboard.press('Tab')
  await expect(alice.input).toHaveValue('@Carol ')
})
