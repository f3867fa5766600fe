import { expect, test } from './support/test.js'

test('speaks Chinese unless told otherwise, switches at once and remembers it', async ({
  open,
}) => {
  const [alice, bob] = await Promise.all([open('alice', { start: 'manual' }), open('bob')])
  await alice.page.evaluate(() => window.person.start({ language: undefined }))
  await expect(alice.conversations).toContainText('暂无会话')
  await alice.chatWith('Bob')
  await expect(alice.input).toHaveAttribute('aria-label', '输入消息')
  await alice.say('你好')
  await bob.openConversation('Alice')
  await bob.choose('你好', 'Quote')
  await bob.say('hi')
  await alice.choose('你好', '撤回')
  await expect(alice.notices).toContainText('你撤回了一条消息')
  await expect(bob.notices).toHaveText('Alice recalled a message')

  await alice.page.evaluate(() => window.person.kit.changeLanguage({ lang: 'en' }))
  await expect(alice.notices).toContainText('You recalled a message')
  await expect(alice.input).toHaveAttribute('aria-label', 'Write a message')
  await expect(alice.partOf('Bob', 'digest')).toHaveText('hi')
  await alice.reload()
  await alice.page.evaluate(() => window.person.start({ language: undefined }))
  await alice.openConversation('Bob')
  await expect(alice.notices).toContainText('You recalled a message')

  await alice.page.evaluate(() => window.person.kit.changeLanguage({ lang: 'tlh' }))
  await expect(alice.notices).toContainText('你撤回了一条消息')
})

test('takes a language of the host’s', async ({ open }) => {
  const alice = await open('alice')
  await alice.page.evaluate(() => {
    const { kit } = window.person
    kit.registerLanguage('de', { locale: 'de', noConversations: 'Noch keine Gespräche' })
    kit.changeLanguage({ lang: 'de' })
  })
  await expect(alice.conversations).toContainText('Noch keine Gespräche')
})
