/**
 * The defects that were found in `@rongcloud/imkit` 5.6.6 by reading it, one test each.
 */
import { privately } from './support/person.js'
import { expect, test } from './support/test.js'
import { numbered } from './support/texts.js'

test('1: a second tag in a text, a quote or a draft is not built', async ({ open }) => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  const text = '<> <img src="x" onerror="window.hacked = true">'
  await alice.chatWith('Bob')
  await alice.say(text)
  await alice.choose(text, 'Quote')
  await alice.say(`${text} again`)
  await alice.write(text)
  await alice.chatWith('Carol')
  await bob.openConversation('Alice')
  await bob.shows([text, `${text} again`])
  await expect(alice.partOf('Bob', 'digest')).toHaveText(text)
  for (const { page } of [alice, bob]) {
    await expect(page.locator('img[src="x"]')).toHaveCount(0)
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
  }
})

test('2: a read receipt marks nothing that was sent after it', async ({ open, service }) => {
  const alice = await open('alice')
  await alice.chatWith('Bob')
  await alice.say('before the receipt')
  await alice.say('after the receipt')
  await expect(alice.statusOf('after the receipt')).toHaveAccessibleName('Unread')
  await service.evaluate(async () => {
    const { archive, privately, send } = window.service
    const [read] = await archive('bob', privately('alice'))
    const { messageUId, sentTime } = read as unknown as { messageUId: string; sentTime: number }
    await send('bob', privately('alice'), {
      messageType: 'RC:ReadNtf',
      content: { messageUId, lastMessageSendTime: sentTime, type: 1 },
    })
  })
  await expect(alice.statusOf('before the receipt')).toHaveAccessibleName('Read')
  await expect(alice.statusOf('after the receipt')).toHaveAccessibleName('Unread')
  await alice.reload()
  await alice.openConversation('Bob')
  await expect(alice.statusOf('before the receipt')).toHaveAccessibleName('Read')
  await expect(alice.statusOf('after the receipt')).toHaveAccessibleName('Unread')
})

test('3: mounting adds no listener to the kit, the document or the window', async ({ open }) => {
  const alice = await open('alice')
  await alice.chatWith('Bob')
  await alice.say('hello')
  const left = await alice.page.evaluate(async () => {
    const open = new Map<string, number>()
    const count = (type: string, by: number) => open.set(type, (open.get(type) ?? 0) + by)
    const { addEventListener, removeEventListener } = EventTarget.prototype
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      addEventListener.call(this ?? window, type, listener, options)
      if (this !== document && (this ?? window) !== window) return
      count(type, 1)
      const { signal } = (options ?? {}) as AddEventListenerOptions
      if (signal) addEventListener.call(signal, 'abort', () => count(type, -1))
    }
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
      removeEventListener.call(this ?? window, type, listener, options)
      if (this === document || (this ?? window) === window) count(type, -1)
    }
    const { kit } = window.person
    const on = kit.on.bind(kit) as (name: string, listener: unknown) => () => void
    const off = kit.off.bind(kit) as (name: string, listener: unknown) => void
    Object.assign(kit, {
      on(name: string, listener: unknown) {
        count(`kit: ${name}`, 1)
        on(name, listener)
        return () => kit.off(name as never, listener as never)
      },
      off(name: string, listener: unknown) {
        count(`kit: ${name}`, -1)
        off(name, listener)
      },
    })
    for (const tag of ['conversation-list', 'message-list', 'message-editor']) {
      const element = document.createElement(tag)
      document.body.append(element)
      await (element as unknown as { updateComplete: Promise<unknown> }).updateComplete
      element.remove()
    }
    Object.assign(EventTarget.prototype, { addEventListener, removeEventListener })
    Object.assign(kit, { on, off })
    return [...open].filter(([, number]) => number > 0)
  })
  expect(left).toEqual([])
})

