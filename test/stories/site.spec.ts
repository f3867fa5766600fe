/**
 * The site as somebody reads it, from below a path of a server: pages, a story and the playground,
 * on a desk and on a phone. Nothing is asked of any other host, nothing is missing, and nothing is
 * written to the console as an error.
 */
import { expect, test as base, type Locator, type Page } from '@playwright/test'
import { serveBelow } from './support/serve-below.js'
import { storybookFolder } from './support/storybook.js'

const test = base.extend<{ troubles: string[] }, { site: string }>({
  site: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use) => {
      const { address, server } = await serveBelow('/some/path/', storybookFolder)
      await use(address)
      server.closeAllConnections()
      server.close()
    },
    { scope: 'worker' },
  ],
  troubles: [
    async ({ page, site }, use) => {
      const troubles: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') troubles.push(`console: ${message.text()}`)
      })
      page.on('pageerror', ({ message }) => troubles.push(`uncaught: ${message}`))
      page.on('response', (response) => {
        if (response.status() >= 400) troubles.push(`${response.status()}: ${response.url()}`)
      })
      page.on('request', (request) => {
        const { protocol, host } = new URL(request.url())
        const isElsewhere = /^(https?|wss?):$/.test(protocol) && host !== new URL(site).host
        if (isElsewhere) troubles.push(`request: ${request.url()}`)
      })
      await use(troubles)
      expect(troubles).toEqual([])
    },
    { auto: true },
  ],
})

test.use({ reducedMotion: 'reduce' })

const preview = (page: Page) => page.frameLocator('#storybook-preview-iframe')

test('leads from the introduction to a guide, to an error, and to an element', async ({
  page,
  site,
}) => {
  await page.goto(site)
  await expect(preview(page).locator('main h1')).toHaveText('imkit')
  await expect(preview(page).getByRole('img', { name: /Alice and Bob/ })).toHaveJSProperty(
    'complete',
    true,
  )

  await page.getByRole('link', { name: 'Hooks', exact: true }).click()
  await expect(preview(page).locator('main h1')).toHaveText('Hooks')
  await preview(page).getByRole('link', { name: '34017' }).click()
  await expect(page).toHaveURL(/path=\/docs\/reference-errors--docs#34017$/)
  await expect(preview(page).locator('h2', { hasText: '34017' })).toBeInViewport()

  await page.getByRole('button', { name: 'conversation-list', exact: true }).click()
  await expect(preview(page).locator('main h1')).toHaveText('conversation-list')
  await expect(preview(page).getByRole('option', { name: /Ana Sousa/ })).toBeVisible()
  await expect(preview(page).getByText('A colour behind the avatars.')).toBeVisible()
})

test('controls of a story change the element, and its events are told', async ({ page, site }) => {
  await page.goto(`${site}?path=/story/elements-conversation-list--full&globals=locale:en`)
  const list = preview(page).locator('conversation-list')
  const row = list.getByRole('option', { name: /Ana Sousa/ })
  const height = async () => (await row.boundingBox())!.height
  const before = await height()
  await page
    .getByRole('row', { name: /^baseSize/ })
    .getByRole('button')
    .click()
  await page
    .getByRole('row', { name: /^baseSize/ })
    .getByRole('textbox')
    .fill('24px')
  await expect.poll(height).toBeGreaterThan(before)
  await page
    .getByRole('row', { name: /^baseSize/ })
    .getByRole('textbox')
    .fill('')
  await expect.poll(height).toBe(before)

  await page.getByRole('tab', { name: /Actions/ }).click()
  await row.click()
  await expect(page.getByText('tapConversation').filter({ visible: true }).first()).toBeVisible()
})

/** One of the two in the playground. */
function person(page: Page, name: string): Locator {
  return preview(page).getByRole('region', { name, exact: true }).first()
}

async function say(who: Locator, text: string): Promise<void> {
  const field = who.getByRole('textbox')
  await field.fill(text)
  await field.press('Enter')
}

test('two people talk in the playground, offline too', async ({ page, site }) => {
  await page.goto(`${site}?path=/story/playground--two-people&globals=locale:en;theme:light`)
  const ana = person(page, 'Ana Sousa')
  const ben = person(page, 'Ben Okafor')
  await say(ben, 'hello from Ben')
  await expect(ana.locator('message-list').getByText('hello from Ben')).toBeVisible()

  await ana.getByRole('switch').uncheck()
  await say(ana, 'written offline')
  await expect(ana.locator('message-list').getByText('written offline')).toBeVisible()
  await say(ben, 'are you there?')
  await expect(ben.locator('message-list').getByText('are you there?')).toBeVisible()
  await expect(ben.locator('message-list').getByText('written offline')).toHaveCount(0)
  await ana.getByRole('switch').check()
  await expect(ben.locator('message-list').getByText('written offline')).toBeVisible()
  await expect(ana.locator('message-list').getByText('are you there?')).toBeVisible()

  const settings = preview(page).getByRole('form', { name: 'Settings' })
  await settings.getByLabel('theme').selectOption('dark')
  await expect(preview(page).locator('html')).toHaveAttribute('data-im-theme', 'dark')
  await settings.getByLabel('locale').selectOption('zh_CN')
  await expect(
    ana.locator('message-editor').getByRole('button', { name: '发送', exact: true }),
  ).toBeVisible()
  await settings.getByLabel('direction').selectOption('rtl')
  await expect(preview(page).locator('html')).toHaveAttribute('dir', 'rtl')
  await settings.getByLabel('width').selectOption('phone')
  await expect.poll(async () => (await ana.boundingBox())!.width).toBeLessThan(370)

  await settings.getByLabel('Bytes a message').fill('60')
  await settings.getByLabel('Bytes a message').press('Enter')
  await expect(ben.locator('message-list').getByText('written offline')).toBeVisible()
  await say(ben, 'this is longer than sixty bytes, which is now too long to be sent at all')
  await expect(ben.locator('message-list').locator('[part~=resend]')).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 800 }, hasTouch: true })

  test('one person is shown at a time', async ({ page, site }) => {
    await page.goto(`${site}iframe.html?viewMode=story&id=playground--two-people&globals=locale:en`)
    const people = page.getByRole('navigation', { name: 'People' })
    const region = (name: string) => page.getByRole('region', { name, exact: true }).first()
    await expect(region('Ana Sousa')).toBeVisible()
    await people.getByRole('button', { name: 'Ben Okafor' }).click()
    await expect(region('Ana Sousa')).toBeHidden()
    await say(region('Ben Okafor'), 'from a phone')
    await people.getByRole('button', { name: 'Ana Sousa' }).click()
    await expect(region('Ana Sousa').getByText('from a phone').last()).toBeVisible()
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  })
})
