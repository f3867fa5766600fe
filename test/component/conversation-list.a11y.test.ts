import { expect, fixture, html } from '@open-wc/testing'
import { emulateMedia } from '@web/test-runner-commands'
import '../../components/conversation-list/conversation-list.define.js'
import '../../components/im-provider/im-provider.define.js'
import type { ConversationList } from '../../components/conversation-list/conversation-list.js'
import type { ConversationId } from '../../src/model/conversation.js'
import { eventually } from '../support/eventually.js'
import { say, text, twoPeople, withAlice, withBob, type People } from '../support/two-people.js'

describe('<conversation-list>, for everybody', function () {
  this.timeout(30_000)

  let people: People
  let page: HTMLElement
  let list: ConversationList

  const rows = () => [...list.shadowRoot!.querySelectorAll('im-conversation-row')]

  /** A row of each kind: unread, muted, pinned, with a draft, sent, waiting, failed. */
  before(async () => {
    people = await twoPeople()
    const { kit } = people.alice
    const to = (targetId: string) => ({ ...withBob, targetId })
    const group = await people.group('Friends', people.alice, people.bob)
    await say(people.bob, group, 'welcome')
    await kit.setMuted(group, true)
    await say(people.bob, withAlice, 'hi')
    await kit.setTop(withBob, true)
    await say(people.alice, to('dave'), 'sent')
    await say(people.alice, to('erin'), 'with a draft')
    await kit.saveDraft(to('erin'), { text: 'half a thought' })
    const nameOf = (id: ConversationId) => kit.people.conversation(id).value.name
    await eventually(() => nameOf(group) === 'Friends' && nameOf(withBob) === 'Bob')
    people.alice.backend.setOnline(false)
    await kit.post(to('frank'), text('waiting'))
    kit.selectConversation(to('dave'))
  })

  after(() => people.end())

  beforeEach(async () => {
    page = await fixture(
      html`<im-provider .kit=${people.alice.kit}>
        <conversation-list style="block-size: 500px; inline-size: 320px"></conversation-list>
      </im-provider>`,
    )
    list = page.querySelector('conversation-list')!
    await eventually(() => rows().length === 5, 'all rows')
    await Promise.all(rows().map((row) => row.updateComplete))
  })

  it('is a list box of options with names that say all there is to see', async () => {
    await expect(list).to.be.accessible()
    const names = rows().map((row) => row.getAttribute('aria-label')!)
    const bob = names.find((name) => name.startsWith('Bob'))!
    expect(bob).to.match(/^Bob, 1 unread message, hi, .+, Pinned$/)
    expect(names.find((name) => name.startsWith('Friends'))).to.match(/, Muted$/)
    expect(names.find((name) => name.startsWith('erin'))).to.contain('[Draft] half a thought')
    expect(names.find((name) => name.startsWith('frank'))).to.contain('Sending')
    const selected = rows().filter((row) => row.getAttribute('aria-selected') === 'true')
    expect(selected.map(({ conversation }) => conversation.targetId)).to.deep.equal(['dave'])
  })

  it('is accessible in dark', async () => {
    page.style.colorScheme = 'dark'
    expect(getComputedStyle(list).backgroundColor).to.equal('rgb(27, 29, 33)')
    await expect(list).to.be.accessible()
    list.shadowRoot!.querySelector('im-conversation-row')!.dataset.menu = ''
    await expect(list).to.be.accessible()
  })

  it('shows in forced colours what is open and what is unread', async () => {
    await emulateMedia({ forcedColors: 'active' })
    try {
      const selected = rows().find((row) => row.selected)!
      const badge = rows()
        .map((row) => row.shadowRoot!.querySelector('[part=badge]'))
        .find(Boolean)!
      expect(getComputedStyle(selected).outlineStyle).to.equal('solid')
      const { color, backgroundColor } = getComputedStyle(badge)
      expect(color).not.to.equal(backgroundColor)
      await expect(list).to.be.accessible()
    } finally {
      await emulateMedia({ forcedColors: 'none' })
    }
  })

  it('runs from right to left, names in other scripts included', async () => {
    people.alice.kit.updateConversationProfile(withBob, { ...withBob, name: 'محمد' })
    page.dir = 'rtl'
    const row = rows().find(({ conversation }) => conversation.targetId === 'bob')!
    const name = () => row.shadowRoot!.querySelector<HTMLElement>('[part=name]')!
    await eventually(() => name().textContent === 'محمد')
    const avatar = row.shadowRoot!.querySelector('im-avatar')!
    const startOf = (dir: string) => {
      page.dir = dir
      const { left, right } = avatar.getBoundingClientRect()
      const text = new Range()
      text.selectNodeContents(name())
      const box = text.getBoundingClientRect()
      return dir === 'rtl' ? left - box.right : box.left - right
    }
    // Beside the picture in both directions.
    expect(startOf('rtl')).to.be.closeTo(12, 2)
    expect(startOf('ltr')).to.be.closeTo(12, 2)
    page.dir = 'rtl'
    await expect(list).to.be.accessible()
    people.alice.kit.updateConversationProfile(withBob, { ...withBob, name: 'Bob' })
    await eventually(() => name().textContent === 'Bob')
  })

  it('holds still where less motion is asked for', async () => {
    await emulateMedia({ reducedMotion: 'reduce' })
    try {
      expect(parseFloat(getComputedStyle(rows()[0]!).transitionDuration)).to.be.below(0.001)
    } finally {
      await emulateMedia({ reducedMotion: 'no-preference' })
    }
  })
})
