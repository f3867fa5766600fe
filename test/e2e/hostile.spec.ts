import type { BrowserContext, Page } from '@playwright/test'
import { inGroup, privately, type Person } from './support/person.js'
import { hostileContents, hostileTexts } from './support/hostile-contents.js'
import { expect, test } from './support/test.js'

/** Notes whatever a page does that a message made it do. */
function watch(context: BrowserContext): string[] {
  const deeds: string[] = []
  context.on('dialog', (dialog) => {
    deeds.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('request', (request) => {
    const url = request.url()
    const isEvil = new URL(url).host === 'evil.invalid' || url.startsWith('data:text')
    if (isEvil) deeds.push(`request: ${url}`)
  })
  return deeds
}

/** Elements and attributes, in all shadow roots, that no text may become. */
function dangers(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const hasRun = (window as unknown as { hacked?: unknown }).hacked !== undefined
    if (hasRun) found.push('a script has run')
    const look = (root: ParentNode) => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) look(element.shadowRoot)
        const isOurs = element.matches('body > script[type="module"], head > script')
        if (/^(script|iframe|object|embed|base|form)$/.test(element.localName) && !isOurs) {
          found.push(`<${element.localName}>`)
        }
        for (const { name, value } of element.attributes) {
          const isHandler = /^on/.test(name)
          const isAddress = /^(href|src|srcset|action|formaction|data|poster|style)$/.test(name)
          const isWrong = /^\s*(javascript:|data:text|vbscript:)/i.test(value)
          if (isHandler || (isAddress && isWrong) || name === 'srcdoc') {
            found.push(`<${element.localName} ${name}="${value}">`)
          }
        }
      }
    }
    look(document)
    return found
  })
}

/** Presses everything that can be pressed in the message list; ordinary links lead elsewhere. */
async function pressEverything(person: Person): Promise<void> {
  const buttons = person.list.locator('im-message-row [part~="bubble"] button')
  for (const button of await buttons.all()) {
    await button.dispatchEvent('click')
    await person.page.keyboard.press('Escape')
  }
}

for (const [kind, text] of Object.entries(hostileTexts)) {
  test(`${kind} in any field of any message is only text`, async ({ open, service, trouble }) => {
    const deeds = watch(service.context())
    const groupId = await service.evaluate(
      (name) => window.service.createGroup(name, 'bob', ['alice']),
      text,
    )
    const contents = hostileContents(text)
    await service.evaluate(
      async ({ contents, conversation, groupId }) => {
        for (const sent of contents) {
          await window.service.send('bob', conversation, sent)
          await window.service.send('bob', window.service.inGroup(groupId), sent)
        }
      },
      { contents, conversation: privately('alice'), groupId },
    )
    const alice = await open('alice', { start: 'manual' })
    // High enough for every message to be on screen at once.
    await alice.page.setViewportSize({ width: 1000, height: 10_000 })
    await alice.page.evaluate(
      (text) =>
        window.person.start({
          service: {
            getUserProfile: (id) => ({ id, name: text, portraitUri: text }),
            getConversationProfile: (conversations) =>
              conversations.map((id) => ({ ...id, name: text, portraitUri: text })),
            getGroupMembers: () => [
              { id: 'alice', name: text },
              { id: 'bob', name: text, groupNickname: text, portraitUri: text },
            ],
          },
        }),
      text,
    )
    const pages = service.context().pages().length
    for (const conversation of [privately('bob'), inGroup(groupId)]) {
      await alice.select(conversation)
      await expect(alice.message('the last one')).toBeAttached()
      await expect(alice.list.locator('im-message-row').filter({ hasText: text })).not.toHaveCount(
        0,
      )
      expect(await dangers(alice.page)).toEqual([])
      await pressEverything(alice)
      expect(await dangers(alice.page)).toEqual([])
    }
    await alice.write('@')
    await expect(alice.editor.getByRole('option').nth(1)).toContainText(text)
    await alice.page.keyboard.press('Escape')
    await alice.choose('the last one', 'Quote')
    await expect(alice.editor.locator('[part~="quote"]')).toContainText(text)
    await alice.write(text)
    await alice.page.keyboard.press('Enter')
    await alice.choose('the last one', 'Forward')
    await expect(alice.list.locator('im-forward-dialog label').first()).toContainText(text)
    expect(await dangers(alice.page)).toEqual([])
    expect(deeds).toEqual([])
    expect(service.context().pages()).toHaveLength(pages)
    // Pictures of people that are nowhere.
    trouble.forgive(/Failed to load resource/)
  })
}

