import type { Page } from '@playwright/test'
import { standsStill } from './support/movement.js'
import { expect, test } from './support/test.js'
import { numbered } from './support/texts.js'

function send(service: Page, texts: string[]): Promise<void> {
  return service.evaluate(
    (texts) => window.service.sendTexts('bob', window.service.privately('alice'), texts),
    texts,
  )
}

test('pulls history until there is no more, and then stops', async ({ open, service }) => {
  await send(service, numbered(65))
  const alice = await open('alice')
  await alice.readOnce('Bob')
  await alice.openConversation('Bob')
  await alice.scrollToBeginning()
  await alice.reads(numbered(65))
  await alice.page.evaluate(() => {
    const { reader } = window.person.kit.client!
    const pages: unknown[] = []
    const { history } = reader
    reader.history = (...query) => {
      pages.push(query)
      return history.apply(reader, query)
    }
    Object.assign(window, { pages })
  })
  await alice.scrollTo('top')
  await expect(alice.message('#01')).toBeInViewport()
  await alice.scrollTo('bottom')
  await expect(alice.message('#65')).toBeInViewport()
  await alice.scrollTo('top')
  await expect(alice.message('#01')).toBeInViewport()
  expect(await alice.page.evaluate(() => (window as unknown as { pages: [] }).pages)).toEqual([])
  await alice.reads(numbered(65))
})

test('older messages do not move the one being read', async ({ open, service }) => {
  await send(service, numbered(99))
  const alice = await open('alice')
  await alice.readOnce('Bob')
  await alice.openConversation('Bob')
  await expect(alice.message('#99')).toBeInViewport()
  // As if the server were slow: older ones come after one has stopped where there were none.
  const answer = await alice.page.evaluateHandle(() => {
    const { reader } = window.person.kit.client!
    const { history } = reader
    let go = () => {}
    const asked = new Promise<void>((resolve) => (go = resolve))
    reader.history = async (...query) => {
      await asked
      return history.apply(reader, query)
    }
    return { go }
  })
  await expect(async () => {
    await alice.scrollTo('top')
    await expect(alice.list.locator('[part~="older"] im-spinner')).toBeInViewport({ timeout: 200 })
  }).toPass()
  await standsStill(alice.page)
  const first = (await alice.texts())[0]!
  const top = () =>
    alice
      .message(first)
      .locator('[part~="bubble"]')
      .evaluate((bubble) => bubble.getBoundingClientRect().top)
  const before = await top()
  await answer.evaluate(({ go }) => go())
  await expect(alice.list.getByText('No earlier messages')).toBeAttached()
  await standsStill(alice.page)
  expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1)
})

test('new messages are followed at the end, and wait while one reads above', async ({
  open,
  service,
}) => {
  await send(service, numbered(40))
  const alice = await open('alice')
  await alice.readOnce('Bob')
  await alice.openConversation('Bob')
  await expect(alice.message('#40')).toBeInViewport()
  await send(service, ['followed'])
  await expect(alice.message('followed')).toBeInViewport()

  await alice.scrollTo('top')
  await expect(alice.message('followed')).not.toBeInViewport()
  await send(service, ['waiting'])
  await expect(alice.list.getByRole('button', { name: '1 new message' })).toBeVisible()
  await alice.say('my own goes to the end')
  await expect(alice.message('my own goes to the end')).toBeInViewport()
})

test('tells the time after five minutes of silence', async ({ open, context }) => {
  await context.clock.install({ time: new Date('2026-03-02T10:00:00') })
  const alice = await open('alice')
  await alice.chatWith('Bob')
  await alice.say('first')
  await alice.page.clock.fastForward('04:00')
  await alice.say('second')
  await alice.page.clock.fastForward('05:00')
  await alice.say('third')
  await alice.page.clock.fastForward('24:00:00')
  await alice.say('fourth')
  const lines = alice.list.locator('[part~="time"]')
  await expect(lines).toHaveText([/Yesterday.*10:00/, /Yesterday.*10:09/, /10:09/])
})
