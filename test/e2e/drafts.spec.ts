import { privately } from './support/person.js'
import { expect, test } from './support/test.js'

test('each conversation keeps its draft across switches and reloads', async ({ open, service }) => {
  await service.evaluate(async () => {
    const { privately, sendTexts } = window.service
    await sendTexts('bob', privately('alice'), ['from Bob'])
    await sendTexts('carol', privately('alice'), ['from Carol'])
  })
  const alice = await open('alice')
  await alice.openConversation('Bob')
  await alice.write('half a sent')
  await expect(alice.partOf('Bob', 'draft')).toHaveCount(0)
  await alice.openConversation('Carol')
  await expect(alice.input).toHaveValue('')
  await expect(alice.partOf('Bob', 'draft')).toHaveText('[Draft]')
  await expect(alice.partOf('Bob', 'digest')).toHaveText('half a sent')
  await alice.write('something else')
  await alice.openConversation('Bob')
  await expect(alice.input).toHaveValue('half a sent')

  await alice.input.press('End')
  await alice.page.keyboard.type('ence')
  await alice.keepsDraft(privately('bob'), 'half a sentence')
  await alice.reload()
  await expect(alice.partOf('Bob', 'digest')).toHaveText('half a sentence')
  await expect(alice.partOf('Carol', 'digest')).toHaveText('something else')
  await alice.openConversation('Bob')
  await expect(alice.input).toHaveValue('half a sentence')
  await alice.input.press('Enter')
  await alice.openConversation('Carol')
  await expect(alice.input).toHaveValue('something else')
  await expect(alice.partOf('Bob', 'draft')).toHaveCount(0)
  await expect(alice.partOf('Bob', 'digest')).toHaveText('half a sentence')
})

test('a draft with its quote reaches the other device, and goes when it is sent', async ({
  open,
}) => {
  const [computer, phone] = await Promise.all([open('alice'), open('alice', { device: 'phone' })])
  await computer.chatWith('Bob')
  await computer.say('the plan')
  await computer.choose('the plan', 'Quote')
  await computer.page.keyboard.type('on second thoughts')
  await computer.input.blur()
  await expect(phone.partOf('Bob', 'draft')).toHaveText('[Draft]')
  await phone.openConversation('Bob')
  await expect(phone.input).toHaveValue('on second thoughts')
  await expect(phone.editor.locator('[part~="quote"]')).toContainText('the plan')
  await phone.input.press('Enter')
  await expect(computer.message('on second thoughts').locator('[part~="quote"]')).toBeVisible()
  await expect(computer.input).toHaveValue('')
})
