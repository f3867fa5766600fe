import { expect, fixture, html } from '@open-wc/testing'
import { emulateMedia, sendKeys } from '@web/test-runner-commands'
import '../../components/im-chat/im-chat.define.js'
import '../../components/im-provider/im-provider.define.js'
import type { IMChat } from '../../components/im-chat/im-chat.js'
import { eventually } from '../support/eventually.js'
import { expectNothingLeftBehind } from '../support/leaves-nothing-behind.js'
import { say, twoPeople, withAlice, withBob, type People } from '../support/two-people.js'

describe('<im-chat>', function () {
  this.timeout(30_000)

  let people: People
  let place: HTMLElement

  beforeEach(async () => {
    people = await twoPeople()
    await say(people.bob, withAlice, 'hi')
    place = await fixture(html`<im-provider .kit=${people.alice.kit}></im-provider>`)
  })

  afterEach(async () => {
    place.remove()
    await people.end()
  })

  const mount = async (inlineSize = '800px'): Promise<IMChat> => {
    const chat = document.createElement('im-chat')
    Object.assign(chat.style, { blockSize: '500px', inlineSize })
    place.append(chat)
    await eventually(() => row(chat), 'the conversation')
    return chat
  }

  const inside = <Found extends Element = HTMLElement>(chat: IMChat, selector: string) =>
    chat.shadowRoot!.querySelector<Found>(selector)
  const list = (chat: IMChat) => inside(chat, 'conversation-list')
  const row = (chat: IMChat) =>
    list(chat)?.shadowRoot?.querySelector<HTMLElement>('im-conversation-row')
  const isShown = (element: Element | null) => element?.checkVisibility() ?? false
  const open = async (chat: IMChat) => {
    people.alice.kit.selectConversation(withBob)
    await eventually(() => inside(chat, 'message-list'))
  }

  it('asks to choose a conversation, and shows the one that is chosen', async () => {
    const chat = await mount()
    expect(inside(chat, '[part=empty]')!.textContent).to.contain('Choose a conversation')
    expect(inside(chat, 'message-editor')).to.equal(null)

    row(chat)!.click()
    await eventually(() => inside(chat, '[part=name]')?.textContent === 'Bob')
    expect(isShown(inside(chat, 'message-list'))).to.be.true
    expect(isShown(inside(chat, 'message-editor'))).to.be.true
    expect(isShown(list(chat))).to.be.true
    expect(inside(chat, '[part=empty]')).to.equal(null)
  })

  it('tells how many a group has, and who is typing', async () => {
    const group = await people.group('Friends', people.alice, people.bob)
    const chat = await mount()
    people.alice.kit.selectConversation(group)
    await eventually(() => inside(chat, '[part=name]')?.textContent === 'Friends')
    await eventually(() => inside(chat, '[part=detail]')?.textContent === '2 members')

    people.alice.kit.selectConversation(withBob)
    await eventually(() => inside(chat, '[part=name]')?.textContent === 'Bob')
    expect(inside(chat, '[part=detail]')).to.equal(null)
    people.bob.kit.sendTyping(withAlice)
    await eventually(() => inside(chat, '[part=detail]')?.hasAttribute('data-typing'))
  })

  describe('where there is room for one column', () => {
    it('shows the list, then the conversation, and the way back', async () => {
      const chat = await mount('360px')
      expect(isShown(list(chat))).to.be.true
      expect(isShown(inside(chat, '[part=empty]'))).to.be.false

      row(chat)!.click()
      await eventually(() => isShown(inside(chat, 'message-list')))
      expect(isShown(list(chat))).to.be.false

      inside(chat, '[part=back]')!.click()
      await eventually(() => isShown(list(chat)))
      expect(people.alice.kit.currentConversation).to.equal(null)
    })

    it('takes the focus along', async () => {
      const chat = await mount('360px')
      row(chat)!.focus()
      await sendKeys({ press: 'Enter' })
      await eventually(() => inside(chat, '[part=back]')?.matches(':focus'))
      await sendKeys({ press: 'Enter' })
      await eventually(() => list(chat)!.shadowRoot!.activeElement === row(chat))
    })

    it('becomes two when it grows', async () => {
      const chat = await mount('360px')
      await open(chat)
      expect(isShown(list(chat))).to.be.false
      chat.style.inlineSize = '900px'
      expect(isShown(list(chat))).to.be.true
      expect(isShown(inside(chat, '[part=back]'))).to.be.false
    })
  })

  it('leaves the focus in the list where there are two columns', async () => {
    const chat = await mount()
    row(chat)!.focus()
    await sendKeys({ press: 'Enter' })
    await eventually(() => inside(chat, 'message-list'))
    expect(list(chat)!.shadowRoot!.activeElement === row(chat)).to.be.true
  })

  it('scales all inside by its base size', async () => {
    const chat = await mount()
    await open(chat)
    chat.baseSize = '20px'
    await chat.updateComplete
    for (const element of ['conversation-list', 'message-list', 'message-editor']) {
      expect(getComputedStyle(inside(chat, element)!).fontSize, element).to.equal('20px')
    }
  })

  describe('is accessible', () => {
    it('wide, with and without an open conversation', async () => {
      const chat = await mount()
      await expect(chat).to.be.accessible()
      await open(chat)
      await eventually(() => inside(chat, '[part=name]')?.textContent === 'Bob')
      await expect(chat).to.be.accessible()
    })

    it('narrow', async () => {
      const chat = await mount('360px')
      await open(chat)
      await expect(chat).to.be.accessible()
    })

    it('from right to left, in dark', async () => {
      const chat = await mount()
      place.dir = 'rtl'
      place.style.colorScheme = 'dark'
      await open(chat)
      const { left } = list(chat)!.getBoundingClientRect()
      expect(left).to.be.above(inside(chat, 'message-list')!.getBoundingClientRect().left)
      await expect(chat).to.be.accessible()
    })

    it('in forced colours', async () => {
      const chat = await mount()
      await open(chat)
      await emulateMedia({ forcedColors: 'active' })
      try {
        await expect(chat).to.be.accessible()
      } finally {
        await emulateMedia({ forcedColors: 'none' })
      }
    })
  })

  it('takes the host’s own elements in the places of its own, which it does not even make', async () => {
    const made = ['conversation-list', 'message-list', 'message-editor', '.header']
    const isMade = () => made.map((selector) => inside(chat, selector) !== null)
    const chat = document.createElement('im-chat')
    const own = ['conversations', 'messages', 'editor', 'header'].map((slot) =>
      Object.assign(document.createElement('p'), { slot, textContent: slot }),
    )
    chat.append(...own)
    people.alice.kit.selectConversation(withBob)
    place.append(chat)
    await eventually(() => inside(chat, 'slot[name=editor]'))
    expect(own.every(isShown)).to.be.true
    expect(isMade()).to.deep.equal([false, false, false, false])

    for (const paragraph of own) paragraph.remove()
    await eventually(() => row(chat) && isMade().every(Boolean), 'its own')
    for (const selector of made) expect(isShown(inside(chat, selector)), selector).to.be.true

    const mine = chat.appendChild(document.createElement('message-editor'))
    mine.slot = 'editor'
    await eventually(() => inside(chat, 'message-editor') === null, 'the page’s own')
    expect(isShown(mine)).to.be.true
  })

  it('shows the same after it was moved', async () => {
    const chat = await mount()
    await open(chat)
    const elsewhere = place.appendChild(document.createElement('div'))
    elsewhere.append(chat)
    await eventually(() => inside(chat, '[part=name]')?.textContent === 'Bob')
    expect(isShown(inside(chat, 'message-list'))).to.be.true
  })

  it('leaves nothing behind', async () => {
    people.alice.kit.selectConversation(withBob)
    await expectNothingLeftBehind(async (mountPlace) => {
      place.append(mountPlace)
      const chat = mountPlace.appendChild(document.createElement('im-chat'))
      await eventually(() => row(chat) && inside(chat, 'message-editor'))
      return chat
    })
  }).timeout(60_000)
})
