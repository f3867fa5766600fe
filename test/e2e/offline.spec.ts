import type { Person } from './support/person.js'
import { expect, test } from './support/test.js'

/** The next connection of the page is tried at once. */
async function reconnect(person: Person): Promise<void> {
  await person.setOnline(true)
  await person.page.evaluate(() => dispatchEvent(new Event('online')))
}

test('what is written offline survives a reload and is delivered once', async ({ open }) => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.chatWith('Bob')
  await alice.say('online')
  await alice.setOnline(false)
  await expect(alice.banner).toContainText('No network')
  await alice.say('offline one')
  await alice.say('offline two')
  await expect(alice.statusOf('offline two')).toHaveAccessibleName('Sending')

  await alice.page.goto(`${alice.page.url()}&start=manual`)
  await alice.page.evaluate(() => {
    window.person.backend.setOnline(false)
    return window.person.start()
  })
  await alice.openConversation('Bob')
  await alice.shows(['online', 'offline one', 'offline two'])
  await expect(alice.statusOf('offline two')).toHaveAccessibleName('Sending')
  await expect(bob.partOf('Alice', 'digest')).toHaveText('online')

  await reconnect(alice)
  await bob.openConversation('Alice')
  await bob.shows(['online', 'offline one', 'offline two'])
  await expect(alice.statusOf('offline two')).toHaveAccessibleName(/Unread|Read/)
  await bob.say('got them')
  await alice.shows(['online', 'offline one', 'offline two', 'got them'])
  await bob.shows(['online', 'offline one', 'offline two', 'got them'])
})

test('catches up in order with what came meanwhile', async ({ open, service }) => {
  const alice = await open('alice')
  await alice.chatWith('Bob')
  await alice.say('see you later')
  await alice.setOnline(false)
  await expect(alice.banner).toContainText('No network')
  const texts = Array.from({ length: 30 }, (_, index) => `missed ${index + 1}`)
  await service.evaluate(async (texts) => {
    const { privately, sendTexts } = window.service
    await sendTexts('carol', privately('alice'), ['meanwhile'])
    await sendTexts('bob', privately('alice'), texts)
  }, texts)
  await alice.say('still writing')
  await reconnect(alice)
  await expect(alice.partOf('Carol', 'badge')).toHaveText('1')
  await alice.reads(['see you later', ...texts, 'still writing'])
  await expect(alice.conversations.locator('[part~="name"]')).toHaveText(['Bob', 'Carol'])
})

test('lists are there before the connection is, and without any', async ({ open, service }) => {
  await service.evaluate(async () => {
    const { privately, sendTexts } = window.service
    await sendTexts('bob', privately('alice'), ['kept', 'here'])
  })
  const alice = await open('alice')
  await alice.openConversation('Bob')
  await alice.shows(['kept', 'here'])
  await alice.page.close()

  const waiting = await open('alice', { start: 'manual' })
  await waiting.page.evaluate(() => {
    const { backend, initOptions } = window.person
    const never = {
      name: 'never',
      userIdOf: (token: string) => backend.userIdOf?.(token),
      connect: () => new Promise<never>(() => {}),
    }
    void window.person.start({ ...initOptions(), backend: never })
  })
  await expect(waiting.banner).toContainText('Connecting')
  await waiting.openConversation('Bob')
  await waiting.shows(['kept', 'here'])
  await waiting.say('written before the connection')
  await waiting.page.close()

  const unplugged = await open('alice', { start: 'manual' })
  await unplugged.page.evaluate(async () => {
    window.person.backend.setOnline(false)
    await window.person.start()
  })
  await expect(unplugged.banner).toContainText('No network')
  await unplugged.openConversation('Bob')
  await unplugged.shows(['kept', 'here', 'written before the connection'])
})

test('a refused message stays, says why, and is sent again with a click', async ({ open }) => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.chatWith('Bob')
  await alice.say('first')
  await alice.write('refused')
  await alice.page.evaluate(() => window.person.line.refuseNextSend(405))
  await alice.page.keyboard.press('Enter')
  const refused = alice.message('refused')
  await expect(refused.locator('[part~="failure"]')).toHaveText(
    'The other side does not accept messages from you.',
  )
  await expect(alice.partOf('Bob', 'state')).toHaveAttribute('title', 'Not sent')
  await alice.reload()
  await alice.openConversation('Bob')
  await expect(refused.locator('[part~="failure"]')).toBeVisible()
  await alice.say('later')
  await bob.openConversation('Alice')
  await bob.shows(['first', 'later'])

  await refused.getByRole('button', { name: /Send again/ }).click()
  await expect(alice.statusOf('refused')).toHaveAccessibleName('Read')
  await expect(refused.locator('[part~="failure"]')).toHaveCount(0)
  await bob.shows(['first', 'later', 'refused'])
  await alice.shows(['first', 'later', 'refused'])
})

test('an answer that gets lost makes no message twice', async ({ open }) => {
  const [alice, bob] = await Promise.all([
    open('alice', { prepare: (page) => page.clock.install() }),
    open('bob'),
  ])
  await alice.chatWith('Bob')
  await bob.chatWith('Alice')
  await alice.write('once')
  await alice.page.evaluate(() => window.person.line.loseNextAck())
  await alice.page.keyboard.press('Enter')
  await bob.shows(['once'])
  await expect(async () => {
    await alice.page.clock.fastForward(5000)
    await expect(alice.statusOf('once')).toHaveAccessibleName('Read', { timeout: 5000 })
  }).toPass()
  await alice.shows(['once'])
  await bob.say('got it once')
  await bob.shows(['once', 'got it once'])
})
