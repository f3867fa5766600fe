import { expect, test } from './support/test.js'

test('shows who is typing until they stop or send', async ({ open, context }) => {
  await context.clock.install()
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.chatWith('Bob')
  await alice.say('hi')
  await bob.openConversation('Alice')
  await alice.write('let me s')
  await expect(bob.list.getByText('Typing…')).toBeVisible()
  await expect(bob.partOf('Alice', 'typing')).toHaveText('Typing…')
  await alice.page.keyboard.type('ee')
  await alice.page.keyboard.press('Enter')
  await bob.shows(['hi', 'let me see'])
  await expect(bob.list.getByText('Typing…')).toHaveCount(0)

  await alice.write('w')
  await expect(bob.list.getByText('Typing…')).toBeVisible()
  await context.clock.fastForward(7000)
  await expect(bob.list.getByText('Typing…')).toHaveCount(0)
  await expect(bob.partOf('Alice', 'digest')).toHaveText('let me see')
})

test('tells of typing at most once in five seconds, and nobody when nothing is written', async ({
  open,
  context,
}) => {
  await context.clock.install()
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await bob.page.evaluate(() => {
    const notices: number[] = []
    window.person.kit.client!.events.on('typing', ({ list }) => {
      if (list.length > 0) notices.push(list.length)
    })
    Object.assign(window, { notices })
  })
  const notices = () =>
    bob.page.evaluate(() => (window as unknown as { notices: number[] }).notices.length)
  await bob.isConnected()
  await alice.chatWith('Bob')
  await alice.write('many keys in a row')
  await expect.poll(notices).toBe(1)
  await alice.page.clock.fastForward(5100)
  await alice.page.keyboard.type('!')
  await expect.poll(notices).toBe(2)
  await alice.input.press('ControlOrMeta+A')
  await alice.page.keyboard.press('Delete')
  await alice.page.clock.fastForward(5100)
  await alice.page.keyboard.press('Backspace')
  await alice.page.keyboard.type('x')
  await expect.poll(notices).toBe(3)
})
