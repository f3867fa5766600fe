import { expect, test } from './support/test.js'
import { numbered } from './support/texts.js'

test('counts what is unread and clears it on every device and tab', async ({ open }) => {
  const [bob, computer, tab, phone] = await Promise.all([
    open('bob'),
    open('alice'),
    open('alice'),
    open('alice', { device: 'phone' }),
  ])
  const everywhere = [computer, tab, phone]
  await bob.chatWith('Alice')
  for (const text of ['one', 'two', 'three']) await bob.say(text)
  for (const person of everywhere) {
    await expect(person.partOf('Bob', 'badge')).toHaveText('3')
  }
  await phone.openConversation('Bob')
  await expect(phone.list).toContainText('New messages')
  for (const person of everywhere) {
    await expect(person.partOf('Bob', 'badge')).toHaveCount(0)
  }
  await bob.say('four')
  await phone.shows(['one', 'two', 'three', 'four'])
  for (const person of everywhere) {
    await expect(person.partOf('Bob', 'digest')).toHaveText('four')
    await expect(person.partOf('Bob', 'badge')).toHaveCount(0)
  }
})

test('opens at the first unread message, and at the newest the next time', async ({
  open,
  service,
}) => {
  const texts = numbered(45)
  const send = (texts: string[]) =>
    service.evaluate(
      (texts) => window.service.sendTexts('bob', window.service.privately('alice'), texts),
      texts,
    )
  await send(texts.slice(0, 5))
  const alice = await open('alice')
  await alice.openConversation('Bob')
  await expect(alice.message('#05')).toBeInViewport()
  await alice.chatWith('Carol')
  await send(texts.slice(5))
  await expect(alice.partOf('Bob', 'badge')).toHaveText('40')
  await alice.openConversation('Bob')
  await expect(alice.message('#06')).toBeInViewport()
  await expect(alice.list.getByText('New messages', { exact: true })).toBeInViewport()
  await expect(alice.partOf('Bob', 'badge')).toHaveCount(0)
  await alice.list.getByRole('button', { name: 'Go to the newest message' }).click()
  await expect(alice.message('#45')).toBeInViewport()
  await alice.reload()
  await alice.openConversation('Bob')
  await expect(alice.message('#45')).toBeInViewport()
})

test('a new device opens at the first unread message', async ({ open, service }) => {
  const send = (texts: string[]) =>
    service.evaluate(
      (texts) => window.service.sendTexts('bob', window.service.privately('alice'), texts),
      texts,
    )
  const texts = numbered(60)
  await send(texts.slice(0, 10))
  const computer = await open('alice')
  await computer.openConversation('Bob')
  await expect(computer.message('#10')).toBeInViewport()
  await expect(computer.partOf('Bob', 'badge')).toHaveCount(0)
  await computer.page.close()
  await send(texts.slice(10))
  const phone = await open('alice', { device: 'phone' })
  await expect(phone.partOf('Bob', 'badge')).toHaveText('50')
  await phone.openConversation('Bob')
  await expect(phone.message('#11')).toBeInViewport()
  await expect(phone.list.getByText('New messages', { exact: true })).toBeInViewport()
})

test('the page’s total leaves muted conversations out', async ({ open, service }) => {
  const send = () =>
    service.evaluate(async () => {
      const { privately, sendTexts } = window.service
      await sendTexts('bob', privately('alice'), ['one', 'two'])
      await sendTexts('carol', privately('alice'), ['three'])
    })
  await send()
  const alice = await open('alice')
  const total = () => alice.page.evaluate(() => window.person.kit.store.value!.totalUnread.value)
  await expect.poll(total).toBe(3)
  await alice.chooseFor('Bob', 'Mute')
  await expect.poll(total).toBe(1)
  await send()
  await expect.poll(total).toBe(2)
  await expect(alice.partOf('Bob', 'badge')).toHaveText('4')
})
