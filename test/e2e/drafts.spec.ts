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

test('the last keys before a reload are kept, and what was sent does not come back', async ({
  open,
  service,
}) => {
  await service.evaluate(() =>
    window.service.sendTexts('bob', window.service.privately('alice'), ['from Bob']),
  )
  const alice = await open('alice')
  await alice.openConversation('Bob')
  await alice.write('half a')
  await alice.reload()
  await expect(alice.partOf('Bob', 'digest')).toHaveText('half a')
  await alice.openConversation('Bob')
  await expect(alice.input).toHaveValue('half a')

  await alice.input.press('End')
  await alice.page.keyboard.type(' sentence')
  await alice.reload()
  await alice.openConversation('Bob')
  await expect(alice.input).toHaveValue('half a sentence')

  await alice.input.press('Enter')
  await expect(alice.message('half a sentence')).toBeVisible()
  await alice.reload()
  await alice.openConversation('Bob')
  await expect(alice.message('half a sentence')).toBeVisible()
  await expect(alice.input).toHaveValue('')
  await expect(alice.partOf('Bob', 'draft')).toHaveCount(0)
})

test('what is sent just before a reload is sent, or a draft again', async ({ open, service }) => {
  await service.evaluate(() =>
    window.service.sendTexts('bob', window.service.privately('alice'), ['from Bob']),
  )
  const alice = await open('alice')
  for (const text of ['one', 'two', 'three']) {
    await alice.openConversation('Bob')
    await alice.write(text)
    await alice.input.press('Enter')
    await alice.reload()
    await alice.openConversation('Bob')
    await expect(alice.message('from Bob')).toBeVisible()
    const isSent = async () => (await alice.texts()).includes(text)
    const isDraft = async () => (await alice.input.inputValue()) === text
    await expect.poll(async () => [await isSent(), await isDraft()].sort()).toEqual([false, true])
    await alice.input.fill('')
  }
})

test('the last keys before a tab is closed are kept', async ({ open }) => {
  const alice = await open('alice')
  await alice.chatWith('Bob')
  await alice.write('half a')
  await alice.page.close({ runBeforeUnload: true })
  const again = await open('alice')
  await again.chatWith('Bob')
  await expect(again.input).toHaveValue('half a')
})
