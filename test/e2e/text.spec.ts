import { inGroup } from './support/person.js'
import { expect, test } from './support/test.js'

test('two people talk, each seeing what the other types and sends', async ({ open }) => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await expect(alice.conversations).toContainText('No conversations yet')
  await expect(alice.input).toBeDisabled()

  await alice.chatWith('Bob')
  await alice.say('hello Bob')
  await expect(bob.partOf('Alice', 'digest')).toHaveText('hello Bob')
  await bob.openConversation('Alice')
  await bob.shows(['hello Bob'])

  await bob.say('hello Alice')
  await alice.shows(['hello Bob', 'hello Alice'])
  await expect(alice.partOf('Bob', 'digest')).toHaveText('hello Alice')
  await expect(bob.partOf('Alice', 'digest')).toHaveText('hello Alice')

  await alice.reload()
  await alice.openConversation('Bob')
  await alice.shows(['hello Bob', 'hello Alice'])
})

test('Shift+Enter breaks the line, the button sends, blanks are not sent', async ({ open }) => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.chatWith('Bob')
  const send = alice.editor.getByRole('button', { name: 'Send', exact: true })
  await expect(send).toBeDisabled()
  await alice.write('  ')
  await alice.page.keyboard.press('Enter')
  await expect(send).toBeDisabled()

  await alice.write('first line')
  await alice.page.keyboard.press('Shift+Enter')
  await alice.page.keyboard.type('second line')
  await send.click()
  await expect(alice.input).toHaveValue('')
  await expect(alice.input).toBeFocused()
  await bob.openConversation('Alice')
  await bob.shows(['first line\nsecond line'])
})

test('everyone in a group sees who says what, and what happens to the group', async ({
  open,
  service,
}) => {
  const groupId = await service.evaluate(() =>
    window.service.createGroup('Friends', 'alice', ['bob', 'carol']),
  )
  const [alice, bob, carol] = await Promise.all([open('alice'), open('bob'), open('carol')])
  const everyone = [alice, bob, carol]
  for (const person of everyone) await person.openConversation('Friends')
  await expect(bob.notices).toHaveText(['Alice created the group “Friends”'])

  await alice.say('dinner?')
  await bob.say('gladly')
  await carol.shows(['dinner?', 'gladly'])
  await expect(carol.message('dinner?').locator('[part~="name"]')).toHaveText('Alice')
  await expect(carol.message('gladly').locator('[part~="name"]')).toHaveText('Bob')

  await alice.page.evaluate((id) => window.person.kit.client!.groups.kick(id, ['bob']), groupId)
  await expect(carol.notices.last()).toContainText('removed Bob')
  await expect(bob.input).toBeDisabled()
  await expect(bob.input).toHaveAttribute('placeholder', 'You are not a member of this group.')
  await carol.say('pity')
  await alice.shows(['dinner?', 'gladly', 'pity'])
  await bob.shows(['dinner?', 'gladly'])
})

test('only those named get a directed message', async ({ open, service }) => {
  const groupId = await service.evaluate(() =>
    window.service.createGroup('Friends', 'alice', ['bob', 'carol']),
  )
  const [bob, carol] = await Promise.all([open('bob'), open('carol')])
  for (const person of [bob, carol]) await person.openConversation('Friends')
  await service.evaluate(async (conversation) => {
    const messageType = 'RC:TxtMsg'
    const content = (text: string) => ({ messageType, content: { content: text } })
    await window.service.send('alice', conversation, {
      ...content('for Bob'),
      directedUserIds: ['bob'],
    })
    await window.service.send('alice', conversation, content('for all'))
  }, inGroup(groupId))
  await bob.shows(['for Bob', 'for all'])
  await carol.shows(['for all'])
})

test('a system conversation takes no answers', async ({ open, service }) => {
  const alice = await open('alice')
  await service.evaluate(() =>
    window.service.sendSystemMessage('alice', 'news', 'RC:TxtMsg', { content: 'welcome' }),
  )
  await alice.conversation('News').click()
  await alice.shows(['welcome'])
  await expect(alice.input).toBeDisabled()
  await expect(alice.input).toHaveAttribute('placeholder', 'This conversation takes no answers')
})

test('picks an emoji and finds one by its name', async ({ open }) => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.chatWith('Bob')
  await alice.write('good ')
  await alice.editor.getByRole('button', { name: 'Emoji' }).click()
  await alice.editor.getByRole('combobox', { name: 'Search' }).fill('thumbs up')
  await alice.editor.getByRole('option', { name: '👍' }).first().click()
  await expect(alice.input).toHaveValue('good 👍')
  await alice.input.press('Enter')
  await bob.openConversation('Alice')
  await bob.shows(['good 👍'])
})
