import { expect, test } from './support/test.js'

test('deletes a message for oneself, on all devices, and not for the other', async ({ open }) => {
  const [computer, phone, bob] = await Promise.all([
    open('alice'),
    open('alice', { device: 'phone' }),
    open('bob'),
  ])
  await computer.chatWith('Bob')
  for (const text of ['one', 'two', 'three']) await computer.say(text)
  await phone.openConversation('Bob')
  await bob.openConversation('Alice')
  await computer.choose('three', 'Delete')
  for (const device of [computer, phone]) {
    await device.shows(['one', 'two'])
    await expect(device.partOf('Bob', 'digest')).toHaveText('two')
  }
  await phone.choose('one', 'Delete')
  await computer.shows(['two'])
  await computer.reload()
  await computer.openConversation('Bob')
  await computer.shows(['two'])
  await bob.shows(['one', 'two', 'three'])
})

test('deletes several chosen messages at once', async ({ open }) => {
  const alice = await open('alice')
  await alice.chatWith('Bob')
  for (const text of ['one', 'two', 'three']) await alice.say(text)
  await alice.choose('one', 'Select')
  await alice.message('two').getByRole('checkbox').check()
  await alice.list.getByRole('button', { name: 'Delete' }).click()
  await alice.shows(['three'])
  await expect(alice.list.getByRole('checkbox')).toHaveCount(0)
})
