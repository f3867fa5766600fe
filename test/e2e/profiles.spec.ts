import { picture } from './support/files.js'
import { inGroup, privately } from './support/person.js'
import { expect, test } from './support/test.js'
import { numbered } from './support/texts.js'

for (const misbehaviour of [
  'throws',
  'rejects',
  'never answers',
  'answers nonsense',
  'answers with holes',
]) {
  test(`a host that ${misbehaviour} leaves ids and drawn pictures, and chat goes on`, async ({
    open,
    service,
    trouble,
  }) => {
    const groupId = await service.evaluate(async () => {
      const { sendTexts, createGroup, inGroup, privately } = window.service
      await sendTexts('bob', privately('alice'), ['hello'])
      const id = await createGroup('Friends', 'bob', ['alice', 'carol'])
      await sendTexts('carol', inGroup(id), ['in the group'])
      return id
    })
    const alice = await open('alice', {
      query: { host: misbehaviour },
      prepare: (page) => page.clock.install(),
    })
    await expect(alice.conversation('bob').locator('im-avatar')).toBeVisible()
    await alice.page.clock.fastForward(11_000)
    await alice.openConversation('bob')
    await alice.shows(['hello'])
    await alice.say('and you?')
    await alice.select(inGroup(groupId))
    await expect(alice.message('in the group').locator('[part~="name"]')).toHaveText('carol')
    await expect(alice.message('in the group').locator('im-avatar')).toBeVisible()
    await alice.say('here too')
    await trouble.expect(/reported: /)
  })
}

test.describe('a service that knows names', () => {
  test.use({ hasProfiles: true })

  test('without callbacks the names are the backend’s', async ({ open, service }) => {
    await service.evaluate(async () => {
      const { sendTexts, createGroup, privately } = window.service
      await sendTexts('bob', privately('alice'), ['hello'])
      await createGroup('Friends', 'bob', ['alice', 'carol'])
    })
    const alice = await open('alice', { start: 'manual' })
    await alice.page.evaluate(() => window.person.start({ service: undefined }))
    await expect(alice.conversations.locator('[part~="name"]')).toHaveText(['Friends', 'Bob'])
    await alice.openConversation('Friends')
    await alice.write('@')
    await expect(alice.editor.getByRole('option')).toHaveText([/Everyone/, /Bob/, /Carol/])
  })
})

test('asks once for everyone, however many messages come and go', async ({ open, service }) => {
  const groupId = await service.evaluate(async (texts) => {
    const { sendTexts, createGroup, privately, inGroup } = window.service
    for (const userId of ['bob', 'carol', 'dave'])
      await sendTexts(userId, privately('alice'), texts)
    const id = await createGroup('Friends', 'bob', ['alice', 'carol'])
    await sendTexts('carol', inGroup(id), texts)
    return id
  }, numbered(20))
  const alice = await open('alice')
  for (const conversation of [privately('bob'), privately('carol'), inGroup(groupId)]) {
    await alice.select(conversation)
    await expect(alice.message('#01')).toBeVisible()
  }
  for (const name of ['Bob', 'Carol', 'Dave', 'Friends']) {
    await expect(alice.partOf(name, 'digest')).toContainText('#20')
  }
  const asked = () => alice.page.evaluate(() => [...window.person.asked])
  const before = await asked()
  const requests = (name: string) => before.filter((line) => line.startsWith(name))
  expect(new Set(before).size).toBe(before.length)
  const conversations = requests('conversations').flatMap((line) => line.split(' ').slice(1))
  expect(conversations.sort()).toEqual(['bob', 'carol', 'dave', groupId].sort())
  expect(requests('members').length).toBeLessThanOrEqual(1)

  for (const text of ['one', 'two', 'three']) await alice.say(text)
  await service.evaluate(
    async ({ conversation, texts }) => {
      await window.service.sendTexts('carol', conversation, texts)
      await window.service.sendTexts('bob', window.service.privately('alice'), ['the last'])
    },
    { conversation: inGroup(groupId), texts: numbered(20) },
  )
  await expect(alice.partOf('Bob', 'digest')).toHaveText('the last')
  expect(await asked()).toEqual(before)
})

test('members of a group go by their nicknames', async ({ open, service }) => {
  await service.evaluate(async () => {
    const { createGroup, inGroup, sendTexts } = window.service
    const id = await createGroup('Friends', 'bob', ['alice', 'grace'])
    await sendTexts('grace', inGroup(id), ['it is me'])
  })
  const alice = await open('alice')
  await alice.openConversation('Friends')
  await expect(alice.message('it is me').locator('[part~="name"]')).toHaveText('Gracie')
  await alice.write('@')
  await expect(alice.editor.getByRole('option')).toHaveText([/Everyone/, /Bob/, /Gracie/])
})

test('what the host updates shows everywhere at once', async ({ open, service }) => {
  const groupId = await service.evaluate(async () => {
    const { sendTexts, createGroup, privately, inGroup } = window.service
    await sendTexts('bob', privately('alice'), ['hello'])
    const id = await createGroup('Friends', 'bob', ['alice', 'carol'])
    await sendTexts('carol', inGroup(id), ['in the group'])
    return id
  })
  const alice = await open('alice')
  await alice.openConversation('Friends')
  await alice.page.evaluate(
    ({ group, bob }) => {
      const { kit } = window.person
      kit.updateConversationProfile(group, { ...group, name: 'Good friends', memberCount: 3 })
      kit.updateConversationProfile(bob, { ...bob, name: 'Robert' })
      kit.updateGroupMembers(group, [
        { id: 'alice', name: 'Alice' },
        { id: 'carol', name: 'Carol', groupNickname: 'Caz' },
      ])
    },
    { group: inGroup(groupId), bob: privately('bob') },
  )
  await expect(alice.conversations.locator('[part~="name"]')).toHaveText(['Good friends', 'Robert'])
  await expect(alice.partOf('Good friends', 'digest')).toHaveText('Caz: in the group')
  await expect(alice.message('in the group').locator('[part~="name"]')).toHaveText('Caz')
  await alice.write('@')
  await expect(alice.editor.getByRole('option')).toHaveText([/Everyone/, /Caz/])
})

test('pictures of people keep their proportions', async ({ open, service }) => {
  await service.evaluate(() =>
    window.service.sendTexts('bob', window.service.privately('alice'), ['hello']),
  )
  const { buffer } = picture('wide.png', 200, 50)
  const alice = await open('alice', { start: 'manual' })
  await alice.page.route('**/wide.png', (route) =>
    route.fulfill({ body: buffer, contentType: 'image/png' }),
  )
  await alice.page.evaluate(() =>
    window.person.start({
      service: {
        getUserProfile: (id) => ({
          id,
          name: id,
          portraitUri: new URL('/wide.png', location.href).href,
        }),
        getConversationProfile: (list) =>
          list.map((id) => ({
            ...id,
            name: 'Bob',
            portraitUri: new URL('/wide.png', location.href).href,
          })),
      },
    }),
  )
  await alice.openConversation('Bob')
  for (const place of [alice.conversation('Bob'), alice.message('hello')]) {
    const image = place.locator('im-avatar img')
    await expect(image).toBeVisible()
    const { width, height } = (await image.boundingBox())!
    expect(width).toBe(height)
    await expect(image).toHaveCSS('object-fit', 'cover')
  }
})
