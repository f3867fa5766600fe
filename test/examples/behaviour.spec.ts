// What every example shows, in whatever framework it is written.
import { expect, test } from './support/test.js'

test('two people talk, also with messages of the page’s own type', async ({ logIn }) => {
  const [alice, bob] = await Promise.all([logIn('Alice'), logIn('Bob')])
  await alice.chatWith('Bob')
  await alice.say('hello Bob')
  await expect(bob.partOf('Alice', 'badge')).toHaveText('1')
  await expect(bob.partOf('Alice', 'digest')).toHaveText('hello Bob')

  await bob.openConversation('Alice')
  await bob.say('hello Alice')
  await alice.shows(['hello Bob', 'hello Alice'])

  // Which conversation is open the page knows from an event of the list.
  await bob.press('Send a card')
  await expect(alice.message('🎫 Two tickets')).toBeVisible()
  await expect(alice.partOf('Bob', 'digest')).toHaveText('[Card]')
})

test('the menu has an item of the page, and its dialog asks where to forward', async ({
  logIn,
}) => {
  const [alice, carol] = await Promise.all([logIn('Alice'), logIn('Carol')])
  await alice.chatWith('Bob')
  await alice.say('worth telling')
  await alice.choose('worth telling', 'Note down')
  await expect(alice.notes).toHaveText('worth telling')

  await alice.choose('worth telling', 'Forward')
  await alice.forwardDialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(alice.forwardDialog).toBeHidden()
  await alice.choose('worth telling', 'Forward')
  await alice.forwardDialog.getByRole('checkbox', { name: 'Carol' }).check()
  await alice.forwardDialog.getByRole('button', { name: 'Forward' }).click()
  await carol.openConversation('Alice')
  await carol.shows(['worth telling'])
})

test('theme and language change at once, and the language is remembered', async ({ logIn }) => {
  const alice = await logIn('Alice')
  await alice.chatWith('Bob')
  const send = (name: string) => alice.editor.getByRole('button', { name, exact: true })
  await expect(send('Send')).toBeVisible()
  const light = await alice.backgroundOf(alice.list)
  await alice.press('Dark')
  await expect.poll(() => alice.backgroundOf(alice.list)).not.toBe(light)
  await alice.press('Dark')
  await expect.poll(() => alice.backgroundOf(alice.list)).toBe(light)

  await alice.press('中文')
  await expect(send('发送')).toBeVisible()
  await alice.page.goto('/')
  await alice.logsIn('Alice')
  await alice.chatWith('Bob')
  await expect(send('发送')).toBeVisible()
  await alice.press('English')
  await expect(send('Send')).toBeVisible()
})

test('elements go and come back, and another user sees nothing of the former', async ({
  logIn,
}) => {
  const [alice, bob] = await Promise.all([logIn('Alice'), logIn('Bob')])
  await alice.chatWith('Bob')
  await alice.say('before')
  await alice.write('half a word')
  await alice.press('Hide the chat')
  await expect(alice.page.locator('conversation-list, message-list, message-editor')).toHaveCount(0)
  await bob.openConversation('Alice')
  await bob.say('meanwhile')

  await alice.press('Show the chat')
  await alice.shows(['before', 'meanwhile'])
  await expect(alice.input).toHaveValue('half a word')
  await bob.say('afterwards')
  await alice.shows(['before', 'meanwhile', 'afterwards'])
  await alice.choose('afterwards', 'Note down')
  await expect(alice.notes).toHaveText('afterwards')

  await alice.press('Log out')
  await alice.logsIn('Carol')
  await expect(alice.conversations.getByText('No conversations yet')).toBeVisible()
  await expect(alice.page.getByText('meanwhile')).toHaveCount(0)
})
