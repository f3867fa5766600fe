import { expect, test } from './support/test.js'
import { privately } from './support/person.js'

test('calls before init and before connect say what is missing, and the page lives on', async ({
  open,
}) => {
  const alice = await open('alice', { start: 'manual' })
  const errors = await alice.page.evaluate(async () => {
    const { kit, tokenOf } = window.person
    const bob = { conversationType: 1, targetId: 'bob' }
    const codeOf = async (call: () => unknown) => {
      try {
        const result = await call()
        return (result as { code?: number } | undefined)?.code ?? 0
      } catch (error) {
        return (error as { code?: number }).code
      }
    }
    const text = { messageType: 'RC:TxtMsg', content: { content: 'hi' } } as never
    return {
      connect: await codeOf(() => kit.connect(tokenOf('alice'))),
      select: await codeOf(() => kit.selectConversation(bob)),
      send: await codeOf(() => kit.sendMessage(bob, text)),
      register: await codeOf(() => kit.registerMessageType('app:card', true, true)),
      list: await codeOf(() => kit.getConversationList()),
    }
  })
  expect(errors).toEqual({
    connect: 33001,
    select: 33001,
    send: 33001,
    register: 33001,
    list: 33001,
  })
  await expect(alice.input).toBeDisabled()

  const unconnected = await alice.page.evaluate(async () => {
    const { kit, initOptions } = window.person
    kit.init(initOptions())
    const bob = { conversationType: 1, targetId: 'bob' }
    const text = { messageType: 'RC:TxtMsg', content: { content: 'hi' } } as never
    return (await kit.sendMessage(bob, text)).code
  })
  expect(unconnected).toBe(30001)
  await alice.page.evaluate(() => window.person.kit.connect(window.person.tokenOf('alice')))
  await alice.chatWith('Bob')
  await alice.say('works after all')
})

test('init twice goes on with the first; another appkey is refused', async ({ open }) => {
  const alice = await open('alice')
  await alice.chatWith('Bob')
  await alice.say('hello')
  const refusal = await alice.page.evaluate(() => {
    const { kit, initOptions } = window.person
    kit.init(initOptions())
    try {
      kit.init({ ...initOptions(), appkey: 'another' })
      return undefined
    } catch (error) {
      return (error as Error).message
    }
  })
  expect(refusal).toContain('createIMKit()')
  await alice.shows(['hello'])
  await alice.say('still here')
})

test('wrong options and tokens are named', async ({ open }) => {
  const alice = await open('alice', { start: 'manual' })
  const messages = await alice.page.evaluate(async () => {
    const { kit, initOptions } = window.person
    const wrong = [{ appkey: '' }, { conversationPullCount: 1001 }, { service: 'me' as never }]
    const told = wrong.map((options) => {
      try {
        kit.init({ ...initOptions(), ...options })
        return ''
      } catch (error) {
        return (error as Error).message
      }
    })
    kit.init(initOptions())
    for (const token of ['nonsense', '']) {
      await kit.connect(token).catch((error: Error) => told.push(error.name))
    }
    return told
  })
  expect(messages[0]).toContain('appkey')
  expect(messages[1]).toContain('conversationPullCount')
  expect(messages[2]).toContain('service')
  expect(messages.slice(3)).toEqual(['RC_CONN_TOKEN_INCORRECT', 'BIZ_ERROR_INVALID_PARAMETER'])
})

test('a conversation selected right after loading stands in the list once', async ({
  open,
  service,
}) => {
  await service.evaluate(() =>
    window.service.sendTexts('bob', window.service.privately('alice'), ['hello']),
  )
  const alice = await open('alice', { start: 'manual' })
  await alice.page.evaluate(async (bob) => {
    const { kit, initOptions, tokenOf, userId } = window.person
    kit.init(initOptions())
    const connected = kit.connect(tokenOf(userId))
    kit.emit('conversation', true)
    kit.once('CONNECTED', () => kit.selectConversation(bob))
    await connected
    kit.selectConversation(bob)
    kit.emit('conversation', true)
  }, privately('bob'))
  await alice.shows(['hello'])
  await expect(alice.conversations.getByRole('option')).toHaveCount(1)
  await alice.chatWith('Carol')
  await alice.say('first words')
  await expect(alice.conversations.locator('[part~="name"]')).toHaveText(['Carol', 'Bob'])
})

test('switching users clears all state of the former', async ({ open, service }) => {
  await service.evaluate(async () => {
    const { privately, sendTexts } = window.service
    await sendTexts('bob', privately('alice'), ['for Alice only'])
    await sendTexts('bob', privately('carol'), ['for Carol only'])
  })
  const person = await open('alice')
  await person.openConversation('Bob')
  await person.write('half written')
  await person.keepsDraft(privately('bob'), 'half written')
  await person.page.evaluate(() => window.person.kit.disconnect())
  await person.shows([])
  await expect(person.conversations.getByRole('option')).toHaveCount(0)
  await expect(person.input).toHaveValue('')
  await expect(person.input).toBeDisabled()

  await person.page.evaluate(() => window.person.kit.connect(window.person.tokenOf('carol')))
  await expect(person.partOf('Bob', 'badge')).toHaveText('1')
  await person.openConversation('Bob')
  await person.shows(['for Carol only'])
  await expect(person.input).toHaveValue('')
  await expect(person.page.locator('body')).not.toContainText('for Alice only')
  await person.say('Carol speaking')
  await person.page.evaluate(async () => {
    const { kit, tokenOf } = window.person
    await kit.disconnect()
    await kit.connect(tokenOf('alice'))
  })
  await expect(person.partOf('Bob', 'draft')).toBeVisible()
  await person.openConversation('Bob')
  await person.shows(['for Alice only'])
  await expect(person.input).toHaveValue('half written')
})
