import { expect, test, type BrowserContext, type Page } from '@playwright/test'

const url = '/test/e2e/pages/shared-tab.html'
/** Milliseconds in which another tab has to have the connection. */
const takeover = 2000

async function openTab(context: BrowserContext, userId = 'alice'): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  await page.evaluate((userId) => window.tab.connect(userId), userId)
  return page
}

const holdsOf = (page: Page) => page.evaluate(() => window.tab.holds)
const statusesOf = (page: Page) => page.evaluate(() => window.tab.statuses)
const say = (page: Page, target: string, texts: string[]) =>
  page.evaluate(([target, texts]) => window.tab.say(target, texts), [target, texts] as const)

const numbered = (words: string, count = 10) =>
  Array.from({ length: count }, (_, index) => `${words} ${index + 1}`)

/** Every tab shows every text once, and all of them in one order. */
async function expectEverywhere(tabs: Page[], texts: string[]): Promise<void> {
  const textsOf = (page: Page) => page.evaluate(() => window.tab.texts('bob'))
  for (const page of tabs) {
    await expect(async () => expect(await textsOf(page)).toHaveLength(texts.length)).toPass()
    expect((await textsOf(page)).sort()).toEqual([...texts].sort())
  }
  const orders = await Promise.all(tabs.map(textsOf))
  for (const order of orders) expect(order).toEqual(orders[0])
}

test('tabs share one connection, and go on when the one that holds it is closed', async ({
  context,
}) => {
  const tabs = [await openTab(context), await openTab(context), await openTab(context)]
  expect((await Promise.all(tabs.map(holdsOf))).map(({ length }) => length)).toEqual([1, 0, 0])
  const [first, second, third] = tabs as [Page, Page, Page]
  const bob = await openTab(context, 'bob')

  const saying = [
    say(second, 'bob', numbered('second')),
    say(third, 'bob', numbered('third')),
    say(bob, 'alice', numbered('bob')),
  ]
  const since = Date.now()
  await first.close({ runBeforeUnload: false })
  await Promise.all(saying)
  await expectEverywhere(
    [second, third],
    [...numbered('second'), ...numbered('third'), ...numbered('bob')],
  )
  expect((await holdsOf(second))[0]! - since).toBeLessThan(takeover)
  for (const page of [second, third]) {
    expect(await statusesOf(page)).toEqual(['CONNECTING', 'CONNECTED'])
  }
})

test('tabs go on without one that stands still, and it comes back to them', async ({ context }) => {
  const [first, second] = [await openTab(context), await openTab(context)]
  const bob = await openTab(context, 'bob')
  const browser = await context.newCDPSession(first)
  await browser.send('Debugger.enable')
  const paused = new Promise((resolve) => browser.once('Debugger.paused', resolve))
  await browser.send('Debugger.pause')
  await paused
  const since = Date.now()
  await expect(async () => expect(await holdsOf(second)).toHaveLength(1)).toPass()
  expect((await holdsOf(second))[0]! - since).toBeLessThan(takeover)

  await say(second, 'bob', numbered('second'))
  await say(bob, 'alice', numbered('bob'))
  await browser.send('Debugger.resume')
  await expectEverywhere([first, second], [...numbered('second'), ...numbered('bob')])
  expect(await statusesOf(first)).toEqual(['CONNECTING', 'CONNECTED'])
  expect(await holdsOf(first)).toHaveLength(1)
})

test('a tab that goes to another page hands the connection on', async ({ context }) => {
  const [first, second] = [await openTab(context), await openTab(context)]
  const since = Date.now()
  await first.goto('about:blank')
  await expect(async () => expect(await holdsOf(second)).toHaveLength(1)).toPass()
  expect((await holdsOf(second))[0]! - since).toBeLessThan(takeover)
  await say(second, 'bob', numbered('second'))
  await first.goto(url)
  await first.evaluate(() => window.tab.connect('alice'))
  await expectEverywhere([first, second], numbered('second'))
  expect(await holdsOf(first)).toHaveLength(0)
})
