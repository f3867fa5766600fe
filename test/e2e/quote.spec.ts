import { inGroup, privately } from './support/person.js'
import { expect, test } from './support/test.js'
import { numbered } from './support/texts.js'

test('answers a message with a quote that leads back to it', async ({ open, service }) => {
  await service.evaluate(
    (texts) => window.service.sendTexts('bob', window.service.privately('alice'), texts),
    numbered(70),
  )
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.openConversation('Bob')
  await alice.choose('#01', 'Quote')
  await expect(alice.editor.locator('[part~="quote"]')).toContainText('Bob')
  await expect(alice.editor.locator('[part~="quote"]')).toContainText('#01')
  await expect(alice.input).toBeFocused()
  await alice.page.keyboard.type('the first one')
  await alice.page.keyboard.press('Enter')
  await expect(alice.editor.locator('[part~="quote"]')).toHaveCount(0)

  await bob.openConversation('Alice')
  const answer = bob.message('the first one')
  await expect(answer).toBeInViewport()
  const quote = answer.locator('[part~="quote"]')
  await expect(quote).toContainText('#01')
  await expect(bob.message('#01')).toHaveCount(0)
  await quote.click()
  await expect(bob.message('#01')).toBeInViewport()

  await alice.choose('the first one', 'Quote')
  await alice.editor.getByRole('button', { name: 'Remove quote' }).click()
  await alice.say('no quote')
  await expect(bob.message('no quote').locator('[part~="quote"]')).toHaveCount(0)
})

test('a quoted message that is recalled says so', async ({ open }) => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.chatWith('Bob')
  await bob.chatWith('Alice')
  await alice.say('nonsense')
  await bob.choose('nonsense', 'Quote')
  await bob.say('really?')
  await alice.choose('nonsense', 'Recall')
  for (const person of [alice, bob]) {
    await expect(person.message('really?').locator('[part~="quote"]')).toContainText(
      'The quoted message was recalled',
    )
  }
  await expect(bob.list).not.toContainText('nonsense')
})

test('shows what phones quote: text, picture and file, as an object or as its text', async ({
  open,
  service,
}) => {
  const thumbnail = 'R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs='
  await service.evaluate(async (content) => {
    const quote = (objName: string, referMsg: unknown, text: string) =>
      window.service.send('bob', window.service.privately('alice'), {
        messageType: 'RC:ReferenceMsg',
        content: { content: text, referMsgUserId: 'alice', objName, referMsg } as never,
      })
    const picture = { content, imageUri: 'https://files.invalid/picture.jpg' }
    const file = { name: 'plan.pdf', size: 2048, type: 'pdf', fileUrl: 'https://files.invalid/f' }
    await quote('RC:TxtMsg', { content: 'a text' }, 'on a text')
    await quote('RC:ImgMsg', picture, 'on a picture')
    await quote('RC:FileMsg', file, 'on a file')
    await quote('RC:FileMsg', JSON.stringify(file), 'on the text of a file')
    await quote('RC:Nobody', { strange: true }, 'on something new')
  }, thumbnail)
  const alice = await open('alice')
  await alice.openConversation('Bob')
  const quoted = (text: string) => alice.message(text).locator('[part~="quote"]')
  await expect(quoted('on a text')).toContainText('a text')
  await expect(quoted('on a picture')).toContainText('[Image]')
  await expect(quoted('on a picture').locator('img')).toHaveAttribute('src', /^data:image/)
  await expect(quoted('on a file')).toContainText('plan.pdf')
  await expect(quoted('on the text of a file')).toContainText('plan.pdf')
  await expect(quoted('on something new')).toContainText('can’t show')
  await expect(alice.partOf('Bob', 'digest')).toHaveText('on something new')
})

test('a quote stands in a group under the name of who is quoted', async ({ open, service }) => {
  const groupId = await service.evaluate(async () => {
    const id = await window.service.createGroup('Friends', 'alice', ['bob', 'carol'])
    await window.service.sendTexts('carol', window.service.inGroup(id), ['who brings bread?'])
    return id
  })
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.select(inGroup(groupId))
  await bob.select(inGroup(groupId))
  await alice.choose('who brings bread?', 'Quote')
  await alice.say('me')
  await expect(bob.message('me').locator('[part~="quote"]')).toContainText('Carol')
  await bob.select(privately('alice'))
  await bob.shows([])
})
