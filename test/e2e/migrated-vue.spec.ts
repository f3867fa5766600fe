// The page in pages/migrated-vue was written for the original. Only the names of its packages lead
// elsewhere.
import type { Page } from '@playwright/test'
import { picture } from './support/files.js'
import { Person } from './support/person.js'
import { expect, test as base } from './support/test.js'

class Migrated extends Person {
  static async visit(
    page: Page,
    tokenOf: (userId: string) => string,
    userId: string,
    nextUserId = '',
  ): Promise<Migrated> {
    const parameters = new URLSearchParams({ token: tokenOf(userId) })
    if (nextUserId) parameters.set('next', tokenOf(nextUserId))
    await page.goto(`/test/e2e/pages/migrated-vue/index.html?${parameters}`)
    const migrated = new Migrated(page, userId)
    await migrated.logs(`logged in as ${userId}`)
    return migrated
  }

  /** What the page's own code says it was told. */
  async logs(line: string): Promise<void> {
    await expect(this.page.getByRole('listitem').filter({ hasText: line }).first()).toBeAttached()
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click()
  }
}

const test = base.extend<{ visit: (userId: string, next?: string) => Promise<Migrated> }>({
  visit: async ({ windows, tokenOf }, use) => {
    await use(async (userId, next) => Migrated.visit(await windows.open(), tokenOf, userId, next))
  },
})

test('two people talk, and the page hears of it', async ({ visit }) => {
  const alice = await visit('alice')
  const bob = await visit('bob')
  await alice.press('select Bob')
  await alice.logs('switched to bob')
  await alice.say('hello Bob')

  await bob.logs('received RC:TxtMsg')
  await expect(bob.page.locator('.tools .unread')).toHaveText('unread: 1')
  await expect(bob.partOf('Alice', 'digest')).toHaveText('hello Bob')
  await bob.openConversation('Alice')
  await bob.logs('tapped conversation alice')
  await bob.logs('switched to alice')
  await expect(bob.page.locator('.tools .unread')).toHaveText('unread: 0')
  await bob.shows(['hello Bob'])
  await bob.say('hello Alice')
  await alice.shows(['hello Bob', 'hello Alice'])
})

test('content is rewritten on its way and nobody sees it', async ({ visit }) => {
  const alice = await visit('alice')
  await alice.press('select Bob')
  await alice.say('a secret')
  await alice.shows(['a secret'])
  await expect(alice.partOf('Bob', 'digest')).toHaveText('a secret')
  const stored = await alice.page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open('imkit/migrated-vue/alice')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const all = opening.result.transaction('messages').objectStore('messages').getAll()
          all.onerror = () => reject(all.error)
          all.onsuccess = () => {
            opening.result.close()
            resolve(all.result.map(({ content }) => content.content).join())
          }
        }
      }),
  )
  expect(stored).toBe('a secret (encrypted)')
})

test('own message types show as the page draws them, and hidden messages do not', async ({
  visit,
}) => {
  const alice = await visit('alice')
  const bob = await visit('bob')
  await alice.press('select Bob')
  await alice.press('send a card')
  await alice.logs('sent a card: 0')
  await expect(bob.partOf('Alice', 'digest')).toHaveText('[Card: Ann]')
  await alice.press('send a request')
  await alice.logs('sent a request: 0')
  await expect(bob.partOf('Alice', 'digest')).toHaveText('[Request]')
  await alice.press('send a hidden text')
  await alice.logs('sent a hidden text: 0')

  await bob.openConversation('Alice')
  const card = bob.list.locator('.person-card')
  await expect(card).toHaveText(/Card of Ann/)
  await expect(card).toHaveCSS('color', 'rgb(200, 0, 0)')
  await expect(card.locator('b')).toHaveText('Ann')
  await expect(bob.list.getByText('A request by Ann')).toBeVisible()
  await expect(bob.list.getByText('nobody sees this')).toHaveCount(0)
  expect(await bob.page.evaluate(() => 'hacked' in window)).toBe(false)
})

test('menus hold what the page puts in and not what it takes out', async ({ visit }) => {
  const alice = await visit('alice')
  const carol = await visit('carol')
  await alice.press('change the language')
  await alice.press('select Bob')
  await alice.say('worth telling')

  await alice.openMenu('worth telling')
  await expect(alice.menuItem('Copy')).toHaveCount(0)
  await expect(alice.menuItem('Recall')).toBeVisible()
  await alice.menuItem('About').click()
  await alice.logs('about message of alice')
  await alice.choose('worth telling', 'Forward')
  await expect(carol.partOf('Alice', 'digest')).toHaveText('worth telling')

  await alice.conversation('Bob').click({ button: 'right' })
  await expect(alice.menuItem('Pin')).toBeVisible()
  await expect(alice.menuItem('Mute')).toHaveCount(0)
  await alice.menuItem('About').click()
  await alice.logs('about conversation bob')
  await alice.press('remove Bob')
  await alice.logs('deleted conversation bob')
  await expect(alice.conversation('Bob')).toHaveCount(0)
})

test('the page takes taps on pictures itself', async ({ visit }) => {
  const alice = await visit('alice')
  await alice.press('change the language')
  await alice.press('select Bob')
  await alice.chooseFiles('Send an image', [picture('red.png', 40, 20)])
  await alice.input.press('Enter')
  await alice.list.locator('im-message-row [part~="image"]').click()
  await alice.logs('tapped image')
  await expect(alice.page.locator('im-viewer:visible')).toHaveCount(0)
})

test('languages, names and refusals reach the page', async ({ visit }) => {
  const alice = await visit('alice')
  await expect(alice.page.locator('.lang')).toHaveText('language: zh_CN')
  await alice.press('select Bob')
  await alice.say('hi')
  await expect(alice.editor.getByRole('button', { name: '发送', exact: true })).toBeVisible()
  await alice.press('change the language')
  await expect(alice.page.locator('.lang')).toHaveText('language: en')
  await expect(alice.editor.getByRole('button', { name: 'Send', exact: true })).toBeVisible()

  await alice.press('change names')
  await expect(alice.conversation('Bob the Builder')).toBeVisible()
  await alice.press('send to a group')
  await alice.logs('sent to a group one is not in: 22406')
})

test('another user logs in without a reload, and sees nothing of the former', async ({ visit }) => {
  const alice = await visit('alice', 'carol')
  await alice.press('select Bob')
  await alice.say('between us')
  await alice.press('change the user')
  await alice.logs('logged in as carol')
  await expect(alice.conversation('Bob')).toHaveCount(0)
  await expect(alice.list.getByText('between us')).toHaveCount(0)
})
