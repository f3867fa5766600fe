import type { Person } from './support/person.js'
import { expect, test } from './support/test.js'

/** Starts a person with types and renderers of the host's own. */
async function startWithCards(person: Person): Promise<void> {
  await person.page.evaluate(async () => {
    const { kit, html, initOptions, tokenOf, userId } = window.person
    const text = (field: unknown) => String(field)
    kit.init({
      ...initOptions(),
      customMessage: {
        userMessage: {
          'app:card': ({ content }) => html`<b class="card">${content.title}</b>`,
          'app:node': ({ content }) => {
            const node = document.createElement('i')
            node.textContent = text(content.title)
            return node
          },
          'app:markup': ({ content }) => `<u>markup ${content.title}</u>`,
          'app:broken': () => {
            throw new Error('no renderer today')
          },
        },
        notifyMessage: { 'app:notice': ({ content }) => html`<em>${content.title}</em>` },
        lastMessage: { 'app:card': ({ content }) => html`<b>[Card] ${content.title}</b>` },
      },
    })
    const types = ['card', 'node', 'markup', 'broken', 'notice', 'nobody']
    for (const type of types) kit.registerMessageType(`app:${type}`, true, true)
    await kit.connect(tokenOf(userId))
  })
}

test('custom messages look as the host says, on both sides', async ({ open, trouble }) => {
  const [alice, bob] = await Promise.all([
    open('alice', { start: 'manual' }),
    open('bob', { start: 'manual' }),
  ])
  for (const person of [alice, bob]) await startWithCards(person)
  await alice.chatWith('Bob')
  await bob.chatWith('Alice')
  const send = (type: string) =>
    alice.page.evaluate(async (type) => {
      const { kit } = window.person
      const Message = kit.registerMessageType(`app:${type}`, true, true)
      const conversation = { conversationType: 1, targetId: 'bob' }
      const { code } = await kit.sendMessage(conversation, new Message({ title: `a ${type}` }))
      if (code !== 0) throw new Error(`refused with ${code}`)
    }, type)

  for (const type of ['card', 'node', 'markup', 'notice', 'nobody', 'broken']) await send(type)
  for (const person of [alice, bob]) {
    await expect(person.message('a card').locator('[part~="bubble"] b')).toHaveText('a card')
    await expect(person.message('a node').locator('[part~="bubble"] i')).toHaveText('a node')
    await expect(person.message('a markup').locator('[part~="bubble"] u')).toBeVisible()
    await expect(person.notices.locator('em')).toHaveText('a notice')
    await expect(person.message('can’t show this message')).toHaveCount(2)
  }
  await expect(bob.message('a card').locator('im-avatar')).toHaveCount(1)
  await expect(bob.message('a notice').locator('im-avatar')).toHaveCount(0)
  await trouble.expect(/no renderer today/)

  await send('card')
  await expect(bob.partOf('Alice', 'digest')).toHaveText('[Card] a card')
  await bob.say('nice card')
  await alice.shows(['nice card'])
})

test('status messages reach those online, and are neither kept nor counted', async ({ open }) => {
  const [alice, bob] = await Promise.all([
    open('alice', { start: 'manual' }),
    open('bob', { start: 'manual' }),
  ])
  for (const person of [alice, bob]) {
    await person.page.evaluate(async () => {
      const { kit, initOptions, tokenOf, userId } = window.person
      kit.init(initOptions())
      kit.registerMessageType('app:ping', false, false, [], true)
      await kit.connect(tokenOf(userId))
    })
  }
  await bob.page.evaluate(() => {
    const pings: unknown[] = []
    window.person.kit.client!.events.on('statusMessage', ({ message }) => {
      pings.push(message.content)
    })
    Object.assign(window, { pings })
  })
  await alice.page.evaluate(async () => {
    const { kit } = window.person
    const Ping = kit.registerMessageType('app:ping', false, false, [], true)
    await kit.sendMessage({ conversationType: 1, targetId: 'bob' }, new Ping({ round: 1 }))
  })
  await expect
    .poll(() => bob.page.evaluate(() => (window as unknown as { pings: unknown[] }).pings))
    .toEqual([{ round: 1 }])
  await alice.chatWith('Bob')
  await alice.say('did you see it?')
  await expect(bob.partOf('Alice', 'badge')).toHaveText('1')
  await bob.openConversation('Alice')
  await expect(bob.list.locator('im-message-row')).toHaveCount(1)
})

test('hides what the host intercepts', async ({ open, service }) => {
  await service.evaluate(async () => {
    const { privately, sendTexts } = window.service
    await sendTexts('bob', privately('alice'), ['seen', 'secret', 'seen again'])
    await sendTexts('carol', privately('alice'), ['hello'])
  })
  const alice = await open('alice', { start: 'manual' })
  await alice.page.evaluate(() =>
    window.person.start({
      customIntercept: {
        interceptConversation: ({ targetId }) => targetId === 'carol',
        interceptMessage: ({ content }) => content.content === 'secret',
      },
    }),
  )
  await alice.openConversation('Bob')
  await alice.shows(['seen', 'seen again'])
  await expect(alice.conversations.getByRole('option')).toHaveCount(1)
})

test('rewrites content on its way out and onto the screen', async ({ open, service }) => {
  const rot13 = async (person: Person) =>
    person.page.evaluate(() => {
      const turn = (text: string) =>
        text.replace(/[a-z]/gi, (letter) => {
          const base = letter <= 'Z' ? 65 : 97
          return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base)
        })
      const turned = (content: { content?: unknown }) => ({
        ...content,
        content: turn(String(content.content)),
      })
      return window.person.start({
        customDisplayMessage: {
          willSendMessage: turned,
          willDisplayMessages: turned,
          willDisplayConversationMessage: turned,
        },
      })
    })
  const [alice, bob] = await Promise.all([
    open('alice', { start: 'manual' }),
    open('bob', { start: 'manual' }),
  ])
  for (const person of [alice, bob]) await rot13(person)
  await alice.chatWith('Bob')
  await alice.say('hello')
  await expect(bob.partOf('Alice', 'digest')).toHaveText('hello')
  await bob.openConversation('Alice')
  await bob.shows(['hello'])
  const [archived] = await service.evaluate(() =>
    window.service.archive('bob', window.service.privately('alice')),
  )
  expect(archived!.content.content).toBe('uryyb')
})
