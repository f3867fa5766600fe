import { expect } from '@open-wc/testing'
import { sendKeys } from '@web/test-runner-commands'
import { DisabledMessageContextMenu as Disabled } from '../../src/kit/menu-items.js'
import type { ConversationId } from '../../src/model/conversation.js'
import { limits } from '../../src/model/limits.js'
import { MessageType } from '../../src/model/message-types.js'
import type { Message } from '../../src/model/message.js'
import {
  announced,
  chooseItem,
  closeLists,
  inside,
  menuLabels,
  openList,
  openMenu,
  rowsOf,
  rowWith,
  send,
  textsOf,
  until,
} from '../support/message-list-page.js'
import { say, twoPeople, withAlice, withBob, type People } from '../support/two-people.js'

describe('the menu of <message-list>', () => {
  let people: People

  beforeEach(async () => {
    people = await twoPeople()
  })

  afterEach(async () => {
    closeLists()
    await people.end()
  })

  const menuOf = (list: Element) => inside(list, 'im-menu') as HTMLElementTagNameMap['im-menu']

  it('offers what can be done with an own text, and with a text of the other', async () => {
    await say(people.bob, withAlice, 'yours')
    await say(people.alice, withBob, 'mine')
    const list = openList(people.alice, withBob)
    const menu = await openMenu(list, await rowWith(list, 'mine'))
    expect(menuLabels(list)).to.deep.equal([
      'Copy',
      'Quote',
      'Forward',
      'Edit',
      'Select',
      'Recall',
      'Delete',
    ])
    menu.hide()
    await openMenu(list, await rowWith(list, 'yours'))
    expect(menuLabels(list)).to.deep.equal(['Copy', 'Quote', 'Forward', 'Select', 'Delete'])
  })

  it('copies texts', async () => {
    const copied: string[] = []
    const { writeText } = navigator.clipboard
    navigator.clipboard.writeText = async (words) => void copied.push(words)
    try {
      await say(people.bob, withAlice, 'line 1\nline <2>')
      const list = openList(people.alice, withBob)
      await openMenu(list, await rowWith(list, 'line 1'))
      chooseItem(list, 'Copy')
      await until(() => inside(list, '[part=told]')?.textContent === 'Copied')
      expect(copied).to.deep.equal(['line 1\nline <2>'])
    } finally {
      navigator.clipboard.writeText = writeText
    }
  })

  it('copies where the page may not use the clipboard’s own interface', async () => {
    const copied: string[] = []
    const { writeText } = navigator.clipboard
    const { execCommand } = document
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))
    document.execCommand = (command) => {
      copied.push(`${command} ${(document.activeElement as HTMLTextAreaElement).value}`)
      return true
    }
    try {
      await say(people.bob, withAlice, 'some words')
      const list = openList(people.alice, withBob)
      await openMenu(list, await rowWith(list, 'some words'))
      chooseItem(list, 'Copy')
      await until(() => copied.join() === 'copy some words')
      expect(document.querySelector('body > textarea')).to.equal(null)
    } finally {
      navigator.clipboard.writeText = writeText
      document.execCommand = execCommand
    }
  })

  it('quotes', async () => {
    const sent = await say(people.bob, withAlice, 'quote me')
    const list = openList(people.alice, withBob)
    await openMenu(list, await rowWith(list, 'quote me'))
    chooseItem(list, 'Quote')
    await until(() => people.alice.kit.reference.value?.messageUId === sent.messageUId)
  })

  it('recalls, for both sides', async () => {
    await say(people.alice, withBob, 'take it back')
    const list = openList(people.alice, withBob)
    const other = openList(people.bob, withAlice)
    await rowWith(other, 'take it back')
    await openMenu(list, await rowWith(list, 'take it back'))
    chooseItem(list, 'Recall')
    await rowWith(list, 'You recalled a message')
    await rowWith(other, 'Alice recalled a message')
  })

  it('tells why something could not be done', async () => {
    await say(people.alice, withBob, 'take it back')
    const list = openList(people.alice, withBob)
    const row = await rowWith(list, 'take it back')
    people.alice.kit.recall = () => Promise.reject(new Error('no'))
    await openMenu(list, row)
    chooseItem(list, 'Recall')
    await until(() => inside(list, '[part=told]')?.textContent?.includes('did not work'))
    await until(() => announced().includes('did not work'))
    expect(textsOf(list)).to.include('take it back')
  })

  it('loses “Recall” by itself when the time for it is up, while it is open', async () => {
    const sent = await say(people.alice, withBob, 'in a minute')
    const { client } = people.alice.kit
    const { serverTime } = client!
    let now = sent.sentTime + limits.recallDuration * 1000 - 150
    client!.serverTime = () => now
    try {
      const list = openList(people.alice, withBob)
      const menu = await openMenu(list, await rowWith(list, 'in a minute'))
      expect(menuLabels(list)).to.include('Recall')
      now += 150
      await until(() => !menuLabels(list).includes('Recall'))
      expect(menu.open).to.equal(true)
      expect(menuLabels(list)).to.include('Copy')
    } finally {
      client!.serverTime = serverTime
    }
  })

  it('offers “Recall” as long as the host says', async () => {
    const sent = await say(people.alice, withBob, 'still there')
    const { client } = people.alice.kit
    const list = openList(people.alice, withBob, { maxRecallDuration: 600 })
    const row = await rowWith(list, 'still there')
    client!.serverTime = () => sent.sentTime + 599_000
    const menu = await openMenu(list, row)
    expect(menuLabels(list)).to.include('Recall')
    menu.hide()
    list.maxRecallDuration = 0
    await openMenu(list, row)
    expect(menuLabels(list)).not.to.include('Recall')
  })

  it('deletes for oneself only', async () => {
    await say(people.bob, withAlice, 'unwanted')
    await say(people.bob, withAlice, 'wanted')
    const list = openList(people.alice, withBob)
    const other = openList(people.bob, withAlice)
    await openMenu(list, await rowWith(list, 'unwanted'))
    chooseItem(list, 'Delete')
    await until(() => textsOf(list).join() === 'wanted')
    await rowWith(other, 'wanted')
    expect(textsOf(other)).to.deep.equal(['unwanted', 'wanted'])
  })

  it('leaves out what the host disables, and does not open with nothing in it', async () => {
    await say(people.alice, withBob, 'hi')
    const list = openList(people.alice, withBob, {
      disableMenu: [Disabled.Copy, Disabled.Forward, Disabled.Recall],
    })
    const row = await rowWith(list, 'hi')
    const menu = await openMenu(list, row)
    expect(menuLabels(list)).to.deep.equal(['Quote', 'Select', 'Delete'])
    menu.hide()
    list.disableMenu = [0, 1, 2, 3, 4]
    await list.updateComplete
    row.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, button: 2 }))
    await list.updateComplete
    await menu.updateComplete
    expect(menu.open).to.equal(false)
  })

  it('has the host’s own items, but none without a name', async () => {
    await say(people.bob, withAlice, 'hi')
    const chosen: Message[] = []
    const list = openList(people.alice, withBob, {
      customMenu: [
        { name: () => undefined, callback: () => expect.fail('never') },
        {
          name: ({ content }) => `Translate “${content.content}”`,
          callback: (it) => chosen.push(it),
        },
      ],
    })
    await openMenu(list, await rowWith(list, 'hi'))
    expect(menuLabels(list).at(-1)).to.equal('Translate “hi”')
    chooseItem(list, 'Translate “hi”')
    await until(() => chosen[0]?.content.content === 'hi')
  })

  it('goes on when a callback of the host throws, and reports it', async () => {
    await say(people.bob, withAlice, 'hi')
    const reports: string[] = []
    people.alice.kit.on('error', ({ context }) => reports.push(context))
    const fail = () => {
      throw new Error('no')
    }
    const list = openList(people.alice, withBob, {
      customMenu: [
        { name: fail, callback: fail },
        { name: () => 'Fails', callback: fail },
        { name: () => 'Rejects', callback: () => Promise.reject(new Error('no')) },
      ],
    })
    const row = await rowWith(list, 'hi')
    await openMenu(list, row)
    expect(menuLabels(list).slice(-2)).to.deep.equal(['Fails', 'Rejects'])
    expect(reports).not.to.be.empty
    reports.length = 0
    chooseItem(list, 'Fails')
    await until(() => reports.some((context) => context.includes('callback')))
    await openMenu(list, row)
    reports.length = 0
    chooseItem(list, 'Rejects')
    await until(() => reports.some((context) => context.includes('callback')))
  })

  it('closes when its message goes', async () => {
    const sent = await say(people.bob, withAlice, 'soon gone')
    const list = openList(people.alice, withBob)
    const menu = await openMenu(list, await rowWith(list, 'soon gone'))
    await people.alice.kit.deleteMessages(withBob, [sent])
    await until(() => !menu.open)
  })

  it('stays open while messages come', async () => {
    for (let index = 0; index < 20; index++) await say(people.bob, withAlice, `message ${index}`)
    await people.alice.kit.client!.readState.markRead(withBob)
    const list = openList(people.alice, withBob)
    const menu = await openMenu(list, await rowWith(list, 'message 19'))
    await say(people.bob, withAlice, 'another one')
    await rowWith(list, 'another one')
    await list.updateComplete
    expect(menu.open).to.equal(true)
    menu.hide()
    await until(() => {
      const { scrollHeight, clientHeight, scrollTop } = inside(list, '.scroller')!
      return scrollHeight - clientHeight - scrollTop < 1
    }, 'the end again')
  })

  for (const key of ['ContextMenu', 'Shift+F10']) {
    it(`opens by ${key}, and gives the focus back to the message`, async () => {
      await say(people.bob, withAlice, 'hi')
      const list = openList(people.alice, withBob)
      const row = await rowWith(list, 'hi')
      list.focus()
      expect(list.shadowRoot!.activeElement === row).to.equal(true)
      await sendKeys({ press: key })
      await until(() => menuOf(list).shadowRoot?.activeElement)
      await sendKeys({ press: 'Escape' })
      expect(menuOf(list).open).to.equal(false)
      expect(list.shadowRoot!.activeElement === row).to.equal(true)
    })
  }

  it('opens by the long press of a finger', async () => {
    await say(people.bob, withAlice, 'hi')
    const list = openList(people.alice, withBob)
    const row = await rowWith(list, 'hi')
    const init = { bubbles: true, composed: true, isPrimary: true, pointerType: 'touch' }
    row.dispatchEvent(new PointerEvent('pointerdown', init))
    await until(() => menuOf(list).open)
  })

  it('opens by the button beside the message', async () => {
    await say(people.bob, withAlice, 'hi')
    const list = openList(people.alice, withBob)
    const row = await rowWith(list, 'hi')
    expect(row.querySelector('[part=tools]')).to.equal(null)
    row.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }))
    await row.updateComplete
    row.querySelector<HTMLElement>('[part=tools] [aria-haspopup=menu]')!.click()
    await until(() => menuOf(list).open)
  })

  describe('choosing several messages', () => {
    const begin = async (properties: object = {}) => {
      for (const words of ['one', 'two', 'three']) await say(people.bob, withAlice, words)
      await send(people.bob, withAlice, MessageType.INFORMATION_NOTIFICATION, { message: 'notice' })
      const list = openList(people.alice, withBob, properties)
      await rowWith(list, 'notice')
      await openMenu(list, await rowWith(list, 'one'))
      chooseItem(list, 'Select')
      await until(() => inside(list, '[part=choices]'))
      return list
    }
    const chosen = (list: Element) => inside(list, '.choices .count')!.textContent
    const button = (list: Element, label: string) =>
      [...list.shadowRoot!.querySelectorAll<HTMLButtonElement>('.choice')].find((it) =>
        it.textContent!.includes(label),
      )!

    it('by clicks and by keyboard, notices left out', async () => {
      const list = await begin()
      expect(chosen(list)).to.equal('1 chosen')
      const [, two, three, notice] = rowsOf(list)
      two!.click()
      await until(() => chosen(list) === '2 chosen')
      notice!.click()
      three!.focus()
      await sendKeys({ press: 'Space' })
      await until(() => chosen(list) === '3 chosen')
      two!.querySelector<HTMLElement>('[part=checkbox]')!.click()
      await until(() => chosen(list) === '2 chosen')
      expect(notice!.querySelector('[part=checkbox]')).to.equal(null)
      await sendKeys({ press: 'Escape' })
      await until(() => !inside(list, '[part=choices]'))
    })

    it('deletes them together', async () => {
      const list = await begin()
      rowsOf(list)[2]!.click()
      await until(() => chosen(list) === '2 chosen')
      button(list, 'Delete').click()
      await until(() => textsOf(list).join() === 'two,notice')
      expect(inside(list, '[part=choices]')).to.equal(null)
    })

    it('forwards them one by one, or as one message, in their order', async () => {
      await people.add('carol')
      const withCarol: ConversationId = { ...withBob, targetId: 'carol' }
      const list = await begin({ forwardList: { callback: () => [withCarol] } })
      rowsOf(list)[2]!.click()
      await until(() => chosen(list) === '2 chosen')
      button(list, 'One by one').click()
      const { reader } = people.alice.kit.client!
      const received = async () => (await reader.history(withCarol, { count: 9 })).messages
      await until(async () => (await received()).length === 2)
      expect((await received()).map(({ content }) => content.content)).to.deep.equal([
        'one',
        'three',
      ])

      await openMenu(list, await rowWith(list, 'two'))
      chooseItem(list, 'Select')
      await until(() => inside(list, '[part=choices]'))
      rowsOf(list)[0]!.click()
      await until(() => chosen(list) === '2 chosen')
      button(list, 'As one message').click()
      await until(async () => (await received()).length === 3)
      const { messageType, content } = (await received())[2]!
      expect(messageType).to.equal(MessageType.COMBINE)
      expect(content.msgList.map((it: { content: object }) => it.content)).to.deep.equal([
        { content: 'one' },
        { content: 'two' },
      ])
      expect(content.summaryList).to.deep.equal(['Bob: one', 'Bob: two'])
    })

    it('offers only what the host allows', async () => {
      const list = await begin({ disableMenu: [Disabled.Forward] })
      expect(button(list, 'One by one')).to.equal(undefined)
      expect(button(list, 'Delete')).not.to.equal(undefined)
    })
  })
})
