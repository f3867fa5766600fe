import type { Page } from '@playwright/test'
import { picture, textFile } from './support/files.js'
import { expect, test } from './support/test.js'

/** Notes what the content security policy of a page refuses. */
async function watchPolicy(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const violations: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event
      violations.push([effectiveDirective, blockedURI, sourceFile, lineNumber, sample].join(' '))
    })
    Object.assign(window, { violations })
  })
}

const strict = { path: 'strict', prepare: watchPolicy }

const violations = (page: Page) =>
  page.evaluate(() => (window as unknown as { violations: string[] }).violations)

test('a policy without unsafe-inline and with trusted types is never violated', async ({
  open,
}) => {
  const alice = await open('alice', { ...strict, start: 'manual' })
  await alice.page.evaluate(async () => {
    const { kit, initOptions, tokenOf, userId } = window.person
    kit.init({
      ...initOptions(),
      customMessage: {
        userMessage: {
          'app:card': ({ content }) => `<b class="card">${content.title}</b>`,
        },
        lastMessage: { 'app:card': ({ content }) => `<i>${content.title}</i>` },
      },
    })
    kit.registerMessageType('app:card', true, true)
    await kit.connect(tokenOf(userId))
  })
  const bob = await open('bob', strict)
  await alice.chatWith('Bob')
  await alice.say('hello https://example.org world')
  await alice.page.evaluate(() => {
    const { kit } = window.person
    const Card = kit.registerMessageType('app:card', true, true)
    return kit.sendMessage({ conversationType: 1, targetId: 'bob' }, new Card({ title: 'a card' }))
  })
  await expect(alice.message('a card').locator('b.card')).toHaveText('a card')
  await expect(alice.partOf('Bob', 'digest').locator('i')).toHaveText('a card')

  await alice.chooseFiles('Send an image', [picture('red.png', 300, 200)])
  await expect(alice.editor.locator('[part~="attachment"] img')).toBeVisible()
  await alice.input.press('Enter')
  await alice.chooseFiles('Send a file', [textFile('notes.txt', 'notes')])
  await alice.input.press('Enter')
  await alice.choose('hello', 'Quote')
  await alice.say('quoting')
  await alice.choose('quoting', 'Recall')
  await expect(alice.notices).toContainText('You recalled a message')

  await bob.openConversation('Alice')
  await bob.list.getByRole('button', { name: 'View image' }).click()
  await expect(bob.page.locator('im-viewer').getByRole('dialog')).toBeVisible()
  await bob.page.keyboard.press('Escape')
  await bob.editor.getByRole('button', { name: 'Emoji' }).click()
  await bob.editor.getByRole('combobox', { name: 'Search' }).fill('thumbs up')
  await bob.editor.getByRole('option', { name: '👍' }).first().click()
  await bob.input.press('Enter')
  await expect(alice.message('👍')).toBeVisible()
  await alice.choose('hello', 'Forward')
  await expect(alice.page.getByRole('dialog', { name: 'Forward to' })).toBeVisible()
  await alice.page.keyboard.press('Escape')

  expect(await violations(alice.page)).toEqual([])
  expect(await violations(bob.page)).toEqual([])
})
