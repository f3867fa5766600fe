import type { ConversationId } from '../../src/model/conversation.js'
import { expect, test } from './support/test.js'

test('pins, mutes and deletes, on all devices', async ({ open, service }) => {
  await service.evaluate(async () => {
    const { privately, sendTexts } = window.service
    for (const userId of ['bob', 'carol', 'dave']) {
      await sendTexts(userId, privately('alice'), [`I am ${userId}`])
    }
  })
  const [computer, phone] = await Promise.all([open('alice'), open('alice', { device: 'phone' })])
  const both = [computer, phone]
  const names = (names: string[]) =>
    Promise.all(
      both.map((person) =>
        expect(person.conversations.locator('[part~="name"]')).toHaveText(names),
      ),
    )
  await names(['Dave', 'Carol', 'Bob'])

  await computer.chooseFor('Bob', 'Pin')
  await names(['Bob', 'Dave', 'Carol'])
  await expect(phone.partOf('Bob', 'pinned')).toBeVisible()
  await phone.chooseFor('Carol', 'Pin')
  await names(['Carol', 'Bob', 'Dave'])
  await computer.chooseFor('Bob', 'Unpin')
  await names(['Carol', 'Dave', 'Bob'])
  await computer.chooseFor('Carol', 'Unpin')
  await names(['Dave', 'Carol', 'Bob'])

  await computer.chooseFor('Dave', 'Mute')
  await expect(phone.partOf('Dave', 'muted')).toBeVisible()
  await expect(phone.partOf('Dave', 'badge')).toHaveText('1')
  await phone.conversations.evaluate((list) => list.setAttribute('hide-notific-unread-count', ''))
  await expect(phone.partOf('Dave', 'dot')).toBeVisible()
  await expect(phone.partOf('Dave', 'badge')).toHaveCount(0)
  await expect(phone.partOf('Carol', 'badge')).toHaveText('1')
  await phone.chooseFor('Dave', 'Unmute')
  await expect(computer.partOf('Dave', 'muted')).toHaveCount(0)

  await phone.chooseFor('Carol', 'Delete conversation')
  await names(['Dave', 'Bob'])
  await service.evaluate(() =>
    window.service.sendTexts('carol', window.service.privately('alice'), ['still here']),
  )
  await names(['Carol', 'Dave', 'Bob'])
})

test('deleting another conversation leaves the open one alone', async ({ open, service }) => {
  await service.evaluate(async () => {
    const { privately, sendTexts } = window.service
    for (const userId of ['bob', 'carol']) {
      await sendTexts(userId, privately('alice'), [`I am ${userId}`])
    }
  })
  const alice = await open('alice')
  await alice.openConversation('Bob')
  await alice.write('a thought')
  await alice.page.evaluate(() => {
    const deleted: string[] = []
    document.addEventListener('deleteConversation', (event) => {
      deleted.push((event as CustomEvent<ConversationId>).detail.targetId)
    })
    Object.assign(window, { deleted })
  })
  await alice.chooseFor('Carol', 'Delete conversation')
  await expect(alice.conversation('Carol')).toHaveCount(0)
  await alice.shows(['I am bob'])
  await expect(alice.input).toHaveValue('a thought')
  await alice.chooseFor('Bob', 'Delete conversation')
  await expect(alice.conversations).toContainText('No conversations yet')
  await alice.shows([])
  await expect(alice.input).toBeDisabled()
  // Told once it has been noted for the other devices too.
  await expect
    .poll(() => alice.page.evaluate(() => (window as unknown as { deleted: string[] }).deleted))
    .toEqual(['carol', 'bob'])
})

test('the host adds items, leaves some out, and one that throws harms nothing', async ({
  open,
  trouble,
}) => {
  const alice = await open('alice')
  await alice.chatWith('Bob')
  await alice.say('hello')
  await alice.page.evaluate(() => {
    const chosen: string[] = []
    const menuOf = <Item>(idOf: (item: Item) => string) => [
      { name: () => 'Remember', callback: (item: Item) => chosen.push(idOf(item)) },
      { name: () => undefined, callback: () => chosen.push('hidden') },
      {
        name: (): string => {
          throw new Error('no name today')
        },
        callback: () => chosen.push('nameless'),
      },
      {
        name: () => 'Fail',
        callback: () => {
          throw new Error('no callback today')
        },
      },
      { name: () => 'Fail later', callback: async () => Promise.reject(new Error('nor later')) },
    ]
    Object.assign(document.querySelector('conversation-list')!, {
      customMenu: menuOf((conversation: { targetId: string }) => conversation.targetId),
      disableMenu: [0, 1],
    })
    Object.assign(document.querySelector('message-list')!, {
      customMenu: menuOf((message: { content: { content: string } }) => message.content.content),
      disableMenu: [0, 2, 4],
    })
    Object.assign(window, { chosen })
  })

  await alice.conversation('Bob').click({ button: 'right' })
  await expect(alice.page.getByRole('menuitem')).toHaveText([
    'Remember',
    'Fail',
    'Fail later',
    'Delete conversation',
  ])
  await alice.menuItem('Remember').click()
  await alice.openMenu('hello')
  const items = await alice.page.getByRole('menuitem').allTextContents()
  expect(items.map((item) => item.trim())).toEqual(
    expect.arrayContaining(['Quote', 'Delete', 'Remember', 'Fail', 'Fail later']),
  )
  for (const item of ['Forward', 'Recall', 'Copy']) {
    await expect(alice.menuItem(item)).toHaveCount(0)
  }
  await alice.menuItem('Remember').click()
  await alice.choose('hello', 'Fail')
  await alice.choose('hello', 'Fail later')
  await alice.chooseFor('Bob', 'Fail')
  await trouble.expect(/no name today/)
  await trouble.expect(/no callback today/)
  await trouble.expect(/nor later/)
  const chosen = await alice.page.evaluate(() => (window as unknown as { chosen: [] }).chosen)
  expect(chosen).toEqual(['bob', 'hello'])
  await alice.say('still works')
})
