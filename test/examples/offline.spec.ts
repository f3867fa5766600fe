// The plain example keeps itself with a service worker. Its server is one that can be stopped.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serveExamples } from '../../scripts/serve-examples.js'
import { expect, test as base } from './support/test.js'
import { Visitor } from './support/visitor.js'

const test = base.extend<{ site: ReturnType<typeof serveExamples> }>({
  site: async ({ context: _context }, use) => {
    const site = serveExamples(0)
    await once(site, 'listening')
    await use(site)
    site.closeAllConnections()
    site.close()
  },
})

test('a page that a service worker keeps opens without a network, with all that loads late', async ({
  windows,
  site,
  trouble,
}) => {
  const page = await windows.open()
  await page.goto(`http://html.localhost:${(site.address() as AddressInfo).port}/`)
  const alice = new Visitor(page, 'alice')
  await alice.logsIn('Alice')
  await alice.chatWith('Bob')
  await alice.say('said with a network')
  await page.evaluate(() => navigator.serviceWorker.ready)

  site.close()
  site.closeAllConnections()
  await page.reload()
  await alice.logsIn('Alice')
  await expect(alice.partOf('Bob', 'digest')).toHaveText('said with a network')
  await alice.openConversation('Bob')
  await alice.shows(['said with a network'])
  await alice.say('see https://example.org, said without')
  await expect(alice.list.getByRole('link', { name: 'https://example.org' })).toBeVisible()
  await alice.choose('said with a network', 'Note down')
  await expect(alice.notes).toHaveText('said with a network')
  await alice.editor.getByRole('button', { name: 'Emoji' }).click()
  await expect(alice.editor.getByRole('combobox', { name: 'Search' })).toBeVisible()
  await alice.press('Send a card')
  await expect(alice.message('🎫 Two tickets')).toBeVisible()
  // What the worker itself tried to load.
  trouble.forgive(/net::ERR_CONNECTION_REFUSED/)
})
