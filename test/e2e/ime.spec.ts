import { expect, test } from './support/test.js'

test('the Enter that commits a composition does not send', async ({ open }) => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.chatWith('Bob')
  await alice.input.click()
  const session = await alice.page.context().newCDPSession(alice.page)
  const compose = (text: string) =>
    session.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    })
  // What an input method leaves of a key: nothing but the code 229.
  const imeEnter = async () => {
    for (const type of ['rawKeyDown', 'keyUp'] as const) {
      await session.send('Input.dispatchKeyEvent', {
        type,
        key: 'Enter',
        code: 'Enter',
        windowsVirtualKeyCode: 229,
      })
    }
  }
  for (const text of ['n', 'に', 'にほ', 'にほん']) await compose(text)
  await imeEnter()
  await expect(alice.input).toHaveValue('にほん')
  await session.send('Input.insertText', { text: '日本' })
  await expect(alice.input).toHaveValue('日本')
  await alice.shows([])

  for (const text of ['g', 'ご']) await compose(text)
  await imeEnter()
  await session.send('Input.insertText', { text: '語' })
  await expect(alice.input).toHaveValue('日本語')
  await alice.page.keyboard.press('Enter')
  await bob.openConversation('Alice')
  await alice.shows(['日本語'])
  await bob.shows(['日本語'])
  await expect(alice.input).toHaveValue('')
})

test('composing after an @ filters the members, and its Enter picks none', async ({
  open,
  service,
}) => {
  await service.evaluate(() => window.service.createGroup('Friends', 'alice', ['bob', 'carol']))
  const alice = await open('alice')
  await alice.openConversation('Friends')
  await alice.write('@')
  await expect(alice.editor.getByRole('option')).toHaveCount(3)
  const session = await alice.page.context().newCDPSession(alice.page)
  await session.send('Input.imeSetComposition', { text: 'b', selectionStart: 1, selectionEnd: 1 })
  await session.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Enter',
    code: 'Enter',
    windowsVirtualKeyCode: 229,
  })
  await expect(alice.input).toHaveValue('@b')
  await session.send('Input.insertText', { text: 'b' })
  await expect(alice.editor.getByRole('option')).toHaveText([/Bob/])
  await alice.page.keyboard.press('Enter')
  await expect(alice.input).toHaveValue('@Bob ')
  await alice.shows([])
})