test('4: coming back to the tab does not scroll, a message draws no other row anew', async ({
  open,
  service,
}) => {
  await service.evaluate(
    (texts) => window.service.sendTexts('bob', window.service.privately('alice'), texts),
    numbered(40),
  )
  const alice = await open('alice')
  await alice.openConversation('Bob')
  await alice.scrollTo('top')
  await expect(alice.message('#01')).toBeInViewport()
  const turn = (state: 'hidden' | 'visible') =>
    alice.page.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
      Object.defineProperty(document, 'hidden', { value: state === 'hidden', configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, state)
  await turn('hidden')
  const row = await alice.message('#05').elementHandle()
  await alice.message('#05').evaluate((row) => {
    const changes: string[] = []
    const look = new MutationObserver((records) => changes.push(...records.map(({ type }) => type)))
    look.observe(row, { subtree: true, childList: true, characterData: true })
    Object.assign(window, { changes })
  })
  await service.evaluate(() =>
    window.service.sendTexts('bob', window.service.privately('alice'), ['news']),
  )
  await expect(alice.partOf('Bob', 'digest')).toHaveText('news')
  await turn('visible')
  await expect(alice.message('#01')).toBeInViewport()
  expect(await row!.evaluate((it) => it.isConnected)).toBe(true)
  expect(await alice.page.evaluate(() => (window as unknown as { changes: [] }).changes)).toEqual(
    [],
  )
})

test('5: a slow answer for a conversation that was left changes nothing', async ({
  open,
  service,
}) => {
  await service.evaluate(async () => {
    const { privately, sendTexts } = window.service
    await sendTexts('bob', privately('alice'), ['from Bob'])
    await sendTexts('carol', privately('alice'), ['from Carol'])
  })
  const alice = await open('alice')
  await expect(alice.conversations.getByRole('option')).toHaveCount(2)
  await alice.page.evaluate(() => {
    const { reader } = window.person.kit.client!
    const { history } = reader
    let answer: (() => void) | undefined
    const held = new Promise<void>((resolve) => (answer = resolve))
    const finished: string[] = []
    reader.history = async (conversation, range) => {
      const page = await history.call(reader, conversation, range)
      if (conversation.targetId === 'bob') await held
      finished.push(conversation.targetId)
      return page
    }
    Object.assign(window, { answer, finished })
  })
  await alice.conversation('Bob').click()
  await alice.conversation('Carol').click()
  await alice.shows(['from Carol'])
  await alice.page.evaluate(() => (window as unknown as { answer(): void }).answer())
  await expect
    .poll(() => alice.page.evaluate(() => (window as unknown as { finished: [] }).finished))
    .toContain('bob')
  await alice.shows(['from Carol'])
  await alice.say('to Carol')
  await expect(alice.partOf('Carol', 'digest')).toHaveText('to Carol')

  const times = await alice.page.evaluate(() => {
    const { kit } = window.person
    return Array.from({ length: 5 }, () => Math.abs(kit.getTime() - Date.now()))
  })
  for (const difference of times) expect(difference).toBeLessThan(1000)
})

test('5: what the host says of people does not outlive the user', async ({ open, service }) => {
  await service.evaluate(async () => {
    const { privately, sendTexts } = window.service
    await sendTexts('bob', privately('alice'), ['hello'])
    await sendTexts('bob', privately('carol'), ['hello'])
  })
  const person = await open('alice', { start: 'manual' })
  await person.page.evaluate(() => {
    const { kit } = window.person
    return window.person.start({
      service: {
        getUserProfile: (id) => ({ id, name: `${id}, known to ${kit.client!.userId}` }),
        getConversationProfile: (list) =>
          list.map((id) => ({ ...id, name: `${id.targetId} of ${kit.client!.userId}` })),
      },
    })
  })
  await expect(person.conversation('bob of alice')).toBeVisible()
  await person.page.evaluate(async () => {
    const { kit, tokenOf } = window.person
    await kit.disconnect()
    await kit.connect(tokenOf('carol'))
  })
  await expect(person.conversation('bob of carol')).toBeVisible()
})

test('6: links are found anywhere in a text; a list without messages stands', async ({ open }) => {
  const [alice, bob] = await Promise.all([open('alice'), open('bob')])
  await alice.select(privately('bob'))
  await expect(alice.list).toContainText('No messages yet')
  await alice.say('read https://example.org/a?b=1 and www.example.net, or write me@example.org!')
  await bob.openConversation('Alice')
  const links = bob.message('read').locator('a')
  await expect(links).toHaveText(['https://example.org/a?b=1', 'www.example.net', 'me@example.org'])
  const addresses = await links.evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href))
  expect(addresses).toEqual([
    'https://example.org/a?b=1',
    expect.stringMatching(/^https?:\/\/www\.example\.net\/$/),
    'mailto:me@example.org',
  ])
  await expect(links.first()).toHaveAttribute('rel', /noopener/)
  await expect(links.first()).toHaveAttribute('target', '_blank')
})