test('markup from a renderer is sanitised', async ({ open, service, trouble }) => {
  const alice = await open('alice', { start: 'manual' })
  await alice.page.evaluate(async (text) => {
    const { kit, initOptions, tokenOf, userId } = window.person
    const markup = () => `<b class="kept">kept</b>${text}<a href="javascript:hacked=1">link</a>`
    kit.init({
      ...initOptions(),
      customMessage: {
        userMessage: { 'app:card': markup },
        notifyMessage: { 'app:notice': markup },
        lastMessage: { 'app:card': markup },
      },
    })
    kit.registerMessageType('app:card', true, true)
    kit.registerMessageType('app:notice', true, true)
    await kit.connect(tokenOf(userId))
  }, Object.values(hostileTexts).join(' '))
  await service.evaluate(async (conversation) => {
    for (const messageType of ['app:notice', 'app:card']) {
      await window.service.send('bob', conversation, { messageType, content: {} })
    }
  }, privately('alice'))
  await alice.openConversation('Bob')
  await expect(alice.list.locator('b.kept')).toHaveCount(2)
  await expect(alice.partOf('Bob', 'digest').locator('b.kept')).toBeVisible()
  expect(await dangers(alice.page)).toEqual([])
  // A picture is allowed to be there, if it were.
  trouble.forgive(/Failed to load resource/)
})

test('malformed messages become a line and stop nothing', async ({ open, service }) => {
  await service.evaluate(async (conversation) => {
    const types = [
      ...['RC:TxtMsg', 'RC:ImgMsg', 'RC:FileMsg', 'RC:HQVCMsg', 'RC:SightMsg', 'RC:GIFMsg'],
      ...['RC:ReferenceMsg', 'RC:LBSMsg', 'RC:ImgTextMsg', 'RC:CombineV2Msg', 'RC:InfoNtf'],
      ...['RC:GrpNtf', 'RC:RcNtf', 'RC:RcCmd', 'RC:ReadNtf', 'RC:MsgExMsg', 'RC:RRRspMsg'],
      ...['IK:DelMsg', 'RC:Unheard', '__proto__', 'constructor', 'x'.repeat(300)],
    ]
    const bodies: object[] = [
      {},
      { content: 5, name: {}, imageUri: [], fileUrl: 1, remoteUrl: null, duration: 'long' },
      { content: {}, title: [], url: {}, data: '{', message: 7, operation: 'constructor' },
      { content: null, msgList: 'many', nameList: {}, summaryList: 3, user: 'nobody' },
      { referMsg: 'not json', referMsgUserId: 1, objName: [], mentionedInfo: 'all' },
    ]
    for (const messageType of types) {
      for (const content of bodies) {
        const sent = window.service.send('bob', conversation, { messageType, content })
        // Some of it the service does not even take.
        await sent.catch(() => undefined)
      }
    }
    await window.service.sendTexts('bob', conversation, ['the last one'])
  }, privately('alice'))
  const alice = await open('alice')
  // High enough for every message to be on screen at once.
  await alice.page.setViewportSize({ width: 1000, height: 10_000 })
  await alice.openConversation('Bob')
  await expect(alice.partOf('Bob', 'digest')).toHaveText('the last one')
  await alice.select(null)
  await alice.openConversation('Bob')
  await expect(alice.message('the last one')).toBeVisible()
  await expect(alice.notices.filter({ hasText: 'can’t show this message' })).not.toHaveCount(0)
  await alice.say('still here')
})
