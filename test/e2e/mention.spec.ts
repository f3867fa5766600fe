import type { Page } from '@playwright/test'
import { inGroup, type Person } from './support/person.js'
import { expect, test } from './support/test.js'

function createGroup(service: Page): Promise<string> {
  return service.evaluate(() =>
    window.service.createGroup('Friends', 'alice', ['bob', 'carol', 'dave']),
  )
}

const options = (person: Person) => person.editor.getByRole('option')

test('mentions members picked from the list, who are told', async ({ open, service }) => {
  const groupId = await createGroup(service)
  const [alice, bob, carol] = await Promise.all([open('alice'), open('bob'), open('carol')])
  await alice.openConversation('Friends')
  await alice.write('hi @')
  await expect(options(alice)).toHaveText([/Everyone/, /Bob/, /Carol/, /Dave/])
  await alice.page.keyboard.type('c')
  await expect(options(alice)).toHaveText([/Carol/])
  await alice.page.keyboard.press('Enter')
  await expect(alice.input).toHaveValue('hi @Carol ')
  await expect(options(alice)).toHaveCount(0)
  await alice.page.keyboard.type('and @')
  await options(alice).filter({ hasText: 'Dave' }).click()
  await alice.page.keyboard.press('Enter')

  await alice.shows(['hi @Carol and @Dave'])
  await expect(carol.partOf('Friends', 'mention')).toHaveText('[You were mentioned]')
  await expect(bob.partOf('Friends', 'digest')).toHaveText('Alice: hi @Carol and @Dave')
  await expect(bob.partOf('Friends', 'mention')).toHaveCount(0)
  await carol.openConversation('Friends')
  await carol.shows(['hi @Carol and @Dave'])
  await expect(carol.partOf('Friends', 'mention')).toHaveCount(0)

  const [sent] = await service.evaluate(
    async (conversation) =>
      (await window.service.archive('alice', conversation)).filter(
        ({ messageType }) => messageType === 'RC:TxtMsg',
      ),
    inGroup(groupId),
  )
  expect(sent!.content.mentionedInfo).toMatchObject({ type: 2, userIdList: ['carol', 'dave'] })
})

test('“everyone” follows the language and reaches all', async ({ open, service }) => {
  await createGroup(service)
  const [alice, bob, carol] = await Promise.all([
    open('alice', { lang: 'zh_CN' }),
    open('bob'),
    open('carol', { lang: 'zh_CN' }),
  ])
  await alice.openConversation('Friends')
  await alice.write('@')
  await expect(options(alice).first()).toContainText('所有人')
  await alice.page.evaluate(() => window.person.kit.changeLanguage({ lang: 'en' }))
  await expect(options(alice).first()).toContainText('Everyone')
  await alice.page.keyboard.press('Enter')
  await alice.page.keyboard.type('listen')
  await alice.page.keyboard.press('Enter')
  await expect(bob.partOf('Friends', 'mention')).toHaveText('[You were mentioned]')
  await expect(carol.partOf('Friends', 'mention')).toHaveText('[有人@我]')
})

test('deleting one character of a mention deletes that mention only', async ({ open, service }) => {
  const groupId = await createGroup(service)
  const alice = await open('alice')
  await alice.openConversation('Friends')
  await alice.write('@bob')
  await expect(options(alice)).toHaveText([/Bob/])
  await alice.page.keyboard.press('Enter')
  await alice.page.keyboard.type('@carol')
  await expect(options(alice)).toHaveText([/Carol/])
  await alice.page.keyboard.press('Enter')
  await expect(alice.input).toHaveValue('@Bob @Carol ')
  await alice.page.keyboard.type('!')
  for (let key = 0; key < 3; key++) await alice.page.keyboard.press('Backspace')
  await expect(alice.input).toHaveValue('@Bob ')
  await alice.page.keyboard.type('only you')
  await alice.page.keyboard.press('Enter')
  await alice.shows(['@Bob only you'])
  await expect
    .poll(() =>
      service.evaluate(
        async (conversation) =>
          (await window.service.archive('alice', conversation)).at(-1)!.content.mentionedInfo
            ?.userIdList,
        inGroup(groupId),
      ),
    )
    .toEqual(['bob'])
})

test('a mention written by hand is text, and Escape closes the list', async ({ open, service }) => {
  const groupId = await createGroup(service)
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.openConversation('Friends')
  await alice.write('@bob')
  await expect(options(alice)).toHaveText([/Bob/])
  await alice.page.keyboard.press('Escape')
  await expect(options(alice)).toHaveCount(0)
  await alice.page.keyboard.press('Enter')
  await expect(bob.partOf('Friends', 'digest')).toHaveText('Alice: @bob')
  await expect(bob.partOf('Friends', 'mention')).toHaveCount(0)
  const last = await service.evaluate(
    async (conversation) => (await window.service.archive('alice', conversation)).at(-1)!,
    inGroup(groupId),
  )
  expect(last.content).not.toHaveProperty('mentionedInfo')
})
