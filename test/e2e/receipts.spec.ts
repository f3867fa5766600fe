import { expect, test } from './support/test.js'
import { inGroup } from './support/person.js'

test('own messages are read up to the receipt, and only up to it', async ({ open }) => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.chatWith('Bob')
  await alice.say('first')
  await expect(alice.statusOf('first')).toHaveAccessibleName('Unread')
  await bob.openConversation('Alice')
  await expect(alice.statusOf('first')).toHaveAccessibleName('Read')
  await expect(alice.partOf('Bob', 'state')).toHaveAttribute('title', 'Read')

  await bob.chatWith('Carol')
  await alice.say('second')
  await expect(bob.partOf('Alice', 'badge')).toHaveText('1')
  await expect(alice.statusOf('first')).toHaveAccessibleName('Read')
  await expect(alice.statusOf('second')).toHaveAccessibleName('Unread')

  await alice.reload()
  await alice.openConversation('Bob')
  await expect(alice.statusOf('first')).toHaveAccessibleName('Read')
  await expect(alice.statusOf('second')).toHaveAccessibleName('Unread')
  await bob.openConversation('Alice')
  await expect(alice.statusOf('second')).toHaveAccessibleName('Read')
})

test('read marks survive an empty cache, other devices and being away', async ({ open }) => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.chatWith('Bob')
  await alice.say('first')
  await alice.say('second')
  await alice.page.close()
  await bob.openConversation('Alice')
  await bob.say('seen')

  const again = await open('alice')
  await again.openConversation('Bob')
  await expect(again.statusOf('second')).toHaveAccessibleName('Read')
  const phone = await open('alice', { device: 'phone' })
  await phone.openConversation('Bob')
  for (const text of ['first', 'second']) {
    await expect(phone.statusOf(text)).toHaveAccessibleName('Read')
  }
  await phone.page.evaluate(async () => {
    const { kit, tokenOf, userId } = window.person
    await kit.client!.clearLocalData()
    await kit.connect(tokenOf(userId))
  })
  await phone.openConversation('Bob')
  await expect(phone.statusOf('second')).toHaveAccessibleName('Read')
})

test('a new device knows of a receipt that came after the last message', async ({
  open,
  service,
}) => {
  await service.evaluate(async () => {
    const { archive, privately, send, sendTexts } = window.service
    await sendTexts('alice', privately('bob'), ['first', 'second'])
    const [, read] = await archive('bob', privately('alice'))
    await sendTexts('bob', privately('alice'), ['an answer'])
    const { messageUId, sentTime } = read as unknown as { messageUId: string; sentTime: number }
    await send('bob', privately('alice'), {
      messageType: 'RC:ReadNtf',
      content: { messageUId, lastMessageSendTime: sentTime, type: 1 },
    })
  })
  const alice = await open('alice')
  await alice.openConversation('Bob')
  for (const text of ['first', 'second']) {
    await expect(alice.statusOf(text)).toHaveAccessibleName('Read')
  }
})

test('asks who of a group has read a message, and lists them', async ({ open, service }) => {
  const groupId = await service.evaluate(() =>
    window.service.createGroup('Friends', 'alice', ['bob', 'carol', 'dave']),
  )
  const [alice, bob, carol] = await Promise.all([open('alice'), open('bob'), open('carol')])
  await alice.select(inGroup(groupId))
  await alice.say('meeting at noon')
  await alice.choose('meeting at noon', 'Ask who has read it')
  const readers = alice.message('meeting at noon').locator('[part~="readers"]')
  await expect(readers).toContainText('0')
  await bob.openConversation('Friends')
  await expect(readers).toContainText('1')
  await carol.openConversation('Friends')
  await expect(readers).toContainText('2')
  await readers.click()
  const dialog = alice.list.locator('im-readers-dialog')
  await expect(dialog).toContainText('Bob')
  await expect(dialog).toContainText('Carol')
  await expect(dialog).toContainText('Dave')
  await expect(dialog).toContainText('Not read by 1')
  await expect(dialog).not.toContainText('Alice')
})
