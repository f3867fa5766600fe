import { expect, fixture, html, oneEvent } from '@open-wc/testing'
import { sendKeys } from '@web/test-runner-commands'
import '../../components/conversation-list/conversation-list.define.js'
import '../../components/im-provider/im-provider.define.js'
import type { ConversationList } from '../../components/conversation-list/conversation-list.js'
import type { ConversationRow } from '../../components/conversation-list/conversation-row.js'
import type { Conversation } from '../../src/core/conversation.js'
import { DisabledConversationContextMenu } from '../../src/kit/menu-items.js'
import type { ConversationId } from '../../src/model/conversation.js'
import type { Backend } from '../../src/backends/backend.js'
import { createIMKit } from '../../src/kit/kit.js'
import { uuidv7 } from '../../src/model/identity.js'
import { MentionedType } from '../../src/model/content.js'
import { eventually } from '../support/eventually.js'
import { expectNothingLeftBehind } from '../support/leaves-nothing-behind.js'
import { say, text, twoPeople, withAlice, withBob, type People } from '../support/two-people.js'

const { Top, Notification, Delete } = DisabledConversationContextMenu

describe('<conversation-list>', function () {
  this.timeout(30_000)

  let people: People
  let place: HTMLElement

  beforeEach(async () => {
    people = await twoPeople()
    place = await fixture(html`<im-provider .kit=${people.alice.kit}></im-provider>`)
  })

  afterEach(async () => {
    place.remove()
    await people.end()
  })

  const mount = (properties: Partial<ConversationList> = {}): ConversationList => {
    const list = Object.assign(document.createElement('conversation-list'), properties)
    list.style.blockSize = '400px'
    place.append(list)
    return list
  }

  describe('shows', () => {
    it('who a conversation is with, its last message, its time and what is unread', async () => {
      await say(people.bob, withAlice, 'hi')
      await say(people.bob, withAlice, 'are you there?')
      const list = mount()

      const row = await rowOf(list, 'bob')
      await eventually(() => part(row, 'badge') === '2', 'the count')
      await eventually(() => part(row, 'name') === 'Bob', 'the name')
      expect(part(row, 'digest')).to.equal('are you there?')
      expect(part(row, 'time')).to.match(/\d/)
      const time = row.shadowRoot!.querySelector('time')!
      time.dispatchEvent(new PointerEvent('pointerenter'))
      expect(time.title).to.match(/\d{4}/)
      expect(row.shadowRoot!.querySelector('im-avatar')!.name).to.equal('Bob')
    })

    it('no number, not even for a moment, where somebody reads what comes', async () => {
      await say(people.bob, withAlice, 'one')
      const list = mount()
      await eventually(() => rows(list)[0]?.shadowRoot?.querySelector('[part=badge]'))
      people.alice.kit.selectConversation(withBob)
      const store = people.alice.kit.store.value!
      const window = store.openMessages(withBob)
      store.setAttention(withBob, 'newest')
      await eventually(() => !rows(list)[0]!.shadowRoot!.querySelector('[part=badge]'))
      const badges: unknown[] = []
      const watcher = new MutationObserver(() => {
        badges.push(...rows(list)[0]!.shadowRoot!.querySelectorAll('[part=badge]'))
      })
      watcher.observe(rows(list)[0]!.shadowRoot!, { childList: true, subtree: true })
      for (const text of ['two', 'three', 'four']) await say(people.bob, withAlice, text)
      await eventually(() => rows(list)[0]!.ariaLabel?.includes('four'))
      watcher.disconnect()
      expect(badges).to.have.length(0)
      window.release()
    })

    it('conversations that come while it is on screen', async () => {
      const list = mount()
      await list.updateComplete
      await say(people.bob, withAlice, 'hi')
      await rowOf(list, 'bob')
    })

    it('pinned ones first, then the latest', async () => {
      await people.add('carol')
      await say(people.alice, withBob, 'first')
      await say(people.alice, { ...withBob, targetId: 'carol' }, 'second')
      const list = mount()
      await eventually(() => order(list).join() === 'carol,bob')

      await people.alice.kit.setTop(withBob, true)
      await eventually(() => order(list).join() === 'bob,carol', 'pinned')
      expect(part(rows(list)[0]!, 'pinned')).not.to.equal(undefined)

      await people.alice.kit.setTop(withBob, false)
      await eventually(() => order(list).join() === 'carol,bob', 'unpinned')
    })

    it('99+ for a hundred', async () => {
      await say(people.bob, withAlice, 'hi')
      const { kit } = people.alice
      const conversation = await kit.client!.conversations.get(withBob)
      const row = place.appendChild(document.createElement('im-conversation-row'))
      Object.assign(row, { kit, conversation: { ...conversation, unreadMessageCount: 99 } })
      await eventually(() => part(row, 'badge') === '99')
      row.conversation = { ...conversation, unreadMessageCount: 100 }
      await eventually(() => part(row, 'badge') === '99+')
      expect(row.ariaLabel).to.contain('100 unread messages')
    })

    it('a muted conversation with its count, or with a dot if so configured', async () => {
      await people.alice.kit.setMuted(withBob, true)
      await say(people.bob, withAlice, 'hi')
      const list = mount()
      const row = await rowOf(list, 'bob')
      await eventually(() => part(row, 'badge') === '1')
      expect(part(row, 'muted')).not.to.equal(undefined)

      list.hideNotificUnreadCount = true
      await eventually(() => part(row, 'dot') !== undefined)
      expect(part(row, 'badge')).to.equal(undefined)

      await people.alice.kit.setMuted(withBob, false)
      await eventually(() => part(row, 'badge') === '1', 'others are unaffected')
      expect(part(row, 'dot')).to.equal(undefined)
    })

    it('that somebody is online, once it is asked for, until they go', async () => {
      await say(people.bob, withAlice, 'hi')
      const group = await people.group('Friends', people.alice, people.bob)
      const list = mount()
      const row = await rowOf(list, 'bob')
      expect(part(row, 'online')).to.equal(undefined)
      list.showPresence = true
      await eventually(() => part(row, 'online') !== undefined)
      expect(row.ariaLabel).to.match(/^bob, Online/i)
      expect(part(await rowOf(list, group.targetId), 'online')).to.equal(undefined)
      await people.bob.kit.disconnect()
      await eventually(() => part(row, 'online') === undefined)
      expect(row.ariaLabel).to.not.contain('Online')
    })

    it('who is online to nobody any more once it is removed: they are followed no longer', async () => {
      await say(people.bob, withAlice, 'hi')
      const list = mount({ showPresence: true })
      const row = await rowOf(list, 'bob')
      await eventually(() => part(row, 'online') !== undefined)
      const { presence } = people.alice.kit.client!
      expect(presence.isOnline('bob')).to.equal(true)
      list.remove()
      await eventually(() => presence.isOnline('bob') === undefined)
    })

    it('that one was mentioned, and who said what in a group', async () => {
      const group = await people.group('Friends', people.alice, people.bob)
      const message = text('@Alice look')
      message.content.mentionedInfo = { type: MentionedType.SINGAL, userIdList: ['alice'] }
      await people.bob.kit.client!.sender.send(group, message, { isMentioned: true })

      const row = await rowOf(mount(), group.targetId)
      await eventually(() => part(row, 'mention') === '[You were mentioned]')
      await eventually(() => part(row, 'digest') === 'Bob: @Alice look')
      await eventually(() => part(row, 'name') === 'Friends')
    })

    it('a draft, but not that of the open conversation', async () => {
      await say(people.bob, withAlice, 'hi')
      await people.alice.kit.saveDraft(withBob, { text: 'half a thought' })
      const row = await rowOf(mount(), 'bob')
      await eventually(() => part(row, 'draft') === '[Draft]')
      expect(part(row, 'digest')).to.equal('half a thought')

      people.alice.kit.selectConversation(withBob)
      await eventually(() => part(row, 'digest') === 'hi')
      expect(part(row, 'draft')).to.equal(undefined)
    })

    it('whether one’s own last message was sent and read', async () => {
      const sent = await say(people.alice, withBob, 'hi')
      const row = await rowOf(mount(), 'bob')
      const state = () => row.shadowRoot!.querySelector<HTMLElement>('[part=state]')?.dataset.state
      await eventually(() => state() === 'unread')

      await eventually(
        async () =>
          (await people.bob.kit.client!.conversations.get(withAlice)).latestMessage !== null,
      )
      await people.bob.kit.client!.readState.markRead(withAlice)
      await eventually(() => state() === 'read', `read up to ${sent.sentTime}`)
    })

    it('that a message waits for the network', async () => {
      await say(people.alice, withBob, 'hi')
      people.alice.backend.setOnline(false)
      await people.alice.kit.post(withBob, text('later'))
      const row = await rowOf(mount(), 'bob')
      await eventually(() => part(row, 'digest') === 'later')
      const state = row.shadowRoot!.querySelector<HTMLElement>('[part=state]')!
      expect(state.dataset.state).to.equal('sending')
      expect(row.ariaLabel).to.contain(people.alice.kit.words.value.sending)
    })

    it('that a message was refused', async () => {
      const group = await people.group('Others', people.bob, await people.add('carol'))
      await people.alice.kit.post(group, text('let me in'))
      const row = await rowOf(mount(), group.targetId)
      const state = () => row.shadowRoot!.querySelector<HTMLElement>('[part=state]')?.dataset.state
      await eventually(() => state() === 'failed')
      expect(row.ariaLabel).to.contain(people.alice.kit.words.value.sendFailed)
    })

    it('who is typing', async () => {
      await say(people.bob, withAlice, 'hi')
      const row = await rowOf(mount(), 'bob')
      people.bob.kit.sendTyping(withAlice)
      await eventually(() => part(row, 'typing') !== undefined)
    })

    it('markup as the text it is', async () => {
      await say(people.bob, withAlice, '<img src=x onerror=alert(1)>')
      const row = await rowOf(mount(), 'bob')
      await eventually(() => part(row, 'digest') === '<img src=x onerror=alert(1)>')
    })

    it('a custom last message, and the plain line when its renderer throws', async () => {
      const { kit } = people.alice
      const errors: string[] = []
      kit.on('error', ({ context }) => errors.push(context))
      kit.customMessage = { lastMessage: { 'RC:TxtMsg': () => html`<b>custom</b>` } }
      await say(people.bob, withAlice, 'hi')
      const row = await rowOf(mount(), 'bob')
      await eventually(() => part(row, 'digest') === 'custom')

      kit.customMessage = {
        lastMessage: {
          'RC:TxtMsg': () => {
            throw new Error('no')
          },
        },
      }
      await say(people.bob, withAlice, 'plain')
      await eventually(() => part(row, 'digest') === 'plain')
      expect(errors).not.to.be.empty
    })

    it('a new name at once', async () => {
      await say(people.bob, withAlice, 'hi')
      const row = await rowOf(mount(), 'bob')
      people.alice.kit.updateConversationProfile(withBob, { ...withBob, name: 'Robert' })
      await eventually(() => part(row, 'name') === 'Robert')
    })

    it('its words in the language of the kit', async () => {
      const list = mount()
      await eventually(() =>
        inside(list, '[part=empty]')?.textContent?.includes('No conversations'),
      )
      people.alice.kit.changeLanguage({ lang: 'zh_CN' })
      await eventually(() => inside(list, '[part=empty]')?.textContent?.includes('暂无会话'))
    })
  })

  describe('while there are no conversations', () => {
    it('says so, in the host’s words if it has some', async () => {
      const list = mount()
      await eventually(() => inside(list, '[part=empty]'))
      list.append(
        Object.assign(document.createElement('p'), { slot: 'empty', textContent: 'Nobody' }),
      )
      const slot = inside<HTMLSlotElement>(list, 'slot[name=empty]')!
      expect(slot.assignedElements().map((node) => node.textContent)).to.deep.equal(['Nobody'])
    })

    it('tells that there is no connection', async () => {
      const list = mount()
      await list.updateComplete
      expect(inside(list, '[part=banner]')).to.equal(null)
      people.alice.backend.setOnline(false)
      await eventually(() => inside(list, '[part=banner]')?.getAttribute('role') === 'status')
      people.alice.backend.setOnline(true)
    })
  })

  describe('when there is nothing to show it from', () => {
    it('waits for a kit that is not set up yet', async () => {
      const kit = createIMKit({ name: uuidv7() })
      Object.assign(place, { kit })
      const list = mount()
      await list.updateComplete
      expect(rows(list)).to.have.length(0)
      kit.init({ appkey: uuidv7(), backend: people.alice.backend })
      await eventually(() => inside(list, '[part=banner]'))
      await kit.connect(people.alice.token)
      await eventually(() => inside(list, '[part=empty]'))
      await kit.client!.clearLocalData()
    })

    it('draws where rows will be while it connects for the first time', async () => {
      const kit = createIMKit({ name: uuidv7() })
      const nobodyAnswers: Backend = {
        name: 'silent',
        userIdOf: () => 'alice',
        connect: ({ signal }) =>
          new Promise((_, reject) => signal!.addEventListener('abort', reject, { once: true })),
      }
      kit.init({ appkey: uuidv7(), backend: nobodyAnswers, language: 'en' })
      Object.assign(place, { kit })
      const list = mount()
      const connecting = kit.connect('token').catch(() => 'given up')
      await eventually(() => inside(list, '[part=skeleton]')?.getAttribute('role') === 'status')
      await eventually(() => inside(list, '[part=banner]')?.textContent?.includes('Connecting…'))
      expect(inside(list, '[part=empty]')).to.equal(null)
      await expect(list).to.be.accessible()

      await kit.client!.clearLocalData()
      expect(await connecting).to.equal('given up')
      await eventually(() => inside(list, '[part=skeleton]') === null)
    })

    it('is calm before there is a user', async () => {
      await people.alice.kit.disconnect()
      const list = mount()
      await list.updateComplete
      expect(inside(list, '[part=error]')).to.equal(null)
      expect(inside(list, '[part=skeleton]')).to.equal(null)
      expect(inside(list, '[part=banner]')!.textContent).to.contain('Not connected')
    })

    it('says why the login was refused', async () => {
      const { kit } = people.alice
      await kit.disconnect()
      const list = mount()
      await kit.connect('nonsense').catch(() => undefined)
      await eventually(() => inside(list, '[part=error]')?.textContent?.includes('login'))
    })

    it('says that the browser refuses its storage', async () => {
      const { kit, token } = people.alice
      await kit.disconnect()
      const list = mount()
      const { open } = IDBFactory.prototype
      IDBFactory.prototype.open = () => {
        throw new DOMException('Denied in private mode.', 'SecurityError')
      }
      try {
        await kit.connect(token).catch(() => undefined)
      } finally {
        IDBFactory.prototype.open = open
      }
      await eventually(() => inside(list, '[part=error]')?.textContent?.includes('storage'))
      expect(inside(list, '[part=banner]')).to.equal(null)
      await expect(list).to.be.accessible()

      await kit.connect(token)
      await eventually(() => inside(list, '[part=empty]'))
    })
  })

  it('loads more when it is scrolled near its end, until there is no more', async () => {
    await people.end()
    people = await twoPeople({ conversationPullCount: 5 })
    const { kit, token } = people.alice
    Object.assign(place, { kit })
    const ids = Array.from({ length: 25 }, (_, index) => `friend-${index}`)
    await Promise.all(ids.map((targetId) => kit.post({ ...withBob, targetId }, text('hi'))))
    await kit.disconnect()
    const list = mount()
    list.style.blockSize = '100px'
    await kit.connect(token)

    await eventually(() => rows(list).length >= 5)
    expect(rows(list).length, 'not all at once').to.be.below(ids.length)
    const scroller = inside<HTMLElement>(list, '[part=scroller]')!
    await eventually(() => {
      scroller.scrollTop = scroller.scrollHeight
      return rows(list).at(-1)?.getAttribute('aria-posinset') === String(ids.length)
    }, 'the last of them')
    await eventually(() => inside(list, '.end') === null, 'no more')
  })

  it('scrolls to a conversation that is opened from elsewhere, and leaves the page alone', async () => {
    const { kit } = people.alice
    const ids = Array.from({ length: 12 }, (_, index) => `friend-${index}`)
    for (const targetId of ids) await kit.post({ ...withBob, targetId }, text('hi'))
    const list = mount()
    list.style.marginBlockStart = '150vh'
    await eventually(() => rows(list).length === ids.length)
    kit.selectConversation({ ...withBob, targetId: 'friend-0' })
    await eventually(() => inside(list, '[part=scroller]')!.scrollTop > 0)
    const row = await rowOf(list, 'friend-0')
    expect(row.getBoundingClientRect().bottom).to.be.closeTo(list.getBoundingClientRect().bottom, 2)
    expect(scrollY).to.equal(0)
  })

  describe('a tap', () => {
    it('tells the host and opens the conversation', async () => {
      await say(people.bob, withAlice, 'hi')
      const list = mount()
      const row = await rowOf(list, 'bob')
      const tapped = oneEvent(document, 'tapConversation')
      row.click()
      expect(((await tapped).detail as Conversation).targetId).to.equal('bob')
      await eventually(() => row.getAttribute('aria-selected') === 'true')
      expect(people.alice.kit.currentConversation?.targetId).to.equal('bob')
    })

    it('opens nothing if the host prevents it', async () => {
      await say(people.bob, withAlice, 'hi')
      const list = mount()
      const row = await rowOf(list, 'bob')
      list.addEventListener('tapConversation', (event) => event.preventDefault(), { once: true })
      row.click()
      expect(people.alice.kit.currentConversation).to.equal(null)
    })
  })

  describe('the context menu', () => {
    const open = async (list: ConversationList) => {
      const row = await rowOf(list, 'bob')
      row.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, composed: true, button: 2 }))
      const menu = inside(list, 'im-menu')!
      await eventually(() => menu.shadowRoot?.activeElement)
      return menu
    }
    const labels = (list: ConversationList) =>
      [...inside(list, 'im-menu')!.shadowRoot!.querySelectorAll('[role=menuitem]')].map((item) =>
        item.textContent!.trim(),
      )
    const choose = (list: ConversationList, label: string) =>
      [...inside(list, 'im-menu')!.shadowRoot!.querySelectorAll<HTMLElement>('[role=menuitem]')]
        .find((item) => item.textContent!.trim() === label)!
        .click()

    beforeEach(() => say(people.bob, withAlice, 'hi'))

    it('pins and unpins, mutes and unmutes, and tells the host', async () => {
      const list = mount()
      await open(list)
      expect(labels(list)).to.deep.equal(['Pin', 'Mute', 'Delete conversation'])
      let updated = oneEvent(list, 'updateConversation')
      choose(list, 'Pin')
      expect(((await updated).detail as Conversation).isTop).to.be.true

      await eventually(() => part(rows(list)[0]!, 'pinned') !== undefined)
      await open(list)
      expect(labels(list)).to.deep.equal(['Unpin', 'Mute', 'Delete conversation'])
      updated = oneEvent(list, 'updateConversation')
      choose(list, 'Mute')
      await updated
      await eventually(() => part(rows(list)[0]!, 'muted') !== undefined)
      await open(list)
      expect(labels(list)).to.deep.equal(['Unpin', 'Unmute', 'Delete conversation'])
    })

    it('deletes, and tells the host', async () => {
      const list = mount()
      await open(list)
      const deleted = oneEvent(document, 'deleteConversation')
      choose(list, 'Delete conversation')
      expect(((await deleted).detail as Conversation).targetId).to.equal('bob')
      await eventually(() => rows(list).length === 0)
    })

    it('leaves out what the host disables', async () => {
      const list = mount({ disableMenu: [Top, Delete] })
      await open(list)
      expect(labels(list)).to.deep.equal(['Mute'])
    })

    it('does not open when nothing is left to choose', async () => {
      const list = mount({ disableMenu: [Top, Notification, Delete] })
      const row = await rowOf(list, 'bob')
      const menu = inside(list, 'im-menu')!
      row.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, composed: true, button: 2 }))
      await customElements.whenDefined('im-menu')
      await list.updateComplete
      await menu.updateComplete
      expect(menu.open).to.be.false
    })

    it('has the host’s own items, but not one without a name', async () => {
      const chosen: string[] = []
      const list = mount({
        customMenu: [
          { name: () => 'Details', callback: ({ targetId }) => chosen.push(targetId) },
          { name: () => undefined, callback: () => chosen.push('never') },
        ],
      })
      await open(list)
      expect(labels(list)).to.deep.equal(['Pin', 'Mute', 'Details', 'Delete conversation'])
      choose(list, 'Details')
      await eventually(() => chosen.join() === 'bob')
    })

    it('goes on when a callback of the host throws, and reports it', async () => {
      const reported: string[] = []
      people.alice.kit.on('error', ({ context }) => reported.push(context))
      const fail = () => {
        throw new Error('no')
      }
      const list = mount({
        customMenu: [
          { name: fail, callback: fail },
          { name: () => 'Fails', callback: fail },
        ],
      })
      await open(list)
      expect(labels(list)).to.deep.equal(['Pin', 'Mute', 'Fails', 'Delete conversation'])
      expect(reported.at(-1)).to.equal('the name of an item of customMenu of <conversation-list>')
      choose(list, 'Fails')
      await eventually(() => reported.includes('customMenu[1].callback of <conversation-list>'))
    })

    it('closes when its conversation goes', async () => {
      const list = mount()
      const menu = await open(list)
      await people.alice.kit.removeConversation(withBob)
      await eventually(() => !menu.open)
    })

    for (const key of ['ContextMenu', 'Shift+F10']) {
      it(`opens by ${key}, and gives the focus back to the row`, async () => {
        const list = mount()
        const row = await rowOf(list, 'bob')
        row.focus()
        await sendKeys({ press: key })
        const menu = inside(list, 'im-menu')!
        await eventually(() => menu.shadowRoot?.activeElement)
        await sendKeys({ press: 'Escape' })
        expect(list.shadowRoot!.activeElement === row).to.be.true
      })
    }
  })

  it('tells the host of a conversation that it takes out of the list itself', async () => {
    await say(people.bob, withAlice, 'hi')
    const list = mount()
    await rowOf(list, 'bob')
    const deleted = oneEvent(list, 'deleteConversation')
    await people.alice.kit.removeConversation(withBob)
    expect(((await deleted).detail as Conversation).targetId).to.equal('bob')
  })

  describe('by keyboard', () => {
    const targets = ['one', 'two', 'three', 'four']

    const mountWithFour = async () => {
      for (const targetId of [...targets].reverse()) {
        await say(people.alice, { ...withBob, targetId }, 'hi')
      }
      const list = mount()
      await eventually(() => order(list).join() === targets.join())
      return list
    }
    const focused = (list: ConversationList) =>
      (list.shadowRoot!.activeElement as ConversationRow | null)?.conversation?.targetId

    it('is one tab stop with arrows, Home and End to move', async () => {
      const list = await mountWithFour()
      const before = document.createElement('button')
      place.prepend(before)
      before.focus()
      await sendKeys({ press: 'Tab' })
      expect(focused(list)).to.equal('one')
      await sendKeys({ press: 'ArrowDown' })
      expect(focused(list)).to.equal('two')
      await sendKeys({ press: 'End' })
      expect(focused(list)).to.equal('four')
      await sendKeys({ press: 'ArrowDown' })
      expect(focused(list)).to.equal('four')
      await sendKeys({ press: 'ArrowUp' })
      expect(focused(list)).to.equal('three')
      await sendKeys({ press: 'Home' })
      expect(focused(list)).to.equal('one')
      expect(rows(list).filter((row) => row.tabIndex === 0)).to.have.length(1)
    })

    for (const key of ['Enter', 'Space']) {
      it(`opens by ${key}`, async () => {
        const list = await mountWithFour()
        rows(list)[1]!.focus()
        await sendKeys({ press: key })
        expect(people.alice.kit.currentConversation?.targetId).to.equal('two')
      })
    }

    it('does not delete by the Delete key', async () => {
      const list = await mountWithFour()
      rows(list)[1]!.focus()
      await sendKeys({ press: 'Delete' })
      await list.updateComplete
      expect(rows(list)).to.have.length(4)
    })

    it('stays on a conversation that moves to the top', async () => {
      const list = await mountWithFour()
      rows(list)[2]!.focus()
      await say(people.alice, { ...withBob, targetId: 'three' }, 'again')
      await eventually(() => order(list)[0] === 'three')
      expect(focused(list)).to.equal('three')
    })

    it('goes to the next one when its conversation is deleted', async () => {
      const list = await mountWithFour()
      rows(list)[1]!.focus()
      await people.alice.kit.removeConversation({ ...withBob, targetId: 'two' })
      await eventually(() => rows(list).length === 3)
      expect(focused(list)).to.equal('three')
    })

    it('starts at the open conversation', async () => {
      const list = await mountWithFour()
      people.alice.kit.selectConversation({ ...withBob, targetId: 'three' })
      await eventually(() => rows(list)[2]!.selected)
      const before = document.createElement('button')
      place.prepend(before)
      before.focus()
      await sendKeys({ press: 'Tab' })
      expect(focused(list)).to.equal('three')
    })
  })

  describe('the long press of a finger', () => {
    it('opens the menu and not the conversation', async () => {
      await say(people.bob, withAlice, 'hi')
      const list = mount()
      const row = await rowOf(list, 'bob')
      const { x, y } = row.getBoundingClientRect()
      const init = { bubbles: true, composed: true, isPrimary: true, pointerType: 'touch' }
      row.dispatchEvent(
        new PointerEvent('pointerdown', { ...init, clientX: x + 20, clientY: y + 20 }),
      )
      const menu = inside(list, 'im-menu')!
      await eventually(() => menu.shadowRoot?.activeElement)
      row.click()
      expect(people.alice.kit.currentConversation).to.equal(null)
    })
  })

  describe('its properties', () => {
    it('work the same set before and after it is attached', async () => {
      await say(people.bob, withAlice, 'hi')
      const before = mount({ baseSize: '20px', userBackground: 'rgb(1, 2, 3)' })
      const after = mount()
      await after.updateComplete
      Object.assign(after, { baseSize: '20px', userBackground: 'rgb(1, 2, 3)' })
      for (const list of [before, after]) {
        const row = await rowOf(list, 'bob')
        await eventually(() => row.userBackground === 'rgb(1, 2, 3)')
        expect(getComputedStyle(list).fontSize).to.equal('20px')
        expect(getComputedStyle(row).fontSize).to.equal('20px')
      }
    })

    it('are attributes where they are words', async () => {
      place.innerHTML =
        '<conversation-list base-size="62.5%" user-background="teal" hide-notific-unread-count show-presence></conversation-list>'
      const list = place.querySelector('conversation-list')!
      await list.updateComplete
      expect(getComputedStyle(list).fontSize).to.equal('10px')
      expect(list.userBackground).to.equal('teal')
      expect(list.hideNotificUnreadCount).to.be.true
      expect(list.showPresence).to.be.true
    })

    it('warn of what they can not use, and go on', async () => {
      await say(people.bob, withAlice, 'hi')
      const list = mount({
        baseSize: 'huge',
        customMenu: 'no' as never,
        disableMenu: null as never,
      })
      await rowOf(list, 'bob')
      expect(getComputedStyle(list).fontSize).to.equal('16px')
    })
  })

  describe('removed and added again', () => {
    it('shows the same', async () => {
      await say(people.bob, withAlice, 'hi')
      const list = mount()
      await rowOf(list, 'bob')
      list.remove()
      await say(people.bob, withAlice, 'meanwhile')
      place.append(list)
      const row = await rowOf(list, 'bob')
      await eventually(() => part(row, 'digest') === 'meanwhile')
    })

    it('shows the kit of where it is', async () => {
      await say(people.bob, withAlice, 'hi')
      const list = mount()
      await rowOf(list, 'bob')
      const other = await fixture(html`<im-provider .kit=${people.bob.kit}></im-provider>`)
      other.append(list)
      await eventually(() => order(list).join() === 'alice')
    })

    it('leaves nothing behind', async () => {
      await say(people.bob, withAlice, 'hi')
      await expectNothingLeftBehind(async (mountPlace) => {
        place.append(mountPlace)
        const list = document.createElement('conversation-list')
        mountPlace.append(list)
        await rowOf(list, 'bob')
        return list
      })
    }).timeout(60_000)
  })

  it('forgets a user who leaves', async () => {
    await say(people.bob, withAlice, 'hi')
    const list = mount()
    await rowOf(list, 'bob')
    await people.alice.kit.disconnect()
    await eventually(() => rows(list).length === 0)
  })
})

function inside<Found extends Element = HTMLElement>(
  list: ConversationList,
  selector: string,
): Found | null
function inside(
  list: ConversationList,
  selector: 'im-menu',
): HTMLElementTagNameMap['im-menu'] | null
function inside(list: ConversationList, selector: string): Element | null {
  return list.shadowRoot?.querySelector(selector) ?? null
}

function rows(list: ConversationList): ConversationRow[] {
  return [...(list.shadowRoot?.querySelectorAll('im-conversation-row') ?? [])]
}

function order(list: ConversationList): string[] {
  return rows(list).map(({ conversation }) => conversation.targetId)
}

async function rowOf(
  list: ConversationList,
  targetId: ConversationId['targetId'],
): Promise<ConversationRow> {
  const find = () => rows(list).find(({ conversation }) => conversation.targetId === targetId)
  await eventually(find, `a row for ${targetId}`)
  const row = find()!
  await row.updateComplete
  return row
}

function part(row: ConversationRow, name: string): string | undefined {
  return row.shadowRoot!.querySelector(`[part=${name}]`)?.textContent?.trim()
}
