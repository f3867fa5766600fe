import { privately } from './support/person.js'
import { picture } from './support/files.js'
import { expect, test } from './support/test.js'

test('forwards text and pictures to conversations chosen in the dialog', async ({ open }) => {
  const [alice, carol] = await Promise.all([open('alice'), open('carol')])
  await carol.chatWith('Alice')
  await carol.say('hi')
  await alice.chatWith('Bob')
  await alice.say('worth telling')
  await alice.chooseFiles('Send an image', [picture('red.png', 40, 20)])
  await alice.input.press('Enter')

  await alice.choose('worth telling', 'Forward')
  const dialog = alice.list.locator('im-forward-dialog')
  await expect(dialog.getByRole('checkbox')).toHaveCount(2)
  await dialog.getByRole('searchbox').fill('car')
  await expect(dialog.getByRole('checkbox')).toHaveCount(1)
  await dialog.getByRole('checkbox', { name: 'Carol' }).check()
  await dialog.getByRole('button', { name: 'Forward' }).click()
  await expect(dialog.getByRole('dialog')).toBeHidden()
  await carol.shows(['hi', 'worth telling'])

  const image = alice.list.locator('im-message-row').filter({ has: alice.page.locator('img') })
  await image.locator('[part~="bubble"]').click({ button: 'right' })
  await alice.menuItem('Forward').click()
  await dialog.getByRole('checkbox', { name: 'Carol' }).check()
  await dialog.getByRole('button', { name: 'Forward' }).click()
  const forwarded = carol.list.locator('im-message-row [part~="image"]')
  await expect.poll(() => forwarded.evaluate((it: HTMLImageElement) => it.naturalWidth)).toBe(40)
})

test('chooses five conversations at most', async ({ open, service }) => {
  await service.evaluate(async () => {
    for (const userId of ['bob', 'carol', 'dave', 'erin', 'frank', 'grace']) {
      await window.service.sendTexts(userId, window.service.privately('alice'), ['hi'])
    }
  })
  const alice = await open('alice')
  await alice.openConversation('Bob')
  await alice.choose('hi', 'Forward')
  const dialog = alice.list.locator('im-forward-dialog')
  for (const name of ['Bob', 'Carol', 'Dave', 'Erin', 'Frank']) {
    await dialog.getByRole('checkbox', { name }).check()
  }
  await dialog.getByRole('checkbox', { name: 'Grace' }).click()
  await expect(dialog.getByRole('checkbox', { name: 'Grace' })).not.toBeChecked()
  await expect(dialog).toContainText('Forward to at most 5 conversations at once')
  await dialog.getByRole('button', { name: 'Forward' }).click()
  await expect(alice.partOf('Frank', 'digest')).toHaveText('hi')
  const archived = () =>
    service.evaluate(async () => {
      const counts: number[] = []
      for (const userId of ['bob', 'carol', 'dave', 'erin', 'frank', 'grace']) {
        const conversation = window.service.privately(userId)
        counts.push((await window.service.archive('alice', conversation)).length)
      }
      return counts
    })
  await expect.poll(archived).toEqual([2, 2, 2, 2, 2, 1])
})

test('the host chooses where to, at once or later; more than five are refused', async ({
  open,
  trouble,
}) => {
  const [alice, carol] = await Promise.all([open('alice'), open('carol')])
  await alice.chatWith('Bob')
  await alice.say('for others')
  const forwardTo = (targetIds: string[]) =>
    alice.list.evaluate(
      (list, conversations) =>
        Object.assign(list, { forwardList: { callback: async () => conversations } }),
      targetIds.map(privately),
    )

  await forwardTo(['carol'])
  await alice.choose('for others', 'Forward')
  await carol.openConversation('Alice')
  await carol.shows(['for others'])

  await forwardTo(['bob', 'carol', 'dave', 'erin', 'frank', 'grace'])
  await alice.choose('for others', 'Forward')
  await expect(alice.list).toContainText('Forward to at most 5 conversations at once')
  await trouble.expect(/forwardList gave 6 conversations; at most 5/)
  await expect(alice.conversation('Dave')).toHaveCount(0)
  await carol.shows(['for others'])
})

test('forwards several messages one by one or as one that can be read', async ({ open }) => {
  const [alice, carol] = await Promise.all([open('alice'), open('carol')])
  await carol.chatWith('Alice')
  await carol.say('hi')
  await alice.chatWith('Bob')
  for (const text of ['first', 'second', 'third']) await alice.say(text)

  const forwardBoth = async (how: string) => {
    await alice.choose('first', 'Select')
    await alice.message('third').getByRole('checkbox').check()
    await alice.list.getByRole('button', { name: how }).click()
    const dialog = alice.list.locator('im-forward-dialog')
    await dialog.getByRole('checkbox', { name: 'Carol' }).check()
    await dialog.getByRole('button', { name: 'Forward' }).click()
  }
  await forwardBoth('One by one')
  await carol.shows(['hi', 'first', 'third'])

  await forwardBoth('As one message')
  const combined = carol.list.locator('[part~="combined"]')
  await expect(combined).toContainText('Alice: first')
  await expect(combined).toContainText('2 messages')
  await expect(carol.partOf('Alice', 'digest')).toHaveText('[Chat history]')
  await combined.click()
  const dialog = carol.list.locator('im-combined-dialog')
  await expect(dialog).toContainText('first')
  await expect(dialog).toContainText('third')
  await expect(dialog).not.toContainText('second')
})
